"""The memo that carries the round's report to the director (บันทึกข้อความ).

Form: ระเบียบงานสารบรรณ ข้อ 12, แบบที่ 2; head words เรื่องเดิม, ข้อเท็จจริง, ข้อพิจารณา, ข้อเสนอ.
The number is left for the register; the day is that of the closing.
"""

from collections import Counter
from typing import Any

from django.utils.translation import override

from agencies.models import AgencyMembership
from assessments.models import MonitoringRound
from committees.models import AppointmentOrder
from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from core.thai_text import wrap_protected
from documents.official_words import CHOICES, printed_signer, sender_lines
from documents.paper_digits import uses_thai_digits
from improvement.monitoring.report_paper import report_data, report_title, round_words


@override("th")
def memo_data(row: MonitoringRound) -> dict[str, Any]:
    """Return what the memo says, with Arabic digits; `parts` are head word and text."""
    data, agency = report_data(row), row.cycle.agency
    return {
        "agency": agency,
        "office": agency.name_th,
        "unit": _unit(row, data["reporter"].name),
        "phone": agency.phone,
        "email": agency.email,
        "number": "",
        "day": data["reporter"].day,
        "subject": report_title(row),
        "to": agency.head_position,
        "parts": [
            ("1. เรื่องเดิม", _matter(row)),
            ("2. ข้อเท็จจริง", _facts(row, data)),
            ("3. ข้อพิจารณา", _view(data)),
            ("4. ข้อเสนอ", "จึงเรียนมาเพื่อโปรดพิจารณา"),
        ],
        "asked": [
            f"4.1  รับทราบรายงานผลการดำเนินงาน{round_words(row.months, row.name)}",
            "4.2  เห็นชอบข้อเสนอตามข้อ 3",
        ],
        "choices": CHOICES,
        "signer": data["reporter"],
        "director": data["director"],
    }


def _unit(row: MonitoringRound, name: str) -> str:
    """Return the unit of the first officer of that name; "" where the person has none."""
    members = AgencyMembership.objects.filter(agency=row.cycle.agency).select_related(
        "user", "unit"
    )
    for member in members.order_by("pk"):
        if member.unit and member.user.get_full_name() == name:
            return member.unit.name
    return ""


def _matter(row: MonitoringRound) -> str:
    """Return what went before: the order in force and the approved plan."""
    year = row.cycle.fiscal_year
    order = (
        AppointmentOrder.objects.filter(
            agency=row.cycle.agency, fiscal_year=year, signed_on__isnull=False
        )
        .order_by("-signed_on", "-pk")
        .first()
    )
    plan = f"แผนปรับปรุงองค์การ ประจำปีงบประมาณ พ.ศ. {year} ที่ท่านได้เห็นชอบแล้ว นั้น"
    if order is None:
        return f"ตาม{plan}"
    number = f"{order.number}/{order.calendar_year}" if order.calendar_year else order.number
    day = format_long(order.signed_on, "th")
    return f"ตามคำสั่งที่ {number} ลงวันที่ {day} {order.title} และ{plan}"


def _facts(row: MonitoringRound, data: dict) -> str:
    totals = data["totals"]
    starts_on, ends_on = (format_long(day, "th") for day in (row.starts_on, row.ends_on))
    words = [
        f"ได้ดำเนินการตามแผนใน{round_words(row.months, row.name)} ({starts_on} ถึง {ends_on})",
        f"จำนวน {totals['actions']} กิจกรรม ดำเนินการแล้วเสร็จ {totals['done']} กิจกรรม",
        f"เป็นไปตามแผน {totals['on_plan']} กิจกรรม",
        f"ต่ำกว่าแผนหรือเลยกำหนด {totals['below']} กิจกรรม",
    ]
    if totals["not_due"]:
        words.append(f"ยังไม่ถึงกำหนด {totals['not_due']} กิจกรรม")
    if totals["missing"]:
        words.append(f"ยังไม่รายงานผล {totals['missing']} กิจกรรม")
    if totals["actual"]:
        words.append(f"ความก้าวหน้าสะสมร้อยละ {totals['actual']} จากแผนร้อยละ {totals['planned']}")
    words += _indicator_facts(data["indicators"])
    return " ".join([*words, "รายละเอียดตามรายงานที่แนบมาพร้อมนี้"])


def _indicator_facts(indicators: list[dict]) -> list[str]:
    """Return how many indicators keep their target, lie below it and have no value yet."""
    counts = Counter(each["word"] for each in indicators)
    if not indicators:
        return []
    words = [f"ตัวชี้วัด {len(indicators)} ตัว เป็นไปตามเป้าหมาย {counts['on_plan']} ตัว"]
    if counts["at_risk"]:
        words.append(f"ต่ำกว่าเป้าหมาย {counts['at_risk']} ตัว")
    if counts["missing"]:
        words.append(f"ยังไม่มีผล {counts['missing']} ตัว")
    return words


def _view(data: dict) -> str:
    return "พิจารณาแล้วเห็นควร " + " ".join(
        f"({place}) {line}" for place, line in enumerate(data["proposals"], start=1)
    )


def memo_context(row: MonitoringRound) -> dict[str, Any]:
    """Return what the memo's template prints; long words and dates are kept whole."""
    data = memo_data(row)
    digits = to_thai_digits if uses_thai_digits(data["agency"]) else str

    def printed(text: str) -> str:
        return wrap_protected(digits(text))

    sender = sender_lines(data["unit"], data["office"], data["phone"], data["email"])
    signer, director = data["signer"], data["director"]
    return (
        data
        | {name: printed(data[name]) for name in ("day", "subject", "to")}
        | {
            "sender": [printed(line) for line in sender],
            "speed": "",
            "parts": [(printed(head), printed(text)) for head, text in data["parts"]],
            "asked": [printed(text) for text in data["asked"]],
            "signer": printed_signer(signer.name, signer.position.splitlines(), digits),
            "decider": printed_signer(director.name, director.position.splitlines(), digits),
        }
    )
