"""A sketch of a layout's page while it is being changed: columns and chart, to scale in mm."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.sop.layouts import PAPER, Chart, Layout, chart_of_width

TOP, LABELS, ROW = 6.0, 16.0, 17.0
ROWS = 3


@dataclass(frozen=True)
class SketchColumn:
    """A column to draw; `is_over` when it passes the right margin."""

    key: str
    label: str
    left: float
    width: float
    is_over: bool

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True)
class Sketch:
    """A page to draw, in mm; `chart` places count from the left edge of the chart column."""

    width: float
    left: float
    right: float
    columns: list[SketchColumn]
    chart: Chart | None
    chart_left: float = 0

    @property
    def height(self) -> float:
        return 2 * TOP + LABELS + ROWS * ROW

    @property
    def row_tops(self) -> list[float]:
        return [TOP + LABELS + place * ROW for place in range(ROWS)]

    @property
    def foot(self) -> float:
        return self.height - TOP

    @property
    def symbols(self) -> list[dict[str, float | str]]:
        """Return an oval, a decision with its line back, and a box: each with its edges."""
        if self.chart is None:
            return []
        axis, symbols = self.chart_left + self.chart.axis, []
        for place, kind in enumerate(("terminal", "activity", "decision")):
            width = self.chart.diamond[0] if kind == "decision" else self.chart.box
            middle = self.row_tops[place] + ROW / 2
            symbols.append(
                {
                    **{"kind": kind, "left": axis - width / 2, "right": axis + width / 2},
                    **{"axis": axis, "middle": middle, "width": width},
                    **{"top": middle - 4.5, "foot": middle + 4.5},
                }
            )
        return symbols

    @property
    def rail(self) -> float:
        return self.chart_left + self.chart.right_rail if self.chart else 0


def sketch_of_layout(layout: Layout) -> Sketch:
    """Return the sketch of a layout as it is printed."""
    columns = [(c.key, c.label, c.width) for c in layout.columns]
    return sketch(PAPER[layout.orientation], layout.margins[3], layout.room, columns, layout)


def sketch(
    paper: float,
    left: float,
    room: float,
    columns: Sequence[tuple[str, str, float]],
    base: Layout,
) -> Sketch:
    """Return the sketch of columns (key, label, width) between the margins of a sheet."""
    drawn, place, chart, chart_left = [], left, None, 0.0
    for key, label, width in columns:
        is_over = place + width > left + room + 0.1
        drawn.append(SketchColumn(key, label, round(place, 2), round(width, 2), is_over))
        if key == "chart" and width >= 20:
            chart, chart_left = chart_of_width(base, width), round(place, 2)
        place += width
    return Sketch(max(paper, place + 4), left, left + room, drawn, chart, chart_left)
