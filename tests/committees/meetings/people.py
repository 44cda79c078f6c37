"""Meetings and the people called to them, for tests."""

import datetime as dt

from committees.models import Attendee, Meeting
from tests.agencies.factories import Office, UserFactory
from tests.committees.factories import YEAR

# Tuesday 15 June 2570 (2027), 13.30 in Bangkok.
STARTS = dt.datetime(2027, 6, 15, 6, 30, tzinfo=dt.UTC)
ENDS = dt.datetime(2027, 6, 15, 9, 30, tzinfo=dt.UTC)


def make_meeting(office: Office, status: str = "called", committees=(), **fields) -> Meeting:
    """Return a meeting in ห้องประชุม 1 on 15 June 2570 from 13.30 to 16.30."""
    values = {
        "title": "ประชุมคณะทำงาน PMQA",
        "number": 2,
        "calendar_year": 2570,
        "starts_at": STARTS,
        "ends_at": ENDS,
        "place": "ห้องประชุม 1",
        "created_by": office.officer,
        "created_at": STARTS - dt.timedelta(days=20),
        "reply_by": dt.date(2027, 6, 11),
    }
    meeting = Meeting.objects.create(
        agency=office.agency, fiscal_year=YEAR, status=status, **(values | fields)
    )
    meeting.committees.set(committees)
    return meeting


def call(meeting: Meeting, user=None, **fields) -> Attendee:
    """Put somebody on the list of a meeting: a person of the register, or a name."""
    values = {
        "name": user.get_full_name() if user else "นายนอก สมมติ",
        "position": user.position if user else "ผู้ทรงคุณวุฒิ",
        "email": "" if user else "nok@example.org",
        "role": "member",
        "order": meeting.attendees.count(),
    }
    return Attendee.objects.create(meeting=meeting, user=user, **(values | fields))


def call_many(meeting: Meeting, count: int, **fields) -> list[Attendee]:
    """Put `count` new people with accounts on the list."""
    return [call(meeting, UserFactory(), **fields) for _ in range(count)]
