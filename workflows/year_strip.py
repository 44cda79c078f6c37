"""The year strip on every office page: which year, where the year is, and what is due."""

import datetime as dt

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from core import clock
from core import fiscal_year as fiscal
from core.shared_reads import read_once
from workflows.enums import StepStatus
from workflows.models import Cycle, Step
from workflows.steps import current_step, has_begun
from workflows.transitions import step_url

# A strip is read at a glance: of longer SOPs the steps around the current one are shown.
MOST_STEPS = 12
_MONTH_WIDTH, _MONTH_FILL = 100, 98


@read_once
def strip(agency: Agency, year: int) -> dict:
    """Return what the strip shows of fiscal year `year` (B.E.); two queries at most.

    Keys: year, is_open (whether a cycle runs), years (number, url, is_current, icon), today,
    steps (number, title, url, state, state_label), total, current (number, title, due_on, url)
    or None, note, months (x, filled, is_now).
    """
    today = clock.today()
    cycles = list(agency.cycles.order_by("pk"))
    main = next((cycle for cycle in cycles if cycle.fiscal_year == year), None)
    steps = _steps(main) if main else []
    current = current_step(steps, today)
    return {
        "year": year,
        "is_open": main is not None,
        "years": _years(agency.code, year, {cycle.fiscal_year for cycle in cycles}, today),
        "today": today,
        "steps": [_box(step, current, today) for step in _around(steps, current)],
        "total": len(steps),
        "current": _current(current),
        "note": _note(main, steps),
        "months": _months(year, today),
    }


def _steps(cycle: Cycle) -> list[Step]:
    """Return the cycle's steps; each knows its cycle and office without a query."""
    return list(
        cycle.steps.annotate(starts_on=Min("windows__starts_on")).order_by("number").defer("remark")
    )


def _years(code: str, year: int, opened: set[int], today: dt.date) -> list[dict]:
    running = fiscal.fiscal_year_of(today)
    return [
        {
            "number": number,
            "url": reverse("my-work", kwargs={"agency_code": code, "year": number}),
            "is_current": number == year,
            "icon": "check-lg" if number == year else "calendar3",
        }
        for number in sorted(opened | {year, running}, reverse=True)
    ]


def _around(steps: list[Step], current: Step | None) -> list[Step]:
    if len(steps) <= MOST_STEPS:
        return steps
    at = steps.index(current) if current else len(steps) - 1
    first = max(0, min(at - MOST_STEPS // 2, len(steps) - MOST_STEPS))
    return steps[first : first + MOST_STEPS]


def state_of(step: Step, current: Step | None, today: dt.date) -> str:
    """Return done, now (where the year is), running or future."""
    if step.status == StepStatus.DONE:
        return "done"
    if current is not None and step.pk == current.pk:
        return "now"
    return "running" if has_begun(step, today) else "future"


def _box(step: Step, current: Step | None, today: dt.date) -> dict:
    state = state_of(step, current, today)
    labels = {
        "done": _("Done"),
        "now": _("Current step"),
        "running": _("Running"),
        "future": _("Not started"),
    }
    return {
        "number": step.number,
        "title": str(step),
        "url": step_url(step),
        "state": state,
        "state_label": labels[state],
    }


def _current(step: Step | None) -> dict | None:
    if step is None:
        return None
    return {
        "number": step.number,
        "title": step.title,
        "due_on": step.due_on,
        "url": step_url(step),
    }


def _note(main: Cycle | None, steps: list[Step]) -> str:
    if main is None:
        return _("No cycle is open for this year")
    return _("All steps of the year are done") if steps else ""


def _months(year: int, today: dt.date) -> list[dict]:
    """Twelve months from October, each filled by the share of its days that has passed."""
    running = fiscal.month_of(today, year)
    months = []
    for index in range(12):
        is_now = index == running
        share = today.day / 31 if is_now else float(index < running)
        months.append(
            {
                "x": index * _MONTH_WIDTH,
                "filled": round(_MONTH_FILL * share),
                "is_now": is_now,
            }
        )
    return months
