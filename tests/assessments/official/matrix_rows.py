"""Who may open what of official results; tests/assessments/matrix.py takes these rows in."""

from decimal import Decimal

from assessments.official.results import add_result
from tests.permission_matrix.table import EVERYONE, OFFICERS, row

RESULT = {"pk": "official_result"}
SENT = {"body": "สพฐ.", "fiscal_year": "2569", "scale": "0-5", "total": "4.74511", "version": "1"}


def objects(office):
    """A result of last year."""
    return {"official_result": enter(office, 2569, "สพฐ.")}


def more(office, count):
    """Further results, each of a body of its own."""
    for number in range(count):
        enter(office, 2569, f"หน่วยงาน {number}")


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
    row("assessments:official-remove", post=OFFICERS, ids=RESULT, data={"version": "1"}),
]
