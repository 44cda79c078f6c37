"""What an office's look is made of, and the words by which print styles name it.

Styles say `look(main)`, `look(second)`, `look(pale)`, `look(paler)` for colours of ours or the
office's; `look(chosen)` and `look(head)` are ink and grey until the office chose a colour;
`text(16)` is a size of running text, `leading(18.6pt)` the height of its lines. Colours stay
readable when printed in grey: their contrast is one of lightness (WCAG 2.2, 1.4.3).
"""

import re
from dataclasses import dataclass

MAIN_COLOUR, ACCENT_COLOUR, FONT_SIZE = "#1f3a5f", "#b08d3c", 16
# The grounds of table heads and of sums, as they were drawn by hand for our own main colour.
OUR_GROUNDS = ("#e7ecf3", "#f4f6f9")
SHARE_OF_GROUNDS = (0.1, 0.05)
WHITE, INK, GREY = "#ffffff", "#1a1a1a", "#efefef"
LEAST_OF_TEXT, LEAST_OF_LINES = 4.5, 3.0
SMALLEST_TEXT, LARGEST_TEXT = 14, 18
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_NAMED = re.compile(r"\blook\((main|second|pale|paler|chosen|head)\)")
_TEXT = re.compile(r"\btext\(\s*([\d.]+)\s*\)")
_LEADING = re.compile(r"\bleading\(\s*([\d.]+)pt\s*\)")


@dataclass(frozen=True)
class Look:
    """What templates and styles of papers read; pictures are keys of stored files.

    Official papers (orders, announcements, letters, memos) take only the emblem from it.
    `second_colour` is the accent where the office chose one, else the main colour;
    `chosen_colour` is blank until the office chose a main one.
    """

    name: str
    main_colour: str = MAIN_COLOUR
    accent_colour: str = ACCENT_COLOUR
    font_size: int = FONT_SIZE
    emblem_id: int | None = None
    logo_id: int | None = None
    second_colour: str = MAIN_COLOUR
    chosen_colour: str = ""


OURS = Look("")


def in_look(style: str, look: Look = OURS) -> str:
    """Return a print style with the look's colours and size in the place of their names."""
    pale, paler = grounds_of(look.main_colour)
    colours = {
        "main": look.main_colour,
        "second": look.second_colour,
        "pale": pale,
        "paler": paler,
        "chosen": look.chosen_colour or INK,
        "head": pale if look.chosen_colour else GREY,
    }
    scale = look.font_size / FONT_SIZE
    style = _NAMED.sub(lambda found: colours[found[1]], style)
    style = _TEXT.sub(lambda size: f"th({float(size[1]) * scale:.4g})", style)
    return _LEADING.sub(lambda height: f"{float(height[1]) * scale:.4g}pt", style)


def grounds_of(main: str) -> tuple[str, str]:
    """Return the two pale grounds that go with a main colour."""
    if main == MAIN_COLOUR:
        return OUR_GROUNDS
    pale, paler = (_mixed(main, share) for share in SHARE_OF_GROUNDS)
    return pale, paler


def is_colour(text: str) -> bool:
    """Return whether the text is a colour as we keep them: "#1f3a5f"."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (none) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_of_text(main: str) -> float:
    """Return the lesser contrast of white words on the colour and of its words on its ground."""
    return min(contrast(main, WHITE), contrast(main, grounds_of(main)[0]))


def _mixed(colour: str, share: float) -> str:
    """Return white with a share of the colour in it."""
    parts = (round(255 - (255 - part) * share) for part in _parts(colour))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
