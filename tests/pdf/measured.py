"""Where and how large each line of a drawn paper is, in millimetres and points."""

from dataclasses import dataclass

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

MM = 25.4 / 96
POINT = 0.75


@dataclass(frozen=True)
class Line:
    """Words beside each other in one box; size and weight are those of the first."""

    words: str
    left: float
    top: float
    right: float
    foot: float
    size: float
    is_bold: bool


def measure(monkeypatch) -> list[list[Line]]:
    """Return a list that fills with the lines of each page of the paper that is drawn last."""
    pages: list[list[Line]] = []
    write = Document.write_pdf

    def write_pdf(document, *args, **kwargs):
        pages[:] = [_lines(page._page_box) for page in document.pages]
        return write(document, *args, **kwargs)

    monkeypatch.setattr(Document, "write_pdf", write_pdf)
    return pages


def _lines(box) -> list[Line]:
    """Return the lines inside the box; blocks that stand in a line count by themselves."""
    if not isinstance(box, boxes.LineBox):
        return [line for child in getattr(box, "children", ()) for line in _lines(child)]
    texts, blocks = [], []
    _sort(box, texts, blocks)
    inner = [line for block in blocks for line in _lines(block)]
    words = "".join(text.text for text in texts).replace("\u200b", "").strip()
    return inner + ([_line(texts, words)] if words else [])


def _sort(box, texts: list, blocks: list) -> None:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TextBox):
            if child.text.strip("\u200b \n"):
                texts.append(child)
        elif isinstance(child, boxes.BlockContainerBox):
            blocks.append(child)
        else:
            _sort(child, texts, blocks)


def _line(texts: list, words: str) -> Line:
    first = texts[0]
    return Line(
        words,
        round(min(text.position_x for text in texts) * MM, 2),
        round(min(text.position_y for text in texts) * MM, 2),
        round(max(text.position_x + text.width for text in texts) * MM, 2),
        round(max(text.position_y + text.height for text in texts) * MM, 2),
        round(first.style["font_size"] * POINT, 2),
        first.style["font_weight"] >= 700,
    )


def find(pages: list[list[Line]], words: str) -> tuple[int, Line]:
    """Return page number (from 1) and the first line that begins with the words."""
    for number, page in enumerate(pages, start=1):
        for line in page:
            if line.words.startswith(words):
                return number, line
    raise AssertionError(f"{words!r} stands nowhere")
