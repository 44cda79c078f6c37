"""The flow chart of an SOP: its nodes for page and paper, and its measures on paper.

How high words are is known only when they are laid out. The first pass of the paper lays them
out; `Measures` tells the second one, which then draws each rhombus around its words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.drawing import flow_chart
from core.drawing import flow_chart_layers as layers
from workflows.enums import Phase
from workflows.models import ProcedureStep
from workflows.sop.layouts import Chart

# mm that a letter without marks takes in a symbol, and in the words beside it.
LETTER, SMALL_LETTER = 1.75, 1.62
ARROW_ROOM = 2.2  # mm above and below a symbol
MANY_NODES_HEIGHT = 14.0
# Between a symbol and the nearest line beside it: an arrow head, and some white.
GAP = 3.0
LEAST_MARGIN, LEAST_SYMBOL, LEAST_SLOT = 2.5, 22.0, 0.9
# Room for the words beside a rhombus.
WORDS_WIDTH = 9.1
# Those words begin so far under the rhombus's tip.
UNDER_TIP = 1.2
# Words across a rhombus take this share of its width; the rest of its height is slopes.
ACROSS = 0.62
# A rhombus taller than this (mm) gets flat corners instead, `SHOULDER` mm from its tips.
TALLEST, SHOULDER = 45.0, 5.0

# The chart on a page of its own.
WIDE = Chart(axis=65, box=62, diamond=(62, 24), left_rail=16, right_rail=114)
# How many rows stand on a page, of any layout.
ROWS_OF_A_PAGE = range(3, 17)
WIDE_WIDTH, WIDE_ROW, WIDE_DECISION = 130.0, 17.0, 26.0

PHASES = {
    Phase.PLAN: "วางแผน (Plan)",
    Phase.DO: "ปฏิบัติตามแผน (Do)",
    Phase.CHECK: "ตรวจสอบ (Check)",
    Phase.ACT: "ปรับปรุง (Act)",
}


@dataclass(frozen=True)
class Frame:
    """Where symbols and lines stand in the chart's column, in mm from its left edge."""

    width: float
    axis: float
    box: float
    diamond: float
    least_diamond: float  # height
    left_rail: float
    right_rail: float
    slot: float
    lanes: Mapping[str, int]  # lines for which there is room on each side
    words_until: float  # where the words beside a rhombus end
    row_height: float
    decision_height: float

    def place(self, half: float = 0) -> layers.Place:
        """Return where a row's pieces of line are drawn; `half` is half its symbol's width."""
        return layers.Place(self.axis, half, self.left_rail, self.right_rail, self.slot)

    def with_lanes(self, rows: Sequence[flow_chart.Row]) -> "Frame":
        """Return the frame with lines drawn nearer to each other, where rows have more of them."""
        found = flow_chart.lanes(rows)
        slot = min(
            self.slot * max(self.lanes[side] - 1, 0.4) / max(found[side] - 1, 1)
            if found[side] > self.lanes[side]
            else self.slot
            for side in found
        )
        return replace(self, slot=slot)


@dataclass(frozen=True)
class Measures:
    """Heights in mm that the first pass found, by element id; 0 for what it did not draw."""

    places: Mapping[str, Sequence[float]] = field(default_factory=dict)
    prefix: str = ""

    def height(self, name: str) -> float:
        top, foot = self.places.get(f"{self.prefix}{name}", (0.0, 0.0))
        return foot - top


