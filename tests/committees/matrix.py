"""Who may open what in committees."""

from committees.models import AppointmentOrder, Committee, CommitteeMember
from tests.committees.meetings import matrix_rows as meetings
from tests.permission_matrix.table import (
    ADMINISTRATORS,
    DEPUTIES,
    DIRECTORS,
    EVERYONE,
    OFFICERS,
    literal,
    row,
)

EDITORS = OFFICERS | ADMINISTRATORS
OVERRIDERS = OFFICERS | DEPUTIES | DIRECTORS


def objects(office):
    """A Working Team with the two champions and a member, a draft and a submitted order."""
    committee = Committee.objects.create(
        agency=office.agency, fiscal_year=office.year, kind="working_team", name="คณะทำงาน"
    )
    seats = [
        CommitteeMember.objects.create(
            committee=committee, user=office.people[name], order=place, **fields
        )
        for place, (name, fields) in enumerate(
            {
                "champion1": {"champion_of": 1},
                "champion2": {"champion_of": 2},
                "member": {"team_of": 1},
            }.items()
        )
    ]
    draft, waiting = (
        AppointmentOrder.objects.create(
            agency=office.agency, fiscal_year=office.year, title="แต่งตั้ง", status=status
        )
        for status in ("draft", "for_signature")
    )
    unused = Committee.objects.create(
        agency=office.agency, fiscal_year=office.year, kind="other", name="คณะทำงาน ITA", order=9
    )
    made = {
        "committee": committee,
        "unused_committee": unused,
        "seat": seats[2],
        "order": draft,
        "order_waiting": waiting,
    }
    return meetings.objects(office, made)


SEAT = {"pk": "committee", "member_pk": "seat"}
OPEN_CHECK = {"code": literal("champion-3")}

ROWS = [
    row("committees:overview", get=EVERYONE),
    row("committees:start", post=EDITORS, data={"shape": "two"}),
    row("committees:copy", get=EDITORS, post=EDITORS),
    row(
        "committees:committee-add",
        get=EDITORS,
        post=EDITORS,
        data={"kind": "other", "name": "คณะทำงาน KRS"},
    ),
    row("committees:committee-remove", post=EDITORS, ids={"pk": "unused_committee"}),
    row(
        "committees:places",
        get=EDITORS,
        post=EDITORS,
        ids={"pk": "committee"},
        data=lambda office: {
            f"place-{seat.pk}": place
            for place, seat in enumerate(reversed(office["committee"].members.all()), start=1)
        },
    ),
    row(
        "committees:committee-edit",
        get=EDITORS,
        post=EDITORS,
        ids={"pk": "committee"},
        data={"name": "คณะทำงาน", "duties": "ประเมิน", "version": 1},
    ),
    row(
        "committees:member-add",
        get=EDITORS,
        post=EDITORS,
        ids={"pk": "committee"},
        data={"outside_name": "นายภายนอก ตัวอย่าง", "role": "member"},
        foreign_data=lambda own, other: {"user": other.people["staff"].pk, "role": "member"},
    ),
    row(
        "committees:member-edit",
        get=EDITORS,
        post=EDITORS,
        ids=SEAT,
        data={"role": "member", "team_of": 2},
    ),
    row("committees:member-remove", post=EDITORS, ids=SEAT),
    row(
        "committees:override",
        get=OVERRIDERS,
        post=OVERRIDERS,
        ids=OPEN_CHECK,
        data={"reason": "เหตุผล"},
    ),
    row("committees:override-undo", post=OVERRIDERS, ids=OPEN_CHECK),
    row("committees:order-create", post=EDITORS),
    row("committees:order-detail", get=EVERYONE, ids={"pk": "order"}),
    row(
        "committees:order-edit",
        get=EDITORS,
        post=EDITORS,
        ids={"pk": "order"},
        data=lambda office: {
            "title": "แต่งตั้ง",
            "committees": [office["committee"].pk],
            "version": 1,
        },
        foreign_data=lambda own, other: {
            "title": "แต่งตั้ง",
            "committees": [other["committee"].pk],
            "version": 1,
        },
    ),
    row("committees:order-discard", post=EDITORS, ids={"pk": "order"}),
    row("committees:order-submit", post=OFFICERS, ids={"pk": "order"}),
    row("committees:order-withdraw", post=OFFICERS, ids={"pk": "order_waiting"}),
    row("committees:order-sign", post=DIRECTORS, ids={"pk": "order_waiting"}),
    row("committees:order-return", post=DIRECTORS, ids={"pk": "order_waiting"}),
    row("committees:order-record", post=OFFICERS, ids={"pk": "order_waiting"}),
]
ROWS += meetings.ROWS


def more(office, count):
    meetings.more(office, count)
