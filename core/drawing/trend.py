"""A trend line over fiscal years with target and comparator, the same on page and paper."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from core.drawing import svg
from core.thai_numerals import format_decimal, to_thai_digits

WIDTH, HEIGHT = 300.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 288.0, 26.0, 160.0
Points = Sequence[tuple[int, Decimal | None]]
# The same few charts are looked at again and again; each is drawn once a process.
KEPT = 256


def trend_svg(
    points: Points,
    *,
    title: str,
    target: Decimal | None = None,
    comparator: Points = (),
    unit: str = "",
    lower_is_better: bool = False,
    thai_digits: bool = False,
    places: int = 2,
    for_print: bool = False,
    **attributes,
) -> str:
    """Return the chart of (fiscal year B.E., value) points in order of the years.

    A year whose value is None leaves a gap. The target is a dashed line, the comparator has
    squares. Values stand above their point, or below where lower is better, with `places`
    decimals on a white ground. Other attributes go to the `<svg>`.
    """
    return _drawn(
        tuple(points),
        title,
        target,
        tuple(comparator),
        unit,
        lower_is_better,
        thai_digits,
        places,
        for_print,
        tuple(attributes.items()),
    )


@lru_cache(maxsize=KEPT)
def _drawn(
    points, title, target, comparator, unit, lower_is_better, thai_digits, places, for_print, more
) -> str:
    digits = to_thai_digits if thai_digits else str
    colours = svg.paper_colours() if for_print else svg.SCREEN
    own, other = _known(points), _known(comparator)
    ticks = ticks_for([*own.values(), *other.values(), *([] if target is None else [target])])
    years = [year for year, _value in points] or list(other)
    frame = _Frame(years, ticks)
    parts = [*_axes(frame, digits, colours, unit)]
    if target is not None:
        y = frame.y(target)
        parts.append(svg.line((LEFT, y), (RIGHT, y), stroke=colours["second"], **_DASHED))
    parts.append(_comparator(frame, other))
    parts.append(_values(frame, own, digits, places, colours, below=lower_is_better))
    words = ", ".join(f"{year} = {value}" for year, value in own.items())
    return svg.drawing(WIDTH, HEIGHT, title, *parts, description=digits(words), **dict(more))


_DASHED = {"stroke_width": 1.5, "stroke_dasharray": "6 4"}


@dataclass(frozen=True)
class _Frame:
    """Turns years and values into positions inside the axes."""

    years: Sequence[int]
    ticks: Sequence[float]

    def x(self, year: int) -> float:
        span = self.years[-1] - self.years[0]
        if not span:
            return (LEFT + RIGHT) / 2
        return LEFT + 24 + (RIGHT - LEFT - 48) * (year - self.years[0]) / span

    def y(self, value) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return BOTTOM - (BOTTOM - TOP) * (float(value) - low) / (high - low)

    def place(self, values: dict) -> list[tuple[float, float]]:
        return [(self.x(year), self.y(value)) for year, value in values.items()]


def _known(points: Points) -> dict[int, Decimal]:
    return {year: value for year, value in points if value is not None}


def ticks_for(values: Sequence) -> list[float]:
    """Return 4 to 7 round figures that enclose the values, with room for their labels."""
    low, high = float(min(values, default=0)), float(max(values, default=1))
    margin = (high - low) * 0.15 or abs(high) * 0.1 or 1.0
    bottom = 0.0 if 0 <= low < high * 0.5 else low - margin
    if low >= 0:
        bottom = max(0.0, bottom)
    rough = (high + margin - bottom) / 4
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if rough <= size * times * 1.0001)
    first, last = math.floor(bottom / step), math.ceil((high + margin / 2) / step)
    return [round(step * place, 6) for place in range(first, last + 1)]


def _axes(frame: _Frame, digits, colours: dict, unit: str) -> list[str]:
    parts = []
    words = {"font_size": 11, "fill": colours["ink"], "font_family": svg.FONT}
    for tick in frame.ticks:
        y = frame.y(tick)
        parts.append(svg.line((LEFT, y), (RIGHT, y), stroke=colours["grid"], stroke_width=0.8))
        parts.append(
            svg.text(digits(f"{tick:,g}"), x=LEFT - 6, y=y + 4, text_anchor="end", **words)
        )
    for year in frame.years:
        parts.append(
            svg.text(digits(year), x=frame.x(year), y=BOTTOM + 18, text_anchor="middle", **words)
        )
    if unit:
        parts.append(svg.text(unit, x=4, y=12, **words))
    return parts


def _comparator(frame: _Frame, values: dict[int, Decimal]) -> str:
    placed = frame.place({year: values[year] for year in values if year in frame.years})
    if not placed:
        return ""
    squares = [
        svg.element("rect", x=x - 3, y=y - 3, width=6, height=6, fill="#ffffff", stroke="#666666")
        for x, y in placed
    ]
    return svg.join([svg.path(placed, stroke="#808080", stroke_width=1.3), *squares])


def _values(
    frame: _Frame, values: dict[int, Decimal], digits, places: int, colours: dict, *, below: bool
) -> str:
    if not values:
        return ""
    grounds, labels = [], []
    for (x, y), value in zip(frame.place(values), values.values(), strict=True):
        words = digits(format_decimal(value, places))
        width = 6.4 * len(words) + 6
        base = y + 18 if below else y - 10
        ground = {"x": x - width / 2, "y": base - 11, "width": width, "height": 14}
        grounds.append(svg.element("rect", **ground, fill="#ffffff"))
        labels.append(svg.element("circle", cx=x, cy=y, r=3.6, fill=colours["main"]))
        labels.append(
            svg.text(
                words,
                x=x,
                y=base,
                font_size=12,
                font_weight=600,
                text_anchor="middle",
                fill=colours["main"],
                font_family=svg.FONT,
            )
        )
    lines = [
        svg.path(run, stroke=colours["main"], stroke_width=2.4) for run in _runs(frame, values)
    ]
    return svg.join([*grounds, *lines, *labels])


def _runs(frame: _Frame, values: dict[int, Decimal]) -> list[list[tuple[float, float]]]:
    """Return the points in runs of years that follow each other on the axis."""
    runs: list[list[tuple[float, float]]] = [[]]
    for year in frame.years:
        if year in values:
            runs[-1].append((frame.x(year), frame.y(values[year])))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
