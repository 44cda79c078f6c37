"""Draws with WeasyPrint: HTML in, tagged PDF and page layout out.

Reads nothing but what it is given. Runs in the process that has the limits; Django is unknown here,
so that it starts quickly.
"""

import gc
import hashlib
import logging
from pathlib import Path

from documents.drawing import weasyprint_thai  # repairs; before any drawing

import pydyf  # isort: skip
import weasyprint  # isort: skip
from weasyprint.css.counters import CounterStyle  # isort: skip
from weasyprint.formatting_structure import boxes  # isort: skip
from weasyprint.text.fonts import FontConfiguration  # isort: skip
from weasyprint.urls import URLFetcher, URLFetcherResponse  # isort: skip

from documents.drawing.sheets import FONTS, LINK_TO_PART, Layout, PageLayout, Sheet

logger = logging.getLogger(__name__)

LETTERS_KEPT_PER_PAGE = 400
PIXELS_PER_MM = 96 / 25.4


def draw_here(sheet: Sheet) -> tuple[bytes, Layout]:
    """Draw in this process, without limits."""
    return Drawer().draw(sheet)


class Drawer:
    """Draws sheets one after the other; fonts, and styles that stay the same, are read once."""

    def __init__(self):
        self._styles: list[str] | None = None

    def draw(self, sheet: Sheet) -> tuple[bytes, Layout]:
        """Return the PDF of the whole sheet and its layout."""
        document = self._render(sheet)
        return _written(document, sheet), _layout_of(document)

    def draw_part(self, sheet: Sheet) -> tuple[bytes, Layout]:
        """As `draw`, without what depends on what stands before: page numbers, running elements.

        Links to what the part does not have are kept as links to other parts.
        """
        document = self._render(sheet)
        layout = _layout_of(document)
        for page in document.pages:
            _keep_margins(page, lambda box: not _depends_on_place(box))
        _lead_out(document.pages)
        return _written(document, sheet), layout

    def draw_overlay(self, sheet: Sheet) -> bytes:
        """Return only what `draw_part` leaves out, untagged."""
        document = self._render(sheet)
        for page in document.pages:
            _keep_margins(page, _depends_on_place)
        return document.write_pdf()

    def _render(self, sheet: Sheet):
        fetcher = _fetcher(sheet)
        if self._styles != sheet.styles:
            self._shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
            self._parsed = [
                weasyprint.CSS(
                    string=style, base_url="paper:/", url_fetcher=fetcher, **self._shared
                )
                for style in sheet.styles
            ]
            self._styles = sheet.styles
        html = weasyprint.HTML(string=sheet.html, base_url="paper:/", url_fetcher=fetcher)
        return html.render(stylesheets=self._parsed, **self._shared)


def _written(document, sheet: Sheet) -> bytes:
    weasyprint_thai.mark_decoration(document.pages)
    # The ids of table heads are unique in the whole, once papers are joined.
    own = hashlib.sha256(sheet.html.encode()).hexdigest()[:12]
    return document.write_pdf(pdf_tags=True, finisher=_own_ids(own))


def _own_ids(prefix: str):
    """Return what puts the prefix before the tags' ids, which WeasyPrint numbers a drawing."""

    def own(text):
        return pydyf.String(f"{prefix}-{text.string}")

    def finish(_document, pdf):
        for item in pdf.objects:
            if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem":
                if "ID" in item:
                    item["ID"] = own(item["ID"])
                if "Headers" in item.get("A", ()):
                    item["A"]["Headers"] = pydyf.Array(own(name) for name in item["A"]["Headers"])

    return finish


def _keep_margins(page, wanted) -> None:
    box = page._page_box
    box.children = [
        child for child in box.children if not isinstance(child, boxes.MarginBox) or wanted(child)
    ]


def _depends_on_place(box) -> bool:
    """Return whether a margin box prints page numbers or a running element, such as the seal."""
    for part in box.style["content"]:
        kind, value = part
        if kind in ("counter()", "counters()") and value[0] in ("page", "pages"):
            return True
        if kind == "element()":
            return True
    return False


def _lead_out(pages) -> None:
    known = {name for page in pages for name in page.anchors}
    for page in pages:
        page.links = [
            ("external", LINK_TO_PART + target, area, box)
            if kind == "internal" and target not in known
            else (kind, target, area, box)
            for kind, target, area, box in page.links
        ]


def _fetcher(sheet: Sheet):
    """Return the only thing that opens addresses in a paper."""

    class PaperFetcher(URLFetcher):
        """Serves the office's pictures, our fonts and drawings written into our styles."""

        def fetch(self, url, headers=None):
            scheme, _colon, rest = url.partition(":")
            if scheme == "app-image" and rest in sheet.pictures:
                content_type, content = sheet.pictures[rest]
                return URLFetcherResponse(url, content, {"Content-Type": content_type})
            if scheme == "pdf-font" and rest in FONTS:
                content = (Path(sheet.font_dir) / FONTS[rest]).read_bytes()
                return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})
            if url.startswith("data:image/svg+xml"):
                return super().fetch(url, headers)
            logger.warning("A paper asked for %s: refused", url[:200])
            raise ValueError("not served in papers")

    return PaperFetcher(allowed_protocols={"data"}, allow_redirects=False)


def _layout_of(document) -> Layout:
    return Layout(
        [
            PageLayout(
                list(page.anchors),
                _text_of(page),
                _places(page),
                page._page_box.page_type.name or "",
            )
            for page in document.pages
        ]
    )


def _places(page) -> dict[str, tuple[float, float]]:
    """Return top and foot of the page's elements with an id, in mm."""
    return {
        name: (round(top / PIXELS_PER_MM, 3), round(foot / PIXELS_PER_MM, 3))
        for name, (_left, top, _right, foot) in page.anchors.items()
    }


def _text_of(page) -> str:
    """Return the beginning of a page's own text, without running heads and feet."""
    parts: list[str] = []

    def walk(box, length: int) -> int:
        if isinstance(box, boxes.MarginBox) or length > LETTERS_KEPT_PER_PAGE:
            return length
        if isinstance(box, boxes.TextBox):
            parts.append(box.text)
            return length + len(box.text)
        for child in getattr(box, "children", ()):
            length = walk(child, length)
        if isinstance(box, boxes.LineBox | boxes.BlockBox):
            parts.append(" ")
        return length

    walk(page._page_box, 0)
    return "".join(parts)


def forget() -> None:
    """Give back the memory of drawings that are done: their boxes refer to each other."""
    gc.collect()
