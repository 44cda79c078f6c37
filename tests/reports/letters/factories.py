"""Letters for tests."""

from core import clock
from reports.models import Letter

YEAR = 2570


def make_letter(office, kind="memo", **fields):
    """A draft with everything that its form asks for."""
    words = {
        "subject": "รายงานผลการดำเนินงาน PMQA ประจำปีงบประมาณ พ.ศ. 2570",
        "sender": "กลุ่มอำนวยการ สำนักงานตัวอย่าง โทร. 0 4500 0000",
        "body": "<p>ตามแผนปฏิบัติงานที่ท่านเห็นชอบแล้ว นั้น</p><p>จึงเรียนมาเพื่อโปรดทราบ</p>",
        "signer_name": "นายตัวอย่าง ลำดับหนึ่ง",
        "signer_position": "ผู้อำนวยการกลุ่มอำนวยการ",
    }
    if kind == "memo":
        words["addressee"] = office.agency.head_position
    return Letter.objects.create(
        agency=office.agency,
        fiscal_year=fields.pop("fiscal_year", YEAR),
        kind=kind,
        created_by=fields.pop("created_by", None) or office.officer,
        created_at=clock.now(),
        **(words | fields),
    )
