"""A month of the calendar as weeks, each day with its holiday and all that falls on it."""

import datetime as dt
from calendar import SUNDAY, Calendar
from collections.abc import Iterable

from agencies.models import Holiday
from core import clock
from core import fiscal_year as fiscal
from core.address_values import whole_number
from core.thai_dates import WEEKDAYS, WEEKDAYS_EN, format_month_year
from workflows.calendar import Group, is_english
from workflows.dates import WEEKEND_NAMES
from workflows.models import AwardStage

# How many months before and after the year the month grid can be turned to.
FIRST_MONTH, LAST_MONTH = -12, 23


def weeks_of(year: int, offset: int) -> list[list[dt.date]]:
    """Return the weeks (Sunday first) of the month `offset` months after October of the year."""
    first = fiscal.month_start(year, offset)
    return Calendar(SUNDAY).monthdatescalendar(first.year, first.month)


def month_grid(
    year: int,
    offset: int,
    groups: list[Group],
    stages: Iterable[AwardStage],
    holidays: Iterable[Holiday],
) -> dict:
    """Return the month `offset` months after October of the year, as weeks of days.

    Each day has its holiday, whether it is today, the steps due on it and the award stages that
    begin or end on it.
    """
    first, weeks = fiscal.month_start(year, offset), weeks_of(year, offset)
    closed = {row.date: row for row in holidays if row.is_observed}
    due, awards = _due_by_day(groups), _awards_by_day(stages)
    today = clock.today()
    names = WEEKDAYS_EN if is_english() else WEEKDAYS
    return {
        "title": format_month_year(first),
        "offset": offset,
        "previous": offset - 1 if offset > FIRST_MONTH else None,
        "next": offset + 1 if offset < LAST_MONTH else None,
        "weekdays": [names[day.weekday()] for day in weeks[0]],
        "weeks": [
            [
                _day(day, first, today, closed.get(day))
                | {"due": due.get(day, []), "awards": awards.get(day, [])}
                for day in week
            ]
            for week in weeks
        ],
    }


def _due_by_day(groups: list[Group]) -> dict[dt.date, list]:
    found: dict[dt.date, list] = {}
    for group in groups:
        for row in group.rows:
            for window in row.windows:
                if window["due_on"]:
                    found.setdefault(window["due_on"], []).append((row, window))
    return found


def _awards_by_day(stages: Iterable[AwardStage]) -> dict[dt.date, list]:
    """Return day → the stages that begin or end on it, each with whether it ends."""
    found: dict[dt.date, list] = {}
    for stage in stages:
        for day in {stage.starts_on, stage.ends_on}:
            found.setdefault(day, []).append((stage, day == stage.ends_on))
    return found


def _day(day: dt.date, first: dt.date, today: dt.date, holiday) -> dict:
    return {
        "date": day,
        "is_inside": day.month == first.month,
        "is_today": day == today,
        "is_closed": holiday is not None or day.weekday() in WEEKEND_NAMES,
        "holiday": holiday,
        "holiday_name": holiday_name(holiday) if holiday else "",
    }


def holiday_name(holiday: Holiday) -> str:
    """Return the holiday's name in the language of the page."""
    return (holiday.name_en if is_english() else "") or holiday.name_th


def month_offset(year: int, wanted: str, today: dt.date) -> int:
    """Return the month to show, counted from October: the one asked for, else today's.

    A year that is not running opens at its October.
    """
    offset = whole_number(wanted)
    if offset is not None and FIRST_MONTH <= offset <= LAST_MONTH:
        return offset
    running = fiscal.month_of(today, year)
    return running if 0 <= running < 12 else 0
