"""How scores moved: one point a day for an item, written by every save that changes its score."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from agencies.models import User
from assessments import scoring
from assessments.models import Assessment, ItemAnswer, ScorePoint
from assessments.progress import ItemState, load_item
from core import clock


@dataclass(frozen=True)
class Day:
    """A day on which something changed, and the score at its end."""

    on: dt.date
    score: Decimal | None
    by: User | None = None


def note_score(answer: ItemAnswer, by: User) -> ItemState:
    """Keep the item's score as it stands now as the day's score; the last of a day holds.

    Returns the item as it stands. Called inside the transaction of the save; 2 queries (3 for
    an item of category 7).
    """
    state = load_item(answer)
    score = None if state.score is None else scoring.to_five(state.score)
    point = ScorePoint(
        item_answer_id=answer.pk, on=clock.today(), score=score, by=by, at=clock.now()
    )
    ScorePoint.objects.bulk_create(
        [point],
        update_conflicts=True,
        unique_fields=["item_answer", "on"],
        update_fields=["score", "by", "at"],
    )
    return state


def days_of_item(answer: ItemAnswer) -> list[Day]:
    """Return the item's days, the oldest first; 1 query."""
    rows = ScorePoint.objects.filter(item_answer=answer).select_related("by").order_by("on", "pk")
    return [Day(row.on, row.score, row.by) for row in rows]


def points_of(assessment: Assessment) -> list[tuple[int, dt.date, Decimal | None]]:
    """Return (answer, day, score) of the whole assessment, the oldest first; 1 query."""
    rows = ScorePoint.objects.filter(item_answer__category_assessment__assessment=assessment)
    return list(rows.order_by("on", "pk").values_list("item_answer", "on", "score"))


def days_of_whole(
    points: Iterable[tuple[int, dt.date, Decimal | None]],
    categories: Sequence[Sequence[int]],
    *,
    by_levels: bool,
) -> list[Day]:
    """Return the total at the end of each day; `categories` holds the answers of each category.

    An item counts 0 until its first point. By levels the total is the mean of the categories,
    each the mean of its items; by percentage it is the sum of all items.
    """
    now: dict[int, Decimal | None] = {}
    days: dict[dt.date, Decimal] = {}
    for answer, on, score in points:
        now[answer] = score
        days[on] = scoring.to_five(_total(now, categories, by_levels))
    return [Day(on, score) for on, score in days.items()]


def _total(
    now: dict[int, Decimal | None], categories: Sequence[Sequence[int]], by_levels: bool
) -> Fraction:
    values = [
        [None if now.get(answer) is None else Fraction(now[answer]) for answer in answers]
        for answers in categories
    ]
    if not by_levels:
        return scoring.sum_of_points([value for row in values for value in row])
    return scoring.overall_by_levels([scoring.category_by_levels(row) for row in values])


def answers_by_category(items: Iterable[ItemState]) -> list[list[int]]:
    """Return the answers (pks) of each category, in order."""
    found: dict[int, list[int]] = {}
    for item in items:
        found.setdefault(item.category_assessment.pk, []).append(item.answer.pk)
    return list(found.values())