@dataclass
class Line:
    """One row of the chart on paper: a symbol, its pieces of line and the words around it."""

    row: flow_chart.Row
    number: int  # counted from 0 through the whole chart
    frame: Frame
    background: str
    height: float  # least height of the row
    margin: float  # left of the symbol
    width: float
    is_decision: bool
    diamond: str = ""
    is_flat: bool = False  # the rhombus has flat corners
    diamond_height: float = 0
    diamond_side: float = 0  # kept free left and right of the words
    next_words: str = ""
    edge_words: str = ""
    is_first: bool = True  # of its step
    is_top: bool = False  # of its page

    @property
    def chars(self) -> int:
        """Return how many letters stand side by side in the symbol."""
        return int((self.width - 2 * max(self.diamond_side, 1.6)) / LETTER)

    @property
    def half_chars(self) -> int:
        """Return how many letters stand side by side left or right of the axis."""
        return int((self.width / 2 - 2.6) / SMALL_LETTER)

    @property
    def beside(self) -> float:
        """Return the width of the words beside a rhombus."""
        return round(self.frame.words_until - self.margin - self.width + UNDER_TIP, 2)

    @property
    def edge_chars(self) -> int:
        return int(self.beside / SMALL_LETTER)

    @property
    def words_left(self) -> str:
        """Return the words under a box, left of the way down."""
        if self.is_decision:
            return ""
        if self.row.edge_side == flow_chart.LEFT:
            return self.edge_words
        return self.next_words if self.edge_words else ""

    @property
    def words_right(self) -> str:
        """Return the words under a symbol, right of the way down."""
        if self.is_decision or not self.edge_words or self.row.edge_side == flow_chart.LEFT:
            return self.next_words
        return self.edge_words

    @property
    def band_background(self) -> str:
        """Return the lines that cross the border above this row, for a band between."""
        place = self.frame.place()
        return layers.passing_background(self.row.rails_above, place, axis=self.row.enters)

    @property
    def shapes(self) -> list[tuple[str, float, int]]:
        """Return name, width and letters of the rhombus's words as they are measured.

        Between slopes, and between the shoulders of flat corners.
        """
        across, between = self.width * ACROSS, self.width - 2 * SHOULDER
        return [
            ("slopes", round(across, 2), int(across / LETTER)),
            ("flat", round(between, 2), int(between / LETTER)),
        ]


def nodes_of(steps: Iterable[ProcedureStep]) -> list[flow_chart.Node]:
    """Return the steps' symbols from top to bottom; a step without one is only passed."""
    nodes = []
    for step in steps:
        own = [
            flow_chart.Node(
                *(step.number, node.symbol, node.label),
                *(node.next_label, node.edge_to, node.edge_label),
            )
            for node in step.nodes.all()
        ]
        nodes.extend(own or [flow_chart.Node(step.number, "", "")])
    return nodes


def row_count(step: ProcedureStep) -> int:
    """Return how many rows of the table the step takes."""
    return len(step.nodes.all()) or 1


def phase_words(steps: Sequence[ProcedureStep]) -> dict[int, str]:
    """Return the words of the band before each step that begins a phase, by step number."""
    words, last = {}, ""
    for step in steps:
        if step.phase and step.phase != last:
            words[step.number] = PHASES[Phase(step.phase)]
            last = step.phase
    return words


def fitted(
    chart: Chart,
    width: float,
    heights: tuple[float, float],
    nodes: Sequence[flow_chart.Node],
) -> Frame:
    """Return the chart's places in a column, with room for as many lines as run side by side.

    The symbols keep their place as long as that leaves room; then they move, then shrink.
    """
    rows = _rows_of_pages(nodes, loops_left=chart.loops_left)
    lanes = flow_chart.lanes(rows)
    left, right = lanes[flow_chart.LEFT], lanes[flow_chart.RIGHT]
    spare = width - 2 * LEAST_MARGIN - LEAST_SYMBOL - GAP * (bool(left) + bool(right))
    more = max(left - 1, 0) + max(right - 1, 0)
    slot = max(LEAST_SLOT, min(layers.SLOT, spare / more)) if more else layers.SLOT
    margin = min(LEAST_MARGIN, max(0.5, chart.axis - chart.box / 2))
    start = chart.left_rail + (left - 1) * slot + GAP if left else margin
    stop = chart.right_rail - (right - 1) * slot - GAP if right else width - margin
    box = min(chart.box, stop - start)
    axis = min(max(chart.axis, start + box / 2), stop - box / 2)
    until = _words_until(chart, width, slot, rows)
    diamond = min(chart.diamond[0], 2 * (axis - start), 2 * (stop - axis))
    if any(node.symbol == "decision" and node.edge_to is not None for node in nodes):
        diamond = min(diamond, 2 * (until - WORDS_WIDTH - axis))
        if diamond < LEAST_SYMBOL:
            diamond = LEAST_SYMBOL
            axis = max(start + LEAST_SYMBOL / 2, min(axis, until - WORDS_WIDTH - diamond / 2))
            box = min(box, 2 * (axis - start))
    return Frame(
        *(width, round(axis, 2), round(box, 2), round(diamond, 2), chart.diamond[1]),
        *(chart.left_rail, chart.right_rail, slot, lanes, until, *heights),
    )


