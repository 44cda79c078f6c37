"""Meetings for tests of calling and agendas."""

import datetime as dt

from committees.meetings.agendas import flat, numbered
from committees.models import Committee, Meeting
from core.clock import BANGKOK
from tests.agencies.factories import Office


def make_meeting(
    office: Office, *committees: Committee, day=dt.date(2027, 6, 15), **fields
) -> Meeting:
    """Return a planned meeting at 13.30 of the committees, with no agenda yet."""
    starts_at = dt.datetime.combine(day, dt.time(13, 30), BANGKOK)
    wanted = {
        "agency": office.agency,
        "fiscal_year": 2570,
        "title": "การประชุมคณะทำงาน PMQA",
        "calendar_year": 2570,
        "starts_at": starts_at,
        "place": "ห้องประชุม 1",
        "created_by": office.officer,
        "created_at": starts_at,
    } | fields
    meeting = Meeting.objects.create(**wanted)
    meeting.committees.set(committees)
    return meeting


def agenda_titles(meeting: Meeting) -> list[str]:
    """Return the agenda as printed, a line each: number, words, "- ไม่มี -"."""
    meeting.refresh_from_db()
    return [
        " ".join(part for part in (row.number, row.title, row.none_words) if part)
        for row in flat(numbered(meeting))
    ]
