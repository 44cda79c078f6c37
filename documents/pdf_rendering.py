"""The one door to WeasyPrint: HTML in, PDF and its page layout out.

`render_pdf` fills a template and draws it. Drawing reads nothing but what it is given: pictures
of the office, our fonts and our print styles. Styles say sizes in TH Sarabun points, `th(16)`,
which become Sarabun points here and nowhere else.
"""

import hashlib
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

# Sarabun's letters are larger than TH Sarabun's (ก 0.576 against 0.386 em).
TH_POINT = 0.67
FONTS = {
    "regular": "400Regular/Sarabun_400Regular.ttf",
    "italic": "400Regular_Italic/Sarabun_400Regular_Italic.ttf",
    "bold": "700Bold/Sarabun_700Bold.ttf",
    "bold-italic": "700Bold_Italic/Sarabun_700Bold_Italic.ttf",
}
BASE_STYLESHEET = "pdf/base.css"
SEAL_STYLESHEET = "pdf/seal.css"
SECONDS_PER_PASS = 60
LETTERS_KEPT_PER_PAGE = 400
PIXELS_PER_MM = 96 / 25.4
# What a drawing process may know of ours: no password, no address of a database.
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME")
_TH_SIZE = re.compile(r"\bth\(\s*([\d.]+)\s*\)")


class PaperTooLarge(Exception):
    """Drawing ran out of its time or memory."""


class PaperFailed(Exception):
    """Drawing ended with an error."""


@dataclass(frozen=True)
class PageLayout:
    """What stands on one page: the ids of its elements, and the beginning of its text.

    `places` tells top and foot of each element with an id, in mm from the page's top.
    """

    ids: list[str]
    text: str
    places: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """Where things came to stand. Pages count from 1."""

    pages: list[PageLayout]

    @property
    def page_count(self) -> int:
        return len(self.pages)

    @property
    def element_pages(self) -> dict[str, int]:
        """Return the page on which each element with an id begins."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.pages, start=1):
            for element_id in page.ids:
                found.setdefault(element_id, number)
        return found

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Return top and foot of each element with an id, in mm, on the page where it begins."""
        found: dict[str, tuple[float, float]] = {}
        for page in self.pages:
            for element_id, place in page.places.items():
                found.setdefault(element_id, place)
        return found

    def page_of(self, element_id: str) -> int | None:
        """Return the page on which the element begins, None if it is on none."""
        return self.element_pages.get(element_id)

    def first_words(self, page: int, count: int = 3) -> str:
        """Return the first `count` words (between spaces) of a page's text."""
        return " ".join(self.pages[page - 1].text.split()[:count])


@dataclass(frozen=True)
class Sheet:
    """Everything one drawing needs: HTML, styles by text, pictures by id (type, bytes)."""

    html: str
    styles: list[str]
    font_dir: str
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderedPaper:
    """A finished paper: the HTML that was drawn, the PDF and where things stand in it."""

    html: str
    pdf: bytes
    layout: Layout

    @property
    def page_count(self) -> int:
        return self.layout.page_count


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    stylesheets: Sequence[str],
    *,
    title: str,
    author: str = "",
    thai_digits: bool = True,
    refine: Callable[[dict, Layout], dict] | None = None,
    pictures_for: Callable[[str], dict[str, tuple[str, bytes]]] | None = None,
    draw: Callable[[Sheet], tuple[bytes, Layout]] | None = None,
    seal: Any = None,
) -> RenderedPaper:
    """Return the paper made of a template and its context.

    `stylesheets` name files under static/, constants of the caller; pdf/base.css always comes
    first. `refine(context, layout)` asks for a second pass with the context it returns.
    `pictures_for(html)` loads the pictures that `app-image:<id>` addresses name. `draw` is
    `draw_in_child` for papers of users' text (default), `draw_here` for trusted tests. `seal`
    (documents.issued_papers.Seal) stands on the foot of every page of a frozen paper.
    Raises PaperTooLarge or PaperFailed.
    """
    draw = draw or draw_in_child
    styles = [_digits_style(thai_digits)]
    styles += [read_style(name) for name in (BASE_STYLESHEET, *stylesheets)]
    if seal is not None:
        styles.append(read_style(SEAL_STYLESHEET))
    context = {"title": title, "author": author, "seal": seal, **context}

    def one_pass() -> tuple[str, bytes, Layout]:
        html = render_to_string(template, context)
        if seal is not None and seal.code not in html:
            raise PaperFailed(f"{template} has no place for the seal: include pdf/_seal.html")
        pictures = pictures_for(html) if pictures_for else {}
        return html, *draw(Sheet(html, styles, str(settings.PDF_FONT_DIR), pictures))

    html, pdf, layout = one_pass()
    if refine is not None:
        context = refine(context, layout)
        html, pdf, layout = one_pass()
    return RenderedPaper(html, pdf, layout)


