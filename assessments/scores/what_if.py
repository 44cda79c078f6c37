"""What if: the scores that other answers would give. Reads only; nothing of it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments import scoring
from assessments.enums import Answer, Level
from assessments.models import ChecklistLine, LineAnswer
from assessments.progress import AssessmentState, CategoryState, ItemState


@dataclass(frozen=True)
class Supposed:
    """What is supposed of a category: lines had (pks), percentages and figures by answer."""

    lines: frozenset[int]
    percents: Mapping[int, int | None]
    figures: Mapping[int, Fraction | None]


@dataclass(frozen=True)
class NextStep:
    """What an item's next level (or band) needs, and the score it would then have."""

    item: ItemState
    title: str
    lines: list[ChecklistLine]
    score: Decimal
    gain: Decimal


def lines_of(category: CategoryState) -> dict[int, list[ChecklistLine]]:
    """Return item → its lines in order; 1 query."""
    found: dict[int, list[ChecklistLine]] = {}
    items = [item.answer.item_id for item in category.items]
    for line in ChecklistLine.objects.filter(item__in=items).order_by("item", "order", "pk"):
        found.setdefault(line.item_id, []).append(line)
    return found


def as_it_stands(category: CategoryState) -> Supposed:
    """Return the category's answers as they stand; 1 query."""
    answers = [item.answer.pk for item in category.items]
    had = LineAnswer.objects.filter(item_answer__in=answers, answer=Answer.YES).order_by("pk")
    return Supposed(
        frozenset(had.values_list("line", flat=True)),
        {item.answer.pk: item.answer.percent for item in category.items},
        {item.answer.pk: item.score for item in category.items},
    )


def item_score(
    item: ItemState, lines: Sequence[ChecklistLine], supposed: Supposed
) -> Fraction | None:
    """Return what the item would score by the rules of its edition."""
    if item.has_checklist:
        return scoring.item_by_levels(_levels(item, lines, supposed.lines))
    if item.is_by_levels:
        return supposed.figures.get(item.answer.pk)
    bands = item.edition.scoring_data["bands"]
    return scoring.item_by_percent(supposed.percents.get(item.answer.pk), item.points, bands)


def category_score(category: CategoryState, items: Sequence[Fraction | None]) -> Fraction:
    """Return what the category would score with these scores of its items."""
    if category.is_by_levels:
        return scoring.category_by_levels(items)
    return scoring.sum_of_points(items)


def total_with(state: AssessmentState, number: int, score: Fraction) -> Fraction:
    """Return the total if the category of that number had the score, all else as it stands."""
    scores = [score if row.number == number else row.score for row in state.categories]
    if state.categories[0].is_by_levels:
        return scoring.overall_by_levels(scores)
    return scoring.sum_of_points(scores)


def next_steps(
    category: CategoryState, lines: Mapping[int, list[ChecklistLine]], supposed: Supposed
) -> list[NextStep]:
    """Return for each item what its next level or band needs, the greatest gain first."""
    found = []
    for item in category.items:
        own = lines.get(item.answer.item_id, [])
        step = (
            _next_level(item, own, supposed) if item.has_checklist else _next_band(item, supposed)
        )
        if step:
            found.append(step)
    return sorted(found, key=lambda step: (-step.gain, step.item.answer.item.order))


def _levels(item: ItemState, lines: Sequence[ChecklistLine], had) -> list[scoring.LevelScore]:
    given = [(line.level, Answer.YES if line.pk in had else Answer.NO) for line in lines]
    return scoring.level_scores(item.edition.scoring_data["levels"], given)


def _next_level(item: ItemState, lines: Sequence[ChecklistLine], supposed: Supposed):
    levels = _levels(item, lines, supposed.lines)
    first = next((level for level in levels if not level.is_complete), None)
    if first is None:
        return None
    needed = [line for line in lines if line.level == first.code and line.pk not in supposed.lines]
    had = supposed.lines | {line.pk for line in needed}
    now, then = (
        scoring.item_by_levels(levels),
        scoring.item_by_levels(_levels(item, lines, had)),
    )
    return NextStep(
        item,
        str(Level(first.code).label),
        needed,
        scoring.to_five(then),
        scoring.to_five(then - now),
    )


def _next_band(item: ItemState, supposed: Supposed):
    if item.is_by_levels or item.points is None:
        return None
    bands = item.edition.scoring_data["bands"]
    percent = supposed.percents.get(item.answer.pk) or 0
    band = next((row for row in bands if min(row) > percent), None)
    if band is None:
        return None
    now = scoring.item_by_percent(percent, item.points, bands)
    then = scoring.item_by_percent(min(band), item.points, bands)
    return NextStep(
        item, f"{min(band)}–{max(band)}%", [], scoring.to_five(then), scoring.to_five(then - now)
    )
