"""A sheet of official text as a Word file: A4, TH Sarabun New 16 point, page numbers from page 2.

Thai is a complex script: Word takes its font, size and weight from their own settings (w:cs,
w:szCs, w:bCs), so each is said twice.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT, SIZE = "TH Sarabun New", 16
# Official papers: left 3 cm, right 2 cm.
TOP, RIGHT, BOTTOM, LEFT = 25, 20, 20, 30
ALIGNED = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Run:
    """A piece of text of one look; codes keep their digits `as_written`."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float = 0
    as_written: bool = False


Runs = str | Run | Sequence["Run | str"]


class WordSheet:
    """A Word file that grows from top to bottom; `content` returns its bytes.

    `digits` is applied to every text, for papers that do not choose text by text.
    """

    def __init__(
        self,
        *,
        title: str,
        author: str,
        thai_digits: bool,
        top: float = TOP,
        digits: Callable[[str], str] = str,
    ):
        self.digits = digits
        self.document = Document()
        self.document.core_properties.title = _plain(title)[:250]
        self.document.core_properties.author = _plain(author)[:250]
        self._set_style()
        self._set_page(thai_digits, top)

    def paragraph(
        self,
        runs: Runs = "",
        *,
        align: str = "",
        left: float = 0,
        first: float = 0,
        before: float = 0,
        keep: bool = False,
        tabs: Iterable[float] = (),
        tab_right: float = 0,
        into=None,
    ):
        """Add a paragraph. `left` and `first` are indents in mm, `before` points above it.

        `keep` holds it together with the next one. `tabs` are left tab stops in mm, `tab_right`
        a right one. `into` is a table cell that takes it.
        """
        made = (into or self.document).add_paragraph()
        form = made.paragraph_format
        if align:
            made.alignment = ALIGNED[align]
        form.left_indent, form.first_line_indent = Mm(left), Mm(first)
        form.space_before, form.keep_with_next = Pt(before), keep
        if tab_right:
            form.tab_stops.add_tab_stop(Mm(tab_right), WD_TAB_ALIGNMENT.RIGHT)
        for place in tabs:
            form.tab_stops.add_tab_stop(Mm(place))
        _fill(made, runs, self.digits)
        return made

    def table(
        self,
        rows: Iterable[Sequence[Runs]],
        widths: Sequence[float],
        *,
        head: Sequence[str] = (),
        lined: bool = False,
    ):
        """Add a table with columns of `widths` mm; `head` repeats on every page."""
        table = self.document.add_table(0, len(widths))
        table.autofit = False
        # Word reads the cells' widths, LibreOffice the columns'.
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        if lined:
            table.style = "Table Grid"
        if head:
            cells = self._row(table, [Run(text, bold=True) for text in head], widths)
            mark(cells._tr.get_or_add_trPr(), "w:tblHeader")
        for row in rows:
            mark(self._row(table, row, widths)._tr.get_or_add_trPr(), "w:cantSplit")
        return table

    def _row(self, table, texts: Sequence[Runs], widths: Sequence[float]):
        row = table.add_row()
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            _fill(cell.paragraphs[0], text, self.digits)
        return row

    def page_break(self) -> None:
        self.document.add_page_break()

    def content(self) -> bytes:
        """Return the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def _set_style(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(SIZE)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        mark(properties, "w:szCs", **{"w:val": str(SIZE * 2)})
        mark(properties, "w:lang", **{"w:val": "en-US", "w:bidi": "th-TH"})

    def _set_page(self, thai_digits: bool, top: float) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.header_distance = Mm(15)
        if top != TOP:
            section.top_margin = Mm(top)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        number.paragraph_format.space_after = Pt(SIZE)
        number.add_run("- ")
        _field(number, "PAGE")
        number.add_run(" -")
        form = "thaiNumbers" if thai_digits else "decimal"
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:fmt"), form)
        # The schema's order: page size, margins, numbering, then columns.
        section._sectPr.find(qn("w:cols")).addprevious(numbering)


def _fill(paragraph, runs: Runs, digits: Callable[[str], str]) -> None:
    pieces = [runs] if isinstance(runs, str | Run) else runs
    for piece in pieces:
        look = Run(piece) if isinstance(piece, str) else piece
        text = look.text if look.as_written else digits(look.text)
        made = paragraph.add_run(_plain(text))
        if look.bold:
            made.font.bold = made.font.cs_bold = True
        if look.italic:
            made.font.italic = made.font.cs_italic = True
        if look.underline:
            made.font.underline = True
        if look.size:
            made.font.size = Pt(look.size)
            mark(made._r.get_or_add_rPr(), "w:szCs", **{"w:val": str(int(look.size * 2))})


def _plain(text: str) -> str:
    """Return the text without what no XML file may hold."""
    return _NOT_IN_XML.sub("", str(text))


def mark(parent, tag: str, **values: str) -> None:
    """Add an element of the file's own language, such as a setting for complex scripts."""
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(name), value)
    parent.append(element)


def _field(paragraph, code: str) -> None:
    """Add a field that Word computes, such as the page's number."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark(run._r, "w:fldChar", **{"w:fldCharType": kind})
        else:
            mark(run._r, "w:instrText")
            run._r[-1].text = text
