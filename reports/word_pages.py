"""Upright and turned pages in one Word file, and the results' table, which lies on turned ones.

As on paper (reports.results): the table of a category's indicators ends the category.
"""

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from core.thai_numerals import format_decimal, plain_decimal
from documents.word.sheet import BOTTOM, LEFT, RIGHT, TOP, Run, WordSheet
from reports.references import Reference, references_in

# Width, height, then the margins from the top clockwise; a turned page's top is bound.
UPRIGHT = (210, 297, TOP, RIGHT, BOTTOM, LEFT)
TURNED = (297, 210, 30, 25, 20, 25)
# What the columns beside the indicator's name take of a turned page's text.
TEXT, CODE, UNIT, FIGURE = 247, 15, 26, 23


def begin_upright(sheet: WordSheet) -> None:
    """Begin a new upright page, after one that may be turned."""
    if sheet.document.sections[-1].orientation == WD_ORIENT.PORTRAIT:
        sheet.page_break()
    else:
        _begin(sheet, WD_ORIENT.PORTRAIT, UPRIGHT)


def begin_turned(sheet: WordSheet) -> None:
    """Begin a new landscape page."""
    _begin(sheet, WD_ORIENT.LANDSCAPE, TURNED)


def _begin(sheet: WordSheet, orientation: WD_ORIENT, sizes: tuple[int, ...]) -> None:
    section = sheet.document.add_section()
    # What ends the section before is a paragraph: as low as can be, it begins no page of its own.
    sheet.document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    # The first section's head, with the page's number, goes on, on the first page too.
    section.different_first_page_header_footer = False
    section.orientation = orientation
    names = ("page_width", "page_height", "top_margin", "right_margin", "bottom_margin")
    for name, size in zip((*names, "left_margin"), sizes, strict=True):
        setattr(section, name, Mm(size))


def add_results(sheet: WordSheet, category: dict) -> None:
    """Add the category's table of indicators on turned pages; nothing where it has none."""
    rows = category["indicators"]
    if not rows:
        return
    begin_turned(sheet)
    years = rows[0]["years"]
    words = f"ผลลัพธ์ตามตัวชี้วัด หมวด {category['number']} ปีงบประมาณ พ.ศ. {years[0]} – {years[-1]}"
    sheet.paragraph(Run(words, bold=True), keep=True)
    figures = [*map(str, years), f"เป้าหมาย {years[-1]}", "ร้อยละสำเร็จ", "คะแนน"]
    name = TEXT - CODE - UNIT - FIGURE * len(figures)
    table = sheet.table(
        [_line(row) for row in rows],
        (CODE, name, UNIT, *[FIGURE] * len(figures)),
        head=("หัวข้อ", "ตัวชี้วัด", "หน่วย", *figures),
        lined=True,
    )
    for line in table.rows[1:]:
        for cell in line.cells[3:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _line(row: dict) -> list[str]:
    way = "ค่ามากดี" if row["indicator"].direction == "higher_is_better" else "ค่าน้อยดี"
    shown = [*row["values"], row["target"], row["success_pct"]]
    score = "–" if row["score"] is None else format_decimal(row["score"], 2)
    name = f"{row['indicator'].name} ({way})"
    return [row["code"], name, row["indicator"].unit, *map(_figure, shown), score]


def _figure(figure: dict) -> str:
    return "–" if figure["shown"] is None else plain_decimal(figure["shown"], commas=True)


def add_text(sheet: WordSheet, text: str, known: dict[str, int], *, first: float) -> None:
    """Add a paragraph in which the codes of evidence keep their digits and stay on one line."""
    found = list(references_in(text, known))
    made = sheet.paragraph(_pieces(text, found), first=first)
    codes = {one.code for one in found}
    for run in made.runs:
        if run.text in codes:
            _keep_whole(run, run.text)


def _pieces(text: str, found: list[Reference]) -> list[Run]:
    pieces, place = [], 0
    for one in found:
        pieces += [Run(text[place : one.start]), Run(one.code, as_written=True)]
        place = one.end
    return [piece for piece in (*pieces, Run(text[place:])) if piece.text]


def _keep_whole(run, code: str) -> None:
    """Write the code with Word's own hyphen that ends no line; copied it is a plain one."""
    before, after = code.rsplit("-", 1)
    run.text = before
    run._r.append(OxmlElement("w:noBreakHyphen"))
    run.add_text(after)
