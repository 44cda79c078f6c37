"""Matrix rows of minutes and resolutions."""

import datetime as dt

from committees.models import AgendaItem, Attendee, CirculationAnswer, Meeting, Minutes, Resolution
from tests.permission_matrix.table import DEPUTIES, EVERYONE, MEMBERS, OFFICERS, row

STARTS = dt.datetime(2027, 6, 15, 6, 30, tzinfo=dt.UTC)
OWNERS = OFFICERS | MEMBERS


def _meeting(office, status=None):
    meeting = Meeting.objects.create(
        agency=office.agency,
        fiscal_year=office.year,
        title="การประชุมคณะทำงาน",
        status="held",
        starts_at=STARTS,
        opened_at=dt.time(13, 30),
        closed_at=dt.time(16, 0),
        created_by=office.people["officer"],
        created_at=STARTS,
    )
    for place, name in enumerate(("deputy", "member")):
        Attendee.objects.create(
            meeting=meeting,
            user=office.people[name],
            name=name,
            role="" if place else "chair",
            order=place,
            attendance="present",
        )
    AgendaItem.objects.create(meeting=meeting, kind="other", title="เรื่องอื่น ๆ")
    if status:
        Minutes.objects.create(
            meeting=meeting,
            status=status,
            recorder=office.people["officer"],
            checker=office.people["deputy"],
            circulate_until=dt.date(2027, 7, 1),
        )
    return meeting


def objects(office):
    """Meetings whose minutes stand in each state, a draft resolution and an open one."""
    typed = _meeting(office)
    item = typed.agenda.get()
    made = {f"minutes_{status}": _meeting(office, status) for status in STATES}
    task = Resolution.objects.create(
        item=made["minutes_checked"].agenda.get(),
        kind="assigned",
        status="open",
        text="จัดทำให้ครบ",
        owner=office.people["member"],
    )
    done = Resolution.objects.create(
        item=item, status="done", done_on=STARTS.date(), owner=office.people["member"]
    )
    draft = Resolution.objects.create(item=item, kind="approved")
    return made | {
        "typed": typed,
        "typed_item": item,
        "resolution_draft": draft,
        "resolution_open": task,
        "resolution_done": done,
    }


STATES = ("for_check", "checked", "circulating")


def more(office, count):
    """Further items, sub-items and resolutions in the minutes, and members who are asked."""
    meeting = office["typed"]
    last = _meeting(office, "circulating")
    for place in range(count):
        parent = AgendaItem.objects.create(
            meeting=meeting, kind="other", title=f"เรื่องที่ {place}", order=place
        )
        item = AgendaItem.objects.create(
            meeting=meeting, parent=parent, kind="other", title="เรื่องย่อย", order=100 + place
        )
        Resolution.objects.create(
            item=item,
            kind="assigned",
            status="open",
            text="ทำ",
            owner=office.people["member"],
            due_on=dt.date(2027, 7, 1),
        )
        Resolution.objects.create(item=office["typed_item"], kind="noted", order=place + 1)
        Attendee.objects.create(meeting=last, name=f"ผู้เข้าประชุม {place}")
    for name in ("deputy", "member"):
        CirculationAnswer.objects.create(
            minutes=last.minutes, user=office.people[name], reply="confirm", at=STARTS
        )


TYPED = {"pk": "typed"}
ITEM = {"pk": "typed", "item_pk": "typed_item"}
OPEN = {"pk": "resolution_open"}

ROWS = [
    row("meetings:minutes", get=EVERYONE, ids=TYPED),
    row(
        "meetings:minutes-facts",
        post=OFFICERS,
        ids=TYPED,
        data={"version": 1, "opened_at": "9.00", "closed_at": "12.00"},
    ),
    row(
        "meetings:minutes-item-add",
        post=OFFICERS,
        ids=TYPED,
        data={"title": "เรื่องด่วน"},
        foreign_data=lambda own, other: {
            "title": "เรื่องด่วน",
            "parent": other["typed_item"].pk,
        },
    ),
    row(
        "meetings:minutes-item-text",
        post=OFFICERS,
        ids=ITEM,
        data={"minutes_text": "<p>ก</p>", "version": 1},
    ),
    row("meetings:minutes-item-done", post=OFFICERS, ids=ITEM, data={"done": "1"}),
    row("meetings:resolution-add", post=OFFICERS, ids=ITEM, data={"kind": "noted"}),
    row(
        "meetings:resolution-save",
        post=OFFICERS,
        ids={"pk": "typed", "resolution_pk": "resolution_draft"},
        data={"kind": "noted", "text": "ก", "owner": "", "due_on": "", "version": 1},
    ),
    row(
        "meetings:minutes-submit",
        post=OFFICERS,
        ids=TYPED,
        data=lambda office: {"checker": office.people["deputy"].pk},
        foreign_data=lambda own, other: {"checker": other.people["deputy"].pk},
    ),
    row("meetings:minutes-withdraw", post=OFFICERS, ids={"pk": "minutes_for_check"}),
    row("meetings:minutes-rewrite", post=OFFICERS, ids={"pk": "minutes_checked"}),
    row("meetings:minutes-approve", post=DEPUTIES, ids={"pk": "minutes_for_check"}),
    row(
        "meetings:minutes-return",
        post=DEPUTIES,
        ids={"pk": "minutes_for_check"},
        data={"comment": "แก้ชื่อ"},
    ),
    row(
        "meetings:minutes-confirm",
        post=OFFICERS,
        ids={"pk": "minutes_checked"},
        data={"how": "here"},
        foreign_data=lambda own, other: {"how": "next", "at": other["typed"].pk},
    ),
    row(
        "meetings:minutes-circulate",
        post=OFFICERS,
        ids={"pk": "minutes_checked"},
        data={"until": "30/6/2590"},
    ),
    row(
        "meetings:minutes-answer",
        post=DEPUTIES | MEMBERS,
        ids={"pk": "minutes_circulating"},
        data={"reply": "confirm"},
    ),
    row("meetings:resolutions", get=EVERYONE, query={"state": "all"}),
    row("meetings:resolutions-export", get=EVERYONE),
    row("meetings:resolution", get=EVERYONE, ids=OPEN),
    row("meetings:resolution-note", post=OWNERS, ids=OPEN, data={"text": "ทำแล้วครึ่งหนึ่ง"}),
    row(
        "meetings:resolution-finish",
        post=OWNERS,
        ids=OPEN,
        data={"done_on": "1/10/2567", "text": "เสร็จ"},
    ),
    row("meetings:resolution-drop", post=OFFICERS, ids=OPEN, data={"reason": "ยกเลิกโครงการ"}),
    row("meetings:resolution-reopen", post=OFFICERS, ids={"pk": "resolution_done"}),
]
