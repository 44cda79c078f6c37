"""Who may open what of the organisational profile."""

from tests.permission_matrix.table import EVERYONE, OFFICERS, literal, row

PROFILE_WRITERS = frozenset({"officer", "champion1", "champion2", "member"})
FIRST = {"number": literal(1)}
WORKFORCE = {"number": literal(3)}
TEXT = {"text": "สำนักงานมีพันธกิจ", "version": 0, "request_id": ""}
TABLE = {"0-kind": "ข้าราชการ", "0-count": "๔๕", "0-note": "", "version": 0}

ROWS = [
    row("profile:overview", get=EVERYONE),
    row("profile:topic", get=EVERYONE, ids=FIRST),
    row("profile:topic-save", post=PROFILE_WRITERS, ids=FIRST, data=TEXT),
    row(
        "profile:topic-owner",
        post=OFFICERS,
        ids=FIRST,
        data=lambda office: {"owner": office.people["member"].pk},
        foreign_data=lambda own, other: {"owner": other.people["member"].pk},
    ),
    row("profile:topic-rows", post=PROFILE_WRITERS, ids=WORKFORCE, data=TABLE),
    row(
        "profile:topic-image",
        post=PROFILE_WRITERS,
        ids={"number": literal(6)},
        data={"remove": "1", "version": 0},
    ),
]
