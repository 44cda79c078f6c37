"""The demo office's manual: the three shipped SOPs of one unit, bound with foreword and parts."""

from agencies.models import Agency, User
from workflows.models import Manual, Procedure
from workflows.sop.manuals import USUAL_PART, html_of, new_manual, save_manual

SUBTITLE = "งานจัดระบบบริหาร กลุ่มอำนวยการ"
SOPS = ("phetchabun-2-1", "phetchabun-2-2", "phetchabun-2-3")
FOREWORD = """\
คู่มือการปฏิบัติงานเล่มนี้รวบรวมมาตรฐานการปฏิบัติงานของกลุ่มงานการจัดระบบบริหาร ได้แก่ การจัดระบบบริหารงาน \
การพัฒนาคุณภาพการให้บริการ และการประเมินคุณธรรมและความโปร่งใส เพื่อให้ผู้ปฏิบัติงานทราบขั้นตอน ระยะเวลา \
มาตรฐาน และผู้รับผิดชอบของแต่ละงานอย่างชัดเจน
หวังว่าคู่มือนี้จะช่วยให้การปฏิบัติงานเป็นแนวทางเดียวกัน ส่งมอบงานต่อกันได้ และใช้เป็นหลักฐานในการพัฒนาคุณภาพ\
การบริหารจัดการภาครัฐของสำนักงานต่อไป"""
INTRODUCTION = [
    (
        "แนวคิด",
        "สำนักงานเขตพื้นที่การศึกษามีภารกิจส่งเสริม สนับสนุน และกำกับดูแลการจัดการศึกษา การปฏิบัติงานจึงต้อง\
มีขั้นตอนที่ชัดเจน ตรวจสอบได้ และปรับปรุงให้ทันต่อการเปลี่ยนแปลง คู่มือการปฏิบัติงานเป็นเครื่องมือที่ทำให้\
บุคลากรเข้าใจงานตรงกันตั้งแต่เริ่มต้นจนสิ้นสุดกระบวนการ",
    ),
    (
        "วัตถุประสงค์",
        "1. เพื่อให้ผู้ปฏิบัติงานมีแนวทางการทำงานที่เป็นมาตรฐานเดียวกัน\n"
        "2. เพื่อให้ผู้รับบริการและผู้มีส่วนได้ส่วนเสียทราบขั้นตอนและระยะเวลาของงาน",
    ),
]


def load_manual(agency: Agency, by: User) -> Manual:
    """Bind the demo office's manual, or return it when it is there. It needs the shipped SOPs."""
    existing = Manual.objects.filter(agency=agency, subtitle=SUBTITLE).first()
    if existing:
        return existing
    manual = new_manual(agency, by)
    unit = agency.units.order_by("order", "pk").first()
    changes = {
        "subtitle": SUBTITLE,
        "compiler": "นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ",
        "unit_id": unit.pk if unit else None,
        "bodies_above": ["สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "กระทรวงศึกษาธิการ"],
        "foreword": FOREWORD,
        "introduction": [{"title": title, "html": html_of(text)} for title, text in INTRODUCTION],
    }
    procedures = {row.slug: row for row in Procedure.objects.filter(agency=agency, slug__in=SOPS)}
    sops = [(procedures[slug], USUAL_PART) for slug in SOPS if slug in procedures]
    save_manual(manual, changes, sops, version=manual.version, by=by)
    manual.refresh_from_db()
    return manual
