"""The Gantt chart of a year: each SOP's plan hatched, what really happened solid below it.

All cycles share one scale, so that their bars can be compared; award stages are a band of their
own above them. What leaves the year by more than a few months ends in an arrow and a note.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import fiscal_year as fiscal
from core import thai_dates
from core.drawing.gantt import GanttRow, gantt
from workflows.calendar import Group, Row
from workflows.enums import StepStatus
from workflows.models import AwardStage

# A heading over less than this part of the chart shows the year's number alone.
_ROOM_FOR_WORDS = 1 / 5
# Months drawn before and after the year at the most.
_REACH = (3, 6)


def chart(groups: list[Group], stages: Iterable[AwardStage], year: int, today: dt.date) -> dict:
    """Return the chart of the groups for fiscal year `year` (B.E.).

    Keys: ground, months, years (label, months, is_outside), awards of (stage, drawing) and
    sections of (group, rows), each row being (row, drawing, note).
    """
    stages = list(stages)
    rows = [row for group in groups for row in group.rows]
    drawn = gantt(
        [*map(_award, stages), *(bars(row, today) for row in rows)],
        year,
        today=today,
        reach=_REACH,
    )
    drawings = iter(drawn.rows)
    return {
        "ground": drawn.ground,
        "months": drawn.months,
        "years": [
            _year_head(number, list(months), year, len(drawn.months))
            for number, months in groupby(
                drawn.months, key=lambda month: fiscal.fiscal_year_of(month["start"])
            )
        ],
        "awards": [(stage, next(drawings)) for stage in stages],
        "sections": [
            (group, [(row, next(drawings), note(row, year)) for row in group.rows])
            for group in groups
        ],
    }


def _award(stage: AwardStage) -> GanttRow:
    return GanttRow(title=str(stage), fixed=[(stage.starts_on, stage.ends_on)])


def bars(row: Row, today: dt.date) -> GanttRow:
    """Return what is drawn of a step; work that goes on reaches until today."""
    step = row.step
    begun, ended = step.started_on or step.done_on, step.done_on or today
    return GanttRow(
        title=row.title,
        planned=[
            (window["starts_on"], window["ends_on"]) for window in row.windows if window["ends_on"]
        ],
        actual=(begun, max(begun, ended)) if begun else None,
        before=[window["planned"] for window in row.windows if window["planned"]],
    )


def _year_head(number: int, months: list[dict], year: int, shown: int) -> dict:
    if len(months) / shown < _ROOM_FOR_WORDS:
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
    if row.starts_on and row.starts_on < fiscal.first_day(year):
        parts.append("← " + _("from %(month)s") % {"month": _month(row.starts_on)})
    if row.ends_on and row.ends_on > fiscal.last_day(year):
        parts.append(_("goes on until %(month)s") % {"month": _month(row.ends_on)} + " →")
    if row.undated:
        parts.append(_("No date set yet"))
    return " · ".join(part for part in parts if part)


def _month(day: dt.date) -> str:
    return f"{thai_dates.short_month(day)} {fiscal.to_be(day.year)}"


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
