"""What the SOP editor shows: rows of the table, a step opened beside it, choices, echoes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, Unit
from committees.enums import CommitteeKind
from committees.roles import ALL_CATEGORIES
from core import thai_dates
from core.drawing import flow_chart
from core.fiscal_year import FIRST_MONTH, month_start
from workflows.enums import (
    DurationUnit,
    LayoutCode,
    Phase,
    ResponsibleKind,
    Symbol,
    WindowKind,
)
from workflows.models import (
    ProcedureFile,
    ProcedureNode,
    ProcedureStep,
    ProcedureVersion,
    ProcedureWindow,
)
from workflows.sop.data import YEAR, year_and_month
from workflows.sop.editing import PartConflict
from workflows.sop.layouts import LAYOUTS
from workflows.sop.part_words import Names, head_words, section_words, step_words
from workflows.sop.parts import Parts, parts_of
from workflows.sop.screen import shown_rows
from workflows.sop.section_html import section_counter, section_html
from workflows.sop.times import window_text

# Sections that the manuals of the sources have, in their order (Thai: they are printed).
SECTION_NAMES = (
    *("วัตถุประสงค์", "ขอบเขตของงาน", "คำจำกัดความ", "หน้าที่ความรับผิดชอบ"),
    *("ขั้นตอนการปฏิบัติงาน", "แบบฟอร์มที่ใช้", "เอกสาร/หลักฐานอ้างอิง", "กฎหมายที่เกี่ยวข้อง"),
    "ภาคผนวก",
)


@dataclass
class EditorRow:
    """A step of the table: its cells, and one piece of the flow chart for each symbol."""

    step: ProcedureStep
    place: int
    last: int
    charts: list[flow_chart.Row] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    phase: str = ""  # of the first step of a phase

    @property
    def up(self) -> int:
        return max(1, self.place - 1)

    @property
    def down(self) -> int:
        return min(self.last, self.place + 1)


@dataclass
class EditorWindow:
    """A window as the form shows it: places, and month and year where it names one."""

    row: str
    window: ProcedureWindow
    echo: str = ""
    start: tuple[int, int] | None = None  # B.E. year, month
    end: tuple[int, int] | None = None


def editor_rows(version: ProcedureVersion) -> list[EditorRow]:
    """Return the steps of the version in order, also one whose symbols are all gone."""
    rows: list[EditorRow] = []
    for shown in shown_rows(version):
        if shown.step is not None:
            rows.append(EditorRow(shown.step, len(rows) + 1, 0, times=shown.times))
        rows[-1].charts.append(shown.chart)
    before = ""
    for row in rows:
        row.last = len(rows)
        if row.step.phase != before:
            row.phase = row.step.get_phase_display()
        before = row.step.phase
    return rows


def step_panel(
    version: ProcedureVersion, rows: Sequence[EditorRow], step_pk: int, year: int
) -> dict[str, Any] | None:
    """Return what the opened step shows, or None when the version has no such step."""
    opened = next((row for row in rows if row.step.pk == step_pk), None)
    if opened is None:
        return None
    groups = responsible_groups(version.procedure.agency)
    step = opened.step
    responsible = f"{step.responsible_kind}:{step.responsible_value}"
    listed = {value for _title, choices in groups for value, _label in choices}
    is_listed = step.responsible_kind == ResponsibleKind.TEXT or responsible in listed
    return {
        "row": opened,
        "step": step,
        "nodes": list(step.nodes.all()),
        "new_node": ProcedureNode(),
        "windows": step_windows(step, version.written_for_year, year),
        "new_window": EditorWindow("new", ProcedureWindow()),
        "targets": [row.step for row in rows],
        "targets_by_number": {row.step.number: row.step.pk for row in rows},
        "files": version_files(version, step),
        "responsible": responsible,
        "responsible_groups": groups,
        "unlisted": "" if is_listed else step.responsible_value,
    } | step_choices()


def step_choices() -> dict[str, Any]:
    """Return the choices of the fields of a step."""
    return {
        "phases": Phase.choices,
        "symbols": Symbol.choices,
        "window_kinds": [
            (WindowKind.MONTHS, _("Months")),
            (WindowKind.DATED, _("Named year")),
            (WindowKind.DURATION, _("Duration")),
            (WindowKind.UNDATED, _("No date")),
        ],
        "duration_units": DurationUnit.choices,
        "month_groups": month_groups(),
        "months": list(enumerate(_month_names(), start=1)),
    }


def step_windows(
    step: ProcedureStep, written_for_year: int | None, year: int
) -> list[EditorWindow]:
    """Return the step's windows with their echo for the fiscal year on the screen."""
    shown = []
    for window in step.windows.all():
        each = EditorWindow(str(window.order), window, window_echo(window, written_for_year, year))
        if window.kind == WindowKind.DATED and written_for_year:
            each.start = year_and_month(window.start_month, written_for_year)
            each.end = year_and_month(window.end_month, written_for_year)
        shown.append(each)
    return shown


