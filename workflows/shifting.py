"""Shifting a step with a reason, and taking the last shift back: a shift like any other.

Everything a plan of `shift_plans` names is written in one transaction, or nothing: the days,
a row for each move, the audit entry, and the notice to those whose steps moved.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import User
from approvals.transitions import AlreadyChanged
from core import clock
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.models import Step, StepShift, StepWindow
from workflows.permissions import can_shift
from workflows.responsible import Resolver
from workflows.shift_plans import (
    ShiftPlan,
    last_shift,
    plan_shift,
    plan_undo,
    shifts_of,
)
from workflows.steps import NOT_DONE, claim_step, set_due_days
from workflows.transitions import step_url


def apply_shift(
    step: Step,
    order: int,
    starts_on: dt.date,
    ends_on: dt.date,
    by: User,
    *,
    reason: str,
    token: str,
) -> StepShift:
    """Move the window and all that follows it, as the plan with this token said.

    Raises PermissionDenied, DayRefused, and AlreadyChanged when the plan is no longer the one
    that was seen, a step changed meanwhile, or the cycle is closed.
    """
    if not can_shift(by, step):
        raise PermissionDenied
    with transaction.atomic():
        plan = plan_shift(step, order, starts_on, ends_on)
        if plan.token != token:
            raise AlreadyChanged(step)
        return _write(plan, by, reason)


def undo_shift(shift: StepShift, by: User, *, reason: str, token: str) -> StepShift:
    """Shift back what the cycle's last shift moved; returns the new shift.

    Raises as `apply_shift`, also when another shift was made since.
    """
    if not can_shift(by, shift.step):
        raise PermissionDenied
    with transaction.atomic():
        last = last_shift(shifts_of(shift.step.cycle))
        plan = plan_undo(shift)
        if last is None or last.pk != shift.pk or not plan.moves or plan.token != token:
            raise AlreadyChanged(shift.step)
        return _write(plan, by, reason)


def _write(plan: ShiftPlan, by: User, reason: str) -> StepShift:
    claim_steps(move.step for move in plan.moves)
    at, rows = clock.now(), {}
    for move in plan.moves:
        cause = rows.get(id(move.cause))
        rows[id(move)] = StepShift.objects.create(
            step=move.step,
            window=move.window.order,
            from_starts_on=move.window.starts_on,
            from_ends_on=move.window.ends_on,
            to_starts_on=move.starts_on,
            to_ends_on=move.ends_on,
            reason=reason,
            caused_by=cause,
            moved_at=at,
            moved_by=by,
        )
        StepWindow.objects.filter(pk=move.window.pk).update(
            starts_on=move.starts_on,
            ends_on=move.ends_on,
            due_on=move.due_on,
            moved_because=move.moved_because,
        )
    set_due_days({move.step.pk for move in plan.moves})
    first = rows[id(plan.moves[0])]
    _record(plan, by, reason)
    _tell(plan, first, reason)
    return first


def claim_steps(steps: Iterable[Step]) -> None:
    """Count up the version of every step whose days move, while it is open and as it was read.

    Raises AlreadyChanged when somebody was faster with one of them.
    """
    for step in {step.pk: step for step in steps}.values():
        claim_step(step, step.version, NOT_DONE, version=F("version") + 1)


def _record(plan: ShiftPlan, by: User, reason: str) -> None:
    first = plan.moves[0]
    audit.record(
        first.step.cycle.agency,
        by,
        "step.shift",
        first.step,
        summary=f"{first.from_text} → {first.to_text}: {reason}",
        before=[
            [m.step.pk, m.window.order, m.window.starts_on, m.window.ends_on] for m in plan.moves
        ],
        after=[[m.step.pk, m.window.order, m.starts_on, m.ends_on] for m in plan.moves],
    )


def _tell(plan: ShiftPlan, shift: StepShift, reason: str) -> None:
    """Tell everybody whose step moved, once, with all the new days."""
    step = plan.moves[0].step
    resolver = Resolver(step.cycle.agency, [step.cycle.fiscal_year])
    people = [person for move in plan.moves for person in resolver.of_step(move.step).people]
    with translation.override(settings.LANGUAGE_CODE):
        lines = [f"{move.step}: {move.from_text} → {move.to_text}" for move in plan.moves]
        notify(
            step.cycle.agency,
            people,
            rule="step_shifted",
            kind=NoticeKind.OTHER,
            obj=step,
            title=_("The days of step %(step)s were shifted") % {"step": step},
            body="\n".join([_("Reason: %(reason)s") % {"reason": reason}, *lines]),
            url=step_url(step),
            occurrence=str(shift.pk),
        )
