"""The demo office's process register: invented processes, five of which have the shipped SOPs."""

from agencies.models import Agency, Unit, User
from workflows.enums import ProcessKind
from workflows.models import Procedure, Process

LAW, ROUTINE, POLICY = ProcessKind.LAW, ProcessKind.ROUTINE, ProcessKind.POLICY
# Code, name, unit number in the office's order, kind, owner's user name, SOP's short name.
PROCESSES = [
    ("อก-01", "งานพัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA)", 1, LAW, "officer", "sisaket-pmqa"),
    ("อก-02", "งานพัฒนาองค์การสู่ระบบราชการ 4.0", 1, POLICY, "officer", "doh-pmqa"),
    ("อก-03", "งานจัดระบบบริหารงาน", 1, LAW, "member", "phetchabun-2-1"),
    ("อก-04", "งานพัฒนาคุณภาพการให้บริการ", 1, ROUTINE, "champion1", "phetchabun-2-2"),
    ("อก-07", "งานประเมินคุณธรรมและความโปร่งใส (ITA)", 1, LAW, "champion1", "phetchabun-2-3"),
    ("อก-05", "งานยานพาหนะ อาคารสถานที่ และสภาพแวดล้อม", 1, ROUTINE, "member", ""),
    ("อก-06", "งานเลือกตั้งและงานคณะกรรมการภายนอก", 1, ROUTINE, "", ""),
    ("นผ-01", "งานจัดทำแผนปฏิบัติราชการประจำปีงบประมาณ", 2, LAW, "champion2", ""),
    ("นผ-02", "งานพัฒนาระบบควบคุมภายใน", 2, LAW, "champion2", ""),
    ("ทล-01", "งานบำรุงรักษาเครือข่ายและเครื่องคอมพิวเตอร์", 3, ROUTINE, "champion4", ""),
    ("ทล-02", "โครงการห้องเรียนออนไลน์โรงเรียนขนาดเล็ก", 3, POLICY, "champion4", ""),
    ("กง-01", "งานเบิกจ่ายเงินงบประมาณ", 4, LAW, "staff2", ""),
    ("กง-02", "งานจัดซื้อจัดจ้าง", 4, LAW, "champion6", ""),
    ("กง-03", "งานตรวจสอบพัสดุประจำปี", 4, LAW, "champion6", ""),
    ("บค-01", "งานเลื่อนเงินเดือนข้าราชการครู", 5, LAW, "champion5", ""),
    ("บค-02", "งานทะเบียนประวัติ", 5, ROUTINE, "staff1", ""),
    ("พค-01", "งานพัฒนาครูผู้ช่วย", 6, LAW, "staff5", ""),
    ("นท-01", "งานนิเทศ ติดตามการจัดการเรียนรู้", 7, ROUTINE, "staff3", ""),
    ("นท-02", "โครงการยกระดับผลสัมฤทธิ์ทางการเรียน", 7, POLICY, "staff3", ""),
    ("สศ-01", "งานรับนักเรียน", 8, LAW, "champion3", ""),
    ("สศ-02", "งานทุนการศึกษา", 8, ROUTINE, "staff4", ""),
    ("ตส-01", "งานตรวจสอบการเงินและบัญชีโรงเรียน", 9, LAW, "", ""),
    ("กม-01", "งานเรื่องร้องเรียนและร้องทุกข์", 10, LAW, "staff6", ""),
]
ENDED = ("อก-90", "งานจัดทำวารสารฉบับพิมพ์", 1, ROUTINE, "member", "")


def load_register(agency: Agency) -> None:
    """Enter the demo's processes; what is there, by name, is left as it is."""
    units = list(Unit.objects.filter(agency=agency).order_by("order"))
    people = {user.username: user for user in User.objects.filter(memberships__agency=agency)}
    sops = {sop.slug: sop for sop in Procedure.objects.filter(agency=agency)}
    for row in (*PROCESSES, ENDED):
        code, name, unit, kind, owner, slug = row
        Process.objects.get_or_create(
            agency=agency,
            name=name,
            defaults={
                "code": code,
                "unit": units[unit - 1],
                "kind": kind,
                "owner": people.get(owner),
                "procedure": sops.get(slug),
                "is_active": row is not ENDED,
            },
        )
