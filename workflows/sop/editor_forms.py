"""What the SOP editor's forms say: posted fields into plain values of one group.

The screen sends one group or several (head, sections, a step's texts, symbols or windows).
Of head and step only the fields that were sent are named; symbols, windows and sections
always come as the whole list, in the order in which they stood on the screen.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.address_values import whole_number
from core.rich_text import clean_html
from core.thai_numerals import to_arabic_digits
from workflows.enums import Symbol, WindowKind
from workflows.models import ProcedureNode, ProcedureVersion, ProcedureWindow
from workflows.sop import operations
from workflows.sop.data import YEAR, month_of_year
from workflows.sop.editor_screen import EditorWindow, shown_section
from workflows.sop.operations import BadOperation, Operation
from workflows.sop.parts import parts_of
from workflows.sop.reading import FIRST_YEAR, LAST_YEAR
from workflows.sop.section_html import section_html

STEP_TEXTS = (
    *("title", "phase", "detail", "control_point", "standard", "responsible_text"),
    *("accountable_text", "remark", "time_text"),
)
HEAD_TEXTS = ("name", "code", "office_name", "unit_name", "source_note")


def operations_of(post: QueryDict, version: ProcedureVersion) -> list[Operation]:
    """Return the changes that were sent, in order. Raises BadOperation."""
    if "op" in post:
        return [_structural(post["op"], version)]
    step = whole_number(post.get("step")) or 0
    found: list[Operation] = []
    for group in dict.fromkeys(post.getlist("group")):
        if group == "head":
            found.append(operations.SetHead(head_fields(post, version)))
        elif group == "sections":
            found.append(operations.SetSections(sections(post, version.sections)))
        elif group == "step":
            found.append(operations.SetStep(step, step_fields(post)))
        elif group == "nodes":
            found.append(operations.SetNodes(step, nodes(post)))
        elif group == "windows":
            year = version.written_for_year
            found.append(operations.SetWindows(step, windows(post, year)))
    if not found:
        raise BadOperation({"op": _("The page is out of date: open it again.")})
    return found


def _structural(text: str, version: ProcedureVersion) -> Operation:
    """Return the change of a button: “add”, “insert:5”, “copy:5”, “remove:5”, “move:5:2”."""
    name, *given = text.split(":")
    pks = [whole_number(part) or 0 for part in given]
    match name, pks:
        case "add", []:
            last = version.steps.order_by("number").values_list("pk", flat=True).last()
            return operations.AddStep(last)
        case "insert", [pk]:
            return operations.AddStep(pk)
        case "copy", [pk]:
            return operations.CopyStep(pk)
        case "remove", [pk]:
            return operations.RemoveStep(pk)
        case "move", [pk, place]:
            return operations.MoveStep(pk, place)
    raise BadOperation({"op": _("The page is out of date: open it again.")})


def step_fields(post: QueryDict) -> dict[str, Any]:
    """Return the fields of a step that were sent."""
    fields: dict[str, Any] = {name: post[name] for name in STEP_TEXTS if name in post}
    if "documents" in post:
        fields["documents"] = _lines(post, "documents")
    if "responsible" in post:
        kind, _colon, value = post["responsible"].partition(":")
        fields["responsible_kind"], fields["responsible_value"] = kind, value
    return fields


def head_fields(post: QueryDict, version: ProcedureVersion) -> dict[str, Any]:
    """Return the fields of the head that were sent; of the print options all, old and new."""
    fields: dict[str, Any] = {name: post[name] for name in HEAD_TEXTS if name in post}
    fields |= {name: _lines(post, name) for name in operations.HEAD_LISTS if name in post}
    if "layout" in post:
        own = version.procedure.agency.sop_layouts.filter(pk=whole_number(post["layout"])).first()
        fields["own_layout"] = own.pk if own else None
        fields["layout"] = own.base if own else post["layout"]
    if "written_for_year" in post:
        fields["written_for_year"] = _year(post["written_for_year"], "written_for_year")
    if {"digits", "print_title", "hide"} & set(post):
        options = dict(parts_of(version)["head"]["print_options"])
        if "hide" in post:
            options["hide"] = _lines(post, "hide")
        for name in {"digits", "print_title"} & set(post):
            options[name.removeprefix("print_")] = post[name]
        fields["print_options"] = options
    return fields


def nodes(post: QueryDict) -> list[dict[str, Any]]:
    """Return the symbols that were sent; a new one without words is left out."""
    return [
        {
            "symbol": row.get("symbol") or Symbol.ACTIVITY.value,
            "label": row.get("label", ""),
            "next_label": row.get("next_label", ""),
            "edge_to": whole_number(row.get("edge_to")),
            "edge_label": row.get("edge_label", ""),
        }
        for row in _rows(post, "node")
        if row.get("kept") or row.get("label", "").strip()
    ]


def windows(post: QueryDict, written_for_year: int | None) -> list[dict[str, Any]]:
    """Return the windows that were sent, months as places counted from October."""
    found = []
    for row in _rows(post, "window"):
        kind = row.get("kind", "")
        if kind not in WindowKind.values:
            continue
        window = {"kind": kind, "label": row.get("label", ""), "is_fixed": "fixed" in row}
        if kind == WindowKind.DURATION:
            window["duration"] = whole_number(to_arabic_digits(row.get("duration", "").strip()))
            window["duration_unit"] = row.get("duration_unit", "")
        for end in ("start", "end"):
            if kind == WindowKind.MONTHS:
                window[f"{end}_month"] = whole_number(row.get(end))
            elif kind == WindowKind.DATED and written_for_year:
                field = f"windows.{len(found)}.{end}_year"
                window[f"{end}_month"] = _dated_place(row, end, field, written_for_year)
        found.append(window)
    return found


def _dated_place(row: Mapping[str, str], end: str, field: str, year: int) -> int | None:
    month, named = whole_number(row.get(f"{end}_of_year")), _year(row.get(f"{end}_year", ""), field)
    if named is None or month is None or not 1 <= month <= YEAR:
        return None
    place = month_of_year(named, month, year)
    if not -YEAR <= place < 2 * YEAR:
        message = _("The month is more than a year away from fiscal year %s.") % year
        raise BadOperation({field: message})
    return place


def sections(post: QueryDict, stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sections that were sent.

    A section whose text was not touched keeps its stored form, be it paragraphs and items; a
    touched one becomes rich text.
    """
    found = []
    for row in _rows(post, "section"):
        html = row.get("html", "")
        head = {key: row.get(key, "") for key in ("number", "title", "shows")}
        if any(value.strip() for value in (*head.values(), html)):
            found.append(head | _section_text(html, row.get("source", ""), stored))
    return found


