"""The process register (ทะเบียนกระบวนงาน): every process of an office and how its SOP stands.

A process counts as having a manual while a version of its SOP is in use; a draft, however far,
does not count, nor does a version that was retired.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit
from agencies.models import Agency, User
from core.thai_text import fold_for_search, sort_key
from documents.revisions import Saved, save_text
from workflows.enums import EDITABLE, IN_WORK, ProcessKind, VersionStatus
from workflows.models import Procedure, ProcedureVersion, Process
from workflows.queries import processes_visible_to
from workflows.sop.drafts import new_procedure

CENT = Decimal("0.01")


class SopState(models.TextChoices):
    """How the SOP of a process stands; what is in use wins over what is being written."""

    NONE = "none", gettext_lazy("No SOP")
    DRAFT = "draft", gettext_lazy("Being written")
    WAITING = "waiting", gettext_lazy("Waiting for approval")
    IN_USE = "in_use", gettext_lazy("In use")
    RETIRED = "retired", gettext_lazy("Retired")


class SopThere(Exception):
    """The process has an SOP already."""


class NameTaken(Exception):
    """The office already has a process of this name."""


def with_sop_state(processes: QuerySet[Process]) -> QuerySet[Process]:
    """Add to each process `sop_state`, `used_number` (version in use) and `work_number`."""
    versions = ProcedureVersion.objects.filter(procedure=OuterRef("procedure")).order_by("-number")
    in_work = versions.filter(status__in=IN_WORK)
    return processes.annotate(
        used_number=Subquery(versions.filter(status=VersionStatus.IN_USE).values("number")[:1]),
        work_number=Subquery(in_work.values("number")[:1]),
        work_status=Subquery(in_work.values("status")[:1]),
        any_number=Subquery(versions.values("number")[:1]),
        sop_state=Case(
            When(used_number__isnull=False, then=Value(SopState.IN_USE)),
            When(work_status__in=EDITABLE, then=Value(SopState.DRAFT)),
            When(work_status__isnull=False, then=Value(SopState.WAITING)),
            When(any_number__isnull=False, then=Value(SopState.RETIRED)),
            default=Value(SopState.NONE),
            output_field=models.CharField(),
        ),
    )


@dataclass(frozen=True)
class Wanted:
    """What a list of processes is narrowed to and ordered by; "" is no limit."""

    words: str = ""
    unit: int | None = None
    kind: str = ""
    sop: str = ""
    is_active: bool | None = True
    sort: str = "code"


def found_processes(user: User, agency: Agency, wanted: Wanted) -> list[Process]:
    """Return the office's processes as wanted, in Thai dictionary order where words decide."""
    rows = with_sop_state(
        processes_visible_to(user)
        .filter(agency=agency)
        .select_related("unit", "owner", "procedure")
    )
    if wanted.is_active is not None:
        rows = rows.filter(is_active=wanted.is_active)
    if wanted.unit is not None:
        rows = rows.filter(unit=wanted.unit)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.sop:
        rows = rows.filter(sop_state=wanted.sop)
    words = fold_for_search(wanted.words)
    found = [row for row in rows if words in fold_for_search(_searched(row))]
    return sorted(found, key=ORDERS.get(wanted.sort, _by_code))


def _searched(row: Process) -> str:
    owner = row.owner.get_full_name() if row.owner else ""
    return f"{row.code} {row.name} {owner} {row.note}"


def _by_name(row: Process) -> tuple:
    return (sort_key(row.name), row.pk)


def _by_code(row: Process) -> tuple:
    """Order 2 before 10; what has no code comes last."""
    parts = re.findall(r"\d+|\D+", row.code)
    numbered = tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)
    return (not row.code, numbered, *_by_name(row))


def _by_unit(row: Process) -> tuple:
    return (row.unit is None, row.unit.order if row.unit else 0, *_by_code(row))


def _by_kind(row: Process) -> tuple:
    return (ProcessKind.values.index(row.kind), *_by_code(row))


def _by_state(row: Process) -> tuple:
    return (SopState.values.index(row.sop_state), *_by_code(row))


ORDERS = {
    "code": _by_code,
    "name": _by_name,
    "unit": _by_unit,
    "kind": _by_kind,
    "sop": _by_state,
}


