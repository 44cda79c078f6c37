"""What may stand in the parts of an SOP: lengths, choices, months. Messages name the field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from committees.enums import CommitteeKind
from committees.roles import ALL_CATEGORIES
from core.rich_text import clean_html
from workflows.enums import DurationUnit, Phase, ResponsibleKind, Symbol, WindowKind
from workflows.sop.data import YEAR
from workflows.sop.layouts import SHOWS
from workflows.sop.reading import MAX_HTML, MAX_NODES, MAX_SECTION_DEPTH, MAX_WINDOWS
from workflows.sop.yaml_lines import writable

STEP_LIMITS = {
    **{"title": 200, "detail": 2000, "control_point": 2000, "standard": 2000, "remark": 2000},
    **{"responsible_text": 250, "accountable_text": 250, "time_text": 250},
}
MAX_ITEMS, MAX_SECTIONS = 100, 60


class BadOperation(ValueError):
    """The change is refused; `errors` says for each field what is wrong, in words."""

    def __init__(self, errors: Mapping[str, str]):
        self.errors = dict(errors)
        super().__init__("; ".join(f"{field}: {text}" for field, text in self.errors.items()))


class Checks:
    """Reads given values, field by field; every fault is kept until `finish` raises them all."""

    def __init__(self, prefix: str = "", errors: dict[str, str] | None = None):
        self.prefix = prefix
        self.errors: dict[str, str] = {} if errors is None else errors

    def of(self, *place: str | int) -> "Checks":
        """Return the same checks for fields inside a place: ("nodes", 0) → "nodes.0."."""
        return Checks(self.prefix + "".join(f"{part}." for part in place), self.errors)

    def fault(self, field: str, message: str) -> None:
        self.errors.setdefault(self.prefix + field, message)

    def finish(self) -> None:
        if self.errors:
            raise BadOperation(self.errors)

    def text(self, field: str, value: Any, limit: int, *, required: bool = False) -> str:
        """Return the text as it is kept: trimmed, without characters no paper can hold."""
        text = writable("" if value is None else str(value))
        if required and not text:
            self.fault(field, _("This must not be empty."))
        if len(text) > limit:
            message = _("Too long: %(length)s characters, at most %(limit)s.")
            self.fault(field, message % {"length": len(text), "limit": limit})
        return text

    def texts(self, field: str, values: Any, limit: int) -> list[str]:
        """Return the texts without empty ones."""
        texts = [self.text(field, value, limit) for value in self.items(field, values, MAX_ITEMS)]
        return [text for text in texts if text]

    def items(self, field: str, values: Any, most: int) -> Sequence[Any]:
        if not isinstance(values, list | tuple):
            self.fault(field, _("A list is needed here."))
            return []
        if len(values) > most:
            self.fault(field, _("At most %s entries.") % most)
            return []
        return values

    def rows(self, field: str, values: Any, most: int) -> list[tuple["Checks", Mapping[str, Any]]]:
        """Return each listed mapping with the checks of its place."""
        given = self.items(field, values, most)
        if not all(isinstance(value, Mapping) for value in given):
            self.fault(field, _("Keys with values are needed here."))
            return []
        return [(self.of(field, place), value) for place, value in enumerate(given)]

    def choice(self, field: str, value: Any, choices: Sequence[str], *, blank=False) -> str:
        text = str(value or "")
        if text not in choices and not (blank and not text):
            self.fault(field, _("Choose one of the list."))
        return text

    def whole(self, field: str, value: Any, low: int, high: int) -> int | None:
        """Return a whole number within the limits; None where none is given."""
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(field, _("A whole number is needed here."))
            return None
        if not low <= value <= high:
            limits = {"low": low, "high": high}
            self.fault(field, _("The number must lie between %(low)s and %(high)s.") % limits)
        return value


def checked_step(checks: Checks, fields: Mapping[str, Any], old: Mapping[str, Any]) -> dict:
    """Return the given fields of a step as they are kept; who is responsible comes as a pair."""
    values: dict[str, Any] = {}
    for field, value in fields.items():
        if field in STEP_LIMITS:
            values[field] = checks.text(field, value, STEP_LIMITS[field])
        elif field == "phase":
            values[field] = checks.choice(field, value, Phase.values, blank=True)
        elif field == "documents":
            values[field] = checks.texts(field, value, 250)
        elif field not in ("responsible_kind", "responsible_value"):
            checks.fault(field, _("There is no such field."))
    if "responsible_kind" in fields or "responsible_value" in fields:
        kind = str(fields.get("responsible_kind", old["responsible_kind"]))
        value = fields.get("responsible_value", old["responsible_value"])
        values |= _responsible(checks, kind, value)
    return values


def _responsible(checks: Checks, kind: str, value: Any) -> dict[str, str]:
    choices: dict[str, Sequence[str]] = {
        ResponsibleKind.OFFICE_ROLE: OfficeRole.values,
        ResponsibleKind.COMMITTEE: CommitteeKind.values,
        ResponsibleKind.CATEGORY: [str(number) for number in ALL_CATEGORIES],
    }
    checks.choice("responsible_kind", kind, ResponsibleKind.values)
    if kind in choices:
        value = checks.choice("responsible_value", value, choices[kind])
    elif kind == ResponsibleKind.UNIT:
        value = checks.text("responsible_value", value, 100, required=True)
    else:
        value = ""
    return {"responsible_kind": kind, "responsible_value": value}


def checked_nodes(checks: Checks, nodes: Any, steps: Sequence[int]) -> list[dict[str, Any]]:
    """Return a step's symbols as they are kept; an arrow must lead to one of `steps`."""
    kept = []
    for place, node in checks.rows("nodes", nodes, MAX_NODES):
        edge_to = node.get("edge_to") or None
        if edge_to is not None and edge_to not in steps:
            place.fault("edge_to", _("The step this arrow leads to is not there any more."))
        kept.append(
            {
                "symbol": place.choice("symbol", node.get("symbol"), Symbol.values),
                "label": place.text("label", node.get("label"), 200),
                "next_label": place.text("next_label", node.get("next_label"), 40),
                "edge_to": edge_to,
                "edge_label": place.text("edge_label", node.get("edge_label"), 40)
                if edge_to
                else "",
            }
        )
    return kept


