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
