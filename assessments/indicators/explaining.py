"""How a score came about, in one sentence for the person who typed the value."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.enums import Direction, Floor, ResultRule
from assessments.indicators.reading import ResultRow
from assessments.indicators.scoring import LEVELS, TARGET_PERCENTS, numbers_of
from core.thai_numerals import format_decimal


def explain(row: ResultRow) -> str:
    """Return why the value scores what it does; what is missing where it has no score.

    "87.5 lies between 80 (3) and 90 (4): 3 + (87.5 − 80) ÷ (90 − 80) = 3.75000"
    """
    indicator, value = row.indicator, row.value
    if value is None:
        return _("No value yet, so no score; missing is not 0.")
    if row.score is None:
        return _("No score: the target or the thresholds of the definition are missing.")
    if indicator.rule == ResultRule.FIVE_LEVELS:
        return _five_levels(row)
    if indicator.rule == ResultRule.THREE_TARGETS:
        return _three_targets(row)
    if indicator.rule == ResultRule.MILESTONES:
        return _milestones(row)
    if indicator.rule == ResultRule.LINEAR:
        return _linear(row)
    words = _(
        "%(pct)s%% of the target: below 100%% the per cent × 3, up to 101%% 300, up to 105%% 400, "
        "above 500; a hundredth of it is %(score)s"
    )
    return words % {"pct": plain(row.result.success_pct), "score": row.score}


def _five_levels(row: ResultRow) -> str:
    marks = numbers_of(row.indicator.thresholds)
    value = row.value
    lower = row.indicator.direction == Direction.LOWER
    met = sum(value <= mark if lower else value >= mark for mark in marks)
    facts = {"value": plain(value), "first": plain(marks[0]), "last": plain(marks[-1])}
    if not met:
        floor = _("1") if row.rules.floor == Floor.ONE else _("0")
        words = _("%(value)s has not reached level 1 (%(first)s): the office's floor, %(floor)s")
        return words % (facts | {"floor": floor})
    if met == LEVELS:
        return _("%(value)s is at level 5 (%(last)s) or better: 5.00000") % facts
    low, high = marks[met - 1], marks[met]
    if value == low:
        return _("%(value)s is just level %(level)s") % (facts | {"level": met})
    words = _(
        "%(value)s lies between %(low)s (%(level)s) and %(high)s (%(next)s): "
        "%(level)s + %(done)s ÷ %(span)s = %(score)s"
    )
    return words % (
        facts
        | {
            "low": plain(low),
            "high": plain(high),
            "level": met,
            "next": met + 1,
            "done": plain(abs(value - low)),
            "span": plain(abs(high - low)),
            "score": row.score,
        }
    )


def _three_targets(row: ResultRow) -> str:
    met = int(Fraction(row.score) * 20)
    if not met:
        return _("%(value)s reaches none of the three targets: 0") % {"value": plain(row.value)}
    words = _("%(value)s reaches target %(number)s of 3: %(percent)s%% of 5 = %(score)s")
    number = TARGET_PERCENTS.index(met) + 1
    return words % {
        "value": plain(row.value),
        "number": number,
        "percent": met,
        "score": row.score,
    }


def _milestones(row: ResultRow) -> str:
    steps = row.indicator.thresholds
    last = min(max(int(row.value), 0), len(steps))
    if not last:
        return _("No milestone reached yet: 0")
    words = _("Milestone %(number)s of %(all)s reached (%(title)s): %(score)s")
    return words % {
        "number": last,
        "all": len(steps),
        "title": steps[last - 1],
        "score": row.score,
    }


def _linear(row: ResultRow) -> str:
    words = _(
        "Between the bounds %(lower)s and %(upper)s a score of 100 to 500, outside 0 or 500; "
        "a hundredth of it is %(score)s"
    )
    return words % {
        "lower": plain(row.indicator.lower_bound),
        "upper": plain(row.indicator.upper_bound),
        "score": row.score,
    }


def plain(value: Decimal | None) -> str:
    """Return a figure with thousands commas and no idle zeros."""
    if value is None:
        return "–"
    short = Decimal(value).normalize()
    return format_decimal(short, max(0, -short.as_tuple().exponent))