def checked_windows(checks: Checks, windows: Any, year: int | None) -> list[dict[str, Any]]:
    """Return a step's windows as they are kept: each with what its kind asks for, only."""
    return [
        _window(place, window, year)
        for place, window in checks.rows("windows", windows, MAX_WINDOWS)
    ]


def _window(checks: Checks, given: Mapping[str, Any], year: int | None) -> dict[str, Any]:
    kind = checks.choice("kind", given.get("kind"), WindowKind.values)
    window = {
        "kind": kind,
        "label": checks.text("label", given.get("label"), 120),
        "start_month": None,
        "end_month": None,
        "duration": None,
        "duration_unit": "",
        "is_fixed": bool(given.get("is_fixed")),
    }
    if kind == WindowKind.DURATION:
        window["duration"] = checks.whole("duration", given.get("duration"), 1, 999)
        if window["duration"] is None:
            checks.fault("duration", _("How long does it take?"))
        unit = given.get("duration_unit")
        window["duration_unit"] = checks.choice("duration_unit", unit, DurationUnit.values)
    elif kind in (WindowKind.MONTHS, WindowKind.DATED):
        if kind == WindowKind.DATED and year is None:
            message = _("First say in the head for which fiscal year the SOP was written.")
            checks.fault("kind", message)
        _months(checks, given, window)
    return window


def _months(checks: Checks, given: Mapping[str, Any], window: dict[str, Any]) -> None:
    for field in ("start_month", "end_month"):
        window[field] = checks.whole(field, given.get(field), -YEAR, 2 * YEAR - 1)
        if window[field] is None:
            checks.fault(field, _("Choose a month."))
    first, last = window["start_month"], window["end_month"]
    if first is not None and last is not None and last < first:
        checks.fault("end_month", _("The window ends before it starts."))


def checked_sections(checks: Checks, sections: Any) -> list[dict[str, Any]]:
    """Return the written sections as they are kept; each part may be shown once only."""
    kept: list[dict[str, Any]] = []
    for place, section in checks.rows("sections", sections, MAX_SECTIONS):
        shows = place.choice("shows", section.get("shows"), SHOWS, blank=True)
        if shows and shows in [before["shows"] for before in kept]:
            place.fault("shows", _("This part is already shown by another section."))
        html = clean_html(str(section.get("html") or ""))
        if len(html) > MAX_HTML:
            place.fault("html", _("The text is too long."))
        kept.append(
            {
                "number": place.text("number", section.get("number"), 12),
                "title": place.text("title", section.get("title"), 250, required=True),
                "shows": shows,
                "html": html,
                "paragraphs": place.texts("paragraphs", section.get("paragraphs", []), 4000),
                "items": _items(place, section.get("items", []), 1),
            }
        )
    return kept


def _items(checks: Checks, items: Any, depth: int) -> list[dict[str, Any]]:
    if items and depth > MAX_SECTION_DEPTH:
        checks.fault("items", _("Lists may be nested three levels deep."))
        return []
    return [
        {
            "number": place.text("number", item.get("number"), 12),
            "text": place.text("text", item.get("text"), 4000, required=True),
            "items": _items(place, item.get("items", []), depth + 1),
        }
        for place, item in checks.rows("items", items, MAX_ITEMS)
    ]
