"""The paper `sop`: a version of an SOP in its office's layout.

The table is made in two passes. The first prints all rows in one table, with room left at the
foot of each page, and tells on which page each step stands; and once more without that room, to
tell whether all fits on one page. The second prints one table a page, with the chart's page
connectors and “(ต่อ)” in the head.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.drawing import flow_chart
from core.fiscal_year import fiscal_year_of
from documents.papers import PaperKind, register
from documents.pdf_rendering import Layout as PageLayout
from workflows.models import ProcedureStep, ProcedureVersion
from workflows.queries import versions_visible_to
from workflows.sop.layouts import Chart, Column, Layout, columns_of, layout_of
from workflows.sop.times import window_words

CONNECTORS = "กขคงจฉชซญฐ"
# Measures of the words in a symbol, in mm: a letter without marks, a line.
LETTER, LINE = 1.75, 5.0
MARKS = set("ัิีึืฺุู็่้๊๋์ํ๎")
ARROW_ROOM, WORDS_ROOM = 2.2, 5.4
MANY_NODES_HEIGHT = 14.0
# The chart on a page of its own.
WIDE = Chart(axis=65, box=62, diamond=(62, 24), left_rail=16, right_rail=114)
WIDE_WIDTH = 130.0
# A rhombus taller than this (mm) gets flat corners instead, `SHOULDER` mm from its tips.
TALLEST, SHOULDER = 45.0, 5.0
MOST_ON_ONE_PAGE = 11


@dataclass
class Cell:
    """A cell of the table: what stands in it and how many rows it spans."""

    column: Column
    rowspan: int
    lines: list[list[str]] = field(default_factory=list)  # lines of parts kept whole
    bullets: bool = False
    apart: list[int] = field(default_factory=list)  # lines that begin another window

    @property
    def chars(self) -> int:
        """Return how many letters stand side by side, beside a dash or number if there is one."""
        return self.column.chars - (0 if self.column.centred else 2)


@dataclass
class Line:
    """One row of the table: a node of the chart, and the step's cells beside its first node."""

    row: flow_chart.Row
    background: str
    height: float
    room: float  # mm above and below the symbol
    margin: float  # mm left of the symbol
    width: float
    diamond: str = ""
    diamond_height: float = 0
    diamond_side: float = 0  # mm kept free left and right of the words
    before: list[Cell] = field(default_factory=list)
    after: list[Cell] = field(default_factory=list)
    edge_words: str = ""
    edge_left: float = 0  # mm from the cell's left edge
    edge_width: float = 0
    is_first: bool = True  # of its step
    is_top: bool = False  # of its page

    @property
    def chars(self) -> int:
        """Return how many letters stand side by side in the symbol."""
        return int((self.width - 2 * max(self.diamond_side, 1.6)) / LETTER)

    @property
    def edge_chars(self) -> int:
        """Return how many letters stand side by side in the words at the row's extra edge."""
        return int(self.edge_width / LETTER)


@dataclass
class Sheet:
    """The table of one page. Steps that share a spanning cell stand in one body."""

    bodies: list[list[Line]]
    number: int
    came_from: str = ""  # letter of the connector on top
    goes_to: str = ""  # letter of the connector at the foot
    previous_page: int = 0
    next_page: int = 0


