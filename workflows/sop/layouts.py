"""Printed layouts of the SOP table as data: columns, labels, widths, head, legend, footer.

Source: the three seed layouts described in the format reference (S7, D6, P). An office's own
layout is one of them with settings laid over it; no template knows a layout by name.
Everything that prints or shows an SOP asks `layout_of` and `columns_of`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workflows.enums import LayoutCode
from workflows.models import ProcedureVersion

# Measures of the table's words in mm: a letter without marks, a cell's padding on both sides.
LETTER_WIDTH, PADDING = 1.8, 3.2

PAPER = {"landscape": 297.0, "portrait": 210.0}  # width of the sheet in mm
ARROW_ROOM = 2.6  # mm between a symbol and the line beside it

# Never hidden by an SOP nor joined over steps; they keep their widths.
FIXED_COLUMNS = ("number", "chart")
# The paper cannot do without these columns.
NEEDED = ("chart", "detail")

# What a section may show in its place instead of written text.
SHOWS = ("objectives", "flow_chart", "table")


@dataclass(frozen=True)
class Column:
    """A column of the table: which content, its printed label, its width in millimetres."""

    key: str
    label: str
    width: float
    centred: bool = False

    @property
    def chars(self) -> int:
        """Return how many letters stand side by side in a cell."""
        return int((self.width - PADDING) / LETTER_WIDTH)


@dataclass(frozen=True)
class Chart:
    """Fixed places in the chart column, in millimetres from the cell's left edge."""

    axis: float
    box: float
    diamond: tuple[float, float]
    left_rail: float
    right_rail: float
    # Room for words beside the symbols: False sends every edge to the right.
    loops_left: bool = True


@dataclass(frozen=True)
class Layout:
    """How one family of offices prints its SOP table."""

    code: str
    orientation: str
    margins: tuple[float, float, float, float]  # top, right, bottom, left in mm
    columns: tuple[Column, ...]
    chart: Chart
    row_height: float
    decision_height: float
    head: str  # "job" (S7), "unit" (D6) or "cells" (P): which head block stands on top
    head_on_every_page: bool
    number_suffix: str
    shows_legend: bool
    shows_references: bool
    # One merged chart cell: no lines between the rows inside the chart column.
    merged_chart: bool
    # Digits of the paper: "thai", "arabic", or "" as the office prints its papers.
    digits: str = ""

    @property
    def page_margins(self) -> str:
        """Return the CSS margins of the printed table's page."""
        return " ".join(f"{side}mm" for side in self.margins)

    @property
    def sheet_width(self) -> float:
        return PAPER[self.orientation]

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)

    @property
    def room(self) -> float:
        """Return how wide the table may be between the margins."""
        return room_between(self.orientation, self.margins)


S7 = Layout(
    code=LayoutCode.S7,
    orientation="landscape",
    margins=(14, 15, 13, 15),
    columns=(
        Column("number", "ลำดับที่", 12, True),
        Column("chart", "ผังขั้นตอนการดำเนินงาน", 55),
        Column("detail", "รายละเอียดงาน", 73),
        Column("time", "เวลาดำเนินการ", 29, True),
        Column("standard", "มาตรฐานคุณภาพงาน", 41),
        Column("responsible", "ผู้รับผิดชอบ", 36),
        Column("remark", "หมายเหตุ", 21),
    ),
    chart=Chart(27.5, 43, (34, 18), 3, 52, loops_left=False),
    row_height=33.5,
    decision_height=33.5,
    head="job",
    head_on_every_page=True,
    number_suffix=".",
    shows_legend=False,
    shows_references=False,
    merged_chart=False,
)

D6 = Layout(
    code=LayoutCode.D6,
    orientation="portrait",
    margins=(16, 15, 15, 20),
    columns=(
        Column("number", "ลำดับ", 10, True),
        Column("chart", "ผังกระบวนการ", 45),
        Column("detail", "รายละเอียดงาน/ จุดควบคุม", 44),
        Column("time", "ระยะเวลา", 24, True),
        Column("responsible", "ผู้รับผิดชอบ", 23, True),
        Column("documents", "เอกสารที่เกี่ยวข้อง", 29),
    ),
    chart=Chart(19, 33, (33, 20), 1.3, 42.3, loops_left=False),
    row_height=18.5,
    decision_height=27,
    head="unit",
    head_on_every_page=False,
    number_suffix="",
    shows_legend=False,
    shows_references=False,
    merged_chart=False,
)

P = Layout(
    code=LayoutCode.P,
    orientation="landscape",
    margins=(13, 15, 9, 15),
    columns=(
        Column("number", "ลำดับที่", 14, True),
        Column("chart", "ผังขั้นตอนการดำเนินงาน", 70),
        Column("detail", "รายละเอียดงาน", 68),
        Column("time", "เวลาดำเนินการ", 25, True),
        Column("standard", "มาตรฐานคุณภาพงาน", 38),
        Column("responsible", "ผู้รับผิดชอบ", 29, True),
        Column("remark", "หมายเหตุ", 23),
    ),
    chart=Chart(35, 42, (34, 15), 5, 65.5),
    row_height=18,
    decision_height=22,
    head="cells",
    head_on_every_page=True,
    number_suffix="",
    shows_legend=True,
    shows_references=True,
    merged_chart=True,
)

