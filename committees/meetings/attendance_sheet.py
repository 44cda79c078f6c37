"""The sheet of those who come in Excel: the lines of the paper, to finish or to count there."""

from committees.meetings import attendance
from committees.meetings import papers_words as words
from committees.models import Meeting
from core import excel_files

HEADS = (
    ("ที่", 6),
    ("ประเภท", 20),
    ("ชื่อ – สกุล", 34),
    ("ตำแหน่ง", 40),
    ("หน้าที่", 30),
    ("ผู้มาแทน", 34),
    ("คำตอบรับ", 16),
    ("การเข้าประชุม", 18),
    ("ลายมือชื่อ", 26),
)


def attendance_xlsx(meeting: Meeting) -> bytes:
    """Return who is called to the meeting, members first; one query."""
    rows = sorted(meeting.attendees.all(), key=lambda row: not row.is_member)
    lines = [
        (
            str(place),
            "กรรมการ" if row.is_member else "ผู้เข้าร่วมประชุม",
            row.name,
            row.position,
            attendance.role_words(row),
            row.substitute_name,
            str(row.get_reply_display()) if row.reply else "",
            str(row.get_attendance_display()) if row.attendance else "",
            "",
        )
        for place, row in enumerate(rows, start=1)
    ]
    title = "รายชื่อผู้เข้าประชุม"
    return excel_files.text_table(title, HEADS, lines, above=[title, *_head(meeting)])


def _head(meeting: Meeting) -> list[str]:
    return words.head_lines(meeting, words.gathering(meeting))
