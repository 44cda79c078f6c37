"""A radar chart of the seven categories, the same on page and paper."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.drawing import svg
from core.thai_numerals import to_thai_digits

CENTRE, RADIUS, SIZE = 160.0, 112.0, 320.0
RINGS = 5
LINE_HEIGHT = 15.0
# Room on both sides for names beside the axes.
NAMES_WIDTH, NAMES_HEIGHT = 150.0, 30.0
TINTS = {
    1: ("#e3ebf4", "#28527c"),
    2: ("#e3efe8", "#2b5f47"),
    3: ("#f5e6ec", "#7d3d56"),
    4: ("#eae8f5", "#4e4789"),
    5: ("#f6ebda", "#754a12"),
    6: ("#dff0f0", "#1f5c64"),
    7: ("#ece8e1", "#574b3c"),
}


@dataclass(frozen=True)
class Series:
    """One line of the chart: its label and one value an axis (None is drawn as 0)."""

    label: str
    values: Sequence
    is_dashed: bool = False


def radar_svg(
    axes: Sequence[int],
    series: Sequence[Series],
    maximum: float,
    *,
    title: str,
    names: Mapping[int, str] | None = None,
    thai_digits: bool = False,
    for_print: bool = False,
    **attributes,
) -> str:
    """Return the chart: one axis a category number, rings at fifths of `maximum`.

    Without `names` the axes carry number badges, for a page whose table names them. With
    `names` (by number; a "\\n" sets the line break) each axis is labelled in words, for paper.
    The description lists every figure. Other attributes go to the `<svg>`.
    """
    digits = to_thai_digits if thai_digits else str
    colours = svg.paper_colours() if for_print else svg.SCREEN
    count = len(axes)
    parts = [*_grid(count, colours), *_scale(maximum, digits, colours)]
    # The dashed line of another year lies below this year's.
    for entry in sorted(series, key=lambda entry: not entry.is_dashed):
        parts.append(_line(entry, maximum, count, colours))
    for place, number in enumerate(axes):
        if names is None:
            parts.append(_badge(number, digits(number), *_point(place, count, RADIUS + 24)))
        else:
            parts.append(_named(place, count, [f"หมวด {number}", *lines_of(names[number])], digits))
    width, height = SIZE, SIZE
    if names is not None:
        width, height = SIZE + 2 * NAMES_WIDTH, SIZE + 2 * NAMES_HEIGHT
        moved = f"translate({svg.number(NAMES_WIDTH)} {svg.number(NAMES_HEIGHT)})"
        parts = [svg.element("g", *parts, transform=moved)]
    return svg.drawing(
        width, height, title, *parts, description=_in_words(axes, series, digits), **attributes
    )


def _point(place: int, count: int, radius: float) -> tuple[float, float]:
    """Return the point at a distance on an axis; the first axis is upright, then clockwise."""
    angle = 2 * math.pi * place / count
    return CENTRE + radius * math.sin(angle), CENTRE - radius * math.cos(angle)


def _grid(count: int, colours: dict) -> list[str]:
    rings = [
        svg.path(
            [_point(place, count, RADIUS * ring / RINGS) for place in range(count)],
            closed=True,
            stroke=colours["grid"],
        )
        for ring in range(1, RINGS + 1)
    ]
    spokes = [
        svg.line((CENTRE, CENTRE), _point(place, count, RADIUS), stroke=colours["grid"])
        for place in range(count)
    ]
    return rings + spokes


def _scale(maximum: float, digits, colours: dict) -> list[str]:
    return [
        svg.text(
            digits(f"{float(maximum) * ring / RINGS:g}"),
            x=CENTRE + 5,
            y=CENTRE - RADIUS * ring / RINGS + 4,
            font_size=11,
            fill=colours["ink"],
            font_family=svg.FONT,
        )
        for ring in range(1, RINGS)
    ]


def _line(entry: Series, maximum: float, count: int, colours: dict) -> str:
    shares = [min(1.0, max(0.0, float(value or 0) / float(maximum))) for value in entry.values]
    points = [_point(place, count, RADIUS * share) for place, share in enumerate(shares)]
    if entry.is_dashed:
        return svg.path(
            points,
            closed=True,
            stroke=colours["second"],
            stroke_width=1.8,
            stroke_dasharray="5 3",
        )
    colour = colours["main"]
    area = svg.path(
        points, closed=True, fill=colour, fill_opacity=0.14, stroke=colour, stroke_width=2
    )
    dots = [svg.element("circle", cx=x, cy=y, r=3, fill=colour) for x, y in points]
    return svg.join([area, *dots])


def _badge(number: int, label: str, x: float, y: float) -> str:
    ground, ink = TINTS.get(number, TINTS[7])
    box = svg.element("rect", x=x - 11, y=y - 11, width=22, height=22, rx=5, fill=ground)
    figure = svg.text(
        label,
        x=x,
        y=y + 5,
        font_size=14,
        font_weight=700,
        text_anchor="middle",
        fill=ink,
        font_family=svg.FONT,
    )
    return svg.join([box, figure])


def _named(place: int, count: int, lines: Sequence[str], digits) -> str:
    x, y = _point(place, count, RADIUS + 14)
    across, down = (x - CENTRE) / RADIUS, (y - CENTRE) / RADIUS
    # Words grow away from the chart: upwards above it, downwards below it.
    first = y + 4 - (len(lines) - 1) * LINE_HEIGHT * (1 - down) / 2
    return svg.join(
        svg.text(
            digits(words),
            x=x,
            y=first + LINE_HEIGHT * row,
            font_size=11.5,
            font_weight=400 if row else 700,
            text_anchor="middle" if abs(across) < 0.1 else "start" if across > 0 else "end",
            fill=svg.PAPER["ink"],
            font_family=svg.FONT,
        )
        for row, words in enumerate(lines)
    )


def lines_of(name: str, longest: int = 25) -> list[str]:
    """Return a name in lines of about `longest` letters, cut only where Thai may be cut.

    The caller's own "\\n" wins; else breaks are tried at spaces and before และ, กับ and ผู้.
    """
    if "\n" in name:
        return name.split("\n")
    lines = [""]
    for piece in re.split(r"(?<=\s)|(?=และ|กับ|(?<!และ)(?<!กับ)ผู้)", name):
        if lines[-1] and len(lines[-1]) + len(piece.rstrip()) > longest:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _in_words(axes: Sequence[int], series: Sequence[Series], digits) -> str:
    return digits(
        "; ".join(
            f"{entry.label}: "
            + ", ".join(
                f"{number} = {'–' if value is None else value}"
                for number, value in zip(axes, entry.values, strict=True)
            )
            for entry in series
        )
    )
