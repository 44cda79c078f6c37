"""Reads an SOP file (docs/sop-format.md). A file with any fault is refused whole."""

import re
from typing import Any

from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from committees.enums import CommitteeKind
from core.rich_text import clean_html
from workflows.enums import DurationUnit, LayoutCode, Phase, ResponsibleKind, Symbol, WindowKind
from workflows.sop.data import (
    MONTHS,
    YEAR,
    NodeData,
    SopData,
    StepData,
    WindowData,
    month_of_year,
)
from workflows.sop.layouts import COLUMNS, FIXED_COLUMNS, LAYOUTS, SHOWS
from workflows.sop.yaml_lines import Block, SopFileError, load_block

# Words that stand in addresses where a short name would.
RESERVED = frozenset({"import", "layouts", "manuals", "new", "register", "table"})
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DURATION = re.compile(r"(\d{1,3}) (working days?|weeks?|months?)")
UNITS = {
    "working day": DurationUnit.WORKING_DAYS,
    "week": DurationUnit.WEEKS,
    "month": DurationUnit.MONTHS,
}
SIDES = {"before": -YEAR, "": 0, "after": YEAR}
FIRST_YEAR, LAST_YEAR = 2500, 2700
MAX_STEPS, MAX_NODES, MAX_WINDOWS = 99, 20, 20
MAX_SECTION_DEPTH = 3
MAX_HTML = 50_000


def read_sop(text: str) -> SopData:
    """Return the SOP that the YAML text describes.

    Raises SopFileError with every fault of the file and its line; then nothing is usable.
    """
    top = load_block(text)
    data = _read_top(top)
    if top.faults:
        raise SopFileError(top.faults)
    return data


def _read_top(top: Block) -> SopData:
    top.allow(
        *("sop", "name", "code", "office", "unit", "layout", "written_for_year"),
        *("source_note", "objectives", "sections", "references", "signatories"),
        *("print", "steps"),
    )
    layout = top.choice("layout", LayoutCode.values, required=True)
    year = top.number("written_for_year", FIRST_YEAR, LAST_YEAR)
    steps = [_read_step(block, year) for block in top.blocks("steps")]
    if not steps:
        top.fault(_("An SOP needs at least one step."), "steps")
    _check_numbers(top)
    return SopData(
        slug=_read_slug(top),
        name=top.text("name", 250, required=True),
        code=top.text("code", 60),
        office_name=top.text("office", 250),
        unit_name=top.text("unit", 250),
        layout=layout,
        written_for_year=year,
        source_note=top.text("source_note", 4000),
        objectives=top.texts("objectives", 1000),
        sections=_read_sections(top),
        references=top.texts("references", 500),
        signatories=top.texts("signatories", 200),
        print_options=_read_print(top, layout, {step.number for step in steps}),
        steps=steps,
    )


def _read_slug(top: Block) -> str:
    slug = top.text("sop", 60, required=True)
    if slug and not SLUG.fullmatch(slug):
        top.fault(_("Use small Latin letters, digits and hyphens only."), "sop")
    if slug in RESERVED:
        top.fault(_("This short name cannot be used; choose another."), "sop")
    return slug


def _read_sections(top: Block) -> list[dict[str, Any]]:
    sections, shown = [], set()
    for block in top.blocks("sections"):
        block.allow("number", "title", "shows", "html", "paragraphs", "items")
        shows = block.choice("shows", list(SHOWS))
        if shows and shows in shown:
            block.fault(_("This part is already shown by another section."), "shows")
        shown.add(shows)
        sections.append(
            {
                "number": block.text("number", 12),
                "title": block.text("title", 250, required=True),
                "shows": shows,
                "html": clean_html(block.text("html", MAX_HTML)),
                "paragraphs": block.texts("paragraphs", 4000),
                "items": _read_items(block, 1),
            }
        )
    return sections


def _read_items(parent: Block, depth: int) -> list[dict[str, Any]]:
    if depth > MAX_SECTION_DEPTH:
        if "items" in parent.node:
            parent.fault(_("Lists may be nested three levels deep."), "items")
        return []
    items = []
    for block in parent.blocks("items"):
        block.allow("number", "text", "items")
        items.append(
            {
                "number": block.text("number", 12),
                "text": block.text("text", 4000, required=True),
                "items": _read_items(block, depth + 1),
            }
        )
    return items


