"""A step's standard time beside the time that was really used, and how it met its due day.

The standard is what the SOP gives the step: working days, weeks or months. What was used is
counted in working days where the standard is, else in calendar days; both ends count.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.holidays import is_working_day
from workflows.dates import ONE_DAY, Holidays
from workflows.enums import DurationUnit, WindowKind
from workflows.models import ProcedureWindow, Step


@dataclass(frozen=True)
class Measure:
    """A step against its standard. Days against the due day: more than 0 late, below 0 early.

    `used` runs to today while the step is not done. None where there is nothing to count.
    """

    standard: int | None
    unit: str
    used: int | None
    is_done: bool
    calendar_days: int | None
    working_days: int | None

    @property
    def counts_working_days(self) -> bool:
        return self.unit == DurationUnit.WORKING_DAYS


def standard_of(windows: Iterable[ProcedureWindow]) -> tuple[int | None, str]:
    """Return the time that the SOP's windows give, with its unit; None where it gives none.

    Windows of different units, and windows without a time, make no sum.
    """
    total, units = 0, set()
    for window in windows:
        if window.kind == WindowKind.DURATION and window.duration:
            total += window.duration
            units.add(window.duration_unit)
        elif window.start_month is not None and window.end_month is not None:
            total += window.end_month - window.start_month + 1
            units.add(DurationUnit.MONTHS)
        else:
            return None, ""
    return (total, units.pop()) if len(units) == 1 else (None, "")


def measure(step: Step, holidays: Holidays, today: dt.date) -> Measure:
    """Return the step against its standard (the SOP step's windows loaded)."""
    standard, unit = standard_of(step.procedure_step.windows.all())
    counted = step.done_on or today
    used = None
    if step.started_on and step.started_on <= counted:
        used = days_between(step.started_on, counted, unit, holidays)
    late = working = None
    if step.due_on and (step.done_on or today > step.due_on):
        late = (counted - step.due_on).days
        working = _working_days_apart(step.due_on, counted, holidays)
    return Measure(standard, unit, used, step.done_on is not None, late, working)


def days_between(first: dt.date, last: dt.date, unit: str, holidays: Holidays) -> int:
    """Return the days from first to last, both counted: working days where that is the unit."""
    days = [first + ONE_DAY * number for number in range((last - first).days + 1)]
    if unit != DurationUnit.WORKING_DAYS:
        return len(days)
    return sum(1 for day in days if is_working_day(day, holidays))


def _working_days_apart(due: dt.date, day: dt.date, holidays: Holidays) -> int:
    """Return the working days after the due day up to `day`; below 0 when `day` is earlier."""
    unit = DurationUnit.WORKING_DAYS
    if day >= due:
        return days_between(due + ONE_DAY, day, unit, holidays)
    return -days_between(day + ONE_DAY, due, unit, holidays)


def measure_text(found: Measure) -> str:
    """Return the line "standard 15 working days · used 18 working days · 3 days late"."""
    return " · ".join(measure_parts(found))


def measure_parts(found: Measure) -> list[str]:
    """Return the parts of the line, which a line break should not cut."""
    parts = []
    if found.standard is not None:
        parts.append(_("Standard %(time)s") % {"time": amount(found.standard, found.unit)})
    if found.used is not None:
        days = amount(found.used, found.unit if found.counts_working_days else "")
        words = _("used %(time)s") if found.is_done else _("used so far %(time)s")
        parts.append(words % {"time": days})
    parts.append(against_due_text(found))
    return [part for part in parts if part]


def against_due_text(found: Measure) -> str:
    """Return how the step met its due day; for a standard of working days in both counts."""
    if found.calendar_days is None:
        return ""
    if found.calendar_days == 0:
        return _("on the due day")
    text = _signed(found.calendar_days, "")
    if not found.counts_working_days or found.working_days == found.calendar_days:
        return text
    if not found.working_days:
        return text
    counted = _signed(found.working_days, DurationUnit.WORKING_DAYS)
    return f"{counted} ({amount(abs(found.calendar_days), '')})"


def _signed(days: int, unit: str) -> str:
    words = _("%(time)s late") if days > 0 else _("%(time)s early")
    return words % {"time": amount(abs(days), unit)}


def amount(number: int, unit: str) -> str:
    """Return a number of working days, weeks, months or (without a unit) days, in words."""
    if unit == DurationUnit.WORKING_DAYS:
        text = ngettext("%(n)s working day", "%(n)s working days", number)
    elif unit == DurationUnit.WEEKS:
        text = ngettext("%(n)s week", "%(n)s weeks", number)
    elif unit == DurationUnit.MONTHS:
        text = ngettext("%(n)s month", "%(n)s months", number)
    else:
        text = ngettext("%(n)s day", "%(n)s days", number)
    return text % {"n": number}
