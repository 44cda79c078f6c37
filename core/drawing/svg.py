"""The few SVG pieces that every drawing is made of.

Presentation attributes only, no style and no script: the same drawing passes the pages'
security policy and prints. All text goes through `format_html`, so a label never becomes markup.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from django.utils.html import format_html, format_html_join

FONT = "Sarabun, sans-serif"
# Colours on screen; on paper everything must still be readable when printed in grey.
SCREEN = {
    "main": "#14566b",
    "dark": "#0f4355",
    "second": "#8b5e00",
    "hatch": "#2a7186",
    "ground": "#eef5f6",
    "grid": "#d9d5cb",
    "outside": "#ede9e1",
    "now": "#b3811d",
    "ink": "#4a4a45",
}
PAPER = {
    "main": "#1f3a5f",
    "dark": "#333333",
    "second": "#555555",
    "hatch": "#333333",
    "ground": "#ffffff",
    "grid": "#b8b8b8",
    "outside": "#f0f0f0",
    "now": "#000000",
    "ink": "#1a1a1a",
}
_main_on_paper: ContextVar[str] = ContextVar("main colour on paper", default=PAPER["main"])


@contextmanager
def paper_in(main: str) -> Iterator[None]:
    """Draw for paper with this main colour inside the block: an office has its own."""
    token = _main_on_paper.set(main)
    try:
        yield
    finally:
        _main_on_paper.reset(token)


def paper_colours() -> dict[str, str]:
    """Return the colours of drawings on paper, the main one as `paper_in` set it."""
    return PAPER | {"main": _main_on_paper.get()}


def element(tag: str, /, *children: str, **attributes: object) -> str:
    """Return one element; `font_size=14` becomes `font-size="14"`, None leaves it out."""
    given = {name: value for name, value in attributes.items() if value is not None}
    values = [
        part
        for name, value in given.items()
        for part in (name.rstrip("_").replace("_", "-"), number(value))
    ]
    # One call: a drawing has hundreds of elements.
    form = "<{}" + ' {}="{}"' * len(given) + ">" + "{}" * len(children) + "</{}>"
    return format_html(form, tag, *values, *children, tag)


def join(parts: Iterable[str]) -> str:
    """Return the drawn parts as one; what is not drawn by this module is escaped."""
    return format_html_join("", "{}", ((part,) for part in parts))


def text(words: object, /, **attributes: object) -> str:
    """Return one line of words; `x` and `y` are its anchor on the base line."""
    return element("text", words, **attributes)


def line(start: tuple[float, float], end: tuple[float, float], /, **attributes: object) -> str:
    """Return a straight line between two points."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def path(points: Iterable[tuple[float, float]], /, *, closed=False, **attributes: object) -> str:
    """Return a line through the points; a closed one is filled by `fill`."""
    places = "L".join(f"{number(float(x))} {number(float(y))}" for x, y in points)
    return element("path", d=f"M{places}{'Z' if closed else ''}", **{"fill": "none"} | attributes)


def drawing(
    width: float, height: float, title: str, /, *parts: str, description="", **attributes: object
) -> str:
    """Return a whole SVG of width × height units, named for those who cannot see it."""
    words = [element("title", title)]
    if description:
        words.append(element("desc", description))
    return element(
        "svg",
        *words,
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        **attributes,
    )


def hatch(x: float, y: float, width: float, height: float, gap: float) -> str:
    """Return the path of 45° lines inside the box.

    Each line is cut at the box by calculation: WeasyPrint prints no SVG pattern.
    """
    strokes = []
    reach = gap / 2
    while reach < width + height:
        left, right = max(0.0, reach - height), min(reach, width)
        strokes.append(
            f"M{number(x + left)} {number(y + reach - left)}"
            f"L{number(x + right)} {number(y + reach - right)}"
        )
        reach += gap
    return "".join(strokes)


def number(value: object) -> str:
    """Return a coordinate with at most two decimals; anything else as its text."""
    if not isinstance(value, float | Decimal):
        return str(value)
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def backdrop(width: float, height: float, /, *parts: str, **attributes: object) -> str:
    """Return an SVG that only decorates: it has no name and is passed over when read aloud."""
    return element(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        aria_hidden="true",
        **attributes,
    )
