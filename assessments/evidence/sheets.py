"""The library and its gaps in Excel. Every text is written as text, never as a formula."""

from collections.abc import Iterable

from assessments.evidence.gaps import Group
from assessments.evidence.library import kind_words
from assessments.models import Evidence
from core import clock
from core.excel_files import text_table
from core.thai_dates import format_short

SECRET = "หลักฐานลับ"
HEADS = (
    ("รหัส", 12),
    ("ชื่อหลักฐาน", 48),
    ("ประเภท", 12),
    ("หน้า", 8),
    ("ที่อยู่ลิงก์", 36),
    ("หมายเหตุ", 36),
    ("ช่วงเวลาที่แสดง", 26),
    ("ใช้ได้ถึง", 14),
    ("ผู้ดูแล", 28),
    ("ใช้ที่", 28),
    ("ชั้นความลับ", 12),
    ("บันทึกเมื่อ", 14),
)
INDEX_HEADS = (
    ("หมวด", 36),
    ("รหัส", 12),
    ("รายการหลักฐาน", 60),
    ("ประเภท", 16),
    ("ช่วงเวลาที่แสดง", 26),
    ("หน้า", 8),
    ("ใช้ที่", 30),
)
GAP_HEADS = (("เรื่อง", 40), ("รหัส", 12), ("รายการ", 70), ("รายละเอียด", 40))


def library_sheet(rows: Iterable[Evidence]) -> bytes:
    """Return the rows of `library.fetch`; of what the reader may not know, code and places."""
    return text_table("คลังหลักฐาน", HEADS, [_cells(row) for row in rows])


def gap_sheet(groups: Iterable[Group]) -> bytes:
    """Return the gap list, a line each."""
    lines = [
        (group.title, gap.code, gap.title, gap.detail) for group in groups for gap in group.gaps
    ]
    return text_table("สิ่งที่ยังขาด", GAP_HEADS, lines)


def index_sheet(index: dict) -> bytes:
    """Return what the paper of the index prints (`papers.index_context`), a line a piece."""
    lines = [
        (
            group["title"],
            row["code"],
            row["title"],
            row["kind"],
            row["period"],
            str(row["pages"] or ""),
            ", ".join(row["places"]),
        )
        for group in index["groups"]
        for row in group["rows"]
    ]
    title = f"ดัชนีหลักฐาน ปีงบประมาณ พ.ศ. {index['year']}"
    return text_table("ดัชนีหลักฐาน", INDEX_HEADS, lines, above=[title, index["agency"].name_th])


def _cells(row: Evidence) -> tuple[str, ...]:
    places = ", ".join(row.places)
    if row.is_hidden:
        return (row.code, SECRET, "", "", "", "", "", "", "", places, "ลับ", "")
    return (
        row.code,
        row.title,
        kind_words(row),
        str(row.file.pages) if row.file and row.file.pages else "",
        row.url,
        row.note,
        period_words(row),
        format_short(row.valid_until, "th") if row.valid_until else "",
        str(row.owner or row.created_by),
        places,
        "ลับ" if row.is_confidential else "",
        format_short(clock.day_of(row.created_at), "th"),
    )


def period_words(row: Evidence) -> str:
    """Return the time that the evidence speaks of, in Thai short dates."""
    start, end = row.period_from, row.period_to
    if start and end:
        return f"{format_short(start, 'th')} – {format_short(end, 'th')}"
    if start:
        return f"ตั้งแต่ {format_short(start, 'th')}"
    return f"ถึง {format_short(end, 'th')}" if end else ""
