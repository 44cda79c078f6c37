"""SOPs in and out of an office as YAML files.

An import makes a new version, puts it in use and retires the one before; cycles keep the
version they ran. An export writes the same file again, byte for byte.
"""

import io
import re
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from agencies import audit
from agencies.models import Agency, Unit, User
from workflows.enums import IN_WORK, DurationUnit, ResponsibleKind, VersionStatus, WindowKind
from workflows.models import (
    Procedure,
    ProcedureNode,
    ProcedureStep,
    ProcedureVersion,
    ProcedureWindow,
)
from workflows.sop.data import (
    MONTHS,
    NODE_FIELDS,
    STEP_FIELDS,
    WINDOW_FIELDS,
    YEAR,
    NodeData,
    SopData,
    StepData,
    WindowData,
    year_and_month,
)
from workflows.sop.reading import read_sop
from workflows.sop.yaml_lines import Fault, SopFileError, writable

__all__ = [
    "Fault",
    "SopFileError",
    "export_sop",
    "import_draft",
    "import_sop",
    "read_sop",
    "shipped_files",
]

SHIPPED = Path(__file__).resolve().parent / "shipped"
_STEP_ROW = ("number", *STEP_FIELDS)
# The file's order of the keys that are stored as JSON: PostgreSQL keeps none.
JSON_KEYS = (
    *("digits", "number", "title", "text", "shows", "html", "paragraphs", "items"),
    *("hide", "spans", "column", "from", "to"),
)
HEAD_FIELDS = (
    *("office_name", "unit_name", "layout", "written_for_year", "source_note"),
    *("objectives", "sections", "references", "signatories", "print_options"),
)


class DraftExists(Exception):
    """Somebody already works on a version of the SOP; it must be finished first."""

    def __init__(self, version: ProcedureVersion):
        super().__init__(str(version))
        self.version = version


def shipped_files() -> dict[str, Path]:
    """Return slug → file of the SOPs that come with the portal."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def import_sop(data: SopData, agency: Agency, by: User | None = None) -> ProcedureVersion:
    """Put the SOP in use in the office and return its version.

    The procedure is found by its slug or made. A new version gets the next number; the
    version in use before is retired. A file equal to the version in use changes nothing and
    returns that version, so loading twice is safe.
    """
    with transaction.atomic():
        procedure = _procedure(data, agency)
        rename(procedure, data.name, data.code, unit_named(agency, data.unit_name))
        current = procedure.versions.filter(status=VersionStatus.IN_USE).first()
        text = write_sop(data)
        if current and export_sop(current) == text:
            Procedure.objects.filter(pk=procedure.pk).update(last_number=F("last_number") - 1)
            return current
        procedure.versions.filter(status=VersionStatus.IN_USE).update(status=VersionStatus.RETIRED)
        version = create_version(procedure, data, VersionStatus.IN_USE, by)
        audit.record(agency, by, "sop.import", version, summary=str(version), after=text)
    return version


def import_draft(data: SopData, agency: Agency, by: User | None = None) -> ProcedureVersion:
    """Make a draft of the SOP and return it; a version in use stays as it is.

    Raises DraftExists, and changes nothing, while somebody works on a version of that SOP.
    """
    with transaction.atomic():
        # Whoever counts first works first; the other waits here and then sees the draft.
        procedure = _procedure(data, agency)
        in_work = procedure.versions.filter(status__in=IN_WORK).first()
        if in_work:
            raise DraftExists(in_work)
        version = create_version(procedure, data, VersionStatus.DRAFT, by)
        audit.record(agency, by, "sop.draft", version, summary=str(version), after=write_sop(data))
    return version


def _procedure(data: SopData, agency: Agency) -> Procedure:
    """Return the SOP of that short name, found or made, with the next number taken."""
    procedure, _made = Procedure.objects.get_or_create(
        agency=agency,
        slug=data.slug,
        defaults={"name": data.name, "code": data.code, "unit": unit_named(agency, data.unit_name)},
    )
    Procedure.objects.filter(pk=procedure.pk).update(last_number=F("last_number") + 1)
    procedure.refresh_from_db()
    return procedure


def rename(procedure: Procedure, name: str, code: str, unit: Unit | None) -> None:
    """Call the SOP by the name, code and unit of the version that is put in use.

    Earlier versions that had no name of their own keep the one they were printed with.
    """
    if name != procedure.name or code != procedure.code:
        procedure.versions.filter(name="").update(name=procedure.name, code=procedure.code)
    procedure.name, procedure.code, procedure.unit = name, code, unit
    procedure.save(update_fields=["name", "code", "unit"])


def unit_named(agency: Agency, name: str) -> Unit | None:
    """Return the office's unit of exactly this name."""
    return Unit.objects.filter(agency=agency, name=name).first()


def create_version(
    procedure: Procedure, data: SopData, status: VersionStatus, by: User | None
) -> ProcedureVersion:
    """Return a new version of the SOP's last number with the data's head and steps."""
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=procedure.last_number,
        status=status,
        created_by=by,
        name=data.name,
        code=data.code,
        **{name: getattr(data, name) for name in HEAD_FIELDS},
    )
    create_steps(version, data.steps)
    return version


