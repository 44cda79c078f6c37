"""Words that were searched, marked where they stand in a text as it is written."""

from collections.abc import Iterable

from core.thai_text import TONES_AND_MARKS, fold_for_search, normalize

# Letters on each side of the first find that a list shows.
AROUND = 80
Piece = tuple[str, bool]


def searchable(texts: Iterable[str]) -> str:
    """Return texts in the folded form that is stored for searching, a line each."""
    return "\n".join(fold_for_search(text) for text in texts if text)


def marked(text: str, typed: str) -> list[Piece]:
    """Return the text in pieces, each with whether a typed word was found there."""
    text = normalize(text)
    spans = _found(text, typed)
    pieces: list[Piece] = []
    place = 0
    for start, end in spans:
        if start > place:
            pieces.append((text[place:start], False))
        pieces.append((text[start:end], True))
        place = end
    if place < len(text):
        pieces.append((text[place:], False))
    return pieces


def excerpt(text: str, typed: str) -> list[Piece]:
    """Return the pieces around the first find, else the beginning of the text."""
    text = normalize(" ".join(text.split()))
    spans = _found(text, typed)
    start = max(0, spans[0][0] - AROUND) if spans else 0
    end = (spans[0][1] if spans else 0) + 2 * AROUND
    # Neither end may cut a mark off its letter.
    while 0 < start < len(text) and _hangs(text[start]):
        start -= 1
    while end < len(text) and _hangs(text[end]):
        end += 1
    pieces = marked(text[start:end], typed)
    before = [("…", False)] if start else []
    return [*before, *pieces, *([("…", False)] if end < len(text) else [])]


def _found(text: str, typed: str) -> list[tuple[int, int]]:
    """Return where the typed words stand, in order and without overlap."""
    folded, places = _with_places(text)
    spans = []
    for word in filter(None, map(fold_for_search, typed.split())):
        at = folded.find(word)
        while at >= 0:
            end = places[at + len(word) - 1] + 1
            while end < len(text) and _hangs(text[end]):
                end += 1
            spans.append((places[at], end))
            at = folded.find(word, at + len(word))
    return _joined(sorted(spans))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text and where each of its letters stands in the text itself."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for lower in fold_for_search(letter):
            letters.append(lower)
            places.append(place)
    return "".join(letters), places


def _hangs(letter: str) -> bool:
    """Return whether the letter is a mark, drawn with the letter before it."""
    return letter in TONES_AND_MARKS or letter in "ัิีึืฺุู"
