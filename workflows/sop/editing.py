"""Saving a draft of an SOP, part by part, so that nothing acknowledged is lost.

Every change claims the version's row by one conditional UPDATE: from there to the commit nobody
else writes to the draft. A change made on an older reading is laid over the newer saves when
none of the parts it touches changed since; otherwise nothing is written and both texts are told.
"""

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from agencies.models import User
from core import clock
from documents.models import TextRevision
from documents.revisions import NotEditable, SaveConflict, history_of
from workflows.enums import EDITABLE
from workflows.models import ProcedureVersion
from workflows.sop.operations import BadOperation, Operation, ReplaceAll
from workflows.sop.parts import Parts, changed_parts, parts_of, step_pk, write_parts

__all__ = [
    "BadOperation",
    "NoSuchSave",
    "NotEditable",
    "PartConflict",
    "SaveConflict",
    "Saved",
    "change",
    "parts_of",
    "restore",
    "saves_of",
    "state_at",
    "states_at",
]


class PartConflict(SaveConflict):
    """Somebody saved a part that this change touches.

    `newest` holds those parts as they are stored (None: the step is gone), `mine` as this change
    would have made them; `last` is the save in the way. `current` is the version's row.
    """

    def __init__(self, current: ProcedureVersion, last: TextRevision, newest: Parts, mine: Parts):
        super().__init__(current, last)
        self.newest, self.mine = newest, mine


class NoSuchSave(LookupError):
    """The draft has no save of this number."""


class _Answered(Exception):
    """Takes back what was claimed: there is nothing to write."""

    def __init__(self, answer: "Saved"):
        super().__init__()
        self.answer = answer


@dataclass(frozen=True)
class Saved:
    """The answer to a change: the number and time of the save, the parts that it changed.

    `new_step` is the key of a step that was added. `notes` tell what else had to change.
    """

    version: int
    saved_at: dt.datetime
    changed: frozenset[str] = frozenset()
    new_step: int | None = None
    notes: tuple[str, ...] = ()


def change(
    version: ProcedureVersion, operation: Operation, *, read: int, by: User, request_id: str = ""
) -> Saved:
    """Carry out the operation on the draft as it was read at save number `read`.

    `version` names the row. A change that changes nothing saves nothing. A `request_id` seen
    before returns the first answer. Raises PartConflict (a SaveConflict), NotEditable where the
    version is no draft any more, BadOperation; then nothing was written.
    """
    earlier = _answer_to(version, request_id)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return _carry_out(version, operation, read, by, request_id)
    except _Answered as stop:
        return stop.answer
    except IntegrityError:
        # Two copies of one request ran at once; the other one has answered.
        earlier = _answer_to(version, request_id)
        if earlier is None:
            raise
        return earlier


def restore(
    version: ProcedureVersion, n: int, *, read: int, by: User, request_id: str = ""
) -> Saved:
    """Make the draft what it was at save `n`, as a new save. Raises as `change` and `state_at`."""
    state = state_at(version, n)
    return change(version, ReplaceAll(state), read=read, by=by, request_id=request_id)


def saves_of(version: ProcedureVersion) -> QuerySet[TextRevision]:
    """Return the draft's saves, newest first, with who made each. The oldest is its beginning."""
    return history_of(version)


def state_at(version: ProcedureVersion, n: int) -> Parts:
    """Return the parts as they were when the version counted `n`. Raises NoSuchSave."""
    return states_at(version, n)[0]


def states_at(version: ProcedureVersion, *numbers: int) -> list[Parts]:
    """Return the parts at each of the numbers, as `state_at`; the saves are read once."""
    saves = list(_saves(version).filter(version__lte=max(numbers)).order_by("version"))
    stored = None if saves else parts_of(version)
    states = []
    for n in numbers:
        until = [save for save in saves if save.version <= n]
        known = until if saves else n == version.version
        if n > version.version or not known:
            raise NoSuchSave(n)
        states.append(_folded(until) if until else stored)
    return states


def _folded(saves: list[TextRevision]) -> Parts:
    parts: Parts = {}
    for save in saves:
        parts |= save.data
    return {name: value for name, value in parts.items() if value is not None}


def _saves(version: ProcedureVersion) -> QuerySet[TextRevision]:
    kind = ContentType.objects.get_for_model(version)
    return TextRevision.objects.filter(content_type=kind, object_id=version.pk)


def _answer_to(version: ProcedureVersion, request_id: str) -> Saved | None:
    if not request_id:
        return None
    save = _saves(version).filter(request_id=request_id).first()
    return _answer(save) if save else None


def _answer(save: TextRevision, notes: list[str] | None = None) -> Saved:
    return Saved(
        save.version, save.saved_at, frozenset(save.data), _new_step(save.data), tuple(notes or ())
    )


def _new_step(data: Parts) -> int | None:
    """Return the step that the save added: adding writes the order and that step, no more."""
    steps = [name for name in data if step_pk(name) is not None]
    added = "order" in data and len(steps) == 1 and data[steps[0]] is not None
    return step_pk(steps[0]) if added else None


def _carry_out(version, operation: Operation, read: int, by: User, request_id: str) -> Saved:
    row = _claim(version, read)
    old = parts_of(row)
    touched = operation.touches(old)
    for save in _saves(row).filter(version__gt=read).select_related("saved_by"):
        if request_id and save.request_id == request_id:
            raise _Answered(_answer(save))
        if touched & set(save.data):
            raise _conflict(row, operation, save, touched, old)
    new = deepcopy(old)
    notes = operation.apply(new, row)
    data = changed_parts(old, new)
    if not data:
        raise _Answered(Saved(row.version - 1, clock.now()))
    _keep_beginning(row, old, by)
    write_parts(row, old, new)
    return _answer(_keep(row, row.version, data, clock.now(), by, request_id), notes)


def _claim(version: ProcedureVersion, read: int) -> ProcedureVersion:
    """Count the draft's version up if it may be edited; the row stays ours until the commit."""
    rows = ProcedureVersion.objects.filter(pk=version.pk)
    claim = rows.filter(status__in=EDITABLE, version__gte=read)
    if not claim.update(version=F("version") + 1):
        raise NotEditable
    return rows.select_related("procedure__agency").get()


def _keep_beginning(row: ProcedureVersion, parts: Parts, by: User) -> None:
    """Keep the whole draft as it was before its first save."""
    if not _saves(row).exists():
        _keep(row, row.version - 1, parts, row.created_at, row.created_by or by, "")


def _keep(row, number: int, data: Parts, at: dt.datetime, by: User, request_id: str):
    return TextRevision.objects.create(
        agency=row.procedure.agency,
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        version=number,
        data=data,
        saved_at=at,
        saved_by=by,
        request_id=request_id,
    )


def _conflict(row, operation: Operation, save: TextRevision, touched, stored: Parts):
    """Return the refusal with both texts of every touched part."""
    mine = deepcopy(stored)
    try:
        operation.apply(mine, row)
    except BadOperation:
        mine = {}
    return PartConflict(
        row,
        save,
        {name: stored.get(name) for name in touched},
        {name: mine.get(name) for name in touched},
    )