def _section_text(html: str, source: str, stored: list[dict[str, Any]]) -> dict[str, Any]:
    empty: dict[str, Any] = {"paragraphs": [], "items": [], "html": ""}
    place = whole_number(source)
    if place is not None and 0 <= place < len(stored):
        before = stored[place]
        # A browser sends lines with CR LF; that is no change of the text.
        if clean_html(html.replace("\r\n", "\n")) == section_html(before):
            return {key: before.get(key, value) for key, value in empty.items()}
    return empty | {"html": clean_html(html)}


def _rows(post: QueryDict, prefix: str) -> list[dict[str, str]]:
    """Return the fields named `prefix-<row>-<name>` by row, in the order they were sent.

    A row whose `drop` is ticked is left out.
    """
    rows: dict[str, dict[str, str]] = {}
    for key in post:
        match = re.fullmatch(rf"{prefix}-(\w{{1,12}})-(\w+)", key)
        if match:
            rows.setdefault(match[1], {})[match[2]] = post[key]
    return [row for row in rows.values() if "drop" not in row]


def _lines(post: QueryDict, name: str) -> list[str]:
    return [text for text in post.getlist(name) if text.strip()]


def _year(value: str, field: str) -> int | None:
    text = to_arabic_digits(value).strip()
    year = whole_number(text)
    if text and (year is None or not FIRST_YEAR <= year <= LAST_YEAR):
        message = _("Write a year of the Buddhist Era, for example 2570.")
        raise BadOperation({field: message})
    return year


def lay_over(context: dict[str, Any], post: QueryDict) -> None:
    """Put what was sent, and refused, into the fields of the page, so that nothing is lost."""
    version, panel = context["version"], context.get("panel")
    if panel:
        for name, value in step_fields(post).items():
            setattr(panel["step"], name, value)
        panel["responsible"] = post.get("responsible", panel["responsible"])
        numbers = {pk: number for number, pk in panel["targets_by_number"].items()}
        if "nodes" in post.getlist("group"):
            panel["nodes"] = [
                ProcedureNode(**node | {"edge_to": numbers.get(node["edge_to"])})
                for node in nodes(post)
            ]
        if "windows" in post.getlist("group"):
            panel["windows"] = [
                EditorWindow(f"r{place}", ProcedureWindow(**window))
                for place, window in enumerate(windows(post, None))
            ]
    elif context["part"] == "text":
        context["sections"] = [
            shown_section(section, f"r{place}", section["html"])
            for place, section in enumerate(sections(post, []))
        ]
    elif context["part"] == "head":
        context["print_title"] = post.get("print_title", "")
        for name in (*HEAD_TEXTS, *operations.HEAD_LISTS, "written_for_year"):
            if name in post:
                is_list = name in operations.HEAD_LISTS
                setattr(version, name, post.getlist(name)[1:] if is_list else post[name])