@dataclass(frozen=True)
class Share:
    """How many of some processes have their SOP in use."""

    label: str
    having: int
    total: int

    @property
    def percent(self) -> Decimal | None:
        """Return the share in per cent with two decimals, or None when there is no process."""
        if not self.total:
            return None
        share = Decimal(self.having) * 100 / Decimal(self.total)
        return share.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Coverage:
    """ร้อยละของกระบวนการที่มีคู่มือ SOP: of the office, of each unit and of each kind of work."""

    whole: Share
    by_unit: list[Share]
    by_kind: list[Share]


def sop_coverage(agency: Agency) -> Coverage:
    """Return the share of the office's processes that have a standard operating manual.

    Guarantee: numerator = active processes whose SOP has a version in use; denominator = active
    processes. Processes that the office no longer does count in neither. Per cent as Decimal
    with two decimals, half rounded up; None where there is no process. Units without a process
    are left out; processes without a unit stand last, under a label of their own.
    """
    rows = list(
        with_sop_state(Process.objects.filter(agency=agency, is_active=True))
        .order_by(F("unit__order").asc(nulls_last=True), "unit", "name")
        .values_list("unit", "unit__name", "kind", "sop_state")
    )
    units = {pk: name or _("No unit") for pk, name, _kind, _state in rows}
    return Coverage(
        whole=_share(_("Whole office"), (row[3] for row in rows)),
        by_unit=[
            _share(name, (row[3] for row in rows if row[0] == pk)) for pk, name in units.items()
        ],
        by_kind=[
            _share(str(kind.label), (row[3] for row in rows if row[2] == kind))
            for kind in ProcessKind
        ],
    )


def _share(label: str, states: Iterable[str]) -> Share:
    states = list(states)
    return Share(label, states.count(SopState.IN_USE), len(states))


def add_process(agency: Agency, fields: dict[str, Any], by: User) -> Process:
    """Enter a process into the register. Raises NameTaken."""
    try:
        with transaction.atomic():
            process = Process.objects.create(agency=agency, **fields)
            audit.record(agency, by, "process.add", process, summary=process.name)
    except IntegrityError as error:
        raise NameTaken from error
    return process


def change_process(process: Process, fields: dict[str, Any], *, version: int, by: User) -> Saved:
    """Store changed fields when `version` is the newest.

    Raises documents.revisions.SaveConflict when somebody saved since, and NameTaken.
    """
    changes = {
        f"{name}_id" if isinstance(value, models.Model) else name: value.pk
        if isinstance(value, models.Model)
        else value
        for name, value in fields.items()
    }
    try:
        with transaction.atomic():
            saved = save_text(process, changes, version=version, by=by, agency=process.agency)
            audit.record(
                process.agency, by, "process.edit", process, summary=process.name, after=changes
            )
    except IntegrityError as error:
        raise NameTaken from error
    return saved


@transaction.atomic
def set_active(process: Process, is_active: bool, by: User) -> bool:
    """Mark that the office no longer does the process, or does it again.

    Returns False when it was so already; then nothing is written.
    """
    changed = Process.objects.filter(pk=process.pk, is_active=not is_active).update(
        is_active=is_active, version=F("version") + 1
    )
    if changed:
        action = "process.resume" if is_active else "process.end"
        audit.record(process.agency, by, action, process, summary=process.name)
    return bool(changed)


def name_is_taken(agency: Agency, name: str, but: Process | None = None) -> bool:
    """Return whether another process of the office has this name."""
    same = Q(agency=agency, name=name)
    return Process.objects.filter(same).exclude(pk=but.pk if but else None).exists()


@transaction.atomic
def begin_sop(process: Process, by: User) -> ProcedureVersion:
    """Start the draft of an SOP for a process that has none, and link it; return the draft.

    Raises SopThere when the process has an SOP already.
    """
    draft = new_procedure(process.agency, process.name, by, code=process.code)
    Procedure.objects.filter(pk=draft.procedure_id).update(unit=process.unit)
    linked = Process.objects.filter(pk=process.pk, procedure=None)
    if not linked.update(procedure=draft.procedure, version=F("version") + 1):
        raise SopThere
    audit.record(process.agency, by, "process.sop", process, summary=process.name)
    return draft
