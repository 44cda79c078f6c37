"""From the windows of an SOP to the days of one fiscal year.

Three kinds of time (design section 4): months with a year offset, months of a named year, and
durations that chain from step to step. A window may leave the fiscal year; it is never clipped.

How a duration is counted follows the Civil and Commercial Code. Work begins in the morning of
the first day, so that day counts (section 193/3). Weeks and months run by the calendar and end
the day before the same weekday or the same day number; where the month has no such day, they
end on its last day (section 193/5). Hence one week from Monday 1 March ends on Sunday 7 March.
วัน are working days. The next duration begins on the first working day after the end, because
nobody can begin work on a closed day.

A window's end never moves. The due day does: a period that ends on a closed day ends on the
next working day (Administrative Procedure Act section 64), unless others have fixed the date.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from agencies.holidays import holiday_dates, is_working_day, next_working_day
from agencies.models import Agency
from core import fiscal_year as fiscal
from core.thai_dates import WEEKDAYS
from workflows.enums import DurationUnit, WindowKind
from workflows.models import ProcedureStep, ProcedureVersion, ProcedureWindow

ONE_DAY = dt.timedelta(days=1)
# Holidays never close offices for longer than this: how far a due day may have to look.
LONGEST_CLOSURE = dt.timedelta(days=60)
WEEKEND_NAMES = {number: f"วัน{WEEKDAYS[number]}" for number in (5, 6)}

# Windows may leave the fiscal year on both sides, and a chain of durations may run long.
_YEARS_BEFORE, _YEARS_AFTER = 1, 4

# Closed day → its name, or any object whose str() is its name (a Holiday row).
Holidays = Mapping[dt.date, Any]


@dataclass(frozen=True)
class DatedWindow:
    """One window of a step on the calendar; all days None while it is undated."""

    order: int
    label: str
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    due_on: dt.date | None = None
    moved_because: str = ""


@dataclass(frozen=True)
class DatedStep:
    """A step of the version with its windows on the calendar."""

    step: ProcedureStep
    windows: tuple[DatedWindow, ...]

    @property
    def due_on(self) -> dt.date | None:
        """The last due day of the windows, by which the step must be done."""
        return max((window.due_on for window in self.windows if window.due_on), default=None)

    @property
    def ends_on(self) -> dt.date | None:
        return max((window.ends_on for window in self.windows if window.ends_on), default=None)


def holidays_around(agency: Agency, fiscal_year: int) -> Holidays:
    """Return the office's holidays that a cycle of the fiscal year can meet; one query."""
    first = fiscal.first_day(fiscal_year)
    return holiday_dates(
        agency,
        first.replace(year=first.year - _YEARS_BEFORE),
        first.replace(year=first.year + _YEARS_AFTER),
    )


def working_day_from(day: dt.date, holidays: Holidays) -> dt.date:
    """Return `day`, or the first working day after it when it is a closed day."""
    return next_working_day(day, holidays)[0]


def due_day(ends_on: dt.date, holidays: Holidays, *, is_fixed: bool = False) -> tuple[dt.date, str]:
    """Return the due day of a window end, and why it moved ("" when it did not).

    A date fixed by others (สำนักงาน ก.พ.ร., สพฐ.) never moves.
    """
    if is_fixed or is_working_day(ends_on, holidays):
        return ends_on, ""
    name = str(holidays.get(ends_on) or WEEKEND_NAMES[ends_on.weekday()])
    return working_day_from(ends_on, holidays), name


def month_window(fiscal_year: int, start_month: int, end_month: int) -> tuple[dt.date, dt.date]:
    """Return the first and last day of months counted from October of the year (B.E.).

    0 is the October in which the year begins, -1 the September before it, 14 the December
    after it.
    """
    starts_on = fiscal.month_start(fiscal_year, start_month)
    return starts_on, fiscal.month_start(fiscal_year, end_month + 1) - ONE_DAY


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day number `months` later; the month's last day where it has no such day."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def duration_end(starts_on: dt.date, duration: int, unit: str, holidays: Holidays) -> dt.date:
    """Return the last day of a duration whose first day is the working day `starts_on`."""
    if unit == DurationUnit.WEEKS:
        return starts_on + dt.timedelta(weeks=duration) - ONE_DAY
    if unit == DurationUnit.MONTHS:
        same_day = add_months(starts_on, duration)
        return same_day - ONE_DAY if same_day.day == starts_on.day else same_day
    last = starts_on
    for _day in range(duration - 1):
        last = working_day_from(last + ONE_DAY, holidays)
    return last


def dated_windows(
    version: ProcedureVersion,
    fiscal_year: int,
    start: dt.date | None = None,
    holidays: Holidays | None = None,
) -> list[DatedStep]:
    """Return the version's steps in order, each with its windows on the calendar of the year.

    `fiscal_year` is B.E. Durations chain from the previous dated step's end, the first one
    from `start` (default: the first day of the fiscal year). A step without a date passes the
    chain on. Months of a named year are kept as months from October of the year the version
    was written for, so they move by the years between that and `fiscal_year`. Reads the steps
    with their windows in two queries (none when they are prefetched).
    """
    closed = holidays or {}
    chain = start or fiscal.first_day(fiscal_year)
    steps = []
    prefetch_related_objects([version], "steps__windows")
    for step in version.steps.all():
        windows = []
        for window in step.windows.all():
            dated = _dated(window, fiscal_year, chain, closed)
            windows.append(dated)
            if window.kind == WindowKind.DURATION and dated.ends_on:
                chain = dated.ends_on + ONE_DAY
        result = DatedStep(step, tuple(windows))
        if result.ends_on:
            chain = result.ends_on + ONE_DAY
        steps.append(result)
    return steps


def years_touched(steps: Iterable[DatedStep]) -> set[int]:
    """Return the calendar years (C.E.) of all window ends and due days."""
    return {
        day.year
        for step in steps
        for window in step.windows
        for day in (window.ends_on, window.due_on)
        if day
    }


def _dated(
    window: ProcedureWindow, fiscal_year: int, chain: dt.date, holidays: Holidays
) -> DatedWindow:
    days = _days(window, fiscal_year, chain, holidays)
    if days is None:
        return DatedWindow(window.order, window.label)
    due_on, reason = due_day(days[1], holidays, is_fixed=window.is_fixed)
    return DatedWindow(window.order, window.label, *days, due_on, reason)


def _days(
    window: ProcedureWindow, fiscal_year: int, chain: dt.date, holidays: Holidays
) -> tuple[dt.date, dt.date] | None:
    if window.kind in {WindowKind.MONTHS, WindowKind.DATED}:
        if window.start_month is None or window.end_month is None:
            return None
        return month_window(fiscal_year, window.start_month, window.end_month)
    if window.kind == WindowKind.DURATION and window.duration:
        starts_on = working_day_from(chain, holidays)
        return starts_on, duration_end(starts_on, window.duration, window.duration_unit, holidays)
    return None
