"""Which words of a text were taken out and which came in.

Thai has no spaces between words, so texts are compared by groups of letters that stand on one
place (a consonant with its vowels and tones); changes that lie close together are told as one.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

# A leading vowel belongs to the consonant after it, upper and lower marks to the one before it.
_PIECES = re.compile(r"[A-Za-z]+|[0-9๐-๙]+|\n|[^\S\n]+|[เแโใไ]?[ก-ฮ][ะาำๅัิ-ฺ็-๎]*|.", re.DOTALL)
# Fewer equal pieces than this between two changes are told as changed too.
SHORTEST_REST = 4
# What matching may cost at worst: a second or so. Plain texts stay far below.
MOST_STEPS = 10_000_000
Row = TypeVar("Row", bound=Hashable)


@dataclass(frozen=True)
class Words:
    """A run of text: "same", "removed" or "added"."""

    kind: str
    text: str


def word_changes(old: str, new: str) -> list[Words]:
    """Return both texts as one row of runs; removed runs stand before what came in their place.

    How lines end (a form sends CRLF, a file LF) is no change.
    """
    old, new = (text.replace("\r\n", "\n") for text in (old, new))
    runs: list[Words] = []
    for equal, removed, added in _blocks(*_divided(old, new)):
        parts = (("same", equal), ("removed", removed), ("added", added))
        runs += [Words(kind, "".join(pieces)) for kind, pieces in parts if pieces]
    return runs


def steps_of(old: str, new: str) -> int:
    """Return how many steps telling the two texts apart letter by letter takes at worst."""
    return _cost(_PIECES.findall(old), _PIECES.findall(new))


def row_changes(before: list[Row], after: list[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield (rows taken out, rows that came in) for each stretch that is alike or changed.

    A stretch that is alike has the same rows on both sides. Where matching takes too long, rows
    that are found on both sides wherever they stand are taken for alike.
    """
    if _cost(before, after) <= MOST_STEPS:
        for _tag, i1, i2, j1, j2 in _codes(before, after):
            yield before[i1:i2], after[j1:j2]
        return
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    yield [row for row in before if row in gone], []
    for row in after:
        yield ([], [row]) if row in come else ([row], [row])


def _divided(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return both texts in pieces, where these take too long to match in lines, else whole."""
    pieces = _PIECES.findall(old), _PIECES.findall(new)
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return next((both for both in (pieces, lines) if _cost(*both) <= MOST_STEPS), ([old], [new]))


def _cost(before: list[str], after: list[str]) -> int:
    """Return how many steps matching takes at worst, but for what begins and ends alike."""
    start, end = _alike_around(before, after)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    counts = Counter(new)
    return min(len(old), len(new)) * sum(counts[piece] for piece in old)


def _alike_around(before: list[str], after: list[str]) -> tuple[int, int]:
    """Return how many pieces are equal at the beginning, and of the rest at the end."""
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    most -= start
    return start, next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)


def _codes(before: list[str], after: list[str]):
    """Yield the opcodes of SequenceMatcher; what begins and ends alike is not matched anew."""
    start, end = _alike_around(before, after)
    if start:
        yield ("equal", 0, start, 0, start)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield (tag, start + i1, start + i2, start + j1, start + j2)
    if end:
        yield ("equal", len(before) - end, len(before), len(after) - end, len(after))


def _blocks(before: list[str], after: list[str]):
    """Yield (equal pieces, removed pieces, added pieces) in the order of the text."""
    equal: list[str] = []
    removed: list[str] = []
    added: list[str] = []
    codes = list(_codes(before, after))
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        rest = before[i1:i2]
        inside = 0 < place < len(codes) - 1
        if tag == "equal" and not (inside and _is_short(rest)):
            if removed or added:
                yield equal, removed, added
                equal, removed, added = [], [], []
            equal = rest
        else:
            removed += before[i1:i2]
            added += after[j1:j2]
    yield equal, removed, added


def _is_short(pieces: list[str]) -> bool:
    return len(pieces) < SHORTEST_REST and "\n" not in pieces
