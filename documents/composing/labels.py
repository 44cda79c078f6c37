"""The numbers printed on pages: each row of numbers (front, body) counts through its parts.

The front's are letters ("ก"), as static/pdf/base.css says, the body's are digits of the office;
parts without numbering have none. Styles print them; here they are known before, so that contents
and indexes name the pages that the styles will print.
"""

from collections.abc import Sequence
from dataclasses import replace

from core.thai_numerals import to_thai_digits
from documents.composing.parts import Part
from documents.drawing.sheets import PART, Layout, PageLayout

NO_NUMBER, FRONT, BODY = "none", "front", "body"
NUMBERINGS = (NO_NUMBER, FRONT, BODY)
# The symbols of the counter style thai-letters; after the last one two are put together.
LETTERS = "กขคงจฉชซฌญ"


def in_letters(number: int) -> str:
    """Return 1 → ก, 10 → ญ, 11 → กก, as an alphabetic counter style counts."""
    letters = ""
    while number > 0:
        number, at = divmod(number - 1, len(LETTERS))
        letters = LETTERS[at] + letters
    return letters


def with_labels(layout: Layout, parts: Sequence[Part], *, thai_digits: bool) -> Layout:
    """Return the layout of a paper of these parts with the number that each page prints."""
    starts = {page: part for part in parts if (page := layout.page_of(PART + part.name))}
    counted = dict.fromkeys(NUMBERINGS, 0)
    pages: list[PageLayout] = []
    numbering = NO_NUMBER
    for number, page in enumerate(layout.pages, start=1):
        if number in starts:
            numbering = starts[number].numbering
        counted[numbering] += 1
        pages.append(replace(page, label=_label(numbering, counted[numbering], thai_digits)))
    return Layout(pages)


def _label(numbering: str, count: int, thai_digits: bool) -> str:
    if numbering == FRONT:
        return in_letters(count)
    if numbering == BODY:
        return to_thai_digits(str(count)) if thai_digits else str(count)
    return ""
