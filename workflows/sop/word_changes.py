"""Which words of a text were taken out and which came in.

Thai has no spaces between words, so texts are compared by groups of letters that stand on one
place (a consonant with its vowels and tones); changes that lie close together are told as one.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A leading vowel belongs to the consonant after it, upper and lower marks to the one before it.
_PIECES = re.compile(r"[A-Za-z]+|[0-9๐-๙]+|\n|[^\S\n]+|[เแโใไ]?[ก-ฮ][ะาำๅัิ-ฺ็-๎]*|.", re.DOTALL)
# Fewer equal pieces than this between two changes are told as changed too.
SHORTEST_REST = 4
MOST_PIECES = 4000


@dataclass(frozen=True)
class Words:
    """A run of text: "same", "removed" or "added"."""

    kind: str
    text: str


def word_changes(old: str, new: str) -> list[Words]:
    """Return both texts as one row of runs; removed runs stand before what came in their place."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if max(len(before), len(after)) > MOST_PIECES:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    runs: list[Words] = []
    for equal, removed, added in _blocks(before, after):
        parts = (("same", equal), ("removed", removed), ("added", added))
        runs += [Words(kind, "".join(pieces)) for kind, pieces in parts if pieces]
    return runs


def _blocks(before: list[str], after: list[str]):
    """Yield (equal pieces, removed pieces, added pieces) in the order of the text."""
    equal: list[str] = []
    removed: list[str] = []
    added: list[str] = []
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
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
