"""Cutting what is too long for a page that must stay one page, and saying how much is left out.

Nothing disappears unsaid: a text ends in "…" with the letters left out, a list with what is more.
A row is a text with the remarks below it, each a paragraph of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.thai_text import shown_length

# A letter with its marks and vowels stays whole.
_CLUSTER = re.compile(r"[เแโใไ]?[^\W_]?[ะาำๅัิ-ฺ็-๎]*", re.UNICODE)
Row = Sequence[str]
# A row's distance to the next one, in lines.
GAP = 0.25


@dataclass(frozen=True)
class Clipped:
    """The rows that are shown, and how many more there are."""

    rows: list
    more: int


@dataclass(frozen=True)
class Block:
    """What is never parted between two columns, and how many lines it takes."""

    said: Any
    lines: float


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


def fit_rows(rows: Sequence[Row], lines: float, width: int, longest: int) -> Clipped:
    """Return the first rows that fit into so many lines, each paragraph cut at `longest` letters.

    `width` is how many letters a line takes, counted as `shown_length` does. The line that tells
    how many rows are left out has its room.
    """
    taken: list[Row] = []
    left = lines
    for number, row in enumerate(rows):
        cut = tuple(clip_text(text, longest) for text in row)
        left -= lines_of([cut], width)
        if left < (1 if number + 1 < len(rows) else 0):
            break
        taken.append(cut)
    return Clipped(taken, len(rows) - len(taken))


def lines_of(rows: Sequence[Row], width: int) -> float:
    """Return how many lines the rows take."""
    return sum(GAP + sum(-(-shown_length(text) // width) for text in row) for row in rows)


def in_columns(blocks: Sequence[Block], count: int) -> list[list[Block]]:
    """Return the blocks in their order in so many columns, the highest as low as it can be."""
    lowest = max((block.lines for block in blocks), default=0)
    while len(columns := _filled(blocks, lowest)) > count:
        lowest += GAP
    return columns + [[] for _empty in range(count - len(columns))]


def _filled(blocks: Sequence[Block], height: float) -> list[list[Block]]:
    columns: list[list[Block]] = [[]]
    used = 0.0
    for block in blocks:
        if columns[-1] and used + block.lines > height:
            columns.append([])
            used = 0.0
        columns[-1].append(block)
        used += block.lines
    return columns


def shares(needs: Sequence[float], room: float) -> list[float]:
    """Return how much of the room each part gets: no part more than it needs.

    Parts that need less than an equal share leave the rest of it to the others.
    """
    given = [0.0] * len(needs)
    waiting = sorted(range(len(needs)), key=lambda place: needs[place])
    for count, place in enumerate(waiting):
        equal = (room - sum(given)) / (len(waiting) - count)
        given[place] = min(needs[place], max(0.0, equal))
    return given
