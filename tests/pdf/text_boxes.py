"""Where a drawn paper's words stand: texts outside their cells, over each other, over a rhombus."""

from dataclasses import dataclass

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

# Pixels: rounding of lines, and marks that reach over the letters' own height.
SLACK = 1.5


@dataclass(frozen=True)
class Text:
    """A line of words and the boxes around it: left, top, right, foot in pixels."""

    words: str
    place: tuple[float, float, float, float]
    cell: tuple[float, float, float, float] | None
    diamond: tuple[float, float, float, float] | None
    is_flat: bool = False  # with flat corners


def watch_texts(monkeypatch) -> list[list[Text]]:
    """Return a list that fills with the texts of each page of the paper that is drawn last."""
    found: list[list[Text]] = []
    write = Document.write_pdf

    def write_pdf(document, *args, **kwargs):
        found[:] = [texts_of(page) for page in document.pages]
        return write(document, *args, **kwargs)

    monkeypatch.setattr(Document, "write_pdf", write_pdf)
    return found


def texts_of(page) -> list[Text]:
    """Return the visible texts of a page."""
    found: list[Text] = []
    whole = page._page_box
    sheet = (0.0, 0.0, whole.margin_width(), whole.margin_height())

    def walk(box, cell, diamond, is_flat, chart):
        if isinstance(box, boxes.MarginBox):
            cell, diamond = None, None
        if isinstance(box, boxes.TableCellBox):
            cell = _edges(box)
            chart = cell if "chart" in _classes(box) else chart
        if "edge" in _classes(box):  # they begin under the rhombus's tip
            cell = chart
        if isinstance(box, boxes.TableBox) and "diamond" in _classes(box):
            diamond, is_flat = _edges(box), "flat" in _classes(box)
        if _is_seen(box):
            place = (box.position_x, box.position_y, box.position_x + box.width)
            foot = box.position_y + box.height
            found.append(Text(box.text, (*place, foot), cell or sheet, diamond, is_flat))
        for child in getattr(box, "children", []):
            walk(child, cell, diamond, is_flat, chart)

    walk(whole, None, None, False, None)
    return found


def _is_seen(box) -> bool:
    if not isinstance(box, boxes.TextBox) or not box.text.strip("\u200b \n"):
        return False
    return box.style["visibility"] == "visible"


def _edges(box) -> tuple[float, float, float, float]:
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def _classes(box) -> list[str]:
    element = box.element
    return (element.get("class") or "").split() if element is not None else []


def outside(texts: list[Text]) -> list[str]:
    """Return the texts that pass an edge of their cell, or of the page."""
    return [
        text.words
        for text in texts
        if text.place[0] < text.cell[0] - SLACK
        or text.place[1] < text.cell[1] - SLACK
        or text.place[2] > text.cell[2] + SLACK
        or text.place[3] > text.cell[3] + SLACK
    ]


def overlapping(texts: list[Text]) -> list[tuple[str, str]]:
    """Return the pairs of texts that stand over each other."""
    found = []
    ordered = sorted(texts, key=lambda text: text.place[1])
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.place[1] > one.place[3] - SLACK:
                break
            across = min(one.place[2], other.place[2]) - max(one.place[0], other.place[0])
            if across > SLACK:
                found.append((one.words, other.words))
    return found


def outside_diamonds(texts: list[Text], shoulder: float) -> list[str]:
    """Return the words that reach over the slopes of their rhombus.

    Flat corners stand `shoulder` pixels from its tips. Letters themselves take the
    middle two thirds of their line's height.
    """
    found = []
    for text in texts:
        if text.diamond is None:
            continue
        left, top, right, foot = text.diamond
        half, height = (right - left) / 2, (foot - top) / 2
        air = (text.place[3] - text.place[1]) / 6
        for x in (text.place[0], text.place[2]):
            for y in (text.place[1] + air, text.place[3] - air):
                across = abs(x - (left + right) / 2) / half
                down = abs(y - (top + foot) / 2) / height
                slope = shoulder / half if text.is_flat else 1
                if down > 1 or across + down * slope > 1.03:
                    found.append(text.words)
    return found
