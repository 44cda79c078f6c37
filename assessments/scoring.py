"""Scores of a self-assessment: pure functions on numbers, no database.

Inside, values are exact fractions; `to_five` rounds once, at the end, half up to 5 decimals.
Sources: the rules of the edition files (PMQA 4.0 levels and result rules: one public
implementation of fiscal years 2563-64; percentages: the award manual's ADLI/LeTCI bands).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from assessments.enums import Direction, Floor, MissingRule, ResultRule
from assessments.indicators.scoring import BY_LEVELS, points_of, weighted_total

PLACES = 5
OBEC_DIVISOR = 100


@dataclass(frozen=True)
class LevelScore:
    """One level of an item: its lines, how many have “yes”, what that is worth.

    `points` is what the lines are worth, `counts` whether the level counts yet, `earned` what
    enters the item's score (0 while it does not count).
    """

    code: str
    adds: Fraction
    lines: int
    answered: int
    yes: int
    counts: bool

    @property
    def is_complete(self) -> bool:
        return self.yes == self.lines

    @property
    def points(self) -> Fraction:
        return self.adds * self.yes / self.lines if self.lines else Fraction(0)

    @property
    def earned(self) -> Fraction:
        return self.points if self.counts else Fraction(0)


@dataclass(frozen=True)
class IndicatorScore:
    """An indicator's success in per cent (2 decimals) and its score of 500; None = missing."""

    success_pct: Decimal | None
    score: Decimal | None

    @property
    def of_five(self) -> Decimal | None:
        """Return the score on the scale 0 to 5, to 5 decimals: a hundredth of the score of 500."""
        return None if self.score is None else to_five(Fraction(self.score) / OBEC_DIVISOR)


def to_five(value: Fraction | Decimal | int) -> Decimal:
    """Return the value rounded half up to 5 decimals: the one rounding, done at the end."""
    return _half_up(*value.as_integer_ratio(), PLACES)


def level_scores(levels: Sequence[Mapping], lines: Iterable[tuple[str, str]]) -> list[LevelScore]:
    """Return the scores of an item's levels, lowest first.

    `levels`: the edition's rows {"code", "adds"} in order; `lines`: (level code, answer) of
    each line, answer "yes", "no" or "" for unanswered. A level's points are shared equally
    over its lines; a level counts only when every lower level is complete (PMQA 4.0,
    edition file "levels"). Unanswered counts as no.
    """
    tallies = {row["code"]: [0, 0, 0] for row in levels}
    for code, answer in lines:
        tallies[code][0] += 1
        tallies[code][1] += bool(answer)
        tallies[code][2] += answer == "yes"
    return level_scores_of(levels, tallies)


def level_scores_of(
    levels: Sequence[Mapping], tallies: Mapping[str, Sequence[int]]
) -> list[LevelScore]:
    """As `level_scores`, from level code → (number of lines, answered, with “yes”)."""
    found, counts = [], True
    for row in levels:
        lines, answered, yes = tallies[row["code"]]
        score = LevelScore(row["code"], Fraction(row["adds"]), lines, answered, yes, counts)
        found.append(score)
        counts = counts and score.is_complete
    return found


def item_by_levels(scores: Iterable[LevelScore]) -> Fraction:
    """Return the item's score: what its counting levels earned, 0–500 in PMQA 4.0."""
    return sum((score.earned for score in scores), Fraction(0))


def mean(values: Sequence[Fraction | Decimal]) -> Fraction | None:
    """Return the exact mean, or None of nothing."""
    if not values:
        return None
    return sum((Fraction(value) for value in values), Fraction(0)) / len(values)


def category_by_levels(items: Sequence[Fraction | None]) -> Fraction:
    """Return a category's score: the mean of its items, unanswered ones as 0.

    Categories 1–6: mean of the 4 items. Category 7: mean of the 6 groups; a group is the
    (weighted) mean of its indicators (`group_score`), and one without any score counts 0 here
    though it is shown as missing (PMQA 4.0, edition file "category_7").
    """
    return mean([value or Fraction(0) for value in items]) or Fraction(0)


def group_score(
    scores: Iterable[Decimal | None],
    weights: Iterable[Decimal] | None = None,
    missing: str = MissingRule.LEFT_OUT,
) -> Fraction | None:
    """Return a category 7 group's score: the mean of its indicators, by weight where they differ.

    The source says "mean"; without weights, or with equal ones, it is just that. Weights of an
    office's own make it Σ(weight × score) / Σ(weight); where all are 0 they say nothing and the
    mean holds. Indicators without target or value are left out, never counted as 0, unless the
    office's rule for missing values says so; a group without any scored one is missing (None).
    """
    scores = list(scores)
    known = [score for score in scores if score is not None]
    if not known:
        return None
    parts = list(zip(weights or [Decimal(1)] * len(scores), scores, strict=True))
    total = weighted_total(parts, missing).total
    if total is None:
        return weighted_total([(Decimal(1), score) for score in scores], missing).total
    return total