LAYOUTS = {layout.code: layout for layout in (S7, D6, P)}
COLUMNS = list(dict.fromkeys(c.key for layout in LAYOUTS.values() for c in layout.columns))
# What settings may say besides columns, all as in `Layout`.
PLAIN_SETTINGS = (
    *("orientation", "row_height", "decision_height", "head", "head_on_every_page"),
    *("number_suffix", "shows_legend", "shows_references", "merged_chart", "digits"),
)


def room_between(orientation: str, margins: tuple[float, ...]) -> float:
    """Return the width in mm between the left and right margins of a sheet."""
    return PAPER[orientation] - margins[1] - margins[3]


def layout_of(version: ProcedureVersion) -> Layout:
    """Return the layout in which the version is printed: the office's own, or a shipped one."""
    if version.own_layout_id is None:
        return LAYOUTS[version.layout]
    own = version.own_layout
    return layout_from(own.base, own.settings)


def columns_of(version: ProcedureVersion) -> list[Column]:
    """Return the columns of the version's layout as the office prints them."""
    return shown_columns(layout_of(version), version.print_options.get("hide", []))


def layout_from(base: str, settings: Mapping[str, Any]) -> Layout:
    """Return the base layout with the settings laid over it.

    The table always fills the page: room that the columns leave goes to those that hold text.
    The places of the flow chart follow the width of its column.
    """
    layout = LAYOUTS[base]
    plain = {key: settings[key] for key in PLAIN_SETTINGS if key in settings}
    margins = tuple(settings.get("margins", layout.margins))
    columns = layout.columns
    if "columns" in settings:
        columns = tuple(_column(layout, each) for each in settings["columns"])
    room = room_between(plain.get("orientation", layout.orientation), margins)
    columns = tuple(_filled(columns, room))
    chart = chart_of_width(layout, next(c.width for c in columns if c.key == "chart"))
    return replace(layout, **plain, margins=margins, columns=columns, chart=chart)


def chart_of_width(base: Layout, width: float) -> Chart:
    """Return the base's chart places moved to a chart column of this width.

    Lines and symbols keep their proportions; symbols grow narrower where an arrow would no
    longer fit between them and the lines beside them. Heights stay, they follow the words.
    """
    chart = base.chart
    was = next(column.width for column in base.columns if column.key == "chart")
    if width == was:
        return chart
    by = width / was
    axis, left_rail, right_rail = chart.axis * by, chart.left_rail * by, chart.right_rail * by
    half = right_rail - ARROW_ROOM - axis
    half = min(half, axis - left_rail - ARROW_ROOM if chart.loops_left else axis - 0.5)
    box, diamond = min(chart.box * by, 2 * half), min(chart.diamond[0] * by, 2 * half)
    return Chart(
        *(round(axis, 2), round(box, 2), (round(diamond, 2), chart.diamond[1])),
        *(round(left_rail, 2), round(right_rail, 2), chart.loops_left),
    )


def least_columns(head: str) -> int:
    """Return how many columns the cells of a head block need below them."""
    return 5 if head == "cells" else 4


def standard_column(layout: Layout, key: str) -> Column:
    """Return the column as the layout has it, or as the first shipped layout that knows it."""
    everywhere = (layout, *LAYOUTS.values())
    return next(c for each in everywhere for c in each.columns if c.key == key)


def _column(layout: Layout, settings: Mapping[str, Any]) -> Column:
    return replace(
        standard_column(layout, settings["key"]), label=settings["label"], width=settings["width"]
    )


def _filled(columns: tuple[Column, ...] | list[Column], room: float) -> list[Column]:
    """Return the columns with spare room given to those that hold text, or taken from them.

    The chart keeps its width, because its lines stand at fixed places.
    """
    spare = room - sum(column.width for column in columns)
    growing = [column for column in columns if column.key not in FIXED_COLUMNS]
    shared = sum(column.width for column in growing)
    if not shared or abs(spare) < 0.01:
        return list(columns)
    return [
        replace(c, width=c.width + spare * c.width / shared) if c in growing else c for c in columns
    ]


def shown_columns(layout: Layout, hidden: list[str]) -> list[Column]:
    """Return the columns to print; the room of hidden ones goes to the others.

    Nothing is hidden where too few columns would be left for the head.
    """
    kept = [c for c in layout.columns if c.key not in hidden or c.key in NEEDED]
    if len(kept) < least_columns(layout.head):
        return list(layout.columns)
    return _filled(kept, layout.width)
