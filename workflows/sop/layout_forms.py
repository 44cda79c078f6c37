"""The form of an office's own layout: page, head, rows, and one line for each column.

The columns come as repeated fields in the order of their lines, so that moving a line moves its
column; a refusal stands at its field and keeps all that was typed.
"""

import math
import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.models import Procedure, SopLayout
from workflows.sop.layout_sketch import Sketch, sketch
from workflows.sop.layouts import LAYOUTS, NEEDED, PAPER, Layout
from workflows.sop.own_layouts import (
    LEAST_WIDTH,
    all_columns,
    column_faults,
    fitted,
    room_of,
    shipped_or_own,
    stored_settings,
)

COLUMN_NAMES = {
    "number": _("No."),
    "chart": _("Flow chart"),
    "detail": _("Work detail"),
    "time": _("Time"),
    "standard": _("Quality standard"),
    "responsible": _("Responsible"),
    "documents": _("Related documents"),
    "remark": _("Remarks"),
}
ORIENTATIONS = [("landscape", _("Landscape")), ("portrait", _("Portrait"))]
HEADS = [
    ("job", _("Work name, office, code and objectives")),
    ("cells", _("The same with unit in a cell of its own")),
    ("unit", _("Box with unit and manual, above the table")),
]
DIGITS = [
    ("", _("As the office prints its papers")),
    ("thai", _("Thai digits")),
    ("arabic", _("Arabic digits")),
]
SUFFIXES = [("", _("Nothing (1)")), (".", _("A full stop (1.)")), (")", _("A bracket (1))"))]
MARGINS = ("top", "right", "bottom", "left")
WIDEST = 300.0
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass
class ColumnLine:
    """One line of the form: a column that is printed or not, with what was typed."""

    key: str
    label: str
    typed_width: str
    is_on: bool
    faults: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self):
        return COLUMN_NAMES[self.key]

    @property
    def is_needed(self) -> bool:
        return self.key in NEEDED

    @property
    def least(self) -> float:
        return LEAST_WIDTH[self.key]

    @property
    def width(self) -> float | None:
        """Return the typed width in mm with one decimal, None when it is no such number."""
        try:
            width = float(self.typed_width.strip().replace(",", "."))
        except ValueError:
            return None
        return round(width, 1) if math.isfinite(width) and 0 <= width <= WIDEST else None


def _millimetres(label, least: float, most: float, **options) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"})
    return forms.FloatField(label=label, min_value=least, max_value=most, widget=widget, **options)


