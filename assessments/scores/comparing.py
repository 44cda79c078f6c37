"""Self, consensus and outside score of every item, category and the whole, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.enums import ScoreKind
from assessments.models import Assessment, ItemScore
from assessments.overview import Scale
from assessments.progress import AssessmentState, CategoryState, ItemState, load
from assessments.scores.history import answers_by_category, days_of_whole, points_of
from assessments.scores.page import chart
from assessments.scores.permissions import expected_people
from assessments.scores.sheets import is_scored_by_people
from core.thai_numerals import plain_decimal

KINDS = (ScoreKind.CONSENSUS, ScoreKind.EXTERNAL)


@dataclass(frozen=True)
class Side:
    """A consensus or outside score on the shown scale; `missing` items keep it unknown."""

    score: Decimal | None
    difference: Decimal | None
    missing: int = 0


def scales_of(edition) -> list[Scale]:
    """Return the scales that scores may be shown on: that of the edition, then its view."""
    own, view = Scale(1, edition.total_points), Scale.of(edition)
    return [own] if view.divisor == 1 else [view, own]


def present(assessment: Assessment, wanted: str = "") -> dict:
    """Return the page's rows; `wanted` is the maximum of the scale asked for. 6 queries."""
    state = load(assessment)[assessment.pk]
    scales = scales_of(state.edition)
    scale = next((row for row in scales if plain_decimal(row.maximum) == wanted), scales[0])
    scores, handed_in = _scores(assessment), _handed_in(assessment)
    days = days_of_whole(
        points_of(assessment),
        answers_by_category(state.items),
        by_levels=state.categories[0].is_by_levels,
    )
    return {
        "assessment": assessment,
        "edition": state.edition,
        "scale": scale,
        "scales": [
            {
                "title": scale_words(row),
                "value": plain_decimal(row.maximum),
                "is_on": row == scale,
            }
            for row in scales
        ],
        "categories": [_category(row, scores, handed_in, scale) for row in state.categories],
        "total": scale.shown(state.total),
        "sides": _total_sides(state, scores, scale),
        "chart": chart(days, _("Total of each day")),
        "days": days[::-1][:20],
    }


def scale_words(scale: Scale) -> str:
    return _("Scale 0–%(maximum)s") % {"maximum": plain_decimal(scale.maximum)}


def _scores(assessment: Assessment) -> dict[tuple[int, str], Decimal | None]:
    rows = ItemScore.objects.filter(
        item_answer__category_assessment__assessment=assessment,
        kind__in=KINDS,
        is_handed_in=True,
    ).order_by("pk")
    return {
        (answer, kind): score
        for answer, kind, score in rows.values_list("item_answer", "kind", "score")
    }


def _handed_in(assessment: Assessment) -> dict[int, int]:
    """Return answer → how many members handed in; the number is no secret."""
    rows = ItemScore.objects.filter(
        item_answer__category_assessment__assessment=assessment,
        kind=ScoreKind.MEMBER,
        is_handed_in=True,
    )
    return dict(rows.order_by().values_list("item_answer").annotate(count=Count("pk")))


def _given(item: ItemState, kind: str, scores: dict) -> Fraction | None:
    """Return the item's score of a kind; a result that no person scores keeps its own figure."""
    score = scores.get((item.answer.pk, kind))
    if score is not None:
        return Fraction(score)
    if kind == ScoreKind.CONSENSUS and not is_scored_by_people(item):
        return item.score or Fraction(0)
    return None


def _sum(values: Sequence[Fraction | None], by_levels: bool) -> Fraction:
    return scoring.category_by_levels(values) if by_levels else scoring.sum_of_points(values)


def _side(values: Sequence[Fraction | None], whole, own: Fraction, scale: Scale) -> Side:
    missing = sum(value is None for value in values)
    if missing:
        return Side(None, None, missing)
    score = scale.shown(whole(values))
    return Side(score, score - scale.shown(own))


def _category(state: CategoryState, scores: dict, handed_in: dict, scale: Scale) -> dict:
    def whole(values):
        return _sum(values, state.is_by_levels)

    return {
        "number": state.number,
        "category": state.category_assessment.category,
        "score": scale.shown(state.score),
        "sides": [
            _side([_given(item, kind, scores) for item in state.items], whole, state.score, scale)
            for kind in KINDS
        ],
        "rows": [_item(item, scores, handed_in, scale) for item in state.items],
        "expected": len(expected_people(state.category_assessment)),
    }


def _item(item: ItemState, scores: dict, handed_in: dict, scale: Scale) -> dict:
    own = None if item.score is None else scale.shown(item.score)
    sides = []
    for kind in KINDS:
        given = scores.get((item.answer.pk, kind))
        shown = None if given is None else scale.shown(Fraction(given))
        known = shown is not None and own is not None
        sides.append(Side(shown, shown - own if known else None))
    return {
        "answer": item.answer,
        "item": item.answer.item,
        "score": own,
        "sides": sides,
        "handed_in": handed_in.get(item.answer.pk, 0),
        "people_score": is_scored_by_people(item),
    }


def _total_sides(state: AssessmentState, scores: dict, scale: Scale) -> list[Side]:
    def whole(by_levels, values):
        return scoring.overall_by_levels(values) if by_levels else scoring.sum_of_points(values)

    by_levels = state.categories[0].is_by_levels
    found = []
    for kind in KINDS:
        given = [[_given(item, kind, scores) for item in row.items] for row in state.categories]
        missing = sum(value is None for values in given for value in values)
        if missing:
            found.append(Side(None, None, missing))
            continue
        score = scale.shown(whole(by_levels, [_sum(values, by_levels) for values in given]))
        found.append(Side(score, score - scale.shown(state.total)))
    return found
