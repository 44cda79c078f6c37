"""Doing a step: started on a day, done on a day, papers put in their places.

The day is written together with the change of state, in one transaction, and only while the
cycle is open and nobody else has changed the step.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from agencies import audit
from agencies.holidays import holiday_dates
from agencies.models import User
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged, perform
from core import clock
from documents.stored_files import store_upload
from workflows.dates import LONGEST_CLOSURE, due_day
from workflows.enums import CycleStatus, StepStatus, WindowKind
from workflows.models import Cycle, ProcedureWindow, Step, StepDocument, StepWindow
from workflows.permissions import can_set_days, can_work_on

NOT_DONE = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)


class DayRefused(Exception):
    """A day does not fit. `field` names it ("started_on", "done_on", "ends_on")."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class BackfillEntry:
    """A past step: when it was done (C.E.), a remark, and files by id of their slot."""

    step: Step
    done_on: dt.date
    remark: str = ""
    uploads: dict[int, UploadedFile] = field(default_factory=dict)


def start_step(step: Step, by: User, started_on: dt.date, version: int) -> TransitionLog:
    """Mark the step as in progress since `started_on`.

    Raises DayRefused for a day in the future, and what `perform` raises.
    """
    _refuse_future("started_on", started_on)
    with transaction.atomic():
        claim_step(step, version, (StepStatus.NOT_STARTED,), started_on=started_on)
        return perform(step, "start", by, version=version)


def finish_step(
    step: Step,
    by: User,
    done_on: dt.date,
    version: int,
    *,
    remark: str = "",
    started_on: dt.date | None = None,
) -> TransitionLog:
    """Mark the step as done on `done_on`; `started_on`, where given, corrects the start.

    Raises DayRefused for a day in the future or before the start, and what `perform` raises
    (RequirementsMissing carries what other parts of the portal still demand).
    """
    _refuse_future("done_on", done_on)
    started_on = started_on or step.started_on
    if started_on and done_on < started_on:
        raise DayRefused("done_on", _("The step cannot be done before it was started."))
    with transaction.atomic():
        claim_step(
            step,
            version,
            NOT_DONE,
            done_on=done_on,
            done_by=by,
            remark=remark.strip(),
            started_on=started_on,
        )
        return perform(step, "finish", by, version=version)


def reopen_step(step: Step, by: User, reason: str, version: int) -> TransitionLog:
    """Take a done step back into work; the reason is kept in the log."""
    with transaction.atomic():
        claim_step(step, version, (StepStatus.DONE,), remark=F("remark"))
        return perform(step, "reopen", by, comment=reason, version=version)


def note_step(step: Step, by: User, remark: str, version: int) -> None:
    """Write the step's remark: how it goes, or why it is not done.

    Raises PermissionDenied, and AlreadyChanged when the cycle is closed or the step has changed.
    """
    if not can_work_on(by, step):
        raise PermissionDenied
    before = step.remark
    with transaction.atomic():
        claim_step(
            step, version, StepStatus.values, remark=remark.strip(), version=F("version") + 1
        )
        step.refresh_from_db()
        audit.record(
            step.cycle.agency,
            by,
            "step.note",
            step,
            before={"remark": before},
            after={"remark": step.remark},
        )


def backfill(cycle: Cycle, entries: Iterable[BackfillEntry], by: User) -> int:
    """Record steps that were done before the cycle was opened; all of them or none.

    Returns how many. Raises DayRefused or RequirementsMissing with `step` set to the row
    that was refused.
    """
    count = 0
    with transaction.atomic():
        for entry in entries:
            try:
                finish_step(entry.step, by, entry.done_on, entry.step.version, remark=entry.remark)
            except Exception as refusal:
                refusal.step = entry.step
                raise
            for slot in entry.step.documents.all():
                if slot.pk in entry.uploads:
                    attach_document(slot, entry.uploads[slot.pk], by)
            count += 1
    return count


def attach_document(slot: StepDocument, uploaded: UploadedFile, by: User) -> StepDocument:
    """Put a file in the slot's place; a file that was there stays stored, out of the slot.

    Raises PermissionDenied, AlreadyChanged when the cycle is closed, and the refusals of
    `documents.stored_files.store_upload`.
    """
    step = slot.step
    if not can_work_on(by, step):
        raise PermissionDenied
    with transaction.atomic():
        stored = store_upload(step.cycle.agency, uploaded, by)
        rows = StepDocument.objects.filter(pk=slot.pk, step__cycle__status=CycleStatus.OPEN)
        if not rows.update(file=stored, uploaded_at=clock.now(), uploaded_by=by):
            raise AlreadyChanged(step)
        audit.record(
            step.cycle.agency,
            by,
            "step.attach",
            step,
            summary=f"{slot.name}: {stored.name}",
            after={"slot": slot.pk, "sha256": stored.sha256},
        )
    slot.refresh_from_db()
    return slot