def _read_print(top: Block, layout: str, numbers: set[int]) -> dict[str, Any]:
    block = top.block("print")
    if block is None:
        return {}
    block.allow("digits", "title", "hide", "spans")
    options: dict[str, Any] = {
        "digits": block.choice("digits", ["thai", "arabic"]),
        "title": block.text("title", 250),
        "hide": block.texts("hide", 60),
        "spans": [_read_span(span, numbers) for span in block.blocks("spans")],
    }
    columns = [column.key for column in LAYOUTS[layout].columns] if layout else COLUMNS
    for column in options["hide"]:
        if column not in columns or column in FIXED_COLUMNS:
            block.fault(_("The layout has no such column to hide: %s") % column, "hide")
    return {key: value for key, value in options.items() if value}


def _read_span(block: Block, numbers: set[int]) -> dict[str, Any]:
    block.allow("column", "from", "to")
    first = block.number("from", 1, MAX_STEPS, required=True)
    last = block.number("to", 1, MAX_STEPS, required=True)
    for key, value in (("from", first), ("to", last)):
        if value is not None and value not in numbers:
            block.fault(_("There is no step %s.") % value, key)
    if first is not None and last is not None and last < first:
        block.fault(_("The last step stands before the first."), "to")
    column = block.choice("column", [c for c in COLUMNS if c not in FIXED_COLUMNS])
    return {"column": column, "from": first, "to": last}


def _read_step(block: Block, year: int | None) -> StepData:
    block.allow(
        *("step", "title", "phase", "nodes", "detail", "control_point", "windows"),
        *("time_text", "standard", "responsible", "accountable", "documents", "remark"),
    )
    text, kind, value = _read_responsible(block)
    nodes = [_read_node(node) for node in block.blocks("nodes")]
    if not nodes:
        block.fault(_("A step needs at least one symbol of the flow chart."), "nodes")
    windows = [_read_window(window, year) for window in block.blocks("windows")]
    for key, rows, most in (("nodes", nodes, MAX_NODES), ("windows", windows, MAX_WINDOWS)):
        if len(rows) > most:
            block.fault(_("At most %s entries.") % most, key)
    return StepData(
        number=block.number("step", 1, MAX_STEPS, required=True) or 0,
        title=block.text("title", 200, required=True),
        phase=block.choice("phase", Phase.values),
        detail=block.text("detail", 2000),
        control_point=block.text("control_point", 2000),
        standard=block.text("standard", 2000),
        responsible_text=text,
        responsible_kind=kind,
        responsible_value=value,
        accountable_text=block.text("accountable", 250),
        documents=block.texts("documents", 250),
        remark=block.text("remark", 2000),
        time_text=block.text("time_text", 250),
        nodes=nodes,
        windows=windows,
    )


def _read_node(block: Block) -> NodeData:
    block.allow("symbol", "label", "next_label", "edge_to", "edge_label")
    return NodeData(
        symbol=block.choice("symbol", Symbol.values, required=True),
        label=block.text("label", 200, required=True),
        next_label=block.text("next_label", 40),
        edge_to=block.number("edge_to", 1, MAX_STEPS),
        edge_label=block.text("edge_label", 40),
    )


def _read_responsible(step: Block) -> tuple[str, str, str]:
    """Return (printed text, kind, value) of who does the step."""
    block = step.block("responsible")
    if block is None:
        return "", ResponsibleKind.TEXT, ""
    kinds = [kind for kind in ResponsibleKind.values if kind != ResponsibleKind.TEXT]
    block.allow("text", *kinds)
    text = block.text("text", 250)
    named = [kind for kind in kinds if kind in block.node]
    if len(named) > 1:
        block.fault(_("Name one of them only: %s") % ", ".join(named), named[1])
    if not named:
        return text, ResponsibleKind.TEXT, ""
    kind = named[0]
    if kind == ResponsibleKind.OFFICE_ROLE:
        value = block.choice(kind, OfficeRole.values, required=True)
    elif kind == ResponsibleKind.COMMITTEE:
        value = block.choice(kind, CommitteeKind.values, required=True)
    elif kind == ResponsibleKind.CATEGORY:
        value = str(block.number(kind, 1, 7, required=True))
    else:
        value = block.text(kind, 100, required=True)
    return text, kind, value