def create_steps(version: ProcedureVersion, steps: list[StepData]) -> None:
    """Write the steps, their symbols and windows to a version that has none."""
    rows = ProcedureStep.objects.bulk_create(
        ProcedureStep(version=version, **{name: getattr(step, name) for name in _STEP_ROW})
        for step in steps
    )
    ProcedureNode.objects.bulk_create(
        ProcedureNode(step=row, order=order, **{n: getattr(node, n) for n in NODE_FIELDS})
        for row, step in zip(rows, steps, strict=True)
        for order, node in enumerate(step.nodes, 1)
    )
    ProcedureWindow.objects.bulk_create(
        ProcedureWindow(step=row, order=order, **{n: getattr(window, n) for n in WINDOW_FIELDS})
        for row, step in zip(rows, steps, strict=True)
        for order, window in enumerate(step.windows, 1)
    )


def export_sop(version: ProcedureVersion) -> str:
    """Return the version as the YAML text that `read_sop` reads."""
    return write_sop(sop_data(version))


def sop_data(version: ProcedureVersion) -> SopData:
    """Return a stored version as plain data."""
    steps = []
    for row in version.steps.prefetch_related("nodes", "windows"):
        step = StepData(**{name: getattr(row, name) for name in _STEP_ROW})
        step.nodes = [
            NodeData(**{n: getattr(node, n) for n in NODE_FIELDS}) for node in row.nodes.all()
        ]
        step.windows = [
            WindowData(**{n: getattr(window, n) for n in WINDOW_FIELDS})
            for window in row.windows.all()
        ]
        steps.append(step)
    procedure = version.procedure
    return SopData(
        slug=procedure.slug,
        name=version.printed_name,
        code=version.printed_code,
        steps=steps,
        **{name: getattr(version, name) for name in HEAD_FIELDS},
    )


def write_sop(data: SopData) -> str:
    """Return the file of an SOP: keys in one fixed order, empty ones left out."""
    tree = {
        "sop": data.slug,
        "name": data.name,
        "code": data.code,
        "office": data.office_name,
        "unit": data.unit_name,
        "layout": str(data.layout),
        "written_for_year": data.written_for_year,
        "source_note": data.source_note,
        "objectives": data.objectives,
        "sections": _in_order(data.sections),
        "references": data.references,
        "signatories": data.signatories,
        "print": _in_order(data.print_options),
        "steps": [_step_tree(step, data.written_for_year) for step in data.steps],
    }
    yaml = YAML()
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_plain(tree), stream)
    return stream.getvalue()


def _in_order(value: Any) -> Any:
    """Return the tree with the keys of every mapping in the file's order."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in JSON_KEYS if key in value}
    return [_in_order(item) for item in value] if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """Return the tree without empty values; texts of several lines stay readable.

    Ends of lines and blanks around a text become what reading makes of them, so that a file
    that was read and written again is the same file.
    """
    if isinstance(value, dict):
        kept = {key: _plain(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", None, [], {}, False)}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return _scalar(writable(value))
    return value


def _scalar(text: str) -> str:
    """Return the text with the style that keeps it: several lines as they stand, if they can.

    Characters that YAML takes for an end of line or for blanks stand as escapes.
    """
    if re.search(r"[^\S \n]|[\x7f-\x9f\ufeff]", text):
        return DoubleQuotedScalarString(text)
    return LiteralScalarString(text) if "\n" in text else text


def _step_tree(step: StepData, year: int | None) -> dict[str, Any]:
    responsible = {"text": step.responsible_text}
    if step.responsible_kind == ResponsibleKind.CATEGORY:
        responsible["category"] = int(step.responsible_value)
    elif step.responsible_kind != ResponsibleKind.TEXT:
        responsible[str(step.responsible_kind)] = step.responsible_value
    return {
        "step": step.number,
        "title": step.title,
        "phase": str(step.phase),
        "nodes": [{n: _word(getattr(node, n)) for n in NODE_FIELDS} for node in step.nodes],
        "detail": step.detail,
        "control_point": step.control_point,
        "windows": [_window_tree(window, year) for window in step.windows],
        "time_text": step.time_text,
        "standard": step.standard,
        "responsible": responsible,
        "accountable": step.accountable_text,
        "documents": step.documents,
        "remark": step.remark,
    }


def _word(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _window_tree(window: WindowData, year: int | None) -> dict[str, Any]:
    tree: dict[str, Any] = {"label": window.label}
    if window.kind == WindowKind.MONTHS:
        tree["months"] = {
            "from": _month_word(window.start_month),
            "to": _month_word(window.end_month),
        }
    elif window.kind == WindowKind.DATED:
        tree["dated"] = {
            "from": _dated_word(window.start_month, year),
            "to": _dated_word(window.end_month, year),
        }
    elif window.kind == WindowKind.DURATION:
        unit = DurationUnit(window.duration_unit).value.replace("_", " ")
        many = "" if window.duration == 1 else "s"
        tree["duration"] = f"{window.duration} {unit.removesuffix('s')}{many}"
    else:
        tree["undated"] = True
    tree["fixed"] = window.is_fixed
    return tree


def _month_word(place: int) -> str:
    side, month = divmod(place, YEAR)
    return MONTHS[month] + {-1: " before", 0: "", 1: " after"}[side]


def _dated_word(place: int, year: int) -> str:
    be_year, month = year_and_month(place, year)
    return f"{be_year}-{month:02d}"
