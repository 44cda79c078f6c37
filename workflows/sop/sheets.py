"""The pages of an SOP's table, and of its flow chart alone.

The first pass of the paper tells how high each row is. Here the rows are packed into pages with
room for the page connectors; the second pass prints one table a page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.drawing import flow_chart
from workflows.models import ProcedureStep
from workflows.sop import chart as sop_chart
from workflows.sop import connectors
from workflows.sop.cells import Cell, Table, cells_of, spans_of
from workflows.sop.chart import Frame, Line, Measures

SHEET_HEIGHT = {"landscape": 210.0, "portrait": 297.0}
# A page of the manual's sections: its content's height in mm, and that of a section's heading.
MANUAL_HEIGHT, HEADING = 252.0, 14.0
# What rounding and the borders may add to a page.
SLACK = 2.5


@dataclass
class TableRow:
    """One row of the table: a symbol, and the step's cells beside its first symbol."""

    line: Line
    before: list[Cell] = field(default_factory=list)
    after: list[Cell] = field(default_factory=list)
    phase: str = ""  # the words of the band above this row


@dataclass
class Sheet:
    """The table of one page. Steps that share a joined cell stand in one body."""

    number: int
    bodies: list[list[TableRow]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)  # where the chart stands alone
    above: connectors.Band | None = None
    below: connectors.Band | None = None


def table_sheets(table: Table, sizes: Sequence[int]) -> list[Sheet]:
    """Return the sheets of a table with so many steps on each."""
    counts = [sop_chart.row_count(step) for step in table.steps]
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    rows = [sum(counts[start : start + size]) for start, size in zip(starts, sizes, strict=True)]
    loops_left = table.layout.chart.loops_left
    parts = flow_chart.chart_parts(table.nodes, rows, loops_left=loops_left)
    frame = table.frame.with_lanes([row for part in parts for row in part.rows])
    sheets, first = [], 0
    for number, part in enumerate(parts):
        steps = table.steps[starts[number] : starts[number] + sizes[number]]
        lines = sop_chart.chart_lines(part.rows, frame, table.measures, "line", first)
        sheet = _banded(part, frame, number + 1)
        sheet.bodies = _bodies(table, steps, lines)
        sheets.append(sheet)
        first += len(lines)
    return sheets


def chart_sheets(
    steps: Sequence[ProcedureStep], measures: Measures, heading: float = HEADING
) -> list[Sheet]:
    """Return the chart alone, on as many pages as it takes, below a heading of this height."""
    nodes = sop_chart.nodes_of(steps)
    heights = (sop_chart.WIDE_ROW, sop_chart.WIDE_DECISION)
    frame = sop_chart.fitted(sop_chart.WIDE, sop_chart.WIDE_WIDTH, heights, nodes)
    whole = sop_chart.chart_lines(flow_chart.chart_rows(nodes), frame, measures, "wide")
    blocks = [sop_chart.line_height(line, measures, "wide") for line in whole]

    def room(first: int, last: int) -> float:
        above, below = flow_chart.crossings(nodes, first, last)
        free = MANUAL_HEIGHT - SLACK - (heading if first == 0 else 0)
        free -= connectors.height_of(above) if first else 0
        return free - (connectors.height_of(below) if last < len(nodes) - 1 else 0)

    sizes = packed(blocks, room) if measures.places else [len(blocks)]
    sheets, start = [], 0
    parts = flow_chart.chart_parts(nodes, sizes)
    frame = frame.with_lanes([row for part in parts for row in part.rows])
    for number, part in enumerate(parts):
        sheet = _banded(part, frame, number + 1)
        sheet.lines = sop_chart.chart_lines(part.rows, frame, measures, "wide", start)
        sheets.append(sheet)
        start += len(part.rows)
    return sheets