def paper_context(version: ProcedureVersion) -> dict[str, Any]:
    """Return what the template prints, as the first pass needs it."""
    layout = layout_of(version)
    options = version.print_options
    columns = columns_of(version)
    steps = list(version.steps.prefetch_related("nodes", "windows"))
    sections = version.sections
    table_at = next(
        (place for place, section in enumerate(sections) if section.get("shows") == "table"),
        len(sections),
    )
    name = version.printed_name
    chart = chart_lines(steps, WIDE, WIDE_WIDTH, 17.0, 26.0)
    return {
        "version": version,
        "layout": layout,
        "columns": columns,
        "chart_place": next(c for c in columns if c.key == "chart"),
        "name": name,
        # Before every id, where a paper holds several SOPs.
        "prefix": "",
        "code": version.printed_code,
        "office_name": version.office_name,
        "unit_name": version.unit_name,
        "heading": options.get("title", ""),
        "thai_digits": uses_thai_digits(version),
        "counter": "thai" if uses_thai_digits(version) else "decimal",
        "sections": sections[:table_at],
        "table_section": sections[table_at] if table_at < len(sections) else None,
        "closing_sections": sections[table_at + 1 :],
        "head_spans": head_spans(layout, columns),
        "steps": steps,
        "is_draft": True,
        "sheets": [_sheet(version, layout, columns, steps, 1)],
        "whole": _sheet(version, layout, columns, steps, 1),
        "chart": chart,
        "chart_stays_whole": len(chart) <= MOST_ON_ONE_PAGE,
        "wide": WIDE,
        "wide_width": WIDE_WIDTH,
        "head_down": flow_chart.HEAD_DOWN,
        "legend_diamond": flow_chart.diamond(12, 7),
    }


def refined(context: dict[str, Any], pages: Mapping[str, int]) -> dict[str, Any]:
    """Return the context of the second pass: one table a page.

    `pages` tells the page of each step's row, by the element's id (“step-3”).
    """
    version, layout, columns = context["version"], context["layout"], context["columns"]
    steps = context["steps"]
    if fits_one_page(pages):
        groups = [steps]
    else:
        groups = level(page_groups(steps, pages), closing_apart=closing_apart(steps, pages))
    first_page = min(pages.get(f"step-{step.number}", 1) for step in groups[0])
    sheets = []
    for place, group in enumerate(groups):
        goes_on = place < len(groups) - 1
        sheet = _sheet(
            version, layout, columns, group, place + 1, from_above=place > 0, goes_on=goes_on
        )
        sheet.came_from = CONNECTORS[(place - 1) % len(CONNECTORS)] if place else ""
        sheet.goes_to = CONNECTORS[place % len(CONNECTORS)] if goes_on else ""
        sheet.previous_page = first_page + place - 1
        sheet.next_page = first_page + place + 1
        sheets.append(sheet)
    return {**context, "is_draft": False, "sheets": sheets}


def refine(version: ProcedureVersion, context: dict[str, Any], layout: PageLayout) -> dict:
    """Return the context of the second pass, from where the first one put the steps."""
    return refined(context, layout.element_pages)


def uses_thai_digits(version: ProcedureVersion) -> bool:
    """Return whether the paper prints Thai digits: by the SOP, its layout, else its office."""
    digits = version.print_options.get("digits") or layout_of(version).digits
    digits = digits or version.procedure.agency.paper_digits
    return digits == "thai"


def page_groups(
    steps: Sequence[ProcedureStep], pages: Mapping[str, int]
) -> list[list[ProcedureStep]]:
    """Return the steps grouped by the page on which they fell."""
    groups: list[list[ProcedureStep]] = []
    last_page = None
    for step in steps:
        page = pages.get(f"step-{step.number}", last_page)
        if not groups or page != last_page:
            groups.append([])
        groups[-1].append(step)
        last_page = page
    return groups


def fits_one_page(pages: Mapping[str, int]) -> bool:
    """Return whether the whole table, with what follows it, stood on one page.

    The first pass prints the table a second time without room for connectors, to tell.
    """
    first = pages.get("whole-top")
    return first is not None and first == pages.get("whole-end")


def closing_apart(steps: Sequence[ProcedureStep], pages: Mapping[str, int]) -> bool:
    """Return whether appendix and signatures fell on a page after the last step."""
    closing = pages.get("closing")
    return closing is not None and closing > pages.get(f"step-{steps[-1].number}", closing)


def level(groups: list[list], *, closing_apart: bool = False) -> list[list]:
    """Return the groups so that the last page holds no lone step and no lone signature.

    A lone step takes one from the page before; a signature page takes the last two steps.
    """
    last = groups[-1]
    if closing_apart and len(last) > 3:
        return [*groups[:-1], last[:-2], last[-2:]]
    if len(groups) > 1 and len(last) == 1 and len(groups[-2]) > 2:
        before = groups[-2]
        return [*groups[:-2], before[:-1], [before[-1], *last]]
    return groups


