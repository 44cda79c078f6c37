"""Scores 0 to 5 of indicators by thresholds, targets and milestones, and weighted totals.

Pure functions on numbers. Inside, values are exact fractions; who shows one rounds it once, half
up to 5 decimals (`assessments.scoring.to_five`). Sources: criteria.yaml, `kpi_scoring`: five levels
and Σ(weight × score) / Σ(weight) confirmed; interpolation and the floor from one source each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from itertools import pairwise

from assessments.enums import Direction, Floor, MissingRule, ResultRule

LEVELS = 5
# What three targets give in per cent; on the scale 0 to 5 a per cent is a twentieth.
TARGET_PERCENTS = (50, 75, 100)
BY_LEVELS = (ResultRule.FIVE_LEVELS, ResultRule.THREE_TARGETS, ResultRule.MILESTONES)


def numbers_of(thresholds: Sequence) -> list[Decimal] | None:
    """Return thresholds that are kept as text; None where one of them is no number."""
    try:
        found = [Decimal(str(value)) for value in thresholds]
    except InvalidOperation:
        return None
    return found if all(value.is_finite() for value in found) else None


def points_of(
    rule: str, direction: str, thresholds: Sequence, actual: Decimal | None, floor: str = Floor.ONE
) -> Fraction | None:
    """Return the score 0 to 5 by one of the rules `BY_LEVELS`.

    None for a missing value (a real 0 is data) and for thresholds that are missing, no numbers or
    out of order. `thresholds` stand as the indicator keeps them, the first for the lowest level.
    """
    if actual is None:
        return None
    if rule == ResultRule.MILESTONES:
        return milestones(len(thresholds), actual)
    numbers = numbers_of(thresholds)
    if numbers is None:
        return None
    if rule == ResultRule.FIVE_LEVELS:
        return five_levels(direction, numbers, actual, floor)
    return three_targets(direction, numbers, actual)


def five_levels(
    direction: str, thresholds: Sequence[Decimal], actual: Decimal, floor: str = Floor.ONE
) -> Fraction | None:
    """Return 1 to 5, linear between neighbouring thresholds; from the fifth on exactly 5.

    Anything short of the first threshold scores the office's floor, 1 or 0, however short: the
    score is constant there and, with floor 0, jumps from 0 to 1 at the threshold. Thresholds rise,
    and fall where lower is better; otherwise None.
    """
    value, marks = _upwards(direction, thresholds, actual)
    if len(marks) != LEVELS or not _is_rising(marks):
        return None
    if value < marks[0]:
        return Fraction(1 if floor == Floor.ONE else 0)
    level = reached(marks, value)
    if level == LEVELS:
        return Fraction(LEVELS)
    low, high = marks[level - 1], marks[level]
    return level + (value - low) / (high - low)


def three_targets(direction: str, targets: Sequence[Decimal], actual: Decimal) -> Fraction | None:
    """Return 2.5, 3.75 or 5 for the highest of three targets that is met, 0 when none is.

    The source gives the three scores 50, 75 and 100 and nothing between them: steps, without
    interpolation. Targets rise, and fall where lower is better; otherwise None.
    """
    value, marks = _upwards(direction, targets, actual)
    if len(marks) != len(TARGET_PERCENTS) or not _is_rising(marks):
        return None
    met = reached(marks, value)
    return Fraction(TARGET_PERCENTS[met - 1], 20) if met else Fraction(0)


def milestones(steps: int, actual: Decimal) -> Fraction | None:
    """Return 5 × the number of the last milestone reached ÷ how many there are.

    A milestone is reached or not: what lies between two numbers counts as the lower one. None
    reached is 0 whatever the floor, which is about thresholds. None without milestones.
    """
    if not steps:
        return None
    last = min(max(int(actual), 0), steps)
    return Fraction(LEVELS * last, steps)


def reached(marks: Sequence[Fraction], value: Fraction) -> int:
    """Return how many of the rising marks the value has reached."""
    return sum(value >= mark for mark in marks)


def _upwards(direction: str, marks: Sequence[Decimal], actual: Decimal):
    """Return value and marks as fractions that grow with the score."""
    sign = -1 if direction == Direction.LOWER else 1
    return sign * Fraction(actual), [sign * Fraction(mark) for mark in marks]


def _is_rising(marks: Sequence[Fraction]) -> bool:
    return all(before < after for before, after in pairwise(marks))


# Sums of stored figures stay exact in decimals, which are much quicker than fractions.
_EXACT = Context(prec=100, traps=[Inexact])


@dataclass(frozen=True)
class Weighted:
    """A weighted total with what it rests on.

    `total` is exact, on the scale of the parts, None where nothing counts. `missing` parts have
    no score: `rule` says whether they were left out or counted as 0, and is to be said beside it.
    """

    total: Fraction | None
    scored: int
    missing: int
    weight: Decimal
    weight_missing: Decimal
    rule: str

    @property
    def count(self) -> int:
        return self.scored + self.missing


def weighted_total(
    parts: Iterable[tuple[Decimal, Decimal | Fraction | None]],
    rule: str = MissingRule.LEFT_OUT,
) -> Weighted:
    """Return Σ(weight × score) ÷ Σ(weight) of (weight, score) parts; score None = missing.

    `MissingRule.LEFT_OUT` takes missing parts and their weight out of both sums, `ZERO` keeps
    their weight. No total where the weights that count add up to 0.
    """
    total, products, weight, missing_weight = Fraction(0), Decimal(0), Decimal(0), Decimal(0)
    scored, missing = 0, 0
    for part_weight, score in parts:
        if score is None:
            missing += 1
            missing_weight = _EXACT.add(missing_weight, part_weight)
            continue
        scored += 1
        weight = _EXACT.add(weight, part_weight)
        if isinstance(score, Decimal):
            products = _EXACT.add(products, _EXACT.multiply(part_weight, score))
        else:
            total += Fraction(part_weight) * score
    base = weight + missing_weight if rule == MissingRule.ZERO else weight
    found = (total + Fraction(products)) / Fraction(base) if base and scored + missing else None
    return Weighted(found, scored, missing, weight, missing_weight, rule)