def read_style(name: str) -> str:
    """Return one of our print styles with its TH sizes turned into Sarabun points."""
    return in_sarabun_points((settings.BASE_DIR / "static" / name).read_text())


def in_sarabun_points(style: str) -> str:
    """`th(16)` → `10.72pt`."""
    return _TH_SIZE.sub(lambda size: f"{float(size[1]) * TH_POINT:.4g}pt", style)


def _digits_style(thai: bool) -> str:
    """Define the counter style `digits` as the office prints its numbers."""
    return f"@counter-style digits {{ system: extends {'thai' if thai else 'decimal'} }}"


def draw_here(sheet: Sheet) -> tuple[bytes, Layout]:
    """Draw in this process, without limits."""
    from documents import weasyprint_thai  # repairs; before any drawing

    import weasyprint  # isort: skip
    from weasyprint.css.counters import CounterStyle  # isort: skip
    from weasyprint.text.fonts import FontConfiguration  # isort: skip

    fetcher = _fetcher(sheet)
    fonts, counters = FontConfiguration(), CounterStyle()
    shared = {"font_config": fonts, "counter_style": counters}
    styles = [
        weasyprint.CSS(string=style, base_url="paper:/", url_fetcher=fetcher, **shared)
        for style in sheet.styles
    ]
    html = weasyprint.HTML(string=sheet.html, base_url="paper:/", url_fetcher=fetcher)
    document = html.render(stylesheets=styles, **shared)
    layout = Layout(
        [PageLayout(list(page.anchors), _text_of(page), _places(page)) for page in document.pages]
    )
    weasyprint_thai.mark_decoration(document.pages)
    # The ids of table heads are unique in the whole, once papers are joined.
    own = hashlib.sha256(sheet.html.encode()).hexdigest()[:12]
    return document.write_pdf(pdf_tags=True, finisher=_own_ids(own)), layout


def _own_ids(prefix: str):
    """Return what puts the prefix before the tags' ids, which WeasyPrint numbers a drawing."""
    import pydyf

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


def draw_in_child(sheet: Sheet) -> tuple[bytes, Layout]:
    """Draw in a process of its own, within limits of time and memory (documents.render_child)."""
    with tempfile.TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        pictures = {}
        for picture_id, (content_type, content) in sheet.pictures.items():
            (folder / picture_id).write_bytes(content)
            pictures[picture_id] = content_type
        job = {**asdict(sheet), "pictures": pictures}
        (folder / "sheet.json").write_text(json.dumps(job))
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        command = [sys.executable, "-m", "documents.render_child", str(folder)]
        try:
            done = subprocess.run(
                command,
                cwd=settings.BASE_DIR,
                env=environment,
                capture_output=True,
                timeout=SECONDS_PER_PASS,
            )
        except subprocess.TimeoutExpired as error:
            raise PaperTooLarge from error
        if done.stderr:
            logger.warning("Drawing a paper: %s", done.stderr.decode(errors="replace")[-4000:])
        if done.returncode < 0 or done.returncode == 3:
            raise PaperTooLarge
        if done.returncode:
            raise PaperFailed(done.stderr.decode(errors="replace")[-1000:])
        pages = json.loads((folder / "layout.json").read_text())
        layout = Layout([PageLayout(**page) for page in pages])
        return (folder / "paper.pdf").read_bytes(), layout


def _fetcher(sheet: Sheet):
    """Return the only thing that opens addresses in a paper."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

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


def _places(page) -> dict[str, tuple[float, float]]:
    """Return top and foot of the page's elements with an id, in mm."""
    return {
        name: (round(top / PIXELS_PER_MM, 3), round(foot / PIXELS_PER_MM, 3))
        for name, (_left, top, _right, foot) in page.anchors.items()
    }


def _text_of(page) -> str:
    """Return the beginning of a page's own text, without running heads and feet."""
    from weasyprint.formatting_structure import boxes

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