def head_spans(layout: Layout, columns: list[Column]) -> dict[str, int]:
    """Return how many columns each cell of the head block spans."""
    count = len(columns)
    if layout.head == "job":
        name = min([c.key for c in columns].index("detail") + 1, count - 2)
        return {"all": count, "name": name, "office": count - name - 1, "aims": count - 2}
    name = 2 if count > 4 else 1
    return {"all": count, "name": name, "office": count - name - 2, "aims": count - name}


def _sheet(
    version: ProcedureVersion,
    layout: Layout,
    columns: list[Column],
    steps: Sequence[ProcedureStep],
    number: int,
    *,
    from_above: bool = False,
    goes_on: bool = False,
) -> Sheet:
    chart_width = next(column.width for column in columns if column.key == "chart")
    lines = chart_lines(
        *(steps, layout.chart, chart_width, layout.row_height, layout.decision_height),
        from_above=from_above,
        goes_on=goes_on,
    )
    spans = version.print_options.get("spans", [])
    bodies: list[list[Line]] = []
    for place, step in enumerate(steps):
        own = [line for line in lines if line.row.node.step == step.number]
        cells = _cells(version, columns, steps, place, lines)
        chart_at = [c.key for c in columns].index("chart")
        left = [column.key for column in columns[:chart_at]]
        own[0].before = [cell for cell in cells if cell.column.key in left]
        own[0].after = [cell for cell in cells if cell.column.key not in left]
        joined = any(span["from"] < step.number <= span["to"] for span in spans)
        if joined and bodies:
            bodies[-1].extend(own)
        else:
            bodies.append(own)
    return Sheet(bodies, number)


def chart_lines(
    steps: Sequence[ProcedureStep],
    chart: Chart,
    chart_width: float,
    row_height: float,
    decision_height: float,
    *,
    from_above: bool = False,
    goes_on: bool = False,
) -> list[Line]:
    """Return the rows of the steps' flow chart, measured for a chart column."""
    nodes = [
        flow_chart.Node(
            *(step.number, node.symbol, node.label),
            *(node.next_label, node.edge_to, node.edge_label),
        )
        for step in steps
        for node in step.nodes.all()
    ]
    rows = flow_chart.chart_rows(
        nodes, from_above=from_above, goes_on=goes_on, loops_left=chart.loops_left
    )
    counts = {step.number: len(step.nodes.all()) for step in steps}
    lines = []
    for place, row in enumerate(rows):
        line = _line(row, chart, chart_width)
        is_decision = row.node.symbol == "decision"
        alone = counts[row.node.step] == 1
        least = decision_height if is_decision else row_height if alone else MANY_NODES_HEIGHT
        line.height = max(least, line.diamond_height + 2 * line.room)
        line.is_first = place == 0 or rows[place - 1].node.step != row.node.step
        line.is_top = place == 0
        lines.append(line)
    return lines


def _line(row: flow_chart.Row, chart: Chart, chart_width: float) -> Line:
    is_decision = row.node.symbol == "decision"
    width = chart.diamond[0] if is_decision else chart.box
    place = flow_chart.Place(chart.axis, width / 2, chart.left_rail, chart.right_rail)
    line = Line(
        row=row,
        background=flow_chart.cell_background(row, place),
        height=0,
        room=WORDS_ROOM if row.node.next_label else ARROW_ROOM,
        margin=chart.axis - width / 2,
        width=width,
        edge_words=edge_words(row),
    )
    if is_decision:
        line.edge_left, line.edge_width = width - 1.5, chart_width - line.margin - width + 1
    elif line.edge_words:
        # Beside a box there is no room for words: they stand under it, right of the axis.
        line.room = WORDS_ROOM
        line.edge_left, line.edge_width = width / 2 + 2, chart_width - chart.axis - 2.5
    if is_decision:
        _shape_decision(line, chart)
    return line


