"""A meeting whose minutes are typed, for the tests of minutes and resolutions."""

import datetime as dt
from dataclasses import dataclass

from committees.enums import Attendance, CommitteeRole, MeetingStatus
from committees.models import AgendaItem, Attendee, Meeting
from tests.agencies.factories import Office, make_office
from tests.committees.factories import YEAR, make_committees

STARTS = dt.datetime(2027, 6, 15, 6, 30, tzinfo=dt.UTC)  # 13.30 in Bangkok, a Tuesday


@dataclass
class World:
    """An office, one held meeting of its Working Team with agenda and people who came."""

    office: Office
    meeting: Meeting
    items: dict[str, AgendaItem]

    def url(self, path: str = "") -> str:
        return self.office.url(f"{YEAR}/meetings/{self.meeting.pk}/minutes/{path}")


def make_meeting(office: Office, **fields) -> Meeting:
    """Return a held meeting of the office; number 2 of 2570 unless told otherwise."""
    fields = {
        "title": "การประชุมคณะทำงาน",
        "number": 2,
        "calendar_year": 2570,
        "status": MeetingStatus.HELD,
        "starts_at": STARTS,
        "place": "ห้องประชุม 1",
    } | fields
    return Meeting.objects.create(
        agency=office.agency,
        fiscal_year=YEAR,
        created_by=office.officer,
        created_at=STARTS - dt.timedelta(days=10),
        **fields,
    )


def call(meeting: Meeting, user, role: str = CommitteeRole.MEMBER, **fields) -> Attendee:
    """Call somebody as a member who came."""
    fields = {"attendance": Attendance.PRESENT, "is_member": True} | fields
    return Attendee.objects.create(
        meeting=meeting,
        user=user,
        name=user.get_full_name(),
        position=user.position,
        role=role,
        order=meeting.attendees.count(),
        **fields,
    )


def make_world(code: str = "office", **fields) -> World:
    """Return the world; champion1 is not marked yet when `unmarked` is given."""
    office = make_office(code)
    _steering, working = make_committees(office)
    meeting = make_meeting(office, **fields)
    meeting.committees.set([working])
    call(meeting, office.deputy, CommitteeRole.CHAIR)
    for name in ("champion1", "champion2", "member"):
        call(meeting, office.people[name])
    call(meeting, office.officer, CommitteeRole.SECRETARY)
    items = {}
    for place, (name, kind, title, parent) in enumerate(
        (
            ("informs", "chair_informs", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", None),
            ("confirm", "confirm_minutes", "เรื่องรับรองรายงานการประชุม", None),
            ("consider", "for_consideration", "เรื่องเพื่อพิจารณา", None),
            ("draft", "for_consideration", "ร่างผลการประเมิน 7 หมวด", "consider"),
            ("evidence", "for_consideration", "หลักฐานที่ยังขาด", "consider"),
        )
    ):
        items[name] = AgendaItem.objects.create(
            meeting=meeting,
            kind=kind,
            title=title,
            parent=items[parent] if parent else None,
            order=place,
        )
    return World(office, meeting, items)


def times(meeting: Meeting) -> None:
    """Write when the meeting opened and closed."""
    meeting.opened_at, meeting.closed_at = dt.time(13, 30), dt.time(16, 0)
    meeting.save(update_fields=["opened_at", "closed_at"])
