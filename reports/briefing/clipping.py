"""Cutting what is too long for a page that must stay one page, and saying how much is left out.

Nothing disappears unsaid: a text ends in "…" with the letters left out, a list with what is more.
"""

import re
from dataclasses import dataclass

# A letter with its marks and vowels stays whole.
_CLUSTER = re.compile(r"[เแโใไ]?[^\W_]?[ะาำๅัิ-ฺ็-๎]*", re.UNICODE)


@dataclass(frozen=True)
class Clipped:
    """The rows that are shown, and how many more there are."""

    rows: list
    more: int


def clip_text(text: str, most: int) -> str:
    """Return the text in at most about `most` letters, cut at a space where there is one near."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    head = plain[:most]
    space = head.rfind(" ")
    if space * 2 > most:
        head = head[:space]
    else:
        ends = [found.end() for found in _CLUSTER.finditer(plain) if found.end() <= most]
        head = plain[: ends[-1] if ends else most]
    return f"{head.rstrip()}… (อีก {len(plain) - len(head)} ตัวอักษร)"


def clip_list(rows: list, most: int) -> Clipped:
    """Return the first rows, and how many are left out."""
    return Clipped(list(rows[:most]), max(0, len(rows) - most))


def fit_texts(texts: list[str], lines: float, width: int, longest: int) -> Clipped:
    """Return the first texts that fit into so many lines, each cut at `longest` letters.

    `width` is how many letters a line surely takes. A row's distance to the next counts as a
    fifth of a line, and the line that tells how many are left out has its room.
    """
    taken: list[str] = []
    left = lines
    for number, text in enumerate(texts):
        cut = clip_text(text, longest)
        left -= -(-len(cut) // width) + 0.2
        if left < (1 if number + 1 < len(texts) else 0):
            break
        taken.append(cut)
    return Clipped(taken, len(texts) - len(taken))


def lines_of(found: Clipped, width: int) -> float:
    """Return how many lines the texts take, counted as `fit_texts` does."""
    return sum(-(-len(text) // width) + 0.2 for text in found.rows) + bool(found.more)
