"""A Gantt chart for a fiscal year: hatched plan above solid actual, one drawing a row.

The page or paper puts each row's drawing into the wide cell of its table, so that the words
stay words. Steps may leave the year before October or after September and are never clipped:
the months are extended until everything fits, or, where a paper's width is fixed, an arrow at
the edge says that the bar goes on.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core import thai_dates
from core.drawing import svg
from core.fiscal_year import first_day, month_start

MONTH_WIDTH = 60.0
ROW_HEIGHT = 44.0
PLAN_TOP, ACTUAL_TOP, BAR = 8.0, 25.0, 11.0
BEFORE_TOP, FIXED_TOP = 3.5, 16.5
# A span set by others: an open bar with a thick edge.
OPEN = {"dark": "#ffffff", "edge": "#4b468a"}
# Reporting rounds end after so many months; paper marks the quarters.
ROUNDS, QUARTERS = (6, 9), (3, 6, 9)
HATCH_GAP = 6.0
ARROW = 8.0
NARROWEST = 4.0


@dataclass(frozen=True)
class GanttRow:
    """One row: planned spans and the actual span, all C.E. dates, both ends included.

    `before` are spans of the plan as they were before somebody shifted them; `fixed` are spans
    that others set.
    """

    title: str
    planned: Sequence[tuple[dt.date, dt.date]] = ()
    actual: tuple[dt.date, dt.date] | None = None
    before: Sequence[tuple[dt.date, dt.date]] = ()
    fixed: Sequence[tuple[dt.date, dt.date]] = ()


@dataclass
class Gantt:
    """The chart: its months with labels, one drawing a row, and the ground behind every row.

    The ground (months, shading, today) may be stretched to the height of a row; bars keep theirs.
    """

    months: list[dict]
    rows: list[str]
    ground: str
    width: float
    today_x: float | None = None


def gantt(
    rows: Sequence[GanttRow],
    year_be: int,
    *,
    today: dt.date | None = None,
    language: str | None = None,
    extend: bool = True,
    reach: tuple[int, int] | None = None,
    for_print: bool = False,
) -> Gantt:
    """Return the chart of a fiscal year (B.E.); every row shares the months' scale.

    `months` holds one dict a month: label, start (its first day), is_outside (of the year) and
    is_now. With `extend=False` only the year's twelve months are drawn and bars that leave it
    end in an arrow head; `reach` are the most months drawn before and after the year. The line
    at `today` is gold on screen and black on paper.
    """
    first, last = _months_shown(rows, year_be) if extend else (0, 11)
    if reach is not None:
        first, last = max(first, -reach[0]), min(last, 11 + reach[1])
    scale = _Scale(year_be, first, last)
    months = [_month(offset, year_be, today, language) for offset in range(first, last + 1)]
    today_x = scale.x(today) if today and scale.shows(today) else None
    colours = svg.paper_colours() if for_print else svg.SCREEN
    drawings = [_row(row, scale, colours) for row in rows]
    ground = _ground(scale, today_x, colours, for_print)
    return Gantt(months, drawings, ground, scale.width, today_x)


class _Scale:
    """Turns days into positions; every month is equally wide."""

    def __init__(self, year_be: int, first: int, last: int):
        self.origin = month_start(year_be, first)
        self.end = month_start(year_be, last + 1)
        self.months = last - first + 1
        self.width = MONTH_WIDTH * self.months
        self.year_start = self.x(month_start(year_be, 0))
        self.year_end = self.x(month_start(year_be, 12))

    def shows(self, day: dt.date) -> bool:
        return self.origin <= day < self.end

    def x(self, day: dt.date) -> float:
        """Return the position of the day's beginning."""
        months = (day.year - self.origin.year) * 12 + day.month - self.origin.month
        following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
        days = (following - day.replace(day=1)).days
        return MONTH_WIDTH * (months + (day.day - 1) / days)

    def span(self, span: tuple[dt.date, dt.date]) -> tuple[float, float]:
        """Return where the span begins and where its last day ends."""
        start, end = span
        left, right = self.x(start), self.x(end + dt.timedelta(days=1))
        return left, max(right, left + NARROWEST)


def _months_shown(rows: Sequence[GanttRow], year_be: int) -> tuple[int, int]:
    first, last = 0, 11
    for row in rows:
        actual = [row.actual] if row.actual else []
        for start, end in [*row.planned, *actual, *row.before, *row.fixed]:
            first = min(first, _offset(start, year_be))
            last = max(last, _offset(end, year_be))
    return first, last


def _offset(day: dt.date, year_be: int) -> int:
    """Return how many months after October of the fiscal year the day lies."""
    start = first_day(year_be)
    return (day.year - start.year) * 12 + day.month - start.month


def _month(offset: int, year_be: int, today: dt.date | None, language: str | None) -> dict:
    start = month_start(year_be, offset)
    return {
        "label": thai_dates.short_month(start, language),
        "start": start,
        "is_outside": not 0 <= offset <= 11,
        "is_now": bool(today) and (today.year, today.month) == (start.year, start.month),
    }


