"""Where an indicator will end the year: from the rounds so far, else from the years before.

Our own rules, stated beside every forecast; none is a score. Values of rounds are cumulative from
the first day of the year.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.indicators.reading import ResultRow, meets

MONTHS = 12
# Rates do not grow with the months: half a year at 80 per cent is not 160 at its end.
RATES = ("ร้อยละ", "%", "คะแนน", "ระดับ", "สัดส่วน", "ค่าเฉลี่ย", "อัตรา", "percent", "score", "level")
LEAST_YEARS = 3


@dataclass(frozen=True)
class Forecast:
    """The value expected at the end of the year, how it was found, and what that means."""

    value: Decimal
    method: str
    reaches: bool | None

    @property
    def words(self) -> str:
        if self.reaches is None:
            return _("no target to compare with")
        return _("will reach the target") if self.reaches else _("will not reach the target")


def forecast_of(row: ResultRow) -> Forecast | None:
    """Return the forecast of a row; None without figures to go by.

    The whole year's value is the result itself. Two rounds or more: the line through the last two
    goes on to month 12. One round: a rate stays as it is, a number grows with the months. No
    round: the straight line that fits the years before best, at least three.
    """
    known = {
        months: value
        for months, value in row.of_rounds.items()
        if value is not None and months <= MONTHS
    }
    found = _of_rounds(known, is_rate(row.indicator.unit)) or _of_years(row.history, row.year)
    if found is None:
        return None
    value, method = found
    figures = [*known.values(), *(one for _year, one in row.history)]
    value = _rounded(_within(value, figures, is_rate(row.indicator.unit)))
    return Forecast(value, method, meets(row.indicator, value))


def is_rate(unit: str) -> bool:
    """Return whether the unit names a rate, a mean or a level, which do not add up over months."""
    return any(word in unit.lower() for word in RATES)


def _of_rounds(known: Mapping[int, Decimal], rate: bool) -> tuple[Fraction, str] | None:
    if not known:
        return None
    months = sorted(known)
    last = months[-1]
    value = Fraction(known[last])
    if last == MONTHS:
        return value, _("the value of the whole year")
    if len(months) > 1:
        before = months[-2]
        pace = (value - Fraction(known[before])) / (last - before)
        words = _("pace between the rounds of %(before)s and %(last)s months, carried on to 12")
        return value + pace * (MONTHS - last), words % {"before": before, "last": last}
    if rate:
        return value, _("the value of %(last)s months stays as it is") % {"last": last}
    words = _("the value of %(last)s months grows evenly to 12") % {"last": last}
    return value * MONTHS / last, words


def _of_years(
    history: Sequence[tuple[int, Decimal | None]], year: int
) -> tuple[Fraction, str] | None:
    """Return the least-squares line of the years at this year."""
    points = [(one, Fraction(value)) for one, value in history if value is not None]
    if len(points) < LEAST_YEARS:
        return None
    mean_x = Fraction(sum(x for x, _y in points), len(points))
    mean_y = sum((y for _x, y in points), Fraction(0)) / len(points)
    spread = sum(((x - mean_x) ** 2 for x, _y in points), Fraction(0))
    slope = sum(((x - mean_x) * (y - mean_y) for x, y in points), Fraction(0)) / spread
    words = _("straight line through the values of %(first)s to %(last)s")
    words %= {"first": points[0][0], "last": points[-1][0]}
    return mean_y + slope * (year - mean_x), words


def _within(value: Fraction, known: Sequence[Decimal | None], rate: bool) -> Fraction:
    """Keep the forecast where the figures have been: not below 0, nor a rate above 100, where
    none of them ever was.
    """
    figures = [one for one in known if one is not None]
    if all(one >= 0 for one in figures):
        value = max(value, Fraction(0))
    if rate and all(one <= 100 for one in figures):
        value = min(value, Fraction(100))
    return value


def _rounded(value: Fraction) -> Decimal:
    """Return the value half up to 2 decimals: a forecast is no exact figure."""
    return Decimal(math.floor(value * 100 + Fraction(1, 2))).scaleb(-2)
