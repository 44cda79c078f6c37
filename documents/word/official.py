"""Memos, announcements and letters as Word files: the parts that they share with the PDF."""

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from documents.word.emblem import add_emblem
from documents.word.sheet import Run, WordSheet, mark

DOTS = "." * 24
# In mm: where paragraphs begin, where a signature block begins, the emblem's heights.
PARAGRAPH, SIGNATURE_AT = 25, 72
MEMO_EMBLEM, LETTER_EMBLEM = 15, 30
# In points: room for a signature of three to four lines, and marks of speed and secrecy.
SIGNATURE_SPACE, MARK = 62, 32
TITLE = 29
# In mm: where the speed mark begins, and the middle of the title without and with it.
SPEED_AT, TITLE_AT, TITLE_AT_SPEED = 19, 80, 95
RED = RGBColor(0xC0, 0x00, 0x00)


def add_marks(sheet: WordSheet, secrecy: str) -> None:
    """Put the secrecy mark, red, at head and foot of every page; "" puts none."""
    if not secrecy:
        return
    section = sheet.document.sections[0]
    for part in (section.first_page_header, section.header):
        line = part.paragraphs[0].insert_paragraph_before()
        _mark(line, secrecy)
    for part in (section.first_page_footer, section.footer):
        _mark(part.paragraphs[0], secrecy)
    section.header_distance = section.footer_distance = Mm(5)


def _mark(paragraph, words: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _look(paragraph.add_run(words), MARK).color.rgb = RED


def add_memo_head(
    sheet: WordSheet,
    *,
    sender: Sequence[str],
    number: str,
    day: str,
    subject: str,
    speed: str = "",
) -> None:
    """Add title, ส่วนราชการ, ที่ and วันที่ on one line, and เรื่อง."""

    def label(text: str) -> Run:
        return Run(f"{text}  ", bold=True, size=20)

    _title(sheet, speed)
    first, *more = sender or [""]
    sheet.paragraph([label("ส่วนราชการ"), first], before=6)
    for line in more:
        sheet.paragraph(line)
    sheet.paragraph([label("ที่"), number or DOTS, "\t", label("วันที่"), day or DOTS], tabs=[85])
    sheet.paragraph([label("เรื่อง"), subject])


def _title(sheet: WordSheet, speed: str) -> None:
    """Add emblem, speed mark and title on one line, the title in the middle of the sheet."""
    title = sheet.paragraph()
    stops = title.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(SPEED_AT))
    stops.add_tab_stop(Mm(TITLE_AT_SPEED if speed else TITLE_AT), WD_TAB_ALIGNMENT.CENTER)
    add_emblem(title, MEMO_EMBLEM)
    title.add_run("\t")
    if speed:
        _look(title.add_run(speed), MARK).color.rgb = RED
    _look(title.add_run("\tบันทึกข้อความ"), TITLE)


def _look(run, size: float):
    """Make a run bold and of this size, for Thai letters too; return its font."""
    run.font.bold = run.font.cs_bold = True
    run.font.size = Pt(size)
    mark(run._r.get_or_add_rPr(), "w:szCs", **{"w:val": str(int(size * 2))})
    return run.font


def add_emblem_space(sheet: WordSheet, height: float = LETTER_EMBLEM) -> None:
    """Put the office's emblem at its place, or leave a line of its height."""
    place = sheet.paragraph(align="centre")
    if not add_emblem(place, height):
        place.paragraph_format.line_spacing = Mm(height)
    place.paragraph_format.space_after = Pt(12)


def add_speed(sheet: WordSheet, speed: str) -> None:
    """Put the speed mark of a letter, red, on a line of its own above ที่; "" puts none."""
    if speed:
        _look(sheet.paragraph(keep=True).add_run(speed), MARK).color.rgb = RED


def add_opening(sheet: WordSheet, label: str, text: str, *, width: float = 13) -> None:
    """Add a line such as "เรียน  ผู้อำนวยการ": its words hang `width` mm in."""
    sheet.paragraph(f"{label}\t{text}", tabs=[width], left=width, first=-width, before=6)


def add_listed(sheet: WordSheet, label: str, lines: Sequence[str]) -> None:
    """Add lines under their words, such as สิ่งที่ส่งมาด้วย."""
    for place, text in enumerate(lines):
        words = "" if place else label
        before = 0 if place else 6
        sheet.paragraph(f"{words}\t{text}", tabs=[28], left=28, first=-28, before=before)


def add_signature(
    sheet: WordSheet, name: str, lines: Sequence[str], *, space: float = SIGNATURE_SPACE
) -> None:
    """Add name and position right of the page's middle, with room for the signature above."""
    block = [f"({name or DOTS})", *lines]
    for place, line in enumerate(block):
        sheet.paragraph(
            line,
            left=SIGNATURE_AT,
            align="centre",
            before=0 if place else space,
            keep=place < len(block) - 1,
        )
