"""The demo office and its people. Every name is invented; every password is known."""

from functools import cache

from django.contrib.auth.hashers import make_password

from agencies import people
from agencies.enums import OfficeRole
from agencies.holidays import fill_holidays
from agencies.models import Agency, AgencyMembership, Unit, User

PASSWORD = "pmqa-demo"

UNITS = [
    ("กลุ่มอำนวยการ", "อำนวยการ"),
    ("กลุ่มนโยบายและแผน", "นโยบายและแผน"),
    ("กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร", "DLICT"),
    ("กลุ่มบริหารงานการเงินและสินทรัพย์", "การเงิน"),
    ("กลุ่มบริหารงานบุคคล", "บุคคล"),
    ("กลุ่มพัฒนาครูและบุคลากรทางการศึกษา", "พัฒนาครู"),
    ("กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา", "นิเทศ"),
    ("กลุ่มส่งเสริมการจัดการศึกษา", "ส่งเสริม"),
    ("หน่วยตรวจสอบภายใน", "ตรวจสอบภายใน"),
    ("กลุ่มกฎหมายและคดี", "กฎหมาย"),
]

# User name, title, first name, last name, position, unit number (from 1), office role.
PEOPLE = [
    ("officer", "นางสาว", "ศิริพร", "ตัวอย่างดี", "นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ", 1,
     OfficeRole.OFFICER),
    ("director", "นาย", "กิตติ", "ตัวอย่างไพศาล",
     "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", None, OfficeRole.DIRECTOR),
    ("deputy", "นาง", "มณี", "ตัวอย่างสกุล", "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", None,
     OfficeRole.DEPUTY),
    ("champion1", "นาง", "สุภาพร", "ตัวอย่างใจ", "ผู้อำนวยการกลุ่มอำนวยการ", 1, OfficeRole.STAFF),
    ("champion2", "นาย", "ธนา", "ตัวอย่างวงศ์", "ผู้อำนวยการกลุ่มนโยบายและแผน", 2,
     OfficeRole.STAFF),
    ("champion3", "นางสาว", "อรทัย", "ตัวอย่างศรี", "ผู้อำนวยการกลุ่มส่งเสริมการจัดการศึกษา", 8,
     OfficeRole.STAFF),
    ("champion4", "นาย", "วีระ", "ตัวอย่างกุล",
     "ผู้อำนวยการกลุ่มส่งเสริมการศึกษาทางไกลฯ", 3, OfficeRole.STAFF),
    ("champion5", "นาง", "จันทนา", "ตัวอย่างชัย", "ผู้อำนวยการกลุ่มบริหารงานบุคคล", 5,
     OfficeRole.STAFF),
    ("champion6", "นาย", "ประเสริฐ", "ตัวอย่างทอง",
     "ผู้อำนวยการกลุ่มบริหารงานการเงินและสินทรัพย์", 4, OfficeRole.STAFF),
    ("member", "นางสาว", "พิมพ์", "ตัวอย่างงาม", "นักจัดการงานทั่วไปปฏิบัติการ", 1,
     OfficeRole.STAFF),
    ("observer", "นาย", "เกรียงไกร", "ตัวอย่างเพชร", "นักวิชาการตรวจสอบภายในชำนาญการ", 9,
     OfficeRole.OBSERVER),
    ("admin", "นาย", "สมชาติ", "ตัวอย่างระบบ", "นักวิชาการคอมพิวเตอร์ชำนาญการ", 3,
     OfficeRole.ADMINISTRATOR),
    ("staff1", "นาง", "ลัดดา", "ตัวอย่างแก้ว", "นักทรัพยากรบุคคลชำนาญการ", 5, OfficeRole.STAFF),
    ("staff2", "นาย", "ณัฐพล", "ตัวอย่างบุญ", "นักวิชาการเงินและบัญชีชำนาญการ", 4,
     OfficeRole.STAFF),
    ("staff3", "นางสาว", "เบญจา", "ตัวอย่างพร", "ศึกษานิเทศก์ชำนาญการพิเศษ", 7,
     OfficeRole.STAFF),
    ("staff4", "ว่าที่ร้อยตรี", "ไพรัช", "ตัวอย่างกล้า", "นักวิชาการศึกษาชำนาญการ", 8,
     OfficeRole.STAFF),
    ("staff5", "นาง", "โสภา", "ตัวอย่างรัตน์", "นักวิชาการศึกษาชำนาญการพิเศษ", 6,
     OfficeRole.STAFF),
    ("staff6", "นาย", "อนุชา", "ตัวอย่างธรรม", "นิติกรชำนาญการ", 10, OfficeRole.STAFF),
]  # fmt: skip


def _agency(code: str, name: str, short: str, **fields) -> Agency:
    agency, _created = Agency.objects.get_or_create(
        code=code,
        defaults={
            "name_th": name,
            "short_name": short,
            "head_position": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง",
            "reminder_days": [30, 7, 1],
            **fields,
        },
    )
    return agency


@cache
def _hashed_password() -> str:
    """Hash once: twenty hashes of one known password would only take time."""
    return make_password(PASSWORD)


def _person(agency: Agency, username, title, first_name, last_name, position, unit, role) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create(
            username=username,
            password=_hashed_password(),
            title=title,
            first_name=first_name,
            last_name=last_name,
            position=position,
            email=f"{username}@example.com",
            sort_key=people.sort_key(first_name, last_name),
        )
    AgencyMembership.objects.get_or_create(
        agency=agency, user=user, defaults={"unit": unit, "role": role}
    )
    return user


def load_office() -> Agency:
    """Make the demo office with its people, and a second small office; return the first.

    Running it again changes nothing that is there. Never for a real office: the passwords
    are in this file.
    """
    agency = _agency(
        "demo",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1",
        "สพป.ตัวอย่าง เขต 1",
        name_en="Example Primary Educational Service Area Office 1",
        head_position="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1",
        address="เลขที่ 1 ถนนตัวอย่าง ตำบลตัวอย่าง อำเภอเมือง จังหวัดตัวอย่าง 00000",
        phone="0 0000 0000 ต่อ 101",
        email="office@example.com",
    )
    units = []
    for order, (name, short_name) in enumerate(UNITS, start=1):
        unit, _created = Unit.objects.get_or_create(
            agency=agency, name=name, defaults={"short_name": short_name, "order": order}
        )
        units.append(unit)
    for username, title, first, last, position, number, role in PEOPLE:
        unit = units[number - 1] if number else None
        user = _person(agency, username, title, first, last, position, unit, role)
        if position.startswith("ผู้อำนวยการกลุ่ม") and unit:
            Unit.objects.filter(pk=unit.pk, head=None).update(head=user)
    User.objects.filter(username="admin").update(is_staff=True, is_superuser=True)
    fill_holidays(2569, 2571)
    _load_second_office()
    return agency


def _load_second_office() -> None:
    """Make the office that must never see anything of the first."""
    other = _agency(
        "demo2",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 2",
        "สพป.ตัวอย่าง เขต 2",
        head_position="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 2",
    )
    unit, _created = Unit.objects.get_or_create(
        agency=other, name="กลุ่มอำนวยการ", defaults={"order": 1}
    )
    _person(other, "officer2", "นาย", "สุรชัย", "ตัวอย่างเขต", "นักจัดการงานทั่วไปชำนาญการ",
            unit, OfficeRole.OFFICER)  # fmt: skip
    _person(other, "director2", "นาง", "นวลจันทร์", "ตัวอย่างมิตร",
            "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", None, OfficeRole.DIRECTOR)  # fmt: skip
