"""The Gantt chart of a cycle: the SOP's plan hatched, what really happened solid below it."""

import datetime as dt
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import fiscal_year as fiscal
from core import thai_dates
from core.drawing.gantt import GanttRow, gantt
from workflows.calendar import Group, Row
from workflows.enums import StepStatus

# A heading of fewer months shows the year's number alone.
_ROOM_FOR_WORDS = 3


def chart(group: Group, year: int, today: dt.date) -> dict:
    """Return the group's chart for fiscal year `year` (B.E.), longer where its steps are.

    Keys: group, ground, months, years (label, months, is_outside), rows of (row, drawing, note).
    """
    drawn = gantt([_bars(row, today) for row in group.rows], year, today=today)
    return {
        "group": group,
        "ground": drawn.ground,
        "months": drawn.months,
        "years": [
            _year_head(number, list(months), year)
            for number, months in groupby(
                drawn.months, key=lambda month: fiscal.fiscal_year_of(month["start"])
            )
        ],
        "rows": [
            (row, drawing, note(row, year))
            for row, drawing in zip(group.rows, drawn.rows, strict=True)
        ],
    }


def _bars(row: Row, today: dt.date) -> GanttRow:
    step = row.step
    begun, ended = step.started_on or step.done_on, step.done_on or today
    return GanttRow(
        title=row.title,
        planned=[
            (window["starts_on"], window["ends_on"]) for window in row.windows if window["ends_on"]
        ],
        actual=(begun, max(begun, ended)) if begun else None,
    )


def _year_head(number: int, months: list[dict], year: int) -> dict:
    if len(months) < _ROOM_FOR_WORDS:
        return {"label": str(number), "months": len(months), "is_outside": number != year}
    label = _("Fiscal year %(year)s") % {"year": number}
    if number == year:
        days = thai_dates.format_range(fiscal.first_day(year), fiscal.last_day(year))
        label = f"{label} ({days})"
    return {"label": label, "months": len(months), "is_outside": number != year}


def note(row: Row, year: int) -> str:
    """Return one line beside the bars: when it began or was done, and how that met the plan."""
    step = row.step
    parts = []
    if step.status == StepStatus.DONE:
        parts.append(thai_dates.format_range(step.started_on or step.done_on, step.done_on))
        parts.append(_against_plan(step))
    elif step.started_on:
        parts.append(_("Started %(day)s") % {"day": thai_dates.format_short(step.started_on)})
    if row.ends_on and row.ends_on > fiscal.last_day(year):
        month = f"{thai_dates.short_month(row.ends_on)} {fiscal.to_be(row.ends_on.year)}"
        parts.append(_("goes on until %(month)s") % {"month": month})
    if row.undated:
        parts.append(_("No date set yet"))
    return " · ".join(part for part in parts if part)


def _against_plan(step) -> str:
    if step.due_on is None:
        return ""
    early = (step.due_on - step.done_on).days
    if early > 0:
        text = ngettext("%(n)s day early", "%(n)s days early", early)
    elif early < 0:
        text = ngettext("%(n)s day late", "%(n)s days late", -early)
    else:
        return _("as planned")
    return text % {"n": abs(early)}