def overall_by_levels(categories: Sequence[Fraction]) -> Fraction:
    """Return the mean of the 7 categories, each with equal weight (official weights unknown)."""
    return mean(categories) or Fraction(0)


def obec_view(score: Fraction | Decimal) -> Fraction:
    """Return a 0–500 score on the 0–5 scale of the KRS system of สพฐ.: divided by 100."""
    return Fraction(score) / OBEC_DIVISOR


def allowed_percents(bands: Sequence[Sequence[int]]) -> list[int]:
    """Return the percentages that the bands allow, in order (steps of 5, 0–100)."""
    return [step for band in bands for step in band]


def item_by_percent(
    percent: int | None, points: Decimal | None, bands: Sequence[Sequence[int]]
) -> Fraction | None:
    """Return percent / 100 × the item's points; unanswered is 0, unknown points give None.

    Raises ValueError for a percentage that no band allows: one holistic band an item, and no
    value between bands (edition file "bands").
    """
    if percent is not None and percent not in allowed_percents(bands):
        raise ValueError(f"{percent} is not a step of the bands")
    if points is None:
        return None
    return Fraction(percent or 0) * Fraction(points) / 100


def weakest(dimensions: Mapping[str, int]) -> str:
    """Return the code of the dimension with the lowest percentage (the first of equals).

    The weakest of A, D, L, I (or Le, T, C, I) caps the band of the item.
    """
    return min(dimensions, key=dimensions.__getitem__)


def sum_of_points(items: Iterable[Fraction | None]) -> Fraction:
    """Return the sum of item scores; items whose points are unknown add nothing."""
    return sum((value for value in items if value is not None), Fraction(0))


def score_indicator(
    rule: str,
    direction: str,
    target: Decimal | None,
    actual: Decimal | None,
    lower: Decimal | None = None,
    upper: Decimal | None = None,
    *,
    thresholds: Sequence = (),
    floor: str = Floor.ONE,
) -> IndicatorScore:
    """Return success per cent and score (0–500) of an indicator by its rule.

    A missing actual or target (for the linear rule: a missing bound, for levels and milestones:
    `thresholds` that are missing or out of order) gives no score. A real 0 is data. Direction,
    rule and floor are values of `Direction`, `ResultRule` and `Floor`.
    """
    if actual is None:
        return IndicatorScore(None, None)
    pct = None if target is None else success_pct(direction, target, actual)
    if rule in BY_LEVELS:
        points = points_of(rule, direction, thresholds, actual, floor)
        return IndicatorScore(pct, None if points is None else to_five(points * OBEC_DIVISOR))
    if rule == ResultRule.LINEAR:
        return IndicatorScore(pct, _linear(direction, actual, lower, upper))
    return IndicatorScore(pct, None if pct is None else pct_of_target(pct))


def success_pct(direction: str, target: Decimal, actual: Decimal) -> Decimal:
    """Return the success per cent to 2 decimals, half up.

    Higher is better: actual / target × 100; lower is better: 200 − actual / target × 100. A
    target of 0 or below has no ratio: success is 100.00 when the actual meets the target in
    its direction and 0.00 when not (our rule; the source has none).
    """
    higher = direction == Direction.HIGHER
    if target <= 0:
        met = actual >= target if higher else actual <= target
        return Decimal("100.00") if met else Decimal("0.00")
    # Whole numbers: pages read hundreds of indicators, and fractions reduce at every step.
    done, done_below = actual.as_integer_ratio()
    wanted, wanted_below = target.as_integer_ratio()
    above, below = 100 * done * wanted_below, done_below * wanted
    return _half_up(above if higher else 200 * below - above, below, 2)


def pct_of_target(pct: Decimal) -> Decimal:
    """Return the score of a success per cent: below 100 → pct × 3, to 101 → 300, to 105 → 400,
    above → 500; cut to a whole number, never below 0 (result rule "pct-of-target").
    """
    if pct < 100:
        return max(Decimal(0), (pct * 3).quantize(Decimal(1), ROUND_DOWN))
    if pct <= 101:
        return Decimal(300)
    return Decimal(400) if pct <= 105 else Decimal(500)


def _linear(direction, actual, lower, upper) -> Decimal | None:
    """100 at the lower bound to 500 at the upper, 0 below, 500 above (rule "linear-100-500").

    Where lower is better the scale is mirrored. Rounded half up to 5 decimals.
    """
    if lower is None or upper is None or lower >= upper:
        return None
    done, span = Fraction(actual) - Fraction(lower), Fraction(upper) - Fraction(lower)
    if direction == Direction.LOWER:
        done = span - done
    if done < 0:
        return Decimal(0)
    if done >= span:
        return Decimal(500)
    return to_five(100 + 400 * done / span)


def _half_up(above: int, below: int, places: int) -> Decimal:
    """Return above / below (above 0) rounded half up, away from zero at the half."""
    whole = (2 * abs(above) * 10**places + below) // (2 * below)
    return Decimal(-whole if above < 0 else whole).scaleb(-places)