def window_echo(window: ProcedureWindow, written_for_year: int | None, year: int) -> str:
    """Return what a window means: “December of the year before – January”, and its days."""
    if window.kind == WindowKind.UNDATED:
        return _("No day yet: it is set when the year is open.")
    if window.kind == WindowKind.DURATION:
        unit = DurationUnit(window.duration_unit).label
        return _("%(count)s %(unit)s after the step before is done") % {
            "count": window.duration,
            "unit": unit,
        }
    start, end = window.start_month, window.end_month
    if window.kind == WindowKind.DATED:
        return window_text(window, written_for_year)
    words = month_words(start) if start == end else f"{month_words(start)} – {month_words(end)}"
    first = month_start(year, start)
    last = month_start(year, end + 1) - dt.timedelta(days=1)
    days = thai_dates.format_range(first, last)
    return _("%(words)s · in %(year)s: %(days)s (%(count)s days)") % {
        "words": words,
        "year": year,
        "days": days,
        "count": (last - first).days + 1,
    }


def month_words(place: int) -> str:
    """Return a month counted from October, with its year when that is not the fiscal year."""
    side, month = divmod(place, YEAR)
    name = _month_names()[(month + FIRST_MONTH - 1) % YEAR]
    if side < 0:
        return _("%s of the fiscal year before") % name
    return _("%s of the fiscal year after") % name if side else name


def month_groups() -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the months to choose from: of the fiscal year, of the year before and after."""
    titles = [
        (0, _("In the fiscal year")),
        (-YEAR, _("In the fiscal year before")),
        (YEAR, _("In the fiscal year after")),
    ]
    return [
        (title, [(place, month_words(place)) for place in range(first, first + YEAR)])
        for first, title in titles
    ]


def responsible_groups(agency: Agency) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who a step may be given to, in groups; the value is “kind:value”."""
    units = Unit.objects.filter(agency=agency, is_active=True).order_by("order", "name")
    kinds: list[tuple[str, list[tuple[str, str]]]] = [
        (ResponsibleKind.OFFICE_ROLE, OfficeRole.choices),
        (ResponsibleKind.COMMITTEE, CommitteeKind.choices),
        (
            ResponsibleKind.CATEGORY,
            [(str(n), _("Champion of category %s") % n) for n in ALL_CATEGORIES],
        ),
        (ResponsibleKind.UNIT, [(unit.name, unit.name) for unit in units]),
    ]
    return [
        (ResponsibleKind(kind).label, [(f"{kind}:{value}", label) for value, label in choices])
        for kind, choices in kinds
        if choices
    ]


def layout_choices(version: ProcedureVersion) -> list[tuple[str, str]]:
    """Return the printed layouts: the shipped ones, then the office's own."""
    own = version.procedure.agency.sop_layouts.order_by("name", "pk")
    shipped = [(code, label) for code, label in LayoutCode.choices if code in LAYOUTS]
    return shipped + [(str(layout.pk), layout.name) for layout in own]


def shown_sections(version: ProcedureVersion) -> list[dict[str, Any]]:
    """Return the sections with their text as rich text."""
    return [
        shown_section(section, str(place), section_html(section))
        for place, section in enumerate(version.sections)
    ]


def shown_section(section: Mapping[str, Any], row: str, text: str) -> dict[str, Any]:
    """Return a section as the form shows it; `counter` is its number where that counts."""
    head = {key: section.get(key) or "" for key in ("number", "title", "shows")}
    return head | {"row": row, "text": text, "counter": section_counter(section)}


def new_section() -> dict[str, Any]:
    """Return a section that is not there yet."""
    return shown_section({}, "", "")


def version_files(
    version: ProcedureVersion, step: ProcedureStep | None = None
) -> list[ProcedureFile]:
    """Return the forms and annexes of the version, or those of one step."""
    files = version.files.select_related("file", "step").order_by("order", "pk")
    return list(files.filter(step=step) if step else files)


def _month_names() -> list[str]:
    is_english = (get_language() or "th").startswith("en")
    return thai_dates.MONTHS_EN if is_english else thai_dates.MONTHS


def conflicting(conflict: PartConflict) -> list[dict[str, str]]:
    """Return the fields in which two texts of the same parts differ: label, theirs, mine."""
    stored = parts_of(conflict.current)
    told = []
    for part, theirs in conflict.newest.items():
        newest = _part_words(part, theirs, stored)
        mine = _part_words(part, conflict.mine.get(part), stored)
        told += [
            {"label": label, "theirs": newest.get(label, ""), "mine": mine.get(label, "")}
            for label in newest | mine
            if newest.get(label, "") != mine.get(label, "")
        ]
    return told


def _part_words(part: str, value: Any, stored: Parts) -> dict[str, str]:
    """Return a part's fields as texts; a step that is gone says so."""
    names = Names(stored)
    if value is None:
        return {_("Step"): _("(removed)")}
    if part == "head":
        return head_words(stored | {"head": value}, names)
    if part == "sections":
        return {_("Sections"): "\n\n".join(section_words(section) for section in value)}
    if part == "order":
        return {_("Order of the steps"): "\n".join(names(pk) for pk in value)}
    return step_words(value, names)
