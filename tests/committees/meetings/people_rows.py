"""Matrix rows of the people of a meeting: the list, replies, attendance, the door, feedback."""

import datetime as dt

from agencies.models import User
from committees.models import Attendee, Meeting, MeetingFeedback
from core import clock
from tests.permission_matrix.table import EVERYONE, OFFICERS, row


def invite(meeting, user, place, **fields):
    return Attendee.objects.create(
        meeting=meeting,
        user=user,
        name=user.get_full_name(),
        order=place,
        invited_at=clock.now(),
        role="member",
        **fields,
    )


def objects(office):
    """A called meeting with two people on its list, and a training at which people were."""
    officer = office.people["officer"]
    starts = clock.now() + dt.timedelta(days=7)
    common = {
        "agency": office.agency,
        "fiscal_year": office.year,
        "created_by": officer,
        "created_at": clock.now(),
    }
    called = Meeting.objects.create(
        title="ประชุมที่เรียกแล้ว", status="called", starts_at=starts, place="ห้อง 1", **common
    )
    training = Meeting.objects.create(
        title="อบรม", kind="training", status="held", starts_at=clock.now(), place="ห้อง 2", **common
    )
    for place, role in enumerate(("staff", "officer")):
        person = office.people[role]
        invite(training, person, place, is_member=False, attendance="present")
    rows = [
        invite(called, office.people[role], place) for place, role in enumerate(("staff", "member"))
    ]
    return {"called": called, "training": training, "attendee": rows[0], "attendee2": rows[1]}


def more(office, count):
    """Further people on each list, and further answers."""
    for place in range(count):
        person = User.objects.create_user(
            f"{office.agency.code}-guest{place}",
            None,
            first_name=f"แขก{place}",
            sort_key=str(place),
        )
        for meeting in (office["called"], office["training"], office["meeting"]):
            invite(meeting, person, place + 5)
        MeetingFeedback.objects.create(
            meeting=office["training"], user=person, rating=4, text="ดี", at=clock.now()
        )


CALLED = {"pk": "called"}
PERSON = {"pk": "called", "attendee_pk": "attendee"}
TOKEN = {"token": "attendee.token"}

ROWS = [
    row("meetings:people", get=OFFICERS, ids=CALLED),
    row("meetings:people-fill", post=OFFICERS, ids=CALLED),
    row(
        "meetings:person-add",
        post=OFFICERS,
        ids=CALLED,
        data={"name": "นายนอก สมมติ", "position": "ผู้ทรงคุณวุฒิ", "email": "nok@example.org"},
    ),
    row(
        "meetings:people-change",
        post=OFFICERS,
        ids=CALLED,
        data=lambda office: {"do": f"{office['attendee2'].pk}:up"},
        foreign_data=lambda own, other: {"do": f"{other['attendee2'].pk}:remove"},
    ),
    row("meetings:people-send", post=OFFICERS, ids=CALLED),
    row(
        "meetings:person",
        get=OFFICERS,
        post=OFFICERS,
        ids=PERSON,
        data={"reply": "attend"},
    ),
    row("meetings:calendar-file", get=EVERYONE, ids=CALLED),
    row("meetings:attendance", get=OFFICERS, ids=CALLED),
    row(
        "meetings:attendance-mark",
        post=OFFICERS,
        ids=CALLED,
        data=lambda office: {"mark": f"{office['attendee'].pk}:present"},
        foreign_data=lambda own, other: {"mark": f"{other['attendee'].pk}:present"},
    ),
    row("meetings:attendance-all", post=OFFICERS, ids=CALLED),
    row("meetings:door-poster", get=OFFICERS, ids=CALLED),
    row("meetings:door-code", get=OFFICERS, ids=CALLED),
    row(
        "meetings:feedback",
        get=OFFICERS | {"staff"},
        post=OFFICERS | {"staff"},
        ids={"pk": "training"},
        data={"rating": "5", "text": "ดีมาก"},
    ),
    row(
        "invitation:reply",
        kind="public",
        get=EVERYONE,
        post=EVERYONE,
        ids=TOKEN,
        data={"reply": "attend"},
    ),
    row("invitation:calendar", kind="public", get=EVERYONE, ids=TOKEN),
    # Those of another office are told that there is no such door.
    row(
        "invitation:door",
        kind="login",
        get=EVERYONE,
        post=EVERYONE,
        ids={"token": "called.door_token"},
        ok={404},
    ),
]
