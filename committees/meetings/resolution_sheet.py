"""Resolutions to be followed up as an Excel sheet; texts stay texts, never formulas."""

import io
from collections.abc import Iterable

import xlsxwriter

from committees.enums import ResolutionStatus
from committees.meetings.numbering import title_of
from committees.meetings.resolutions import words_of
from committees.models import Resolution
from core import clock
from core.thai_dates import format_short

SHEET_NAME = "มติที่ต้องติดตาม"
HEADS = ("การประชุม", "เรื่อง", "มติที่ประชุม", "ผู้รับผิดชอบ", "กำหนดเสร็จ", "สถานะ", "วันที่เสร็จ")
WIDTHS = (36, 36, 60, 30, 16, 16, 16)
STATUS_WORDS = {
    ResolutionStatus.DRAFT: "กำลังพิมพ์",
    ResolutionStatus.OPEN: "กำลังดำเนินการ",
    ResolutionStatus.DONE: "เสร็จแล้ว",
    ResolutionStatus.DROPPED: "ยกเลิก",
}


def write_sheet(rows: Iterable[Resolution]) -> bytes:
    """Return the sheet with one line a resolution."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(SHEET_NAME)
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#dcebef", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for column, (words, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words, head)
    for line, row in enumerate(rows, 1):
        for column, words in enumerate(_cells(row)):
            sheet.write_string(line, column, words, plain)
    sheet.freeze_panes(1, 0)
    book.close()
    return content.getvalue()


def _cells(row: Resolution) -> tuple[str, ...]:
    owner = row.owner or row.owner_unit
    late = row.status == ResolutionStatus.OPEN and row.due_on and row.due_on < clock.today()
    return (
        title_of(row.item.meeting),
        row.item.title,
        words_of(row),
        str(owner) if owner else "",
        format_short(row.due_on, "th") if row.due_on else "",
        "เลยกำหนด" if late else STATUS_WORDS[row.status],
        format_short(row.done_on, "th") if row.done_on else "",
    )
