"""The lines of a drawn paper as WeasyPrint placed them, for proofs about whole pages.

`captured(pages)` keeps the pages of the drawing that runs inside it; `lines_of(page)` tells its
lines of text with the block, cell and headings they stand in.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

# Smaller is above; a table's caption belongs to what is below it, too.
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "caption": 5}


@dataclass(frozen=True)
class PageLine:
    """One line: its words, its edges in pixels, and what it stands in."""

    words: str
    left: float
    top: float
    right: float
    foot: float
    block: Any  # the element of the block whose line it is
    block_width: float
    cell_right: float | None
    heading: int  # its level, 0 for text
    is_margin: bool


@contextmanager
def captured():
    """Yield a list that holds the pages of the last drawing made inside the block."""
    pages: list = []
    write = Document.write_pdf

    def write_pdf(document, *args, **kwargs):
        pages[:] = document.pages
        return write(document, *args, **kwargs)

    Document.write_pdf = write_pdf
    try:
        yield pages
    finally:
        Document.write_pdf = write


@dataclass(frozen=True)
class _Around:
    """What surrounds a box."""

    block: Any = None
    width: float = 0
    cell_right: float | None = None
    heading: int = 0
    is_margin: bool = False

    def inside(self, box):
        """Return what surrounds the box's children."""
        changes = dict(vars(self))
        if isinstance(box, boxes.MarginBox):
            changes |= {"is_margin": True, "cell_right": None}
        if isinstance(box, boxes.TableCellBox):
            changes["cell_right"] = box.border_box_x() + box.border_width()
        if isinstance(box, boxes.BlockContainerBox):
            changes |= {"block": box.element, "width": box.width}
        tag = getattr(box.element, "tag", "")
        if isinstance(tag, str):
            changes["heading"] = HEADINGS.get(tag, self.heading)
        return _Around(**changes)


def lines_of(page) -> list[PageLine]:
    """Return the visible lines of a page, from its boxes' order."""
    found: list[PageLine] = []
    _walk(page._page_box, _Around(), found)
    return found


def _walk(box, around: _Around, found: list[PageLine]) -> None:
    if isinstance(box, boxes.LineBox):
        line = _line(box, around)
        if line:
            found.append(line)
    inner = around.inside(box)
    for child in getattr(box, "children", ()):
        _walk(child, inner, found)


def _line(box, around: _Around) -> PageLine | None:
    texts = list(_texts(box))
    words = "".join(text.text for text in texts)
    if not words.strip("\u200b \n"):
        return None
    return PageLine(
        words,
        min(text.position_x for text in texts),
        min(text.position_y for text in texts),
        max(text.position_x + text.width for text in texts),
        max(text.position_y + text.height for text in texts),
        around.block,
        around.width,
        around.cell_right,
        around.heading,
        around.is_margin,
    )


def _texts(box):
    """Yield the text boxes of a line; blocks that stand in it have lines of their own."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TextBox):
            if child.style["visibility"] == "visible" and child.style["font_size"] > 1:
                yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)


def tables_of(page) -> list:
    """Return the tables on a page."""
    return [box for box in page._page_box.descendants() if isinstance(box, boxes.TableBox)]
