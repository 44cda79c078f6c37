"""Taking a sheet into the process register: first a plan to look at, then all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit
from agencies.models import Agency, User
from agencies.queries import people_of
from core.name_lookup import Names
from core.thai_text import fold_for_search
from workflows.enums import ProcessKind
from workflows.models import Process
from workflows.register_sheet import HEADS, KIND_WORDS, Cell, Sheet, SheetRow, code_of

FIELDS = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Process"),
    "unit": gettext_lazy("Unit"),
    "kind": gettext_lazy("Kind of work"),
    "owner": gettext_lazy("Owner of the process"),
    "procedure": gettext_lazy("SOP"),
    "note": gettext_lazy("Note"),
}
LIMITS = {"code": 30, "name": 250, "note": 4000}


@dataclass(frozen=True)
class CellFault:
    """One thing wrong in the sheet: its row, its column's letter and head, and what."""

    row: int
    column: str
    head: str
    message: str


@dataclass
class PlannedRow:
    """What the import makes of a row; `changes` are (field's name, old words, new words)."""

    number: int
    name: str
    fields: dict[str, Any]
    process: Process | None
    shown: dict[str, str]
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """Return what the row says, empty cells and the name left out."""
        return [text for key, text in self.shown.items() if text and key != "name"]

    @property
    def action(self) -> str:
        if self.process is None:
            return "new"
        return "change" if self.changes else "same"


@dataclass
class Plan:
    """All rows of a sheet against the register as it stands."""

    agency: Agency
    rows: list[PlannedRow]
    faults: list[CellFault]
    unread: list[str]

    def count(self, action: str) -> int:
        return sum(row.action == action for row in self.rows)

    @property
    def digest(self) -> str:
        """Return what the plan amounts to; another digest means the register has changed."""
        return audit.canonical_hash(
            [[row.action, row.process and row.process.version, row.changes] for row in self.rows]
        )


class _Office:
    """The office's units, people, SOPs and processes, each read once."""

    def __init__(self, agency: Agency):
        self.units, self.people, self.sops = Names(), Names(), Names()
        for unit in agency.units.all():
            self.units.add(unit, unit.name, unit.short_name)
        for user in people_of(agency):
            plain = f"{user.first_name} {user.last_name}"
            self.people.add(user, user.get_full_name(), plain, user.username)
        for sop in agency.procedures.all():
            self.sops.add(sop, sop.name, sop.slug, sop.code)
        rows = agency.processes.select_related("unit", "owner", "procedure")
        self.processes = {row.name: row for row in rows}


def plan_import(agency: Agency, sheet: Sheet) -> Plan:
    """Return what importing the sheet would do; with faults it must not be applied.

    A process is found by its name. A column the sheet lacks leaves its field as it is; an empty
    cell empties it.
    """
    office = _Office(agency)
    plan = Plan(agency, [], [], sheet.unread)
    seen: dict[str, int] = {}
    for row in sheet.rows:
        name = row.cells["name"]
        if name.text and name.text in seen:
            message = _("The process stands in row %s already.") % seen[name.text]
            plan.faults.append(_fault(row, "name", name, message))
        seen.setdefault(name.text, row.number)
        plan.rows.append(_planned(row, office, plan.faults))
    return plan


def _planned(row: SheetRow, office: _Office, faults: list[CellFault]) -> PlannedRow:
    fields = {}
    for key, cell in row.cells.items():
        try:
            fields[key] = _READ[key](cell.text, office)
        except LookupError as error:
            faults.append(_fault(row, key, cell, str(error.args[0])))
    name = row.cells["name"].text
    planned = PlannedRow(
        row.number,
        name,
        fields,
        office.processes.get(name),
        {key: _words(key, value) for key, value in fields.items()},
    )
    if planned.process is not None:
        for key, value in fields.items():
            old = getattr(planned.process, key)
            if old != value:
                planned.changes.append((str(FIELDS[key]), _words(key, old), _words(key, value)))
    return planned


def _fault(row: SheetRow, key: str, cell: Cell, message: str) -> CellFault:
    return CellFault(row.number, cell.column, HEADS[key][0], message)


def _words(key: str, value: Any) -> str:
    return str(ProcessKind(value).label) if key == "kind" else str(value or "")


def _short(key: str) -> Callable[[str, _Office], str]:
    def read(text: str, _office: _Office) -> str:
        if key == "name" and not text:
            raise LookupError(_("The name of the process is missing."))
        if len(text) > LIMITS[key]:
            raise LookupError(
                _("Too long: %(length)s characters, at most %(limit)s.")
                % {"length": len(text), "limit": LIMITS[key]}
            )
        return code_of(text) if key == "code" else text

    return read


def _named(room: str) -> Callable[[str, _Office], Any]:
    def read(text: str, office: _Office) -> Any:
        return getattr(office, room).get(text) if text else None

    return read


def _kind(text: str, _office: _Office) -> str:
    wanted = fold_for_search(text)
    for kind in ProcessKind:
        if wanted in {fold_for_search(w) for w in (KIND_WORDS[kind], str(kind.label), kind)}:
            return kind.value
    raise LookupError(_("Write one of these kinds: %s") % " · ".join(KIND_WORDS.values()))


_READ = {
    "code": _short("code"),
    "name": _short("name"),
    "unit": _named("units"),
    "kind": _kind,
    "owner": _named("people"),
    "procedure": _named("sops"),
    "note": _short("note"),
}


class PlanOutdated(Exception):
    """The register has changed since the plan was looked at; nothing was written."""


@transaction.atomic
def apply_plan(plan: Plan, by: User) -> None:
    """Write every row of a plan without faults, or nothing. Raises PlanOutdated."""
    if plan.faults:
        raise ValueError("a plan with faults cannot be applied")
    new = [row.fields for row in plan.rows if row.action == "new"]
    try:
        with transaction.atomic():
            Process.objects.bulk_create(Process(agency=plan.agency, **fields) for fields in new)
    except IntegrityError as error:  # somebody entered one of them a moment ago
        raise PlanOutdated from error
    for row in plan.rows:
        if row.action == "change":
            claimed = Process.objects.filter(pk=row.process.pk, version=row.process.version)
            if not claimed.update(**row.fields, version=F("version") + 1):
                raise PlanOutdated
    audit.record(
        plan.agency,
        by,
        "process.import",
        plan.agency,
        summary=_("Register imported: %(new)s new, %(changed)s changed")
        % {"new": len(new), "changed": plan.count("change")},
        after=[[row.name, row.shown] for row in plan.rows if row.action != "same"],
    )
