"""The fiscal year calendar: every step with its plan and what really happened.

One reading of the database serves list, month grid and Gantt chart. Steps of another year's
cycle are shown as long as one of their windows reaches into this year: nothing is clipped.
"""

import datetime as dt
from calendar import SUNDAY, Calendar
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.holidays import missing_years, rows_between
from agencies.models import Agency, Holiday
from core import clock
from core import fiscal_year as fiscal
from core.address_values import whole_number
from core.templatetags.pmqa import days_left
from core.thai_dates import WEEKDAYS, WEEKDAYS_EN, format_month_year
from workflows.dates import WEEKEND_NAMES
from workflows.enums import StepStatus
from workflows.models import Cycle, Step, StepWindow
from workflows.opening import OpeningPlan
from workflows.responsible import Resolver, Responsible
from workflows.sop.times import step_time
from workflows.steps import current_step, late_days
from workflows.transitions import step_url

SOON = dt.timedelta(days=7)
# How many months before and after the year the month grid can be turned to.
FIRST_MONTH, LAST_MONTH = -12, 23
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


def load_rows(agency: Agency, year: int, today: dt.date) -> tuple[list[Group], Resolver]:
    """Return the year's cycles with their steps; four queries at any number of steps."""
    first, last = fiscal.first_day(year), fiscal.last_day(year)
    reaching = StepWindow.objects.filter(starts_on__lte=last, ends_on__gte=first)
    steps = list(
        Step.objects.filter(cycle__agency=agency)
        .filter(Q(cycle__fiscal_year=year) | Q(pk__in=reaching.values("step_id")))
        .select_related("cycle__agency", "cycle__version__procedure", "procedure_step")
        .prefetch_related("windows")
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
    windows = [shown_window(window) for window in step.windows.all()]
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


def narrowed(groups: list[Group], resolver: Resolver, who: str) -> list[Group]:
    """Return the groups with only the steps of a person ("p12") or a unit ("u3")."""
    number = whole_number(who[1:])
    if number is None or who[0] not in "pu":
        return groups
    people = {number}
    if who[0] == "u":
        people = {row.user_id for row in resolver.memberships if row.unit_id == number}
    kept = [
        Group(
            group.cycle,
            [
                row
                for row in group.rows
                if people & {person.pk for person in row.responsible.people}
            ],
            group.is_of_other_year,
        )
        for group in groups
    ]
    return [group for group in kept if group.rows]


def filter_choices(resolver: Resolver) -> dict:
    """Return the people and units of the office for the filter, from what is loaded."""
    units = {row.unit_id: row.unit for row in resolver.memberships if row.unit_id}
    return {
        "people": [(f"p{row.user_id}", row.user) for row in resolver.memberships],
        "units": [(f"u{pk}", unit) for pk, unit in units.items()],
    }


def month_grid(agency: Agency, year: int, offset: int, groups: list[Group]) -> dict:
    """Return the weeks (Sunday first) of the month `offset` months after October of the year.

    Each day has its holiday, whether it is today, and the steps due on it. One query.
    """
    first = fiscal.month_start(year, offset)
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    closed = {
        row.date: row for row in rows_between(agency, weeks[0][0], weeks[-1][-1]) if row.is_observed
    }
    due: dict[dt.date, list] = {}
    for group in groups:
        for row in group.rows:
            for window in row.windows:
                if window["due_on"]:
                    due.setdefault(window["due_on"], []).append((row, window))
    today = clock.today()
    names = WEEKDAYS_EN if is_english() else WEEKDAYS
    return {
        "title": format_month_year(first),
        "previous": offset - 1 if offset > FIRST_MONTH else None,
        "next": offset + 1 if offset < LAST_MONTH else None,
        "weekdays": [names[day.weekday()] for day in weeks[0]],
        "weeks": [
            [_day(day, first, today, closed.get(day), due.get(day, [])) for day in week]
            for week in weeks
        ],
    }


def _day(day: dt.date, first: dt.date, today: dt.date, holiday, due: list) -> dict:
    return {
        "date": day,
        "is_inside": day.month == first.month,
        "is_today": day == today,
        "is_closed": holiday is not None or day.weekday() in WEEKEND_NAMES,
        "holiday": holiday,
        "holiday_name": holiday_name(holiday) if holiday else "",
        "due": due,
    }


def is_english() -> bool:
    return (get_language() or "th").startswith("en")


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


def years_without_holidays(groups: list[Group], year: int) -> list[int]:
    """Return the calendar years (B.E.) of the shown windows that have no holidays. One query."""
    ends = [row.ends_on for group in groups for row in group.rows if row.ends_on]
    if not ends:
        return []
    return missing_years(fiscal.first_day(year), max(ends))


def has_past_steps(group: Group) -> bool:
    """Return whether open steps of the cycle were due before the day it was opened."""
    opened_on = timezone.localdate(group.cycle.opened_at)
    return any(row.state != "done" and row.due_on and row.due_on < opened_on for row in group.rows)
