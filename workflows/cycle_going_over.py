"""Writing what `cycle_update` has planned, all of it or nothing."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Case, F, ProtectedError, When

from agencies import audit
from agencies.models import User
from approvals.transitions import AlreadyChanged
from workflows.cycle_update import Line, UpdatePlan, UpdateRefused, plan_update
from workflows.enums import CycleStatus
from workflows.models import Cycle, Step, StepDocument, StepWindow
from workflows.opening import document_names, slot_rows, window_rows

# Numbers out of the way of the real ones while steps change places.
_ASIDE = 10_000


def update_cycle(cycle: Cycle, by: User, token: str) -> UpdatePlan:
    """Take the cycle over to the version in use, and return what was done.

    `token` is that of the plan the person saw: when anything has changed since, AlreadyChanged
    is raised and nothing is written. Raises UpdateRefused as `plan_update`.
    """
    try:
        with transaction.atomic():
            return _write(cycle, by, token)
    except (IntegrityError, ProtectedError):
        # Something was hung on a step that was about to go.
        raise AlreadyChanged(cycle) from None


def _write(cycle: Cycle, by: User, token: str) -> UpdatePlan:
    _claim(cycle)
    try:
        plan = plan_update(cycle)
    except UpdateRefused:
        raise AlreadyChanged(cycle) from None
    if plan.token != token:
        raise AlreadyChanged(cycle)
    kept = [line for line in plan.lines if line.step]
    _claim_steps(cycle, plan)
    Step.objects.filter(pk__in=[step.pk for step in plan.removed]).delete()
    for line in kept:
        if line.target and not line.is_done:
            _follow(line)
    for line in plan.lines:
        if line.step is None:
            _add(cycle, line)
    _number(plan)
    changed = Cycle.objects.filter(pk=cycle.pk, version=cycle.version_id).update(
        version=plan.version
    )
    if not changed:
        raise AlreadyChanged(cycle)
    audit.record(
        cycle.agency,
        by,
        "cycle.update",
        cycle,
        summary=f"{cycle.version.number} → {plan.version.number}",
        before={"version": cycle.version_id, "removed": [step.title for step in plan.removed]},
        after={"version": plan.version.pk, "steps": [line.title for line in plan.lines]},
    )
    return plan


def _claim(cycle: Cycle) -> None:
    """Make others wait: only one goes over at a time, and only while the cycle is open."""
    rows = Cycle.objects.filter(pk=cycle.pk, version=cycle.version_id, status=CycleStatus.OPEN)
    if not rows.update(status=CycleStatus.OPEN):
        raise AlreadyChanged(cycle)


def _claim_steps(cycle: Cycle, plan: UpdatePlan) -> None:
    """Take every step as it was seen; a step that somebody changed meanwhile stops all."""
    seen = [*plan.removed, *(line.step for line in plan.lines if line.step)]
    for step in seen:
        rows = Step.objects.filter(pk=step.pk, version=step.version, status=step.status)
        if not rows.update(version=F("version") + 1):
            raise AlreadyChanged(cycle)


def _follow(line: Line) -> None:
    """Give a step the words, days and papers of its step in the new version."""
    step, target = line.step, line.target
    changes = {"procedure_step": target, "title": target.title}
    if line.windows is not None:
        step.windows.all().delete()
        StepWindow.objects.bulk_create(window_rows(step, line.windows))
        changes["due_on"] = _due(line)
    Step.objects.filter(pk=step.pk).update(**changes)
    names, old = document_names(target), set(document_names(step.procedure_step))
    slots = {slot.name: slot for slot in step.documents.all()}
    gone = [
        slot.pk for slot in slots.values() if slot.file_id is None and slot.name in old - set(names)
    ]
    StepDocument.objects.filter(pk__in=gone, file=None).delete()
    last = max((slot.order for slot in slots.values()), default=0)
    new = [name for name in names if name not in slots]
    StepDocument.objects.bulk_create(slot_rows(step, new, after=last))


def _add(cycle: Cycle, line: Line) -> None:
    step = line.written = Step.objects.create(
        cycle=cycle,
        procedure_step=line.target,
        number=2 * _ASIDE + line.number,
        title=line.target.title,
        due_on=_due(line),
    )
    StepWindow.objects.bulk_create(window_rows(step, line.windows))
    StepDocument.objects.bulk_create(slot_rows(step, document_names(line.target)))


def _due(line: Line) -> dt.date | None:
    return max((row.due_on for row in line.windows if row.due_on), default=None)


def _number(plan: UpdatePlan) -> None:
    """Number the steps anew; no number is taken twice on the way."""
    numbers = {(line.step or line.written).pk: line.number for line in plan.lines}
    rows = Step.objects.filter(pk__in=numbers)
    rows.filter(number__lt=_ASIDE).update(number=F("number") + _ASIDE)
    rows.update(number=Case(*(When(pk=pk, then=number) for pk, number in numbers.items())))
