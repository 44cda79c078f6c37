"""Who may open what of certificates; tests/reports/matrix.py takes these in."""

from reports.certificates import writing
from tests.permission_matrix.table import EVERYONE, OFFICERS, row

WORDS = {
    "title": "เกียรติบัตร",
    "reason": "มีผลงานดีเด่น",
    "given_on": None,
    "signers": [{"name": "นายตัวอย่าง ลำดับหนึ่ง", "position": "ผู้อำนวยการ", "acting": ""}],
}


def make(office, count):
    people = [(f"ผู้รับ {number}", "กลุ่มทดสอบ") for number in range(count)]
    return writing.begin(office.agency, office.year, WORDS, people, office.people["officer"])


def objects(office):
    return {"certificate": make(office, 1)}


def more(office, count):
    """Further certificates of the list, and recipients of the one."""
    for _number in range(count):
        make(office, 2)
    writing.save(
        office["certificate"],
        WORDS,
        [(f"คนที่ {number}", "") for number in range(count)],
        version=1,
        by=office.people["officer"],
    )


CERTIFICATE = {"pk": "certificate"}
TYPED = {
    "title": "เกียรติบัตร",
    "reason": "ผลงานดีเด่น",
    "recipients": "กลุ่มอำนวยการ | หมวด 1",
    "name_1": "นายตัวอย่าง",
    "version": "1",
}

ROWS = [
    row("certificates:list", get=EVERYONE),
    row("certificates:new", get=OFFICERS, post=OFFICERS, data=TYPED),
    row("certificates:certificate", get=EVERYONE, ids=CERTIFICATE),
    row("certificates:edit", get=OFFICERS, post=OFFICERS, ids=CERTIFICATE, data=TYPED),
    row("certificates:remove", post=OFFICERS, ids=CERTIFICATE, data={"version": "1"}),
]
