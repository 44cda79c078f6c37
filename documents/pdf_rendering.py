"""The one door to paper: a template and its context in, PDF and its page layout out.

`render_pdf` fills a template and draws it. Drawing reads nothing but what it is given: pictures
of the office, our fonts and our print styles. Styles say sizes in TH Sarabun points, `th(16)`,
which become Sarabun points here and nowhere else.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from documents.composing.cache import PartCache
from documents.composing.composer import Composer, Drawing, WholeDrawing
from documents.composing.parts import cut
from documents.drawing.drawing_child import DrawingChild
from documents.drawing.sheets import (
    FONTS,
    PASSED_ON,
    Layout,
    PageLayout,
    PaperFailed,
    PaperTooLarge,
    RenderedPaper,
    Sheet,
)
from documents.house_look.look import OURS, Look, in_look
from documents.watching import NobodyWatches, Watcher

__all__ = [
    "FONTS",
    "PASSED_ON",
    "Layout",
    "PageLayout",
    "PaperFailed",
    "PaperTooLarge",
    "RenderedPaper",
    "Sheet",
    "draw_here",
    "draw_in_child",
    "render_pdf",
]

# Sarabun's letters are larger than TH Sarabun's (ก 0.576 against 0.386 em).
TH_POINT = 0.67
BASE_STYLESHEET = "pdf/base.css"
SEAL_STYLESHEET = "pdf/seal.css"
# A paper in parts settles in two passes; more are needed where page numbers move its contents.
MOST_PASSES = 4
_TH_SIZE = re.compile(r"\bth\(\s*([\d.]+)\s*\)")


@dataclass
class _Filling:
    """Fills the template for each pass."""

    template: str
    context: dict
    styles: list[str]
    seal: Any
    pictures_for: Callable[[str], dict[str, tuple[str, bytes]]] | None

    def sheet(self) -> Sheet:
        html = render_to_string(self.template, self.context)
        if self.seal is not None and self.seal.code not in html:
            raise PaperFailed(f"{self.template} has no place for the seal: include pdf/_seal.html")
        pictures = self.pictures_for(html) if self.pictures_for else {}
        return Sheet(html, self.styles, str(settings.PDF_FONT_DIR), pictures)


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    stylesheets: Sequence[str],
    *,
    title: str,
    author: str = "",
    thai_digits: bool = True,
    look: Look = OURS,
    refine: Callable[[dict, Layout], dict] | None = None,
    pictures_for: Callable[[str], dict[str, tuple[str, bytes]]] | None = None,
    draw: Callable[[Sheet], tuple[bytes, Layout]] | None = None,
    seal: Any = None,
    cache: PartCache | None = None,
    watch: Watcher | None = None,
    section: str = "",
) -> RenderedPaper:
    """Return the paper made of a template and its context.

    `stylesheets` name files under static/, constants of the caller; pdf/base.css always comes
    first; they name what the office chose (documents.house_look.look), `look` says what that is.
    `refine(context, layout)` asks for a second pass with the context it returns; a paper in parts
    (`{% part %}`) asks it again until nothing changes. `pictures_for(html)` loads the pictures
    that `app-image:<id>` addresses name. `seal` (documents.issued.seals.Seal) stands on the foot
    of every page of a frozen paper.

    By default drawn in a process with limits; parts come from `cache` where they are there, and
    `watch` hears how far it is. `draw` draws each pass as a whole instead: `draw_here` for
    trusted tests. `section` asks for that part alone, without page numbers.
    Raises PaperTooLarge, PaperFailed or PaperCancelled; LookupError for an unknown section.
    """
    styles = styles_of(stylesheets, look, thai_digits=thai_digits)
    seal_styles = [] if seal is None else [read_style(SEAL_STYLESHEET)]
    context = {"title": title, "author": author, "seal": seal, **context}
    filling = _Filling(template, context, styles, seal, pictures_for)
    if section:
        context["only_part"] = section
    if draw is not None and not section:
        filling.styles = styles + seal_styles
        return _drawn(WholeDrawing(draw, thai_digits), filling, refine)
    with DrawingChild(watch) as child:
        composer = Composer(
            child,
            cache,
            watch or NobodyWatches(),
            seal_styles=seal_styles,
            thai_digits=thai_digits,
            about={"title": title, "author": author},
        )
        if section:
            sheet = filling.sheet()
            part = composer.draw_section(sheet, section)
            return RenderedPaper(sheet.html, part.pdf, part.layout)
        return _drawn(composer, filling, refine)


def _drawn(drawing: Drawing, filling: _Filling, refine) -> RenderedPaper:
    """Draw passes until the paper names the pages on which things stand."""
    sheet = filling.sheet()
    layout = drawing.lay_out(sheet)
    in_parts = cut(sheet.html) is not None
    passes = MOST_PASSES if in_parts else 2
    for _more in range(passes - 1 if in_parts or refine else 0):
        context = filling.context
        filling.context = (refine(context, layout) if refine else context) | {
            "page_labels": layout.labels
        }
        again = filling.sheet()
        if again == sheet:
            break
        sheet, layout = again, drawing.lay_out(again)
    return RenderedPaper(sheet.html, drawing.pdf(), layout)


def styles_of(stylesheets: Sequence[str], look: Look, *, thai_digits: bool) -> list[str]:
    """Return the texts of a paper's print styles, those that all papers share first."""
    names = (BASE_STYLESHEET, *stylesheets)
    return [_digits_style(thai_digits), *(read_style(name, look) for name in names)]


def read_style(name: str, look: Look = OURS) -> str:
    """Return one of our print styles in a look, its TH sizes turned into Sarabun points."""
    style = (settings.BASE_DIR / "static" / name).read_text()
    return in_sarabun_points(in_look(style, look))


def in_sarabun_points(style: str) -> str:
    """`th(16)` → `10.72pt`."""
    return _TH_SIZE.sub(lambda size: f"{float(size[1]) * TH_POINT:.4g}pt", style)


def _digits_style(thai: bool) -> str:
    """Define the counter style `digits` as the office prints its numbers."""
    return f"@counter-style digits {{ system: extends {'thai' if thai else 'decimal'} }}"


def draw_here(sheet: Sheet) -> tuple[bytes, Layout]:
    """Draw in this process, without limits."""
    from documents.drawing.weasyprint_drawing import draw_here

    return draw_here(sheet)


def draw_in_child(sheet: Sheet) -> tuple[bytes, Layout]:
    """Draw in a process of its own, within limits of time and memory (drawing.render_child)."""
    with DrawingChild() as child:
        return child.draw(sheet)
