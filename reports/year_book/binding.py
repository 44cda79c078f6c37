"""The book of a year: cover, contents, a leaf before each group, then the papers as they are."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from core.thai_numerals import to_thai_digits
from documents.composing.joining import Bindable, join
from documents.composing.labels import in_letters
from documents.drawing.drawing_child import DrawingChild
from documents.drawing.sheets import PageLayout
from documents.enums import PaperStage
from documents.paper_digits import digits_of, uses_thai_digits
from documents.papers import Making, pictures_of
from documents.pdf_rendering import (
    Layout,
    PaperFailed,
    RenderedPaper,
    Sheet,
    styles_of,
)
from reports.year_book.contents import Entry, by_group, entries_of, fetch_pdfs
from workflows.models import Cycle

STYLES = ("pdf/year_book.css",)
# A worker that joins is silent: less than queued_papers.SILENT_AFTER.
SECONDS_TO_JOIN = 150


@dataclass
class Leaf:
    """A piece of the book in its order: the leaf of a group, or a paper with its entry."""

    title: str
    short: str
    prefix: str
    shapes: tuple[bool, ...]
    entry: Entry | None = None
    pdf: bytes = b""
    first_page: int = 0


def book_title(cycle: Cycle) -> str:
    """Return the Thai title of the year's papers in one book."""
    return f"รวมเอกสาร PMQA ประจำปีงบประมาณ พ.ศ. {cycle.fiscal_year}"


def front_context(cycle: Cycle) -> dict:
    """Return what the book's own pages say before anything is drawn: no page is known."""
    leaves = _leaves(entries_of(cycle))
    return {"agency": cycle.agency, "year": cycle.fiscal_year, "groups": _printed(leaves)}


def bind_book(cycle: Cycle, making: Making) -> RenderedPaper:
    """Return the book. Each paper is drawn within limits of its own; one that fails is named."""
    entries = entries_of(cycle)
    fetch_pdfs(entries, cycle, making)
    leaves = _leaves(entries)
    with DrawingChild(making.watch) as child:
        shell = _Shell(cycle, making, child)
        front, html = shell.draw_front(leaves)
        shell.draw_dividers(leaves)
        making.watch.hear(PaperStage.JOINING)
        overlay = shell.overlay(len(front[1].pages), leaves)
    before = len(front[1].pages)
    pages = sum(len(leaf.shapes) for leaf in leaves)
    parts = [Bindable(front[0])]
    parts += [Bindable(leaf.pdf, leaf.title, leaf.prefix) for leaf in leaves if leaf.pdf]
    joined = join(
        parts,
        overlay,
        title=book_title(cycle),
        author=cycle.agency.name_th,
        labels=[in_letters(number) for number in range(1, before + 1)]
        + [shell.digits(str(number)) for number in range(1, pages + 1)],
        seconds=SECONDS_TO_JOIN,
    )
    return RenderedPaper(html, joined.pdf, _layout(before, leaves))


def _leaves(entries: list[Entry]) -> list[Leaf]:
    """Return the pieces after the contents with the body page on which each begins."""
    leaves: list[Leaf] = []
    number = 0
    for group, rows in by_group(entries):
        leaves.append(Leaf(str(group.label), str(group.label), f"group-{group}-", (False,)))
        for entry in rows:
            number += 1
            leaf = Leaf(entry.title, entry.short, f"paper-{number}-", entry.shapes, entry)
            leaf.pdf = entry.pdf
            leaves.append(leaf)
    page = 1
    for leaf in leaves:
        leaf.first_page = page if leaf.shapes else 0
        page += len(leaf.shapes)
    return leaves


def _printed(leaves: list[Leaf]) -> list[dict]:
    """Return the contents: groups with their papers; those not bound have no page."""
    groups: list[dict] = []
    for leaf in leaves:
        if leaf.entry is None:
            groups.append({"leaf": leaf, "rows": []})
        else:
            groups[-1]["rows"].append(leaf)
    return groups


def _layout(before: int, leaves: list[Leaf]) -> Layout:
    pages = [PageLayout([], "") for _page in range(before)]
    for leaf in leaves:
        for place in range(len(leaf.shapes)):
            pages.append(PageLayout([leaf.prefix] if place == 0 else [], leaf.short))
    return Layout(pages)


class _Shell:
    """Draws the book's own pages, all in one process."""

    def __init__(self, cycle: Cycle, making: Making, child: DrawingChild):
        agency = cycle.agency
        self._child, self._agency = child, agency
        self._context = {
            "title": book_title(cycle),
            "author": agency.name_th,
            "seal": making.seal,
            "look": making.look,
            "paper_digits": digits_of(agency),
            "agency": agency,
            "year": cycle.fiscal_year,
        }
        thai = uses_thai_digits(agency)
        self.digits = to_thai_digits if thai else str
        names = (*STYLES, "pdf/seal.css") if making.seal else STYLES
        self._styles = styles_of(names, making.look, thai_digits=thai)

    def _sheet(self, template: str, **context) -> Sheet:
        html = render_to_string(template, self._context | context)
        pictures = pictures_of(self._agency, html)
        return Sheet(html, self._styles, str(settings.PDF_FONT_DIR), pictures)

    def _draw(self, sheet: Sheet, title: str) -> tuple[bytes, Layout]:
        found = {}

        def hear(number: int, pdf: bytes, layout: Layout) -> str:
            found[number] = (pdf, layout)
            return ""

        self._child.draw_parts(sheet, {0: sheet.html}, hear, first=title)
        return found[0]

    def draw_front(self, leaves: list[Leaf]) -> tuple[tuple[bytes, Layout], str]:
        """Return cover and contents; the body's numbers do not depend on how long they are."""
        sheet = self._sheet("pdf/year_book/front.html", groups=_printed(leaves))
        seal = self._context["seal"]
        if seal is not None and seal.code not in sheet.html:
            raise PaperFailed("the book has no place for the seal")
        return self._draw(sheet, "สารบัญ"), sheet.html

    def draw_dividers(self, leaves: list[Leaf]) -> None:
        """Draw the leaf of each group with the papers that follow it."""
        for group in _printed(leaves):
            sheet = self._sheet("pdf/year_book/divider.html", group=group)
            group["leaf"].pdf, _layout = self._draw(sheet, group["leaf"].title)

    def overlay(self, front_pages: int, leaves: list[Leaf]) -> bytes:
        """Return the numbers and short titles that are laid over the pages."""
        pages = [
            {"is_wide": is_wide, "short": self.digits(leaf.short) if leaf.entry else ""}
            for leaf in leaves
            for is_wide in leaf.shapes
        ]
        front = range(front_pages)
        return self._child.overlay(
            self._sheet("pdf/year_book/overlay.html", front=front, pages=pages)
        )
