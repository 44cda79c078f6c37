"""The parts of an SOP as a person reads them: field name → text, for comparing."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from committees.enums import CommitteeKind
from workflows.enums import LayoutCode, Phase, ResponsibleKind, Symbol, WindowKind
from workflows.models import ProcedureStep, ProcedureVersion, ProcedureWindow, SopLayout
from workflows.sop.layouts import LAYOUTS
from workflows.sop.parts import Parts, step_key
from workflows.sop.section_html import section_html
from workflows.sop.times import window_text


class Names:
    """What steps are called. `now` maps steps to (parts, key) that tell their present title."""

    def __init__(self, parts: Parts, now: Mapping[int, tuple[Parts, int]] | None = None):
        self.parts, self.now = parts, now or {}
        self.year = parts["head"]["written_for_year"]

    def __call__(self, pk: int) -> str:
        parts, key = self.now.get(pk, (self.parts, pk))
        return parts[step_key(key)]["title"]


def head_words(parts: Parts, names: Names) -> dict[str, str]:
    """Return the head's fields as texts under the names the screens use."""
    head = parts["head"]
    label = _labels(ProcedureVersion)
    return {
        label("name"): head["name"],
        label("code"): head["code"],
        _("Office"): head["office_name"],
        _("Unit"): head["unit_name"],
        label("layout"): _layout(head),
        label("written_for_year"): str(head["written_for_year"] or ""),
        _("Objectives"): "\n".join(head["objectives"]),
        _("References"): "\n".join(head["references"]),
        _("Signatories"): "\n".join(head["signatories"]),
        _("Print options"): _print_words(head["print_options"], names),
        _("Notes on the source"): head["source_note"],
        label("change_note"): head["change_note"],
    }


def _labels(model):
    return lambda name: str(model._meta.get_field(name).verbose_name)


def _layout(head: Mapping[str, Any]) -> str:
    if head["own_layout"]:
        own = SopLayout.objects.filter(pk=head["own_layout"]).first()
        return own.name if own else ""
    return str(LayoutCode(head["layout"]).label)


def _print_words(options: Mapping[str, Any], names: Names) -> str:
    columns = {c.key: c.label for layout in LAYOUTS.values() for c in layout.columns}
    lines = [options.get("title", "")]
    if options.get("digits"):
        lines.append(_("Thai digits") if options["digits"] == "thai" else _("Arabic digits"))
    if options.get("hide"):
        hidden = ", ".join(columns.get(key, key) for key in options["hide"])
        lines.append(_("Columns not printed: %s") % hidden)
    for span in options.get("spans", []):
        lines.append(
            _("%(column)s joined from “%(first)s” to “%(last)s”")
            % {
                "column": columns.get(span["column"], span["column"]),
                "first": names(span["from"]),
                "last": names(span["to"]),
            }
        )
    return "\n".join(line for line in lines if line)


def section_words(section: Mapping[str, Any]) -> str:
    """Return a section as plain text: its heading, then its paragraphs and lists."""
    html = section_html(section)
    html = re.sub(r"<li>", "- ", re.sub(r"<br ?/?>|</(p|li|tr|h3|h4|blockquote)>", "\n", html))
    text = unescape(re.sub(r"<[^>]*>", " ", html))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    heading = f"{section.get('number', '')} {section['title']}".strip()
    shows = {
        "objectives": _("(shows the objectives)"),
        "flow_chart": _("(shows the flow chart)"),
        "table": _("(shows the table of steps)"),
    }.get(section.get("shows") or "", "")
    return "\n".join(line for line in [heading, shows, *lines] if line)


def step_words(part: Mapping[str, Any], names: Names) -> dict[str, str]:
    """Return a step's fields as texts under the names the screens use."""
    label = _labels(ProcedureStep)
    return {
        label("title"): part["title"],
        label("phase"): str(Phase(part["phase"]).label) if part["phase"] else "",
        _("Flow chart"): "\n".join(_node(node, part["title"], names) for node in part["nodes"]),
        label("detail"): part["detail"],
        label("control_point"): part["control_point"],
        _("Time"): "\n".join(_window(window, names.year) for window in part["windows"]),
        label("time_text"): part["time_text"],
        label("standard"): part["standard"],
        label("responsible_text"): part["responsible_text"],
        _("Reminded"): _responsible(part["responsible_kind"], part["responsible_value"]),
        label("accountable_text"): part["accountable_text"],
        label("documents"): "\n".join(part["documents"]),
        label("remark"): part["remark"],
    }


def _node(node: Mapping[str, Any], title: str, names: Names) -> str:
    """Return a symbol in words; what it says is left out where it repeats the step's title."""
    text = str(Symbol(node["symbol"]).label)
    if node["label"] != title:
        text += f": {node['label']}"
    if node["next_label"]:
        text += f" ({node['next_label']} ↓)"
    if node["edge_to"]:
        text += f" ({node['edge_label']} → “{names(node['edge_to'])}”)".replace("( ", "(")
    return text


def _window(window: Mapping[str, Any], year: int | None) -> str:
    fixed = f" ({_('date set by others')})" if window["is_fixed"] else ""
    words = window_text(ProcedureWindow(**window), year)
    return (words or str(WindowKind.UNDATED.label)) + fixed


def _responsible(kind: str, value: str) -> str:
    if kind == ResponsibleKind.TEXT:
        return ""
    if kind == ResponsibleKind.OFFICE_ROLE:
        return str(OfficeRole(value).label)
    if kind == ResponsibleKind.COMMITTEE:
        return str(CommitteeKind(value).label)
    if kind == ResponsibleKind.CATEGORY:
        return _("Champion of category %s") % value
    return value
