"""The sheet on which people sign that they came (ใบลงลายมือชื่อ), printed before the meeting."""

from collections.abc import Iterable
from typing import Any

from committees.enums import Attendance, MeetingMode, Reply
from committees.meetings import attendance
from committees.meetings import papers_words as words
from committees.models import Attendee, Meeting
from core import clock
from core.templatetags.papers import name_kept
from core.thai_text import wrap_protected

# Lines for people in attendance whom nobody called.
FREE_LINES = 5
NAME_CHARS, POSITION_CHARS = 23, 34


def attendance_context(meeting: Meeting) -> dict[str, Any]:
    """Return what the sheet prints: members, then people in attendance, then free lines.

    An electronic meeting has nobody to sign: the sheet says when each person came on.
    """
    digits = words.digits_of(meeting.agency)
    rows = list(meeting.attendees.all())
    is_online = meeting.mode == MeetingMode.ONLINE
    members = [row for row in rows if row.is_member]
    others = [row for row in rows if not row.is_member]
    title = "รายชื่อผู้เข้าประชุม" if is_online else "ใบลงลายมือชื่อผู้เข้าประชุม"
    heading = [title, *words.head_lines(meeting, words.gathering(meeting))]
    free = 0 if is_online else FREE_LINES
    return {
        "heading": [wrap_protected(digits(line)) for line in heading],
        "signature_words": "การแสดงตน" if is_online else "ลายมือชื่อ",
        "identified_by": wrap_protected(digits(meeting.identified_by if is_online else "")),
        "groups": [
            _group("กรรมการ", members, digits, is_online),
            _group("ผู้เข้าร่วมประชุม", others, digits, is_online, free=free),
        ],
    }


def _group(title: str, rows: Iterable[Attendee], digits, is_online: bool, free: int = 0) -> dict:
    printed = [_row(place, row, digits, is_online) for place, row in enumerate(rows, start=1)]
    blank = dict.fromkeys(("name", "instead_of", "position", "role", "came"), "")
    empty = [blank | {"number": digits(f"{len(printed) + place}")} for place in range(1, free + 1)]
    return {"title": title, "rows": printed + empty}


def _row(number: int, row: Attendee, digits, is_online: bool) -> dict[str, Any]:
    """Return one line; a substitute who is announced stands in the member's line."""
    comes_instead = bool(row.substitute_name) and (
        row.reply == Reply.SUBSTITUTE or row.attendance == Attendance.SUBSTITUTE
    )
    name = row.substitute_name if comes_instead else row.name
    position = row.substitute_position if comes_instead else row.position
    return {
        "number": digits(f"{number}"),
        "name": name_kept(name, NAME_CHARS),
        "instead_of": name_kept(f"แทน {row.name}", NAME_CHARS) if comes_instead else "",
        "position": wrap_protected(digits(position), POSITION_CHARS),
        "role": wrap_protected(digits(attendance.role_words(row)), POSITION_CHARS),
        "came": digits(_came(row)) if is_online else "",
    }


def _came(row: Attendee) -> str:
    if row.attendance not in attendance.HERE or not row.checked_in_at:
        return ""
    return f"{row.checked_in_at.astimezone(clock.BANGKOK):%H.%M} น."