def _rows_of_pages(nodes: Sequence[flow_chart.Node], *, loops_left: bool) -> list[flow_chart.Row]:
    """Return the rows as pages of any usual length would cut the chart.

    Where the pages will end is not known before the rows are measured.
    """
    if len(nodes) <= min(ROWS_OF_A_PAGE):
        return flow_chart.chart_rows(nodes, loops_left=loops_left)
    rows = []
    for size in ROWS_OF_A_PAGE:
        sizes = [size] * (len(nodes) // size) + [len(nodes) % size]
        for part in flow_chart.chart_parts(nodes, [s for s in sizes if s], loops_left=loops_left):
            rows += part.rows
    return rows


def _words_until(chart: Chart, width: float, slot: float, rows: Sequence[flow_chart.Row]) -> float:
    """Return where the words beside a rhombus end: at the cell's edge or the nearest line."""
    passing = [
        chart.right_rail - rail.slot * slot
        for row in rows
        for rail in row.rails
        if row.node.symbol == "decision" and row.node.edge_to is not None
        if rail.side == flow_chart.RIGHT and rail.part != "upper"
    ]
    return round(min([width - 0.4, *(rail - 0.7 for rail in passing)]), 2)


def chart_lines(
    rows: Sequence[flow_chart.Row], frame: Frame, measures: Measures, name: str, first: int = 0
) -> list[Line]:
    """Return the rows of one part as they are printed.

    `name` is the chart's name in the measures, `first` the place of the part's first row.
    """
    counts: dict[int, int] = {}
    for row in rows:
        counts[row.node.step] = counts.get(row.node.step, 0) + 1
    lines = []
    for place, row in enumerate(rows):
        is_decision = row.node.symbol == "decision"
        width = frame.diamond if is_decision else frame.box
        alone = counts[row.node.step] == 1
        line = Line(
            row=row,
            number=first + place,
            frame=frame,
            background=layers.cell_background(row, frame.place(width / 2)),
            height=frame.row_height if alone else MANY_NODES_HEIGHT,
            margin=round(frame.axis - width / 2, 2),
            width=width,
            is_decision=is_decision,
            next_words=row.node.next_label,
            edge_words=edge_words(row),
            is_first=place == 0 or rows[place - 1].node.step != row.node.step,
            is_top=place == 0,
        )
        if is_decision:
            line.height = frame.decision_height
            _shape_decision(line, measures, name)
        lines.append(line)
    return lines


def _shape_decision(line: Line, measures: Measures, name: str) -> None:
    """Draw the rhombus around its words, as high as they need."""
    words = measures.height(f"{name}-slopes-{line.number}")
    line.diamond_side = round((1 - ACROSS) / 2 * line.width, 2)
    line.diamond_height = max(line.frame.least_diamond, round(words / (1 - ACROSS) + 0.6, 1))
    line.is_flat = line.diamond_height > TALLEST
    if line.is_flat:
        line.diamond_side = SHOULDER
        line.diamond_height = round(measures.height(f"{name}-flat-{line.number}") + 3, 1)
    shoulder = SHOULDER if line.is_flat else 0
    line.diamond = layers.diamond(line.width, line.diamond_height, shoulder)


def line_height(line: Line, measures: Measures, name: str) -> float:
    """Return the height of a row as the second pass will print it."""
    measured = max(line.height, measures.height(f"{name}-{line.number}"))
    if not line.is_decision:
        return measured
    below = measures.height(f"{name}-below-{line.number}")
    return max(measured, line.diamond_height + 2 * max(below, ARROW_ROOM))


def edge_words(row: flow_chart.Row) -> str:
    """Return the words at a row's extra edge; an edge without a line names its step."""
    words = row.node.edge_label
    if row.leads_away is not None:
        words = f"{words} (ไปข้อ {row.leads_away})".strip()
    return words