def add_document(step: Step, name: str, uploaded: UploadedFile, by: User) -> StepDocument:
    """Add a paper that the SOP does not name; raises as `attach_document`."""
    with transaction.atomic():
        last = step.documents.aggregate(last=Max("order"))["last"] or 0
        slot = StepDocument.objects.create(
            step=step, order=last + 1, name=name.strip()[:250] or uploaded.name[:250]
        )
        return attach_document(slot, uploaded, by)


def open_windows(step: Step) -> list[StepWindow]:
    """Return the windows whose days the office itself sets: the SOP leaves them unknown.

    A step without any window gets one, not yet saved.
    """
    dated_by_sop = {
        window.order
        for window in step.procedure_step.windows.all()
        if window.kind != WindowKind.UNDATED and (window.start_month is not None or window.duration)
    }
    windows = list(step.windows.all())
    if not windows:
        return [StepWindow(step=step, order=1)]
    return [window for window in windows if window.order not in dated_by_sop]


def source_window(step: Step, order: int) -> ProcedureWindow | None:
    """Return the SOP's window behind a step's window (SOP windows prefetched)."""
    windows = step.procedure_step.windows.all()
    return next((window for window in windows if window.order == order), None)


def is_fixed(step: Step, order: int) -> bool:
    """Return whether others set the window's date."""
    source = source_window(step, order)
    return source is not None and source.is_fixed


def set_due_days(steps: set[int]) -> None:
    """Give each step the last due day of its windows."""
    last = StepWindow.objects.filter(step__in=steps).values_list("step").order_by("step")
    for pk, due_on in last.annotate(last=Max("due_on")):
        Step.objects.filter(pk=pk).update(due_on=due_on)


def set_window(
    step: Step,
    order: int,
    ends_on: dt.date,
    by: User,
    *,
    reason: str,
    version: int,
    starts_on: dt.date | None = None,
) -> StepWindow:
    """Give an unknown window its days, with the reason; the step's deadline follows.

    Raises PermissionDenied for a window that the SOP dates, DayRefused, AlreadyChanged.
    """
    found = [window for window in open_windows(step) if window.order == order]
    if not found or not can_set_days(by, step):
        raise PermissionDenied
    if starts_on and ends_on < starts_on:
        raise DayRefused("ends_on", _("The last day lies before the first day."))
    window = found[0]
    before = {"starts_on": window.starts_on, "ends_on": window.ends_on}
    closed = holiday_dates(step.cycle.agency, ends_on, ends_on + LONGEST_CLOSURE)
    window.starts_on, window.ends_on = starts_on or ends_on, ends_on
    window.due_on, window.moved_because = due_day(ends_on, closed, is_fixed=is_fixed(step, order))
    with transaction.atomic():
        claim_step(step, version, StepStatus.values, version=F("version") + 1)
        window.save()
        set_due_days({step.pk})
        audit.record(
            step.cycle.agency,
            by,
            "step.set_days",
            step,
            summary=reason,
            before=before,
            after={"starts_on": window.starts_on, "ends_on": window.ends_on},
        )
    step.refresh_from_db()
    return window


def late_days(step: Step, today: dt.date) -> int:
    """Return by how many calendar days the step is or was done after its due day; 0 if not."""
    if step.due_on is None:
        return 0
    return max(0, ((step.done_on or today) - step.due_on).days)


def current_step(steps: Iterable[Step], today: dt.date) -> Step | None:
    """Return the step that the year is at: of those begun and not done, the nearest deadline.

    A step has begun when it is in progress or its first window day (`starts_on`, annotated)
    has come. Of equal deadlines the later step; when none has begun, the next one to come.
    """
    still_open = [step for step in steps if step.status != StepStatus.DONE]
    begun = [step for step in still_open if has_begun(step, today)]
    if begun:
        return min(begun, key=lambda step: (step.due_on or dt.date.max, -step.number))
    return min(still_open, key=lambda step: (step.due_on or dt.date.max, step.number), default=None)


def has_begun(step: Step, today: dt.date) -> bool:
    """Return whether the step is in progress or its first window day has come."""
    if step.status == StepStatus.IN_PROGRESS:
        return True
    return step.starts_on is not None and step.starts_on <= today


def _refuse_future(field: str, day: dt.date) -> None:
    if day > clock.today():
        raise DayRefused(field, _("The day lies in the future."))


def claim_step(step: Step, seen: int, states: Iterable[str], **changes) -> None:
    """Write `changes` while the step has the version seen and a state, and its cycle is open.

    Raises AlreadyChanged when somebody was faster; the step is then read anew.
    """
    rows = Step.objects.filter(
        pk=step.pk,
        version=seen,
        status__in=list(states),
        cycle__status=CycleStatus.OPEN,
    )
    if not rows.update(**changes):
        # Going over to a newer SOP may have taken the step away altogether.
        if Step.objects.filter(pk=step.pk).exists():
            step.refresh_from_db()
        raise AlreadyChanged(step)
