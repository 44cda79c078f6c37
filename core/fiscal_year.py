"""The fiscal year: 1 October to 30 September, named by the B.E. year it ends in.

The only home of 543 and of 1 October. Source: พ.ร.บ.วิธีการงบประมาณ (fiscal year).
"""

import datetime as dt

BE_OFFSET = 543
FIRST_MONTH = 10


def to_be(ce_year: int) -> int:
    """Return the Buddhist Era year of a C.E. year."""
    return ce_year + BE_OFFSET


def to_ce(be_year: int) -> int:
    """Return the C.E. year of a Buddhist Era year."""
    return be_year - BE_OFFSET


def fiscal_year_of(day: dt.date) -> int:
    """Return the fiscal year (B.E.) in which the day (C.E. date) lies."""
    return to_be(day.year) + (1 if day.month >= FIRST_MONTH else 0)


def first_day(year_be: int) -> dt.date:
    """Return 1 October before the B.E. year, as a C.E. date."""
    return dt.date(to_ce(year_be) - 1, FIRST_MONTH, 1)


def last_day(year_be: int) -> dt.date:
    """Return 30 September of the B.E. year, as a C.E. date."""
    return dt.date(to_ce(year_be), FIRST_MONTH, 1) - dt.timedelta(days=1)


def month_start(year_be: int, offset: int) -> dt.date:
    """Return the first day of the month `offset` months after October of the fiscal year.

    0 is October before the year, 11 is September; -1 and 12 leave the year.
    """
    months = to_ce(year_be) * 12 - 12 + FIRST_MONTH - 1 + offset
    return dt.date(months // 12, months % 12 + 1, 1)


def month_of(day: dt.date, year_be: int) -> int:
    """Return the day's month counted from October of the fiscal year, as `month_start` does."""
    first = first_day(year_be)
    return (day.year - first.year) * 12 + day.month - first.month


def months(year_be: int) -> list[dt.date]:
    """Return the first days of the twelve months, October to September."""
    return [month_start(year_be, offset) for offset in range(12)]
