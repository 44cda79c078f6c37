"""A small line of an indicator's years for a row of a table: the figures stand beside it."""

from collections.abc import Sequence
from decimal import Decimal

from core.drawing import svg

WIDTH, HEIGHT, EDGE = 150.0, 30.0, 6.0


def spark_svg(points: Sequence[tuple[int, Decimal | None]], target: Decimal | None, name: str):
    """Return the line through the known values, this year's dot filled, the target dashed.

    Empty where fewer than two years are known: a dot alone is no trend.
    """
    known = [
        (place, float(value)) for place, (_year, value) in enumerate(points) if value is not None
    ]
    if len(known) < 2:
        return ""
    colours = svg.paper_colours()
    levels = [value for _place, value in known] + ([] if target is None else [float(target)])
    low, high = min(levels), max(levels)

    def y(value: float) -> float:
        return (
            HEIGHT / 2
            if high == low
            else HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / (high - low)
        )

    step = (WIDTH - 2 * EDGE) / (len(points) - 1)
    placed = [(EDGE + step * place, y(value)) for place, value in known]
    parts = []
    if target is not None:
        level = y(float(target))
        dashed = {"stroke": colours["second"], "stroke_width": 1.2, "stroke_dasharray": "5 3"}
        parts.append(svg.line((0, level), (WIDTH, level), **dashed))
    parts.append(svg.path(placed, stroke=colours["main"], stroke_width=2.2))
    for number, (across, down) in enumerate(placed, start=1):
        fill = colours["main"] if number == len(placed) else "#ffffff"
        ring = {"stroke": colours["main"], "stroke_width": 1.8, "fill": fill}
        parts.append(svg.element("circle", cx=across, cy=down, r=3.6, **ring))
    return svg.drawing(WIDTH, HEIGHT, f"แนวโน้ม {name}", *parts)
