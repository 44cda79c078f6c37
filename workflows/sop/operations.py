"""The changes that can be made to a draft of an SOP. `editing.change` carries them out.

Each says which parts it touches (a newer save of one of them is a conflict), and applies itself
to a copy of the parts. `apply` returns sentences for the person: what else had to change.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from workflows.enums import LayoutCode, Symbol, WindowKind
from workflows.models import ProcedureVersion, SopLayout
from workflows.sop.data import STEP_FIELDS
from workflows.sop.layouts import COLUMNS, FIXED_COLUMNS, LAYOUTS
from workflows.sop.part_checks import (
    BadOperation,
    Checks,
    checked_nodes,
    checked_sections,
    checked_step,
    checked_windows,
)
from workflows.sop.parts import Parts, add_step_row, step_key
from workflows.sop.reading import FIRST_YEAR, LAST_YEAR, MAX_STEPS

__all__ = [
    "AddStep",
    "BadOperation",
    "CopyStep",
    "MoveStep",
    "Operation",
    "RemoveStep",
    "ReplaceAll",
    "SetHead",
    "SetNodes",
    "SetSections",
    "SetStep",
    "SetWindows",
]

HEAD_LIMITS = {"name": 250, "code": 60, "office_name": 250, "unit_name": 250}
HEAD_LIMITS |= {"source_note": 4000, "change_note": 2000}
HEAD_LISTS = {"objectives": 1000, "references": 500, "signatories": 200}


class Operation(Protocol):
    def touches(self, parts: Parts) -> set[str]: ...

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]: ...


@dataclass(frozen=True)
class SetHead:
    """Change fields of the head; fields not named stay."""

    fields: Mapping[str, Any]

    def touches(self, parts: Parts) -> set[str]:
        return {"head"}

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        checks, head = Checks(), parts["head"]
        for field, value in self.fields.items():
            head[field] = self._checked(checks, field, value, parts, version)
        if head["written_for_year"] is None and _has_dated_windows(parts):
            message = _("Steps with months of a named year need the fiscal year.")
            checks.fault("written_for_year", message)
        checks.finish()
        if "layout" in self.fields:
            _drop_unknown_columns(head)
        return []

    def _checked(self, checks, field, value, parts: Parts, version: ProcedureVersion) -> Any:
        if field in HEAD_LIMITS:
            return checks.text(field, value, HEAD_LIMITS[field], required=field == "name")
        if field in HEAD_LISTS:
            return checks.texts(field, value, HEAD_LISTS[field])
        if field == "layout":
            return checks.choice(field, value, LayoutCode.values)
        if field == "own_layout":
            return _own_layout(checks, value, version)
        if field == "written_for_year":
            return checks.whole(field, value, FIRST_YEAR, LAST_YEAR)
        if field == "print_options":
            return _print_options(checks.of(field), value, parts["order"])
        checks.fault(field, _("There is no such field."))
        return None


def _has_dated_windows(parts: Parts) -> bool:
    return any(
        window["kind"] == WindowKind.DATED
        for pk in parts["order"]
        for window in parts[step_key(pk)]["windows"]
    )


def _drop_unknown_columns(head: dict[str, Any]) -> None:
    """Hide no column that the chosen layout does not have."""
    known = [column.key for column in LAYOUTS[head["layout"]].columns]
    options = head["print_options"]
    if "hide" in options:
        hidden = [column for column in options.pop("hide") if column in known]
        head["print_options"] = options | ({"hide": hidden} if hidden else {})


def _own_layout(checks: Checks, value: Any, version: ProcedureVersion) -> int | None:
    if not value:
        return None
    layouts = SopLayout.objects.filter(agency=version.procedure.agency_id)
    if not (isinstance(value, int) and layouts.filter(pk=value).exists()):
        checks.fault("own_layout", _("Choose one of the list."))
        return None
    return value


def _print_options(checks: Checks, value: Any, order: list[int]) -> dict[str, Any]:
    given = value if isinstance(value, Mapping) else {}
    columns = [column for column in COLUMNS if column not in FIXED_COLUMNS]
    options: dict[str, Any] = {
        "digits": checks.choice("digits", given.get("digits"), ["thai", "arabic"], blank=True),
        "title": checks.text("title", given.get("title"), 250),
        "hide": [checks.choice("hide", column, columns) for column in given.get("hide", [])],
        "spans": [],
    }
    for place, span in checks.rows("spans", given.get("spans", []), MAX_STEPS):
        first, last = span.get("from"), span.get("to")
        column = place.choice("column", span.get("column"), columns)
        if first not in order or last not in order:
            place.fault("from", _("This step is not there any more."))
        elif order.index(last) < order.index(first):
            place.fault("to", _("The last step stands before the first."))
        options["spans"].append({"column": column, "from": first, "to": last})
    return {key: kept for key, kept in options.items() if kept}


@dataclass(frozen=True)
class SetSections:
    """Write all sections anew."""

    sections: Sequence[Mapping[str, Any]]

    def touches(self, parts: Parts) -> set[str]:
        return {"sections"}

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        checks = Checks()
        parts["sections"] = checked_sections(checks, list(self.sections))
        checks.finish()
        return []


@dataclass(frozen=True)
class _OfStep:
    step_pk: int

    def touches(self, parts: Parts) -> set[str]:
        return {step_key(self.step_pk)}

    def _part(self, parts: Parts) -> dict[str, Any]:
        return _step_part(parts, self.step_pk)


def _step_part(parts: Parts, pk: int) -> dict[str, Any]:
    if step_key(pk) not in parts:
        raise BadOperation({"step": _("This step is not there any more.")})
    return parts[step_key(pk)]


@dataclass(frozen=True)
class SetStep(_OfStep):
    """Change fields of a step; fields not named stay.

    A lone symbol that says the same as the title, or nothing, goes on saying the title.
    """

    fields: Mapping[str, Any]

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        part, checks = self._part(parts), Checks()
        values = checked_step(checks, self.fields, part)
        checks.finish()
        nodes, title = part["nodes"], part["title"]
        if "title" in values and len(nodes) == 1 and nodes[0]["label"] in ("", title):
            nodes[0]["label"] = values["title"]
        part.update(values)
        return []


@dataclass(frozen=True)
class SetNodes(_OfStep):
    """Write all symbols of a step anew; `edge_to` is the key of a step."""

    nodes: Sequence[Mapping[str, Any]]

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        part, checks = self._part(parts), Checks()
        part["nodes"] = checked_nodes(checks, list(self.nodes), parts["order"])
        checks.finish()
        return []


@dataclass(frozen=True)
class SetWindows(_OfStep):
    """Write all windows of a step anew."""

    windows: Sequence[Mapping[str, Any]]

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        part, checks = self._part(parts), Checks()
        year = parts["head"]["written_for_year"]
        part["windows"] = checked_windows(checks, list(self.windows), year)
        checks.finish()
        return []


@dataclass(frozen=True)
class AddStep:
    """Put a new step after another one; with None before all others.

    It begins with one activity without words, in the phase of the step before it.
    """

    after_pk: int | None = None

    def touches(self, parts: Parts) -> set[str]:
        return set()

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        before = {} if self.after_pk is None else _step_part(parts, self.after_pk)
        part: dict[str, Any] = dict.fromkeys(STEP_FIELDS, "")
        part |= {"phase": before.get("phase", ""), "responsible_kind": "text", "documents": []}
        node = {"symbol": str(Symbol.ACTIVITY), "label": "", "next_label": ""}
        part |= {"nodes": [node | {"edge_to": None, "edge_label": ""}], "windows": []}
        _insert(parts, version, self.after_pk, part)
        return []


@dataclass(frozen=True)
class CopyStep(_OfStep):
    """Put a copy of a step, with symbols and windows, after it."""

    def touches(self, parts: Parts) -> set[str]:
        return set()

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        _insert(parts, version, self.step_pk, deepcopy(self._part(parts)))
        return []


def _insert(parts: Parts, version: ProcedureVersion, after: int | None, part: dict) -> None:
    order = parts["order"]
    if len(order) >= MAX_STEPS:
        raise BadOperation({"step": _("An SOP has at most %s steps.") % MAX_STEPS})
    pk = add_step_row(version)
    order.insert(0 if after is None else order.index(after) + 1, pk)
    parts[step_key(pk)] = part


@dataclass(frozen=True)
class RemoveStep(_OfStep):
    """Take a step out. Arrows that lead to it go with it; joined cells shrink."""

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        removed, order = self._part(parts), parts["order"]
        place = order.index(self.step_pk)
        _shrink_spans(parts, self.step_pk)
        del order[place], parts[step_key(self.step_pk)]
        told = []
        for number, pk in enumerate(order, 1):
            for node in parts[step_key(pk)]["nodes"]:
                if node["edge_to"] == self.step_pk:
                    node |= {"edge_to": None, "edge_label": ""}
                    told.append(
                        _("The arrow from step %(number)s to “%(title)s” was taken away.")
                        % {"number": number, "title": removed["title"]}
                    )
        return told


def _shrink_spans(parts: Parts, gone: int) -> None:
    """Let joined cells that begin or end at the step begin or end at its neighbour."""
    order, options = parts["order"], parts["head"]["print_options"]
    spans = []
    for span in options.get("spans", []):
        first, last = sorted((order.index(span["from"]), order.index(span["to"])))
        kept = [pk for pk in order[first : last + 1] if pk != gone]
        if kept:
            spans.append(span | {"from": kept[0], "to": kept[-1]})
    if "spans" in options:
        options["spans"] = spans
        if not spans:
            del options["spans"]


@dataclass(frozen=True)
class MoveStep(_OfStep):
    """Give a step another place, counted from 1. Arrows keep the step they lead to."""

    place: int

    def touches(self, parts: Parts) -> set[str]:
        return {"order"}

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        self._part(parts)
        order = parts["order"]
        if not 1 <= self.place <= len(order):
            limits = {"low": 1, "high": len(order)}
            message = _("The number must lie between %(low)s and %(high)s.") % limits
            raise BadOperation({"place": message})
        order.remove(self.step_pk)
        order.insert(self.place - 1, self.step_pk)
        return []


@dataclass(frozen=True)
class ReplaceAll:
    """Make the draft what an earlier save was."""

    parts: Parts

    def touches(self, parts: Parts) -> set[str]:
        return set(parts) | set(self.parts)

    def apply(self, parts: Parts, version: ProcedureVersion) -> list[str]:
        for pk in self.parts["order"]:
            if step_key(pk) not in parts:
                add_step_row(version, pk)
        parts.clear()
        parts.update(deepcopy(self.parts))
        own = parts["head"]["own_layout"]
        parts["head"]["own_layout"] = _own_layout(Checks(), own, version)
        return []
