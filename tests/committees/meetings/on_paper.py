"""A meeting with people, agenda and minutes, as the papers' tests want it."""

import datetime as dt

from committees.models import AgendaItem, Attendee, Meeting, Minutes, Resolution
from tests.agencies.factories import Office

# 13.30 in Bangkok, Tuesday 15 June 2570.
STARTS = dt.datetime(2027, 6, 15, 6, 30, tzinfo=dt.UTC)
HEADINGS = (
    ("chair_informs", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"),
    ("confirm_minutes", "เรื่องรับรองรายงานการประชุม"),
    ("for_information", "เรื่องที่เสนอให้ที่ประชุมทราบ"),
    ("for_consideration", "เรื่องที่เสนอให้ที่ประชุมพิจารณา"),
    ("other", "เรื่องอื่น ๆ"),
)


def make_meeting(office: Office, *committees, **fields) -> Meeting:
    """Return a planned meeting, number 2/2570, on 15 June 2570 from 13.30 to 15.45."""
    fields = {
        "title": "ประชุมคณะทำงาน PMQA",
        "number": 2,
        "calendar_year": 2570,
        "starts_at": STARTS,
        "ends_at": STARTS + dt.timedelta(hours=2, minutes=15),
        "place": "ห้องประชุม 1",
    } | fields
    meeting = Meeting.objects.create(
        agency=office.agency,
        fiscal_year=2570,
        created_by=office.officer,
        created_at=STARTS - dt.timedelta(days=10),
        **fields,
    )
    meeting.committees.set(committees)
    return meeting


def add_headings(meeting: Meeting) -> dict[str, AgendaItem]:
    """Return the five usual headings by kind."""
    return {
        kind: AgendaItem.objects.create(meeting=meeting, kind=kind, title=title, order=place)
        for place, (kind, title) in enumerate(HEADINGS)
    }


def add_item(heading: AgendaItem, title: str, resolution: str = "", **fields) -> AgendaItem:
    """Return a further sub-item; with a resolution where its words are given."""
    place = AgendaItem.objects.filter(parent=heading).count()
    item = AgendaItem.objects.create(
        meeting=heading.meeting,
        parent=heading,
        kind=heading.kind,
        title=title,
        order=place,
        **fields,
    )
    if resolution:
        resolve(item, resolution)
    return item


def resolve(item: AgendaItem, text: str, kind: str = "other") -> Resolution:
    return Resolution.objects.create(item=item, kind=kind, text=text, status="open")


def call(meeting: Meeting, name: str, position: str = "นักวิชาการ", **fields) -> Attendee:
    """Return one more person called to the meeting, a member unless `fields` say otherwise."""
    fields = {"role": "member", "order": meeting.attendees.count()} | fields
    return Attendee.objects.create(meeting=meeting, name=name, position=position, **fields)


def take_minutes(meeting: Meeting, office: Office) -> Minutes:
    """Return the meeting's minutes, opened 13.30 and closed 15.45, with both signatures."""
    meeting.opened_at, meeting.closed_at = dt.time(13, 30), dt.time(15, 45)
    meeting.status = "held"
    meeting.save()
    return Minutes.objects.create(meeting=meeting, recorder=office.officer, checker=office.deputy)
