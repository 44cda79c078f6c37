"""Printed layouts of the SOP table as data: columns, labels, widths, head, legend, footer.

Source: the three seed layouts described in the format reference (S7, D6, P). A new layout
is one more entry here; no template knows a layout by name.
"""

from dataclasses import dataclass

from workflows.enums import LayoutCode

# Measures of the table's words in mm: a letter without marks, a cell's padding on both sides.
LETTER_WIDTH, PADDING = 1.8, 3.2

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
    # Height in mm kept free at a page's foot in the first pass, for the page connectors.
    connector_reserve: float

    @property
    def page_margins(self) -> str:
        """Return the CSS margins of the printed table's page."""
        return " ".join(f"{side}mm" for side in self.margins)

    @property
    def draft_margins(self) -> str:
        """Return the CSS margins of the first pass, with room for the page connectors."""
        top, right, foot, left = self.margins
        return f"{top}mm {right}mm {foot + self.connector_reserve}mm {left}mm"

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


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
    connector_reserve=24,
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
    connector_reserve=24,
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
    connector_reserve=24,
)

LAYOUTS = {layout.code: layout for layout in (S7, D6, P)}
COLUMNS = list(dict.fromkeys(c.key for layout in LAYOUTS.values() for c in layout.columns))


def shown_columns(layout: Layout, hidden: list[str]) -> list[Column]:
    """Return the columns to print; the room of hidden ones goes to the others.

    The chart keeps its width, because its lines stand at fixed places.
    """
    kept = [column for column in layout.columns if column.key not in hidden]
    spare = layout.width - sum(column.width for column in kept)
    growing = [column for column in kept if column.key not in ("number", "chart")]
    room = sum(column.width for column in growing)
    return [
        Column(c.key, c.label, c.width + spare * c.width / room, c.centred)
        if c in growing and room
        else c
        for c in kept
    ]
