"""Who may open what of official results; tests/assessments/matrix.py takes these rows in."""

import datetime as dt
from decimal import Decimal

from assessments.models import LevelBand, OfficialTarget
from assessments.official.handing_in import record
from assessments.official.results import add_result
from tests.permission_matrix.table import EVERYONE, OFFICERS, row

RESULT = {"pk": "official_result"}
SENT = {"body": "สพฐ.", "fiscal_year": "2569", "scale": "0-5", "total": "4.74511", "version": "1"}

HANDED = {
    "system": "KRS",
    "handed_in_on": "5 ต.ค. 2569",
    "handed_in_by": "นางสาวตัวอย่าง ทดสอบ",
    "scale": "0-5",
    "months": "12",
}


def objects(office):
    """A result of last year, a level, and what was handed in."""
    return {
        "official_result": enter(office, 2569, "สพฐ."),
        "level_band": band(office, 1),
        "handed_in": hand_in(office),
    }


def more(office, count):
    """Further results, each of a body of its own."""
    for number in range(count):
        enter(office, 2569, f"หน่วยงาน {number}")
        band(office, number + 2)
        hand_in(office)
        OfficialTarget.objects.create(
            agency=office.agency, fiscal_year=2560 + number, scale="0-5", target=Decimal("4.5")
        )


def band(office, order):
    return LevelBand.objects.create(
        agency=office.agency, scale="0-5", name="พื้นฐาน", highest=Decimal(3), order=order
    )


def hand_in(office):
    columns = {
        "fiscal_year": office.year,
        "system": "KRS",
        "handed_in_on": dt.date(2026, 10, 5),
        "handed_in_by": "นางสาวตัวอย่าง ทดสอบ",
    }
    fields = [["หมวด 1", "4.50000", "category-1"]]
    return record(office.agency, columns, fields, office.people["officer"])


def enter(office, year, body):
    fields = {"fiscal_year": year, "body": body, "scale": "0-5", "total": Decimal("4.74511")}
    officer = office.people["officer"]
    return add_result(office.agency, fields, {1: Decimal(5), 2: Decimal("4.75")}, officer)


ROWS = [
    row("assessments:official-list", get=EVERYONE),
    row("assessments:official-add", get=OFFICERS, post=OFFICERS, data=SENT | {"body": "ก.พ.ร."}),
    row("assessments:official-edit", get=OFFICERS, post=OFFICERS, ids=RESULT, data=SENT),
    row("assessments:official-lock", post=OFFICERS, ids=RESULT, data={"version": "1"}),
    row(
        "assessments:official-unlock",
        post=OFFICERS,
        ids=RESULT,
        data={"version": "1", "reason": "พิมพ์ผิด"},
    ),
    row("assessments:official-settings", get=EVERYONE),
    row(
        "assessments:official-target",
        post=OFFICERS,
        data={"fiscal_year": "2570", "scale": "0-5", "target": "4.5"},
    ),
    row("assessments:official-band-add", post=OFFICERS, data={"scale": "0-5", "name": "สูง"}),
    row(
        "assessments:official-band",
        get=OFFICERS,
        post=OFFICERS,
        ids={"pk": "level_band"},
        data={"scale": "0-5", "name": "สูง", "version": "1"},
    ),
    row(
        "assessments:official-band-remove",
        post=OFFICERS,
        ids={"pk": "level_band"},
        data={"version": "1"},
    ),
    row("assessments:handed-list", get=EVERYONE),
    row("assessments:handed-add", get=OFFICERS, post=OFFICERS, data=HANDED | {"field-total": "4"}),
    row("assessments:handed-detail", get=EVERYONE, ids={"pk": "handed_in"}),
    row(
        "assessments:handed-edit",
        get=OFFICERS,
        post=OFFICERS,
        ids={"pk": "handed_in"},
        data=HANDED | {"version": "1"},
    ),
    row(
        "assessments:handed-remove",
        post=OFFICERS,
        ids={"pk": "handed_in"},
        data={"version": "1"},
    ),
    row("assessments:official-remove", post=OFFICERS, ids=RESULT, data={"version": "1"}),
]
