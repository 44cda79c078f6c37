"""The invitation on paper: a memo inside the ministry or province, a letter to others.

Each has a form for the reply (แบบตอบรับ) on a page of its own. Source: ระเบียบงานสารบรรณ ข้อ 11
(แบบที่ 1), ข้อ 12 (แบบที่ 2) and ข้อ 28 (speed). No mark of secrecy: replies go by a link that
needs no sign-in.
"""

from typing import Any

from agencies.models import AgencyMembership
from committees.enums import InvitationForm, MeetingMode
from committees.meetings import papers_words as words
from committees.meetings.numbering import number_words
from committees.models import Meeting
from committees.orders import signer_of
from core import clock
from core.thai_text import wrap_protected
from documents.official_words import SPEED_WORDS, sender_lines

ENCLOSURES = ("ระเบียบวาระการประชุม จำนวน 1 ฉบับ", "แบบตอบรับการเข้าร่วมประชุม จำนวน 1 ฉบับ")
LISTED = "ผู้ได้รับเชิญ (ตามบัญชีรายชื่อแนบท้าย)"
EVERYBODY = "ข้าราชการและบุคลากรทุกคน"


def invitation_data(meeting: Meeting) -> dict[str, Any]:
    """Return what the invitation says, in the words that are printed and with Arabic digits.

    {"is_letter", "speed", "office", "unit", "address": [str], "phone", "email", "number", "day",
    "subject", "to", "enclosures": [str], "paragraphs": [str], "signer": {"name",
    "position": [str]}, "listed": [{"place", "name", "position"}], "listed_under", "reply": {…}}
    """
    is_letter = meeting.invitation_form == InvitationForm.LETTER
    listed = _listed(meeting) if is_letter else []
    name, position = signer_of(meeting.agency, meeting.invited_on or clock.today())
    return {
        "is_letter": is_letter,
        "speed": SPEED_WORDS.get(meeting.speed, ""),
        "office": meeting.agency.name_th,
        "unit": _unit(meeting),
        "address": words.lines_of(meeting.agency.address),
        "phone": meeting.agency.phone,
        "email": meeting.agency.email,
        "number": meeting.invitation_number,
        "day": words.long_day(meeting.invited_on) if meeting.invited_on else "",
        "subject": f"ขอเชิญ{_called(meeting)}",
        "to": LISTED if listed else words.body_name(meeting) or EVERYBODY,
        "enclosures": list(ENCLOSURES),
        "paragraphs": _paragraphs(meeting),
        "signer": {"name": name, "position": words.lines_of(position)},
        "listed": listed,
        "listed_under": _listed_under(meeting) if listed else "",
        "reply": _reply(meeting),
    }


def _called(meeting: Meeting) -> str:
    """Return the meeting as what people are asked to do: "ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570"."""
    name = words.gathering(meeting).removeprefix("การ")
    verb = "" if name.startswith("ประชุม") else "เข้าร่วม"
    return f"{verb}{name} {number_words(meeting)}".strip()


def _unit(meeting: Meeting) -> str:
    """Return the unit of who called the meeting, "" where the person has none."""
    membership = (
        AgencyMembership.objects.filter(agency=meeting.agency, user=meeting.created_by_id)
        .select_related("unit")
        .first()
    )
    return membership.unit.name if membership and membership.unit else ""


def _listed(meeting: Meeting) -> list[dict[str, str]]:
    """Return whom the letter goes to: people from outside; where there are none, everybody."""
    rows = list(meeting.attendees.all())
    outside = [row for row in rows if row.user_id is None] or rows
    return [
        {"place": f"{place}.", "name": row.name, "position": row.position}
        for place, row in enumerate(outside, start=1)
    ]


def _listed_under(meeting: Meeting) -> str:
    """Return which letter the list of names belongs to."""
    number = meeting.invitation_number or words.DOTS
    return f"หนังสือ{meeting.agency.name_th} ที่ {number} ลงวันที่ {words.long_day(meeting.invited_on)}"


def _paragraphs(meeting: Meeting) -> list[str]:
    """Return cause, the invitation with day and place, and the conclusion."""
    office = meeting.agency.name_th
    when = f"ใน{words.when_words(meeting)}"
    where = words.place_words(meeting)
    if meeting.online_url and meeting.mode != MeetingMode.ON_SITE:
        where = f"{where} ทาง {meeting.online_url}"
    details = "รายละเอียดตามระเบียบวาระการประชุมที่แนบมาพร้อมนี้"
    held = f"{words.gathering(meeting)} {number_words(meeting)}".strip()
    own = words.lines_of(meeting.invitation_text)
    begins = f"ในการนี้ จึงขอเชิญ{_called(meeting)}" if own else f"ด้วย{office} กำหนดจัด{held}"
    closing = "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว"
    if meeting.reply_by:
        closing += f" และโปรดแจ้งการตอบรับภายในวันที่ {words.long_day(meeting.reply_by)}"
    return [*own, f"{begins} {when} {where} {details}", closing]


def _reply(meeting: Meeting) -> dict[str, str]:
    return {
        "gathering": f"{words.gathering(meeting)} {number_words(meeting)}".strip(),
        "when": words.when_words(meeting),
        "where": words.place_words(meeting),
        "by": words.long_day(meeting.reply_by) if meeting.reply_by else "",
    }


def invitation_context(meeting: Meeting) -> dict[str, Any]:
    """Return what the invitation's template prints; all digits follow the office's setting."""
    digits, whole = words.digits_of(meeting.agency), words.whole_phrases(meeting)

    def printed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: printed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [printed(inner) for inner in value]
        return wrap_protected(digits(value), names=whole) if isinstance(value, str) else value

    data = invitation_data(meeting)
    sender = sender_lines(data["unit"], data["office"], data["phone"], data["email"])
    return printed(data | {"sender": sender}) | {"speed": data["speed"]}
