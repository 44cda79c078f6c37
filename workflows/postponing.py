"""Due days after the office's holidays changed: which would now fall on another day.

A window's end stays where it is; only the day on which it is due moves off closed days
(Administrative Procedure Act section 64). Done steps and dates set by others keep theirs.
Nothing is moved until the officer confirms.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import audit
from agencies.audit import canonical_hash
from agencies.holidays import holiday_dates
from agencies.models import Agency, User
from approvals.transitions import AlreadyChanged
from core.thai_dates import format_short
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.dates import LONGEST_CLOSURE, Holidays, due_day
from workflows.enums import CycleStatus, StepStatus
from workflows.models import Cycle, Step, StepWindow
from workflows.permissions import can_postpone
from workflows.responsible import Resolver
from workflows.shifting import claim_steps
from workflows.steps import is_fixed, set_due_days
from workflows.transitions import step_url


@dataclass(frozen=True)
class Postponement:
    """A window whose due day the holidays move; `because` is empty when it returns to its end."""

    step: Step
    window: StepWindow
    due_on: dt.date
    because: str


def plan_postponements(agency: Agency, year: int) -> list[Postponement]:
    """Return the due days of the year's open cycles that the holidays now move; four queries."""
    steps = _open_steps(agency, year)
    ends = [window.ends_on for step in steps for window in step.windows.all() if window.ends_on]
    if not ends:
        return []
    return moved_by(steps, holiday_dates(agency, min(ends), max(ends) + LONGEST_CLOSURE))


def moved_by(steps: Iterable[Step], holidays: Holidays) -> list[Postponement]:
    """Return the due days that differ from what these holidays give.

    The steps come with windows and SOP windows loaded.
    """
    found = [
        Postponement(step, window, *due_day(window.ends_on, holidays))
        for step in steps
        if step.status != StepStatus.DONE and step.cycle.status == CycleStatus.OPEN
        for window in step.windows.all()
        if window.ends_on and not is_fixed(step, window.order)
    ]
    return [row for row in found if row.due_on != row.window.due_on]


def token_of(rows: list[Postponement]) -> str:
    """Return a mark of what the person saw; another list has another one."""
    return canonical_hash([[r.step.pk, r.step.version, r.window.order, r.due_on] for r in rows])


def apply_postponements(agency: Agency, year: int, by: User, token: str) -> int:
    """Move the due days as the list with this token said; returns how many.

    Raises PermissionDenied, and AlreadyChanged when the list is no longer the same.
    """
    if not can_postpone(by, agency):
        raise PermissionDenied
    with transaction.atomic():
        rows = plan_postponements(agency, year)
        if not rows or token_of(rows) != token:
            raise AlreadyChanged(agency)
        claim_steps(row.step for row in rows)
        for row in rows:
            StepWindow.objects.filter(pk=row.window.pk).update(
                due_on=row.due_on, moved_because=row.because
            )
        set_due_days({row.step.pk for row in rows})
        for cycle in {row.step.cycle_id: row.step.cycle for row in rows}.values():
            _record(cycle, [row for row in rows if row.step.cycle_id == cycle.pk], by)
        _tell(agency, rows)
    return len(rows)


def _open_steps(agency: Agency, year: int) -> list[Step]:
    return list(
        Step.objects.filter(
            cycle__agency=agency, cycle__fiscal_year=year, cycle__status=CycleStatus.OPEN
        )
        .exclude(status=StepStatus.DONE)
        .select_related("cycle__agency", "cycle__version__procedure", "procedure_step")
        .prefetch_related("windows", "procedure_step__windows")
        .order_by("cycle", "number")
    )


def _record(cycle: Cycle, rows: list[Postponement], by: User) -> None:
    audit.record(
        cycle.agency,
        by,
        "cycle.postpone",
        cycle,
        summary="; ".join(
            f"{row.step.number}: {format_short(row.window.due_on)} → {format_short(row.due_on)}"
            for row in rows
        ),
        before=[[row.step.pk, row.window.order, row.window.due_on] for row in rows],
        after=[[row.step.pk, row.window.order, row.due_on] for row in rows],
    )


def _tell(agency: Agency, rows: list[Postponement]) -> None:
    """Tell each person once a step which due day holds now."""
    resolver = Resolver(agency, {row.step.cycle.fiscal_year for row in rows})
    with translation.override(settings.LANGUAGE_CODE):
        for row in rows:
            notify(
                agency,
                resolver.of_step(row.step).people,
                rule="step_postponed",
                kind=NoticeKind.OTHER,
                obj=row.step,
                title=_("Step %(step)s is now due on %(day)s")
                % {"step": row.step, "day": format_short(row.due_on)},
                body=_("The holidays changed: it was due on %(day)s.")
                % {"day": format_short(row.window.due_on)},
                url=step_url(row.step),
                occurrence=f"{row.window.order}-{row.due_on}",
            )
