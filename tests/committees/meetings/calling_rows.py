"""Matrix rows of calling meetings and their agendas."""

import datetime as dt

from committees.models import AgendaItem, AgendaTemplate, Meeting, MeetingPaper
from documents.models import StoredFile
from tests.permission_matrix.table import EVERYONE, OFFICERS, row

STARTS = dt.datetime(2037, 6, 15, 6, 30, tzinfo=dt.UTC)


def _meeting(office, **fields):
    wanted = {
        "agency": office.agency,
        "fiscal_year": office.year,
        "title": "การประชุมคณะทำงาน",
        "number": 2,
        "calendar_year": 2580,
        "starts_at": STARTS,
        "place": "ห้องประชุม 1",
        "created_by": office.people["officer"],
        "created_at": STARTS - dt.timedelta(days=10),
    } | fields
    meeting = Meeting.objects.create(**wanted)
    meeting.committees.set([office["committee"]])
    return meeting


def _items(office, meeting):
    heading = AgendaItem.objects.create(
        meeting=meeting, kind="for_consideration", title="เรื่องเพื่อพิจารณา", order=1
    )
    item = AgendaItem.objects.create(
        meeting=meeting, parent=heading, kind="for_consideration", title="ร่างผลการประเมิน", order=2
    )
    return heading, item


def _paper(office, meeting, item, name="paper"):
    file = StoredFile.objects.create(
        agency=office.agency, sha256=f"{office.agency.pk:032x}{name:0>32}", name=name, size=1
    )
    return MeetingPaper.objects.create(meeting=meeting, item=item, title=name, file=file)


def objects(office):
    """A planned meeting with an agenda and a paper, a cancelled one, an own form of agenda."""
    meeting = _meeting(office)
    heading, item = _items(office, meeting)
    return {
        "meeting": meeting,
        "heading": heading,
        "agenda_item": item,
        "meeting_paper": _paper(office, meeting, item),
        "meeting_cancelled": _meeting(office, number=None, status="cancelled"),
        "agenda_template": AgendaTemplate.objects.create(
            agency=office.agency,
            name="ของสำนักงาน",
            headings=[{"kind": "other", "title": "เรื่องอื่น ๆ"}],
        ),
    }


def more(office, count):
    """Further meetings, forms of agenda, and sub-items with papers in the meeting shown."""
    for place in range(count):
        held = _meeting(
            office,
            status="held" if place % 2 else "called",
            number=place + 3,
            starts_at=STARTS - dt.timedelta(days=400 + place),
        )
        _items(office, held)
        AgendaTemplate.objects.create(
            agency=office.agency,
            name=f"แบบที่ {place}",
            headings=[{"kind": "other", "title": "เรื่องอื่น ๆ"}],
        )
        item = AgendaItem.objects.create(
            meeting=office["meeting"],
            parent=office["heading"],
            kind="for_consideration",
            title=f"เรื่องที่ {place}",
            order=place + 3,
        )
        _paper(office, office["meeting"], item, f"paper{place}")
        _paper(office, office["meeting"], office["agenda_item"], f"further{place}")


MEETING = {"pk": "meeting"}
ITEM = {"pk": "meeting", "item_pk": "agenda_item"}


def _form(office, committee=None):
    """What a filled form of calling sends."""
    return {
        "kind": "committee",
        "committees": [(committee or office["committee"]).pk],
        "number": "7",
        "day": "16/6/2580",
        "starts": "13.30",
        "mode": "on_site",
        "place": "ห้องประชุม 2",
        "agenda": "six",
        "previous": "auto",
        "invitation_form": "memo",
        "version": 1,
    }


FILLED = {"data": _form, "foreign_data": lambda own, other: _form(own, other["committee"])}

ROWS = [
    row("meetings:list", get=EVERYONE),
    row("meetings:detail", get=EVERYONE, ids=MEETING),
    row("meetings:new", get=OFFICERS, post=OFFICERS, **FILLED),
    row("meetings:edit", get=OFFICERS, post=OFFICERS, ids=MEETING, **FILLED),
    row(
        "meetings:proposal",
        get=OFFICERS,
        query=lambda office: {"kind": "committee", "committees": office["committee"].pk},
    ),
    row(
        "meetings:facts",
        get=OFFICERS,
        post=OFFICERS,
        ids=MEETING,
        data={"identified_by": "ขานชื่อ", "version": 1},
    ),
    row("meetings:call", post=OFFICERS, ids=MEETING),
    row("meetings:hold", post=OFFICERS, ids=MEETING),
    row(
        "meetings:cancel",
        get=OFFICERS,
        post=OFFICERS,
        ids=MEETING,
        data={"comment": "ประธานติดราชการ"},
    ),
    row("meetings:reopen", post=OFFICERS, ids=MEETING),
    row("meetings:restore", post=OFFICERS, ids={"pk": "meeting_cancelled"}),
    row("meetings:agenda", get=OFFICERS, ids=MEETING),
    row(
        "meetings:agenda-add",
        post=OFFICERS,
        ids=MEETING,
        data=lambda office: {"heading": office["heading"].pk, "lines": "เรื่องใหม่"},
        foreign_data=lambda own, other: {"heading": other["heading"].pk, "lines": "เรื่องใหม่"},
    ),
    row(
        "meetings:agenda-move",
        post=OFFICERS,
        ids=MEETING,
        data=lambda office: {"move": f"{office['agenda_item'].pk}:up"},
        foreign_data=lambda own, other: {"move": f"{other['agenda_item'].pk}:up"},
    ),
    row("meetings:agenda-arising", post=OFFICERS, ids=MEETING),
    row(
        "meetings:item-edit",
        get=OFFICERS,
        post=OFFICERS,
        ids=ITEM,
        data=lambda office: {
            "title": "ร่างผลการประเมินตนเอง",
            "under": office["heading"].pk,
            "version": 1,
        },
        foreign_data=lambda own, other: {
            "title": "ร่างผลการประเมินตนเอง",
            "under": other["heading"].pk,
            "version": 1,
        },
    ),
    row("meetings:item-remove", post=OFFICERS, ids=ITEM, data={"version": 1}),
    row("meetings:item-upload", post=OFFICERS, ids=ITEM),
    row("meetings:item-issued", post=OFFICERS, ids=ITEM),
    row(
        "meetings:agenda-paper-remove",
        post=OFFICERS,
        ids={"pk": "meeting", "paper_pk": "meeting_paper"},
    ),
    row("meetings:templates", get=OFFICERS),
    row(
        "meetings:template-new",
        get=OFFICERS,
        post=OFFICERS,
        data={"name": "ใหม่", "lines": "เรื่องอื่น ๆ"},
    ),
    row(
        "meetings:template-edit",
        get=OFFICERS,
        post=OFFICERS,
        ids={"pk": "agenda_template"},
        data={"name": "ใหม่", "lines": "เรื่องอื่น ๆ", "version": 1},
    ),
    row("meetings:template-delete", post=OFFICERS, ids={"pk": "agenda_template"}),
]
