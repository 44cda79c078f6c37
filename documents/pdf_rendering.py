"""The one door to paper: a manuscript in, PDF and its page layout out.

`render_pdf` fills the manuscript's template and draws it. Drawing reads nothing but what it is
given: pictures of the office, our fonts and our print styles. Styles say sizes in TH Sarabun
points, `th(16)`, which become Sarabun points here and nowhere else.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
    "Manuscript",
    "PageLayout",
    "PaperFailed",
    "PaperTooLarge",
    "RenderedPaper",
    "Sheet",
    "draw_here",
    "render_pdf",
]

# Sarabun's letters are larger than TH Sarabun's (ก 0.576 against 0.386 em).
TH_POINT = 0.67
BASE_STYLESHEET = "pdf/base.css"
SEAL_STYLESHEET = "pdf/seal.css"
# A paper in parts settles in two passes; more are needed where page numbers move its contents.
MOST_PASSES = 4
_TH_SIZE = re.compile(r"\bth\(\s*([\d.]+)\s*\)")


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """What a paper is made of, before anything of it is drawn.

    `stylesheets` name files under static/, constants of the caller; pdf/base.css always comes
    first; they name what the office chose (documents.house_look.look), `look` says what that is.
    `refine(context, layout)` asks for a second pass with the context it returns; a paper in parts
    (`{% part %}`) asks it again until nothing changes. `pictures_for(html)` loads the pictures
    that `app-image:<id>` addresses name. `seal` (documents.issued.seals.Seal) stands on the foot
    of every page of a frozen paper.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    stylesheets: Sequence[str] = ()
    title: str
    author: str = ""
    thai_digits: bool = True
    look: Look = OURS
    seal: Any = None
    refine: Callable[[dict, Layout], dict] | None = None
    pictures_for: Callable[[str], dict[str, tuple[str, bytes]]] | None = None


class _Filling:
    """Fills a manuscript's template for each pass, with a context that the passes refine."""

    def __init__(self, manuscript: Manuscript, styles: list[str], section: str):
        self._manuscript, self._styles = manuscript, styles
        about = {"title": manuscript.title, "author": manuscript.author, "seal": manuscript.seal}
        self._context = {**about, **manuscript.context}
        if section:
            self._context["only_part"] = section

    def sheet(self) -> Sheet:
        """Return what is to be drawn now."""
        template, seal = self._manuscript.template, self._manuscript.seal
        html = render_to_string(template, self._context)
        if seal is not None and seal.code not in html:
            raise PaperFailed(f"{template} has no place for the seal: include pdf/_seal.html")
        load = self._manuscript.pictures_for
        return Sheet(html, self._styles, str(settings.PDF_FONT_DIR), load(html) if load else {})

    @property
    def is_refined(self) -> bool:
        return self._manuscript.refine is not None

    def learn(self, layout: Layout) -> None:
        """Take over what the last pass tells, for the next one."""
        refine = self._manuscript.refine
        context = refine(self._context, layout) if refine else self._context
        self._context = {**context, "page_labels": layout.labels}


def render_pdf(
    manuscript: Manuscript,
    *,
    draw: Callable[[Sheet], tuple[bytes, Layout]] | None = None,
    cache: PartCache | None = None,
    watch: Watcher | None = None,
    section: str = "",
) -> RenderedPaper:
    """Return the paper made of a manuscript.

    By default drawn in a process with limits; parts come from `cache` where they are there, and
    `watch` hears how far it is. `draw` draws each pass as a whole instead: `draw_here` for
    trusted tests. `section` asks for that part alone, without page numbers.
    Raises PaperTooLarge, PaperFailed or PaperCancelled; LookupError for an unknown section.
    """
    thai_digits = manuscript.thai_digits
    styles = styles_of(manuscript.stylesheets, manuscript.look, thai_digits=thai_digits)
    seal_styles = [] if manuscript.seal is None else [read_style(SEAL_STYLESHEET)]
    if draw is not None and not section:
        filling = _Filling(manuscript, styles + seal_styles, section)
        return _drawn(WholeDrawing(draw, thai_digits), filling)
    filling = _Filling(manuscript, styles, section)
    with DrawingChild(watch) as child:
        composer = Composer(
            child,
            cache,
            watch or NobodyWatches(),
            seal_styles=seal_styles,
            thai_digits=thai_digits,
            about={"title": manuscript.title, "author": manuscript.author},
        )
        if section:
            sheet = filling.sheet()
            part = composer.draw_section(sheet, section)
            return RenderedPaper(sheet.html, part.pdf, part.layout)
        return _drawn(composer, filling)


def _drawn(drawing: Drawing, filling: _Filling) -> RenderedPaper:
    """Draw passes until the paper names the pages on which things stand."""
    sheet = filling.sheet()
    layout = drawing.lay_out(sheet)
    in_parts = cut(sheet.html) is not None
    passes = MOST_PASSES if in_parts else 2
    for _more in range(passes - 1 if in_parts or filling.is_refined else 0):
        filling.learn(layout)
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