class LayoutForm(forms.Form):
    """Everything an own layout says; `lines` are its columns, `room` the page's width for them."""

    name = forms.CharField(label=_("Layout name"), max_length=100)
    orientation = forms.ChoiceField(label=_("Paper (A4)"), choices=ORIENTATIONS)
    margin_top = _millimetres(_("Margin above (mm)"), 8, 50)
    margin_right = _millimetres(_("Right margin (mm)"), 8, 50)
    margin_bottom = _millimetres(_("Margin below (mm)"), 8, 50)
    margin_left = _millimetres(_("Left margin (mm)"), 8, 50)
    head = forms.ChoiceField(label=_("Head above the table"), choices=HEADS)
    head_on_every_page = forms.BooleanField(label=_("Print the head on every page"), required=False)
    digits = forms.ChoiceField(label=_("Digits"), choices=DIGITS, required=False)
    number_suffix = forms.ChoiceField(
        label=_("After the step's number"), choices=SUFFIXES, required=False
    )
    row_height = _millimetres(_("Least height of a row (mm)"), 10, 80)
    decision_height = _millimetres(_("Least height of a row with a decision (mm)"), 16, 80)
    merged_chart = forms.BooleanField(
        label=_("No lines between the rows inside the flow chart"), required=False
    )
    shows_legend = forms.BooleanField(label=_("Explain the symbols at the foot"), required=False)
    shows_references = forms.BooleanField(
        label=_("Print the references at the foot"), required=False
    )
    sample = forms.ModelChoiceField(
        label=_("SOP for the preview"),
        queryset=Procedure.objects.none(),
        required=False,
        empty_label=_("Any SOP of the office"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, layout: SopLayout):
        self.layout = layout
        self.base = LAYOUTS[layout.base]
        super().__init__(data, initial=_initial(layout))
        self.fields["sample"].queryset = Procedure.objects.filter(agency=layout.agency)
        self.lines = _lines_sent(data, self.base) if data else _lines_stored(layout)

    def clean_name(self):
        """Refuse the name of another layout of the office."""
        name = self.cleaned_data["name"]
        others = SopLayout.objects.filter(agency=self.layout.agency, name=name)
        if others.exclude(pk=self.layout.pk).exists():
            raise forms.ValidationError(_("Another layout of the office has this name."))
        return name

    def clean(self):
        """Check the columns against the page."""
        cleaned = super().clean()
        columns = []
        for line in self.lines:
            if not line.is_on:
                continue
            if line.width is None:
                self._blame(line, "width", _("Write a width in millimetres, for example 25."))
            columns.append(_settings_of(line))
        if self.room is not None:
            for fault in column_faults(columns, self.room, cleaned.get("head") or "job"):
                self._place(fault)
        return cleaned

    def _place(self, fault) -> None:
        part, _colon, key = fault.field.partition(":")
        line = next((line for line in self.lines if line.key == key), None)
        if line is None:
            self.add_error(None, fault.message)
        elif not line.faults.get(part):
            self._blame(line, part, fault.message)

    def _blame(self, line: ColumnLine, part: str, message) -> None:
        line.faults.setdefault(part, []).append(message)
        self.add_error(None, f"{line.name}: {message}")

    @property
    def room(self) -> float | None:
        """Return the width between the margins as the form says; None while it cannot be told."""
        values = self.cleaned_data if self.is_bound else self.initial
        if any(values.get(name) is None for name in ("orientation", *_margin_names())):
            return None
        return room_of(_page_of(values))

    @property
    def total(self) -> float:
        """Return the sum of the printed columns' widths, as far as they are numbers."""
        return round(sum(line.width or 0 for line in self.lines if line.is_on), 1)

    @property
    def spare(self) -> float | None:
        """Return the room that the columns leave; below nought what they take too much."""
        return None if self.room is None else round(self.room - self.total, 1)

    def sketch(self) -> Sketch | None:
        """Return the sketch of what the form says now; None while its page cannot be told."""
        if self.room is None:
            return None
        values = self.cleaned_data if self.is_bound else self.initial
        printed = [line for line in self.lines if line.is_on]
        columns = [(line.key, line.label, max(line.width or 0, 1)) for line in printed]
        paper = PAPER[values["orientation"]]
        return sketch(paper, values["margin_left"], self.room, columns, self.base)

    def settings(self) -> dict[str, Any]:
        """Return what the valid form says, as the layout stores it."""
        cleaned = self.cleaned_data
        names = [name for name in self.fields if name not in ("name", "version", "sample")]
        wanted = {name: cleaned[name] for name in names if name not in _margin_names()}
        wanted["margins"] = _page_of(cleaned)["margins"]
        wanted["columns"] = [_settings_of(line) for line in self.lines if line.is_on]
        wanted["sample"] = cleaned["sample"].pk if cleaned["sample"] else None
        return stored_settings(self.layout.base, wanted)

    def move(self, key: str, by: int) -> None:
        """Move a column's line up (-1) or down (1)."""
        places = {line.key: place for place, line in enumerate(self.lines)}
        place = places.get(key)
        if place is not None and 0 <= place + by < len(self.lines):
            self.lines.insert(place + by, self.lines.pop(place))

    def fit(self) -> None:
        """Draw the printed columns together or apart so that they fill the page."""
        printed = [line for line in self.lines if line.is_on]
        if self.room is None or any(line.width is None for line in printed):
            return
        columns = fitted([_settings_of(line) for line in printed], self.room)
        for line, column in zip(printed, columns, strict=True):
            line.typed_width = f"{column['width']:g}"


def _initial(layout: SopLayout) -> dict[str, Any]:
    printed = shipped_or_own(layout)
    initial = {
        name: getattr(printed, name) for name in LayoutForm.base_fields if hasattr(printed, name)
    }
    initial |= dict(zip(_margin_names(), printed.margins, strict=True))
    return initial | {
        "name": layout.name,
        "version": layout.version,
        "sample": layout.settings.get("sample"),
    }


def _margin_names() -> list[str]:
    return [f"margin_{side}" for side in MARGINS]


def _page_of(values: dict[str, Any]) -> dict[str, Any]:
    margins = [values[name] for name in _margin_names()]
    return {"orientation": values["orientation"], "margins": margins}


def _settings_of(line: ColumnLine) -> dict[str, Any]:
    return {"key": line.key, "label": line.label.strip(), "width": line.width or 0.0}


def _lines_stored(layout: SopLayout) -> list[ColumnLine]:
    columns = all_columns(shipped_or_own(layout))
    return [ColumnLine(c["key"], c["label"], f"{c['width']:g}", c["on"]) for c in columns]


def _lines_sent(data, base: Layout) -> list[ColumnLine]:
    """Return the lines as they were sent; unknown and repeated ones go, forgotten ones are off."""
    chosen = set(data.getlist("on")) | set(NEEDED)
    sent = zip(data.getlist("column"), data.getlist("label"), data.getlist("width"), strict=False)
    lines: dict[str, ColumnLine] = {}
    for key, label, width in sent:
        if key in LEAST_WIDTH and key not in lines:
            lines[key] = ColumnLine(key, _CONTROL.sub(" ", label), width, key in chosen)
    for column in all_columns(base):
        key = column["key"]
        if key not in lines:
            lines[key] = ColumnLine(key, column["label"], f"{column['width']:g}", key in NEEDED)
    return list(lines.values())
