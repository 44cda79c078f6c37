"""Resolutions to be followed up as an Excel sheet; texts stay texts, never formulas."""

from collections.abc import Iterable

from committees.enums import ResolutionStatus
from committees.meetings.numbering import title_of
from committees.meetings.resolutions import words_of
from committees.models import Resolution
from core import clock
from core.excel_files import text_table
from core.thai_dates import format_short

SHEET_NAME = "มติที่ต้องติดตาม"
HEADS = (
    ("การประชุม", 36),
    ("เรื่อง", 36),
    ("มติที่ประชุม", 60),
    ("ผู้รับผิดชอบ", 30),
    ("กำหนดเสร็จ", 16),
    ("สถานะ", 16),
    ("วันที่เสร็จ", 16),
)
STATUS_WORDS = {
    ResolutionStatus.DRAFT: "กำลังพิมพ์",
    ResolutionStatus.OPEN: "กำลังดำเนินการ",
    ResolutionStatus.DONE: "เสร็จแล้ว",
    ResolutionStatus.DROPPED: "ยกเลิก",
}


def write_sheet(rows: Iterable[Resolution]) -> bytes:
    """Return the sheet with one line a resolution."""
    return text_table(SHEET_NAME, HEADS, map(_cells, rows))


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
