"""Who may open what in the office settings and the account pages."""

import datetime as dt

from agencies.models import ActingPeriod, AgencyMembership, Holiday, Unit
from tests.permission_matrix.table import (
    ADMINISTRATORS,
    DIRECTORS,
    EVERYONE,
    OFFICERS,
    literal,
    row,
)

MANAGERS = OFFICERS | ADMINISTRATORS


def objects(office):
    """Rows of the settings screens, one of each."""
    member = AgencyMembership.objects.get(agency=office.agency, user=office.people["member"])
    unit = Unit.objects.create(agency=office.agency, name="กลุ่มที่สอง", order=2)
    period = ActingPeriod.objects.create(
        agency=office.agency,
        absent=office.people["director"],
        acting=office.people["deputy"],
        starts_on=dt.date(2027, 6, 1),
        ends_on=dt.date(2027, 6, 30),
    )
    holiday = Holiday.objects.create(
        agency=office.agency, date=dt.date(2027, 6, 18), name_th="วันทำบุญสำนักงาน", kind="office"
    )
    return {
        "membership": member,
        "settings_unit": unit,
        "acting_period": period,
        "holiday": holiday,
    }


PERSON = {"pk": "membership"}
UNIT = {"pk": "settings_unit"}
HOLIDAY = {"pk": "holiday"}
HOLIDAY_DATA = {
    "date": "18/6/2570",
    "name_th": "วันทำบุญ",
    "kind": "office",
    "is_observed": "on",
}

ROWS = [
    row("agencies:settings", get=MANAGERS | DIRECTORS),
    row("agencies:audit-log", get=MANAGERS | DIRECTORS),
    row("agencies:person-list", get=MANAGERS),
    row(
        "agencies:person-add",
        get=MANAGERS,
        post=MANAGERS,
        data={"first_name": "ใหม่", "role": "staff"},
        foreign_data=lambda own, other: {
            "first_name": "ใหม่",
            "role": "staff",
            "unit": other["settings_unit"].pk,
        },
    ),
    row(
        "agencies:person-edit",
        get=MANAGERS,
        post=MANAGERS,
        ids=PERSON,
        data={"first_name": "แก้ไข", "role": "staff"},
    ),
    row(
        "agencies:person-deactivate",
        get=MANAGERS,
        post=MANAGERS,
        ids=PERSON,
        data={"reason": "ย้าย"},
    ),
    row("agencies:person-reactivate", post=MANAGERS, ids=PERSON),
    row("agencies:person-password", get=MANAGERS, post=MANAGERS, ids=PERSON),
    row("agencies:unit-list", get=MANAGERS),
    row("agencies:unit-add", get=MANAGERS, post=MANAGERS, data={"name": "กลุ่มใหม่"}),
    row("agencies:unit-edit", get=MANAGERS, post=MANAGERS, ids=UNIT, data={"name": "กลุ่มแก้"}),
    row("agencies:unit-move", post=MANAGERS, ids=UNIT, data={"to": "up"}),
    row("agencies:unit-switch", post=MANAGERS, ids=UNIT, data={"active": "0"}),
    row("agencies:acting-list", get=MANAGERS),
    row(
        "agencies:acting-add",
        get=MANAGERS,
        post=MANAGERS,
        foreign_data=lambda own, other: {
            "absent": other.people["director"].pk,
            "acting": own.people["deputy"].pk,
            "kind": "acting_for",
            "starts_on": "1/7/2570",
            "ends_on": "2/7/2570",
        },
    ),
    row("agencies:acting-end", post=MANAGERS, ids={"pk": "acting_period"}),
    row("agencies:holiday-list", get=MANAGERS, query={"year": "2570"}),
    row("agencies:holiday-add", get=MANAGERS, post=MANAGERS, data=HOLIDAY_DATA),
    row("agencies:holiday-edit", get=MANAGERS, post=MANAGERS, ids=HOLIDAY, data=HOLIDAY_DATA),
    row("agencies:holiday-delete", post=MANAGERS, ids=HOLIDAY),
    row("agencies:holiday-fill", post=MANAGERS, data={"year": "2572"}),
    row("agencies:holiday-import", post=MANAGERS),
    row("agencies:office-edit", get=MANAGERS, post=MANAGERS, data={"name_th": "ชื่อใหม่"}),
    row(
        "account-profile",
        kind="login",
        get=EVERYONE,
        post=EVERYONE,
        data={"first_name": "ตน", "language": "th"},
    ),
    row("account_login", kind="public", get=EVERYONE, post=EVERYONE),
    row("account_logout", kind="login", get=EVERYONE, post=EVERYONE),
    row("account_change_password", kind="login", get=EVERYONE, post=EVERYONE),
    row("account_reset_password", kind="public", get=EVERYONE, post=EVERYONE),
    row("account_reset_password_done", kind="public", get=EVERYONE),
    row(
        "account_reset_password_from_key",
        kind="public",
        get=EVERYONE,
        post=EVERYONE,
        ids={"uidb36": literal("1"), "key": literal("set-password")},
    ),
    row("account_reset_password_from_key_done", kind="public", get=EVERYONE),
]
