"""Thai digits in HTML: tags stay as they are, and what is one word on paper is read as one.

`core.thai_text.wrap_protected` puts spans and <wbr> inside words ("KRS<wbr>-1"); a code or an
address cut by them must still be known as such, or it would be printed with Thai digits.
"""

import re
from html import unescape

from core.thai_numerals import to_thai_digits

_PIECES = re.compile(r"(<[^>]*>|&[#\w]+;)")
_INSIDE_WORDS = re.compile(r'<span class="(?:pmqa-)?nowrap">')


def thai_digits_in_html(html: str) -> str:
    """Return the HTML with Thai digits in its text, except in addresses, codes and Latin names."""
    pieces = _PIECES.split(html)
    words = "".join(_as_read(pieces))
    # Digits are replaced one by one: every letter keeps its place.
    turned, at = to_thai_digits(words), 0
    for place, read in enumerate(_as_read(pieces)):
        if place % 2 == 0:
            pieces[place] = turned[at : at + len(read)]
        at += len(read)
    return "".join(pieces)


def _as_read(pieces: list[str]) -> list[str]:
    """Return what each piece is to a reader: text, a letter, nothing, or a line's end."""
    read, spans = [], []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            read.append(piece)
        elif piece.startswith("&"):
            read.append(unescape(piece))
        elif piece == "<wbr>":
            read.append("")
        elif piece.startswith("<span"):
            spans.append("" if _INSIDE_WORDS.fullmatch(piece) else "\n")
            read.append(spans[-1])
        elif piece == "</span>":
            read.append(spans.pop() if spans else "\n")
        else:
            read.append("\n")
    return read