def _read_window(block: Block, year: int | None) -> WindowData:
    block.allow("label", "fixed", *WindowKind.values)
    named = [kind for kind in WindowKind.values if kind in block.node]
    if len(named) != 1:
        choices = ", ".join(WindowKind.values)
        block.fault(_("A window has exactly one of: %s") % choices)
        return WindowData(kind=WindowKind.UNDATED)
    kind = named[0]
    window = WindowData(kind, block.text("label", 120), is_fixed=block.flag("fixed"))
    if kind == WindowKind.DURATION:
        _read_duration(block, window)
    elif kind == WindowKind.UNDATED:
        if not block.flag(kind):
            block.fault(_("Write true here, or leave the window out."), kind)
    else:
        _read_months(block.block(kind), window, year)
    return window


def _read_duration(block: Block, window: WindowData) -> None:
    text = block.text("duration", 40, required=True)
    match = DURATION.fullmatch(text)
    if not match or not int(match[1]):
        if text:
            block.fault(_("Write it like “5 working days”, “2 weeks” or “1 month”."), "duration")
        return
    window.duration = int(match[1])
    window.duration_unit = UNITS[match[2].removesuffix("s")]


def _read_months(block: Block | None, window: WindowData, year: int | None) -> None:
    if block is None:
        return
    block.allow("from", "to")
    dated = window.kind == WindowKind.DATED
    if dated and year is None:
        block.fault(_("Windows of a named year need written_for_year at the top."))
        return
    read = _dated_month if dated else _fiscal_month
    window.start_month = read(block, "from", year)
    window.end_month = read(block, "to", year)
    known = None not in (window.start_month, window.end_month)
    if known and window.end_month < window.start_month:
        block.fault(_("The window ends before it starts."), "to")


def _fiscal_month(block: Block, key: str, _year: int | None) -> int | None:
    """Return the place of “march”, “september before” or “december after”."""
    text = block.text(key, 40, required=True)
    name, _space, side = text.lower().partition(" ")
    if text and (name not in MONTHS or side not in SIDES):
        block.fault(_("Write a month like “march”, “september before” or “december after”."), key)
        return None
    return MONTHS.index(name) + SIDES[side] if text else None


def _dated_month(block: Block, key: str, year: int) -> int | None:
    """Return the place of a month written as B.E. year and month: “2564-09”."""
    text = block.text(key, 40, required=True)
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if text and not (match and 1 <= int(match[2]) <= YEAR):
        block.fault(_("Write B.E. year and month like “2564-09”."), key)
        return None
    if not match:
        return None
    place = month_of_year(int(match[1]), int(match[2]), year)
    if not -YEAR <= place < 2 * YEAR:
        block.fault(_("The month is more than a year away from fiscal year %s.") % year, key)
        return None
    return place


def _check_numbers(top: Block) -> None:
    """Report step numbers out of order or twice, and edges that lead nowhere."""
    blocks = Block(top.node, "", 1, []).blocks("steps")
    numbers = [block.node.get("step") for block in blocks]
    for block, before in zip(blocks[1:], numbers, strict=False):
        number = block.node.get("step")
        if isinstance(number, int) and isinstance(before, int) and number <= before:
            message = (
                _("Step number %s is used twice.")
                if number in numbers[: blocks.index(block)]
                else _("Step number %s is out of order.")
            )
            Block(block.node, block.path, block.line, top.faults).fault(message % number, "step")
    for block in blocks:
        for node in block.blocks("nodes"):
            target = node.node.get("edge_to")
            if isinstance(target, int) and target not in numbers:
                reported = Block(node.node, node.path, node.line, top.faults)
                reported.fault(_("There is no step %s to lead to.") % target, "edge_to")
