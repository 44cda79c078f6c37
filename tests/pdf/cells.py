"""What a drawn paper's boxes tell: texts that pass their table cell's right edge."""

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

SLACK = 1.5


def watch_cells(monkeypatch, overflowing: list[str]) -> None:
    """Collect every text that passes the right edge of its table cell while pages are drawn."""

    def walk(box, limit):
        if isinstance(box, boxes.TableCellBox):
            limit = box.position_x + box.border_width()
        if isinstance(box, boxes.TextBox) and limit and box.position_x + box.width > limit + SLACK:
            overflowing.append(box.text)
        for child in getattr(box, "children", []):
            walk(child, limit)

    write = Document.write_pdf

    def write_pdf(document, *args, **kwargs):
        for page in document.pages:
            walk(page._page_box, None)
        return write(document, *args, **kwargs)

    monkeypatch.setattr(Document, "write_pdf", write_pdf)
