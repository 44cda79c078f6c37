"""Matrix rows of calling meetings and their agendas."""

import datetime as dt

from committees.models import AgendaItem, Meeting
from tests.permission_matrix.table import EVERYONE, row

STARTS = dt.datetime(2027, 6, 15, 6, 30, tzinfo=dt.UTC)


def objects(office):
    """A planned meeting of the committee with a heading and a sub-item."""
    meeting = Meeting.objects.create(
        agency=office.agency,
        fiscal_year=office.year,
        title="การประชุมคณะทำงาน",
        number=2,
        calendar_year=2570,
        starts_at=STARTS,
        place="ห้องประชุม 1",
        created_by=office.people["officer"],
        created_at=STARTS - dt.timedelta(days=10),
    )
    meeting.committees.set([office["committee"]])
    heading = AgendaItem.objects.create(
        meeting=meeting, kind="for_consideration", title="เรื่องเพื่อพิจารณา", order=1
    )
    item = AgendaItem.objects.create(
        meeting=meeting, parent=heading, kind="for_consideration", title="ร่างผลการประเมิน", order=2
    )
    return {"meeting": meeting, "heading": heading, "agenda_item": item}


def more(office, count):
    """Further meetings, and further sub-items with papers in the one that is shown."""
    for place in range(count):
        objects(office)
        AgendaItem.objects.create(
            meeting=office["meeting"],
            parent=office["heading"],
            kind="for_consideration",
            title=f"เรื่องที่ {place}",
            order=place + 3,
        )


MEETING = {"pk": "meeting"}

ROWS = [
    row("meetings:list", get=EVERYONE),
    row("meetings:detail", get=EVERYONE, ids=MEETING),
]
