"""ผู้มาประชุม, ผู้ไม่มาประชุม, ผู้เข้าร่วมประชุม: the three lists, and marking who is there.

Source: ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 ข้อ 25, แบบที่ 11: who comes in a
member's place is listed by the own name with "แทน" and the member; who is absent with the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from agencies import audit
from agencies.models import User
from committees.enums import Attendance, MeetingStatus, Reply
from committees.meetings.quorum import HERE
from committees.models import Attendee, Meeting
from committees.role_words import ROLE_WORDS
from core import clock

# Reasons of one tap, in the words of the minutes.
REASONS = {"duty": "ติดราชการ", "leave": "ลา"}
MARKED_WHILE = (MeetingStatus.CALLED, MeetingStatus.HELD)


@dataclass(frozen=True)
class AttendanceRow:
    """One line of a list: its number in the list, and the words that stand in it."""

    number: int
    name: str
    position: str
    role: str
    remark: str
    attendee: Attendee


class Lists(NamedTuple):
    present: list[AttendanceRow]
    absent: list[AttendanceRow]
    in_attendance: list[AttendanceRow]


def lists(attendees: Iterable[Attendee]) -> Lists:
    """Return the three lists of the minutes, each numbered from 1; asks the database nothing.

    A member without any mark stands among the absent; others are listed only when they came.
    """
    rows = list(attendees)
    members = [row for row in rows if row.is_member]
    return Lists(
        _numbered(row for row in members if row.attendance in HERE),
        _numbered(row for row in members if row.attendance not in HERE),
        _numbered(row for row in rows if not row.is_member and row.attendance in HERE),
    )


def unmarked(attendees: Iterable[Attendee]) -> list[Attendee]:
    """Return the members of whom nobody has said yet whether they came."""
    return [row for row in attendees if row.is_member and not row.attendance]


def role_words(attendee: Attendee) -> str:
    """Return the role as papers print it, "" for people in attendance."""
    return ROLE_WORDS.get(attendee.role, "") if attendee.is_member else ""


def _numbered(attendees: Iterable[Attendee]) -> list[AttendanceRow]:
    return [_row(number, attendee) for number, attendee in enumerate(attendees, 1)]


def _row(number: int, attendee: Attendee) -> AttendanceRow:
    if attendee.attendance == Attendance.SUBSTITUTE and attendee.substitute_name:
        name, position = attendee.substitute_name, attendee.substitute_position
        remark = f"แทน {attendee.name}"
    else:
        name, position = attendee.name, attendee.position
        remark = "" if attendee.attendance in HERE else attendee.absence_reason
    return AttendanceRow(number, name, position, role_words(attendee), remark, attendee)


def mark(attendee: Attendee, attendance: str, reason: str = "") -> bool:
    """Store whether somebody came, by one statement; False once the meeting is not on.

    "substitute" needs a substitute's name on the row. Coming twice keeps the first time.
    """
    rows = _open_rows(attendee.meeting_id).filter(pk=attendee.pk)
    if attendance == Attendance.SUBSTITUTE:
        rows = rows.exclude(substitute_name="")
    here = attendance in HERE
    return bool(
        rows.update(
            attendance=attendance,
            absence_reason="" if here else reason[:200],
            checked_in_at=Coalesce(F("checked_in_at"), clock.now()) if here else None,
        )
    )


def mark_all(meeting: Meeting, *, by: User) -> int:
    """Mark everybody present of whom nothing is said, except who replied not to come.

    Whoever sends a substitute is represented. Returns how many rows were marked.
    """
    now = clock.now()
    with transaction.atomic():
        waiting = _open_rows(meeting.pk).filter(attendance="")
        sent = Q(reply=Reply.SUBSTITUTE) & ~Q(substitute_name="")
        count = waiting.filter(sent).update(attendance=Attendance.SUBSTITUTE, checked_in_at=now)
        came = waiting.exclude(reply__in=[Reply.CANNOT, Reply.SUBSTITUTE])
        count += came.update(attendance=Attendance.PRESENT, checked_in_at=now)
        audit.record(meeting.agency, by, "attendance.all", meeting, summary=str(count))
    return count


def _open_rows(meeting_pk: int):
    return Attendee.objects.filter(meeting_id=meeting_pk, meeting__status__in=MARKED_WHILE)
