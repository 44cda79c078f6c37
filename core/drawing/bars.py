"""Horizontal bars from nought to a hundred per cent, the same on page and paper."""

from collections.abc import Sequence
from decimal import Decimal

from core.drawing import svg
from core.thai_numerals import to_thai_digits

WIDTH, ROW, TOP = 640.0, 48.0, 8.0
LEFT, RIGHT = 4.0, 520.0
BAR = 14.0
# What a label may be long before the end of the drawing; the table beside it has it in full.
MOST_LETTERS = 72


def bars_svg(
    rows: Sequence[tuple[str, Decimal | None, str]],
    *,
    title: str,
    thai_digits: bool = False,
    for_print: bool = False,
    **attributes,
) -> str:
    """Return the chart of (label, per cent or None, words beside the bar) rows, from the top.

    A row whose value is None shows only its ground. Other attributes go to the `<svg>`.
    """
    digits = to_thai_digits if thai_digits else str
    colours = svg.paper_colours() if for_print else svg.SCREEN
    parts = []
    for place, (label, percent, beside) in enumerate(rows):
        parts.append(_bar(TOP + place * ROW, label, percent, digits(beside), colours))
    words = ", ".join(f"{label} {beside}" for label, _percent, beside in rows)
    height = TOP * 2 + ROW * len(rows)
    return svg.drawing(WIDTH, height, title, *parts, description=digits(words), **attributes)


def _bar(y: float, label: str, percent: Decimal | None, beside: str, colours: dict) -> str:
    words = {"font_family": svg.FONT, "fill": colours["ink"]}
    shown = label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1]}…"
    frame = {"x": LEFT, "y": y + 20, "height": BAR, "rx": 3}
    ground = svg.element("rect", **frame, width=RIGHT - LEFT, fill=colours["outside"])
    parts = [svg.text(shown, x=LEFT, y=y + 13, font_size=14, **words), ground]
    if percent:
        width = float(min(percent, Decimal(100))) / 100 * (RIGHT - LEFT)
        parts.append(svg.element("rect", **frame, width=max(width, 3.0), fill=colours["main"]))
    parts.append(svg.text(beside, x=RIGHT + 10, y=y + 32, font_size=14, font_weight=600, **words))
    return svg.join(parts)
