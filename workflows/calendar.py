"""The fiscal year calendar: every step with its plan and what really happened.

One reading of the database serves list, agenda, month grid and Gantt chart. Steps of another year's
cycle are shown as long as one of their windows reaches into this year: nothing is clipped.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.holidays import rows_between
from agencies.models import Agency, Holiday
from core import fiscal_year as fiscal
from core.templatetags.pmqa import days_left
from core.thai_dates import WEEKDAYS_EN
from workflows.dates import LONGEST_CLOSURE, WEEKEND_NAMES
from workflows.enums import StepStatus
from workflows.models import Cycle, Step, StepWindow
from workflows.opening import OpeningPlan
from workflows.responsible import Resolver, Responsible
from workflows.shift_plans import planned_days
from workflows.sop.times import step_time
from workflows.steps import current_step, late_days
from workflows.transitions import step_url

SOON = dt.timedelta(days=7)
NEXT_SHOWN = 5


@dataclass
class Row:
    """A step as the calendar shows it."""

    step: Step
    responsible: Responsible
    url: str
    state: str
    state_label: str
    late: int
    windows: list[dict] = field(default_factory=list)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_now: bool = False

    @property
    def number(self) -> int:
        return self.step.number

    @property
    def title(self) -> str:
        return self.step.title

    @property
    def due_on(self) -> dt.date | None:
        return self.step.due_on

    @property
    def responsible_text(self) -> str:
        """The SOP's own words, which an office knows its people by; else their names."""
        return self.step.procedure_step.responsible_text or ", ".join(
            str(person) for person in self.responsible.people
        )

    @property
    def undated(self) -> list[dict]:
        return [window for window in self.windows if window["ends_on"] is None]


@dataclass
class Group:
    """The steps of one cycle."""

    cycle: Cycle
    rows: list[Row]
    is_of_other_year: bool

    @property
    def done(self) -> int:
        return sum(row.state == "done" for row in self.rows)


def load_rows(agency: Agency, year: int, today: dt.date) -> tuple[list[Group], Resolver]:
    """Return the year's cycles with their steps; six queries at any number of steps."""
    first, last = fiscal.first_day(year), fiscal.last_day(year)
    reaching = StepWindow.objects.filter(starts_on__lte=last, ends_on__gte=first)
    steps = list(
        Step.objects.filter(cycle__agency=agency)
        .filter(Q(cycle__fiscal_year=year) | Q(pk__in=reaching.values("step_id")))
        .select_related("cycle__agency", "cycle__version__procedure__unit", "procedure_step")
        .prefetch_related("windows", "procedure_step__windows", "shifts")
        .order_by("cycle_id", "number")
    )
    resolver = Resolver(agency, {step.cycle.fiscal_year for step in steps})
    groups: dict[int, Group] = {}
    for step in steps:
        group = groups.setdefault(
            step.cycle_id, Group(step.cycle, [], step.cycle.fiscal_year != year)
        )
        group.rows.append(step_row(step, resolver, today))
    for group in groups.values():
        current = current_step([row.step for row in group.rows], today)
        for row in group.rows:
            row.is_now = not group.is_of_other_year and row.step is current
    return sorted(groups.values(), key=lambda group: group.is_of_other_year), resolver


def step_row(step: Step, resolver: Resolver, today: dt.date) -> Row:
    """Return a step as list, chart and page show it (windows and SOP step loaded)."""
    shifts = list(step.shifts.all())
    windows = [
        shown_window(window) | {"planned": planned_days(shifts, window)}
        for window in step.windows.all()
    ]
    starts = [window["starts_on"] for window in windows if window["starts_on"]]
    ends = [window["ends_on"] for window in windows if window["ends_on"]]
    step.starts_on = min(starts, default=None)
    late = late_days(step, today)
    state, label = state_of(step, late, today)
    return Row(
        step=step,
        responsible=resolver.of_step(step),
        url=step_url(step),
        state=state,
        state_label=label,
        late=late,
        windows=windows or [_no_window()],
        starts_on=step.starts_on,
        ends_on=max(ends, default=None),
    )