def _shape_decision(line: Line, chart: Chart) -> None:
    label, width = line.row.node.label, chart.diamond[0]
    line.diamond_side = 0.19 * width
    line.diamond_height = diamond_height(label, *chart.diamond)
    shoulder = 0.0
    if line.diamond_height > TALLEST:
        line.diamond_side = shoulder = SHOULDER
        count = -(-letters(label) * LETTER * 1.15 // (width - 2 * SHOULDER))
        line.diamond_height = count * LINE + 4
    line.diamond = flow_chart.diamond(width, line.diamond_height, shoulder)


def letters(text: str) -> int:
    """Return how many letters stand side by side; marks above and below take no width."""
    return sum(1 for letter in text if letter not in MARKS)


def edge_words(row: flow_chart.Row) -> str:
    """Return the words at a row's extra edge; an edge without a line names its step."""
    words = row.node.edge_label
    if row.leads_away is not None:
        words = f"{words} (ไปข้อ {row.leads_away})".strip()
    return words


def diamond_height(label: str, width: float, least: float) -> float:
    """Return the height in mm at which the words fit inside a rhombus of this width."""
    across = 0.62 * width
    lines = -(-letters(label) * LETTER * 1.15 // across)
    return max(least, round(lines * LINE / (1 - 0.62), 1))


def _cells(
    version: ProcedureVersion,
    columns: list[Column],
    steps: Sequence[ProcedureStep],
    place: int,
    lines: list[Line],
) -> list[Cell]:
    """Return the cells of a step; a spanning cell stands at the first step of its page only."""
    step = steps[place]
    spans = {span["column"]: span for span in version.print_options.get("spans", [])}
    cells = []
    for column in columns:
        if column.key == "chart":
            continue
        covered = [step]
        span = spans.get(column.key)
        if span and span["from"] <= step.number <= span["to"]:
            covered = [s for s in steps if span["from"] <= s.number <= span["to"]]
            if covered[0] is not step:
                continue
        numbers = {s.number for s in covered}
        cell = Cell(column, sum(1 for line in lines if line.row.node.step in numbers))
        source = step
        if span and len(covered) > 0 and span["from"] != step.number and column.key in spans:
            source = version.steps.filter(number=span["from"]).first() or step
        _fill(cell, version, source)
        cells.append(cell)
    return cells


def _fill(cell: Cell, version: ProcedureVersion, step: ProcedureStep) -> None:
    key = cell.column.key
    if key == "number":
        cell.lines = [[f"{step.number}{layout_of(version).number_suffix}"]]
    elif key == "time":
        cell.lines, cell.apart = _time_lines(version, step)
    elif key == "documents":
        cell.lines, cell.bullets = [[name] for name in step.documents], True
    elif key == "detail":
        texts = [text for text in (step.detail, step.control_point) if text]
        cell.lines = _text_lines("\n".join(texts))
    else:
        text = step.responsible_text if key == "responsible" else getattr(step, key)
        cell.lines = _text_lines(text)


def _text_lines(text: str) -> list[list[str]]:
    return [[line] for line in text.split("\n") if line.strip()]


def _time_lines(
    version: ProcedureVersion, step: ProcedureStep
) -> tuple[list[list[str]], list[int]]:
    """Return the lines of the step's time, and the places where another window begins."""
    if step.time_text:
        return _text_lines(step.time_text), []
    lines, apart = [], []
    for window in step.windows.all():
        if lines:
            apart.append(len(lines))
        if window.label:
            lines.append([window.label])
        words = window_words(window, version.written_for_year)
        if words:
            lines.append(words)
    return lines, apart


register(
    PaperKind(
        kind="sop",
        model=ProcedureVersion,
        label=_("SOP"),
        template="pdf/sop.html",
        stylesheets=("pdf/sop.css",),
        context=paper_context,
        title=lambda version: version.printed_name,
        agency_of=lambda version: version.procedure.agency,
        fiscal_year_of=lambda version: fiscal_year_of(clock.today()),
        visible_to=versions_visible_to,
        refine=refine,
    )
)
