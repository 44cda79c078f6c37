"""The cells beside the flow chart in an SOP's printed table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.drawing import flow_chart
from workflows.models import ProcedureStep, ProcedureVersion
from workflows.sop import chart as sop_chart
from workflows.sop.chart import Frame, Measures
from workflows.sop.layouts import Column, Layout
from workflows.sop.times import window_words

ACCOUNTABLE = "ผู้รับผิดชอบหลัก/ผู้อนุมัติ: "


@dataclass
class Cell:
    """A cell of the table: what stands in it and how many rows it spans."""

    column: Column
    rowspan: int
    lines: list[list[str]] = field(default_factory=list)  # lines of parts kept whole
    bullets: bool = False
    apart: list[int] = field(default_factory=list)  # lines that begin another window
    is_span: bool = False  # it joins the cells of several steps

    @property
    def chars(self) -> int:
        """Return how many letters stand side by side, beside a dash or number if there is one."""
        return self.column.chars - (0 if self.column.centred else 2)


@dataclass(frozen=True)
class Table:
    """What a printed table is made of."""

    version: ProcedureVersion
    layout: Layout
    columns: list[Column]
    steps: list[ProcedureStep]
    measures: Measures = field(default_factory=Measures)

    @property
    def nodes(self) -> list[flow_chart.Node]:
        return sop_chart.nodes_of(self.steps)

    @property
    def frame(self) -> Frame:
        width = next(column.width for column in self.columns if column.key == "chart")
        heights = (self.layout.row_height, self.layout.decision_height)
        return sop_chart.fitted(self.layout.chart, width, heights, self.nodes)


def phase_cells(columns: Sequence[Column]) -> list[tuple[str, int]]:
    """Return the cells of a phase's band and how many columns each spans.

    The chart's lines pass through; the words stand on its wider side.
    """
    before = [column.key for column in columns].index("chart")
    after = len(columns) - before - 1
    words_after = after >= before
    cells = [("" if words_after else "words", before), ("chart", 1)]
    return [cell for cell in (*cells, ("words" if words_after else "", after)) if cell[1]]


def spans_of(version: ProcedureVersion) -> dict[str, dict[str, Any]]:
    """Return the joined cells by column: from which step to which."""
    return {span["column"]: span for span in version.print_options.get("spans", [])}


def cells_of(
    table: Table, steps: Sequence[ProcedureStep], step: ProcedureStep, phases: Mapping[int, str]
) -> list[Cell]:
    """Return the cells of a step; a joined cell stands at the first step of its run only.

    `steps` are those of the page. A new phase ends a run, because its band crosses the table.
    """
    spans, cells = spans_of(table.version), []
    sources = {each.number: each for each in table.steps}
    for column in table.columns:
        if column.key == "chart":
            continue
        covered, source = [step], step
        span = spans.get(column.key)
        if span and span["from"] <= step.number <= span["to"]:
            covered = _run(steps, step, span, phases)
            if covered[0] is not step:
                continue
            source = sources.get(span["from"], step)
        rows = sum(sop_chart.row_count(each) for each in covered)
        cell = Cell(column, rows, is_span=len(covered) > 1)
        _fill(cell, table, source)
        cells.append(cell)
    return cells


def _run(
    steps: Sequence[ProcedureStep],
    step: ProcedureStep,
    span: Mapping[str, Any],
    phases: Mapping[int, str],
) -> list[ProcedureStep]:
    """Return the steps of the page whose cells the span joins with this step's."""
    runs: list[list[ProcedureStep]] = []
    for each in steps:
        if not span["from"] <= each.number <= span["to"]:
            continue
        if not runs or each.number in phases:
            runs.append([])
        runs[-1].append(each)
    return next(run for run in runs if step in run)


def _fill(cell: Cell, table: Table, step: ProcedureStep) -> None:
    key = cell.column.key
    if key == "number":
        cell.lines = [[f"{step.number}{table.layout.number_suffix}"]]
    elif key == "time":
        cell.lines, cell.apart = _time_lines(table.version, step)
    elif key == "documents":
        cell.lines, cell.bullets = [[name] for name in step.documents], True
    elif key == "detail":
        texts = [text for text in (step.detail, step.control_point) if text]
        cell.lines = _text_lines("\n".join(texts))
    elif key == "responsible":
        cell.lines = _text_lines(step.responsible_text)
        if step.accountable_text:
            cell.lines += _text_lines(ACCOUNTABLE + step.accountable_text)
    else:
        cell.lines = _text_lines(getattr(step, key))


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