def state_of(step: Step, late: int, today: dt.date) -> tuple[str, str]:
    """Return the chip of a step: key and words. Overdue is said of the work only while open."""
    if step.status == StepStatus.DONE:
        return "done", _("Done")
    if late:
        return "overdue", days_left(step.due_on)
    if step.due_on and step.due_on - today <= SOON:
        return "due_soon", days_left(step.due_on)
    if step.status == StepStatus.IN_PROGRESS:
        return "in_progress", _("In progress")
    return "not_started", _("Not started")


def shown_window(window) -> dict:
    """Return a window's days with the move of its due day, for stored and planned windows."""
    moved = bool(window.ends_on and window.due_on != window.ends_on)
    return {
        "order": window.order,
        "label": window.label,
        "starts_on": window.starts_on,
        "ends_on": window.ends_on,
        "due_on": window.due_on,
        "is_moved": moved,
        "moved_because": _reason(window) if moved else "",
        "planned": None,
    }


def _no_window() -> dict:
    return shown_window(StepWindow(order=1))


def _reason(window) -> str:
    """Return why the due day moved; the names of weekends in the language of the page."""
    for number, name in WEEKEND_NAMES.items():
        if window.moved_because == name and is_english():
            return WEEKDAYS_EN[number]
    return window.moved_because


def planned_rows(plan: OpeningPlan, resolver: Resolver, year: int) -> list[dict]:
    """Return the preview's rows: the steps that opening would write, with their days."""
    return [
        {
            "number": row.step.number,
            "title": row.step.title,
            "time_text": step_time(row.step, plan.written_for_year),
            "responsible_text": row.step.responsible_text,
            "responsible": resolver.resolve(row.step, year),
            "windows": [shown_window(window) for window in row.windows] or [_no_window()],
            "due_on": row.due_on,
        }
        for row in plan.steps
    ]


def is_english() -> bool:
    return (get_language() or "th").startswith("en")


def next_due(groups: list[Group], today: dt.date) -> list[dict]:
    """Return the next due days of open steps, soonest first."""
    found = [
        {"row": row, "due_on": window["due_on"], "window": window}
        for group in groups
        for row in group.rows
        if row.state != "done"
        for window in row.windows
        if window["due_on"] and window["due_on"] >= today
    ]
    return sorted(found, key=lambda entry: (entry["due_on"], entry["row"].number))[:NEXT_SHOWN]


def read_holidays(
    agency: Agency, year: int, groups: list[Group], days: Iterable[dt.date] = ()
) -> list[Holiday]:
    """Return the office's rows for the calendar years of the windows and `days`. One query."""
    ends = [row.ends_on for group in groups for row in group.rows if row.ends_on]
    shown = [fiscal.first_day(year), fiscal.last_day(year), *ends, *days]
    first, last = min(shown).replace(month=1, day=1), max(shown).replace(month=12, day=31)
    return rows_between(agency, first, last + LONGEST_CLOSURE)


def years_without_holidays(groups: list[Group], year: int, rows: list[Holiday]) -> list[int]:
    """Return the calendar years (B.E.) of the shown windows that have no national holiday."""
    ends = [row.ends_on for group in groups for row in group.rows if row.ends_on]
    known = {row.date.year for row in rows if row.agency_id is None}
    years = range(fiscal.first_day(year).year, max(ends).year + 1) if ends else []
    return [fiscal.to_be(number) for number in years if number not in known]


def has_past_steps(group: Group) -> bool:
    """Return whether open steps of the cycle were due before the day it was opened."""
    opened_on = timezone.localdate(group.cycle.opened_at)
    return any(row.state != "done" and row.due_on and row.due_on < opened_on for row in group.rows)