def table_sizes(table: Table) -> list[int]:
    """Return how many steps stand on each page.

    The last page holds the table's foot, and no lone step or signature where there are more.
    """
    if not table.steps:
        return [0]
    measures = table.measures
    heights, counts = _step_heights(table)
    starts = [sum(counts[:place]) for place in range(len(counts))]
    nodes, loops_left = table.nodes, table.layout.chart.loops_left
    spans = spans_of(table.version)

    def room(first: int, last: int, closing: float = 0) -> float:
        ends = last == len(heights) - 1
        above, below = flow_chart.crossings(
            nodes, starts[first], starts[last] + counts[last] - 1, loops_left=loops_left
        )
        free = _page_room(table, is_first=first == 0)
        free -= connectors.height_of(above) if first else 0
        free -= measures.height("foot") + closing if ends else connectors.height_of(below)
        return free - _span_excess(table, spans, heights, first, last)

    sizes = packed(heights, room)
    closing, last = measures.height("closing"), sizes[-1]
    start = len(heights) - last
    if closing and sum(heights[start:]) > room(start, len(heights) - 1, closing) and last > 2:
        moved = 2 if last > 3 else 1
        sizes[-1:] = [last - moved, moved]
    return sizes


def packed(blocks: Sequence[float], room: Callable[[int, int], float]) -> list[int]:
    """Return how many blocks stand on each page, as many as fit; none stands alone at the end.

    `room(first, last)` tells the height that blocks first … last may take as one page.
    """
    sizes: list[int] = []
    first = 0
    while first < len(blocks):
        last = first
        for place in range(first, len(blocks)):
            if sum(blocks[first : place + 1]) <= room(first, place):
                last = place
            elif place - last > 3:  # the foot may not fit, or connectors, a few blocks more may
                break
        if last == len(blocks) - 2 and last - first > 1:
            last -= 1
        sizes.append(last - first + 1)
        first = last + 1
    return sizes


def _page_room(table: Table, *, is_first: bool) -> float:
    """Return the height of a page's table without its head."""
    layout, measures = table.layout, table.measures
    top, _right, foot, _left = layout.margins
    free = SHEET_HEIGHT[layout.orientation] - top - foot - SLACK
    if is_first:
        free -= measures.height("title")
    if is_first or layout.head_on_every_page:
        return free - measures.height("head")
    return free - measures.height("labels")


def _span_excess(table: Table, spans: dict, heights: list[float], first: int, last: int) -> float:
    """Return how much higher a joined cell's words are than its rows on this page."""
    most = 0.0
    for column, span in spans.items():
        own = sum(
            heights[place]
            for place in range(first, last + 1)
            if span["from"] <= table.steps[place].number <= span["to"]
        )
        if own:
            most = max(most, table.measures.height(f"span-{column}") + 3 - own)
    return most


def _step_heights(table: Table) -> tuple[list[float], list[int]]:
    """Return the height of each step with the band above it, and how many rows it takes."""
    measures = table.measures
    rows = flow_chart.chart_rows(table.nodes, loops_left=table.layout.chart.loops_left)
    lines = sop_chart.chart_lines(rows, table.frame, measures, "line")
    heights, counts, place = [], [], 0
    for step in table.steps:
        count = sop_chart.row_count(step)
        own = lines[place : place + count]
        height = sum(sop_chart.line_height(line, measures, "line") for line in own)
        heights.append(height + measures.height(f"phase-{step.number}"))
        counts.append(count)
        place += count
    return heights, counts


def _banded(part: flow_chart.Part, frame: Frame, number: int) -> Sheet:
    return Sheet(
        number,
        above=connectors.band(part.above, frame, above=True),
        below=connectors.band(part.below, frame, above=False),
    )


def _bodies(
    table: Table, steps: Sequence[ProcedureStep], lines: Sequence[Line]
) -> list[list[TableRow]]:
    phases = sop_chart.phase_words(table.steps)
    keys = [column.key for column in table.columns]
    left = keys[: keys.index("chart")]
    spans = table.version.print_options.get("spans", [])
    bodies: list[list[TableRow]] = []
    for step in steps:
        own = [TableRow(line) for line in lines if line.row.node.step == step.number]
        own[0].phase = phases.get(step.number, "")
        cells = cells_of(table, steps, step, phases)
        own[0].before = [cell for cell in cells if cell.column.key in left]
        own[0].after = [cell for cell in cells if cell.column.key not in left]
        joined = any(span["from"] < step.number <= span["to"] for span in spans)
        if joined and bodies and not own[0].phase:
            bodies[-1].extend(own)
        else:
            bodies.append(own)
    return bodies
