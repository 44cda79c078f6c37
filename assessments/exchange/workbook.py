"""Writing the workbook: how to fill it, one sheet a category, and hidden marks to read it again.

Texts are written as texts, so that nothing a person typed is ever taken for a formula.
"""

from collections.abc import Iterator

from assessments.enums import FindingKind
from assessments.exchange.slots import (
    ANSWER_WORDS,
    FIELDS,
    FINDING_WORDS,
    ITEM,
    LEVEL_WORDS,
    LINE,
    Place,
    Slots,
    mark_of,
)
from assessments.models import ItemAnswer
from core.excel_files import WORDS, fit_to_paper, workbook

FORM = "pmqa-assessment-1"
META_SHEET, HELP_SHEET = "pmqa", "วิธีใช้"
# Column → head; the last one is hidden and finds the row again.
HEADS = {
    "kind": "ชนิดแถว",
    "item": "หัวข้อ",
    "line": "รหัสข้อ",
    "level": "ระดับ",
    "asks": "เกณฑ์",
    "answer": "คำตอบ",
    "percent": "ร้อยละ",
    "dimensions": "คะแนนรายมิติ",
    "text": "ข้อความของสำนักงาน",
    "mark": "รหัสระบบ",
}
WIDTHS = {
    "kind": 12,
    "item": 8,
    "line": 12,
    "level": 18,
    "asks": 60,
    "answer": 10,
    "percent": 9,
    "dimensions": 22,
    "text": 80,
    "mark": 10,
}
# A cell of Excel holds no more.
LONGEST = 32_000
TOO_LONG = "(ข้อความยาวเกินช่องของ Excel แก้ไขในระบบเท่านั้น)"
HELP = (
    "แก้ไขได้เฉพาะช่อง คำตอบ ร้อยละ คะแนนรายมิติ และข้อความของสำนักงาน ช่องอื่นใช้อ่านประกอบ",
    "แถว “คำบรรยาย” หนึ่งแถวต่อหัวข้อ ช่องข้อความคือคำบรรยายของหัวข้อ",
    "แถว “ข้อคำถาม” ช่องคำตอบเขียน มี หรือ ยังไม่มี (เว้นว่าง = ยังไม่ตอบ) ช่องข้อความคือคำอธิบายของข้อ",
    "แถว “จุดแข็ง” และ “OFI” หนึ่งแถวต่อหนึ่งเรื่อง ลบข้อความออก = ลบเรื่องนั้น",
    "เพิ่มจุดแข็งหรือ OFI ได้ในแถวว่างที่เตรียมไว้ หรือแทรกแถวใหม่แล้วเขียนชนิดแถวและหัวข้อ",
    "แถวที่ลบทิ้งทั้งแถวจะไม่ถูกแตะต้องในระบบ ช่องที่ไม่ได้แก้ไขก็เช่นกัน",
    "เมื่อนำเข้า ระบบจะแสดงทุกรายการที่จะเปลี่ยนให้ตรวจก่อน และยังไม่บันทึกจนกว่าจะกดยืนยัน",
)
Cells = dict[str, str]


def rows_of(slots: Slots, answer: ItemAnswer) -> Iterator[Cells]:
    """Yield the rows of an item: its narrative, its lines, its findings and one empty of each."""
    code = answer.item.code
    yield _row(slots, ITEM, code, asks=answer.item.title_th)
    for line in slots.lines[code]:
        level = LEVEL_WORDS[line.level]
        yield _row(slots, LINE, code, line.code, level=level, asks=line.title_th)
    for kind in FindingKind.values:
        word = FINDING_WORDS[kind]
        for finding in slots.findings[code]:
            if finding.kind == kind:
                yield _row(slots, word, code, ref=str(finding.pk))
        yield {"kind": word, "item": code}


def _row(slots: Slots, kind: str, item: str, line: str = "", ref: str = "", **words) -> Cells:
    cells, marks = {"kind": kind, "item": item, "line": line, **words}, [ref]
    for field in FIELDS[kind]:
        place = Place(kind, item, line, ref, field)
        slot = slots.found.get(place)
        if slot is None:
            continue
        cells[field] = _one_line_end(slot.text) if len(slot.text) <= LONGEST else TOO_LONG
        marks.append(f"{field}={mark_of(place, cells[field])}")
    return cells | {"mark": "|".join(marks)}


def _one_line_end(text: str) -> str:
    """Return the text as sheets break lines; a carriage return would stand in it as letters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def columns_of(slots: Slots) -> list[str]:
    """Return the columns that the edition has."""
    by_percent = "bands" in slots.assessment.edition.scoring_data
    out = {"line", "level", "answer"} if by_percent else {"percent", "dimensions"}
    return [column for column in HEADS if column not in out]


def write_workbook(slots: Slots) -> bytes:
    """Return the assessment as an Excel file that `reading.read_workbook` reads."""

    def fill(book) -> None:
        line = {"border": 1, "border_color": "#BBBBBB"}
        looks = {
            "plain": book.add_format(WORDS | line | {"bg_color": "#F4F2EC"}),
            "open": book.add_format(WORDS | line),
            "item": book.add_format(WORDS | line | {"bold": True, "bg_color": "#E3EBF4"}),
            "head": book.add_format(WORDS | line | {"bold": True, "bg_color": "#D9D5CB"}),
            "words": book.add_format(WORDS),
            "title": book.add_format(WORDS | {"bold": True, "font_size": 20}),
        }
        _help_sheet(book, slots, looks)
        for number in sorted({_number(answer) for answer in slots.answers.values()}):
            _category_sheet(book, slots, number, looks)
        _meta_sheet(book, slots)

    return workbook(fill)


def _number(answer: ItemAnswer) -> int:
    return answer.category_assessment.category.number


def _help_sheet(book, slots: Slots, looks: dict) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    sheet.set_column(0, 0, 110)
    cycle = slots.assessment.cycle
    lines = [
        f"แบบประเมินองค์การด้วยตนเอง ปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        cycle.agency.name_th,
        slots.assessment.edition.title_th,
        "",
        *HELP,
    ]
    for row, text in enumerate(lines):
        sheet.write_string(row, 0, text, looks["title" if row == 0 else "words"])


def _meta_sheet(book, slots: Slots) -> None:
    sheet = book.add_worksheet(META_SHEET)
    edition = slots.assessment.edition
    values = (FORM, str(slots.assessment.pk), edition.data_hash, str(slots.assessment.version))
    for row, value in enumerate(values):
        sheet.write_string(row, 0, value)
    sheet.hide()


def _category_sheet(book, slots: Slots, number: int, looks: dict) -> None:
    sheet = book.add_worksheet(f"หมวด {number}")
    columns = columns_of(slots)
    for place, column in enumerate(columns):
        hidden = {"hidden": True} if column == "mark" else {}
        sheet.set_column(place, place, WIDTHS[column], None, hidden)
        sheet.write_string(0, place, HEADS[column], looks["head"])
    answers = [answer for answer in slots.answers.values() if _number(answer) == number]
    line = 0
    for answer in answers:
        for cells in rows_of(slots, answer):
            line += 1
            for place, column in enumerate(columns):
                look = "open" if column in FIELDS[cells["kind"]] else "plain"
                look = "item" if cells["kind"] == ITEM and look == "plain" else look
                sheet.write_string(line, place, cells.get(column, ""), looks[look])
    if "answer" in columns:
        place = columns.index("answer")
        choice = {"validate": "list", "source": [word for word in ANSWER_WORDS.values() if word]}
        sheet.data_validation(1, place, max(line, 1), place, choice)
    fit_to_paper(sheet)
