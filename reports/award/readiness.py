"""แบบประเมินความพร้อม: how ready the office is to apply, item by item, beside its own assessment.

The rule: an item has 0–5; a category has the mean of its items, the whole the mean of the
categories. An item without a score counts as 0. Means are exact and rounded once, half up to two
decimals, when they are shown. The scores of the self-assessment stand beside, never mixed in.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from agencies.models import User
from assessments import scoring
from assessments.models import Item
from assessments.progress import AssessmentState, ItemState
from documents.revisions import SaveConflict, Saved, history_of, save_text
from reports.award.writing import EDITABLE
from reports.models import ReadinessScore
from workflows.models import Cycle

SCALE = range(6)


@dataclass(frozen=True)
class ReadyItem:
    """An item with its readiness (None: not scored yet), the reason and the own assessment."""

    answer_pk: int
    item: Item
    score: int | None
    text: str
    version: int
    own_percent: Decimal | None


@dataclass(frozen=True)
class ReadyCategory:
    """A category with the mean of its items."""

    number: int
    category: Any
    items: list[ReadyItem]
    own_percent: Decimal | None

    @property
    def mean(self) -> Fraction:
        return mean_of([item.score for item in self.items])

    @property
    def shown(self) -> Decimal:
        return to_two(self.mean)

    @property
    def scored(self) -> int:
        return sum(item.score is not None for item in self.items)


@dataclass(frozen=True)
class Readiness:
    """The whole sheet."""

    categories: list[ReadyCategory]
    own_percent: Decimal | None

    @property
    def shown(self) -> Decimal:
        """Return the mean of the categories' exact means, rounded once."""
        means = [category.mean for category in self.categories]
        return to_two(sum(means, Fraction(0)) / (len(means) or 1))

    @property
    def scored(self) -> int:
        return sum(category.scored for category in self.categories)

    @property
    def total(self) -> int:
        return sum(len(category.items) for category in self.categories)


def mean_of(scores: Iterable[int | None]) -> Fraction:
    """Return the exact mean; a missing score counts as 0, no scores at all give 0."""
    scores = list(scores)
    return Fraction(sum(score or 0 for score in scores), len(scores) or 1)


def to_two(value: Fraction) -> Decimal:
    """Return the value rounded half up to two decimals."""
    return Decimal(math.floor(value * 100 + Fraction(1, 2))).scaleb(-2)


def readiness_of(cycle: Cycle, state: AssessmentState) -> Readiness:
    """Return the sheet of the year's edition; 1 query beside the state."""
    rows = {row.item_id: row for row in ReadinessScore.objects.filter(cycle=cycle)}
    categories = [
        ReadyCategory(
            number=category.number,
            category=category.category_assessment.category,
            items=[_item(item, rows.get(item.answer.item_id)) for item in category.items],
            own_percent=_percent(category.score, category.maximum or state.edition.total_points),
        )
        for category in state.categories
    ]
    return Readiness(categories, _percent(state.total, state.edition.total_points))


def _item(state: ItemState, row: ReadinessScore | None) -> ReadyItem:
    return ReadyItem(
        answer_pk=state.answer.pk,
        item=state.answer.item,
        score=row.score if row else None,
        text=row.text if row else "",
        version=row.version if row else 0,
        own_percent=_percent(state.score, state.points),
    )


def _percent(score: Fraction | None, full: Decimal | None) -> Decimal | None:
    """Return a score of the self-assessment in per cent of its full points."""
    if score is None or not full:
        return None
    return to_two(Fraction(scoring.to_five(score)) * 100 / Fraction(full))


def save_readiness(
    cycle: Cycle,
    item: Item,
    changes: dict[str, Any],
    *,
    version: int,
    by: User,
    request_id: str = "",
) -> Saved:
    """Store the score or the reason of an item, each of which has its own form.

    Both count one version; a save passes over newer versions that changed only the other one.
    Raises SaveConflict when the same part is newer, NotEditable when the year is closed.
    """
    row, _is_new = ReadinessScore.objects.get_or_create(cycle=cycle, item=item)
    given = {"by": by, "agency": cycle.agency, "editable": EDITABLE, "request_id": request_id}
    try:
        return save_text(row, changes, version=version, **given)
    except SaveConflict as conflict:
        newer = history_of(row).filter(version__gt=version)
        touched = {name for revision in newer for name in revision.data}
        if touched & set(changes) or not touched:
            raise
        return save_text(row, changes, version=conflict.current.version, **given)