def _row(row: GanttRow, scale: _Scale, colours: dict) -> str:
    parts = [_outline(scale.span(span), scale, colours) for span in row.before]
    for span in row.fixed:
        parts.append(_bar(scale.span(span), FIXED_TOP, scale, colours | OPEN, is_plan=False))
    for span in row.planned:
        parts.append(_bar(scale.span(span), PLAN_TOP, scale, colours, is_plan=True))
    if row.actual:
        parts.append(_bar(scale.span(row.actual), ACTUAL_TOP, scale, colours, is_plan=False))
    return svg.drawing(
        scale.width,
        ROW_HEIGHT,
        row.title,
        *parts,
        description=_in_words(row),
        preserveAspectRatio="none",
        class_="pmqa-gantt__row",
    )


def _outline(ends: tuple[float, float], scale: _Scale, colours: dict) -> str:
    """Draw a dashed line above the bars: where the plan stood before it was shifted."""
    left, right = max(ends[0], 0.0), min(ends[1], scale.width)
    if right <= left:
        return ""
    start, end = (left, BEFORE_TOP), (right, BEFORE_TOP)
    return svg.line(start, end, stroke=colours["second"], stroke_width=2, stroke_dasharray="5 3")


def _ground(scale: _Scale, today_x: float | None, colours: dict, for_print: bool) -> str:
    """Shade the months outside the year, draw the lines between months and the day's line.

    On screen the rounds' ends are dashed, on paper the quarters' ends are darker.
    """
    outside = [(0.0, scale.year_start), (scale.year_end, scale.width)]
    parts = [
        svg.element("rect", x=left, width=right - left, height=ROW_HEIGHT, fill=colours["outside"])
        for left, right in outside
        if right > left
    ]
    lines = "".join(
        f"M{MONTH_WIDTH * place:g} 0V{ROW_HEIGHT:g}" for place in range(1, scale.months)
    )
    parts.append(
        svg.element("path", d=lines, stroke=colours["grid"], stroke_width=0.8, fill="none")
    )
    ends = [scale.year_start + MONTH_WIDTH * month for month in (QUARTERS if for_print else ROUNDS)]
    plain = {"stroke": "#8a8a8a", "stroke_width": 0.9}
    dashed = {"stroke": colours["second"], "stroke_width": 1.6, "stroke_dasharray": "5 4"}
    parts += [_upright(x, **(plain if for_print else dashed)) for x in ends]
    edges = [x for x in (scale.year_start, scale.year_end) if 0 < x < scale.width]
    parts += [_upright(x, stroke=colours["ink"], stroke_width=2) for x in edges]
    if today_x is not None:
        width = 4 if for_print else 2
        parts.append(
            svg.element("rect", x=today_x, width=width, height=ROW_HEIGHT, fill=colours["now"])
        )
    return svg.backdrop(
        scale.width,
        ROW_HEIGHT,
        *parts,
        preserveAspectRatio="none",
        class_="pmqa-gantt__ground",
    )


def _upright(x: float, **attributes: object) -> str:
    return svg.line((x, 0), (x, ROW_HEIGHT), **attributes)


def _bar(
    ends: tuple[float, float], top: float, scale: _Scale, colours: dict, *, is_plan: bool
) -> str:
    """Draw a bar, hatched for the plan; where it leaves the drawing it ends in an arrow head."""
    left, right = ends
    parts = []
    colour = colours["hatch"] if is_plan else colours["dark"]
    if left < 0:
        left = ARROW
        parts.append(_arrow(0.0, ARROW, top, colour))
    if right > scale.width:
        right = scale.width - ARROW
        parts.append(_arrow(scale.width, right, top, colour))
    width = right - left
    if width <= 0:  # it lies wholly outside: the arrow alone stands for it
        return svg.join(parts)
    box = {"x": left, "y": top, "width": width, "height": BAR, "rx": 2}
    if not is_plan:
        edge = {"stroke": colours["edge"], "stroke_width": 2} if "edge" in colours else {}
        return svg.join([*parts, svg.element("rect", **box, fill=colour, **edge)])
    lines = svg.hatch(left, top, width, BAR, HATCH_GAP)
    return svg.join(
        [
            *parts,
            svg.element("rect", **box, fill=colours["ground"], stroke=colour),
            svg.element("path", d=lines, stroke=colour, stroke_width=1.3, fill="none"),
        ]
    )


def _arrow(tip: float, foot: float, top: float, colour: str) -> str:
    points = [(tip, top + BAR / 2), (foot, top), (foot, top + BAR)]
    return svg.path(points, closed=True, fill=colour)


def _in_words(row: GanttRow) -> str:
    """Return plan and actual as dates, for those who cannot see the bars."""
    spans = [thai_dates.format_range(*span) for span in (*row.planned, *row.fixed)]
    if row.actual:
        spans.append(f"({thai_dates.format_range(*row.actual)})")
    return ", ".join(spans)
