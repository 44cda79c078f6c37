"""What an appointment order prints, in its parts; the PDF and the Word file both take it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from committees.models import AppointmentOrder
from committees.orders import order_data, signer_of
from committees.role_words import ROLE_WORDS
from core import clock
from core.fiscal_year import to_be
from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from core.thai_text import wrap_protected
from documents.paper_digits import uses_thai_digits

DOTS = "." * 12
# Letters that stand side by side in the columns of positions and of roles.
POSITION_CHARS, ROLE_CHARS = 24, 18
Wrap = Callable[..., str]


def order_context(order: AppointmentOrder, wrap: Wrap = wrap_protected) -> dict[str, Any]:
    """Return what the order prints: as frozen when it was signed, else as it stands now.

    All digits follow the office's setting. Number and day of an unsigned order are dots. `wrap`
    marks where lines may break; a Word file breaks its own.
    """
    digits = _digits(order)
    data = order.snapshot or order_data(order)
    name, position = order.signer_name, order.signer_position
    if not name:
        name, position = signer_of(order.agency, order.signed_on or clock.today())
    return {
        "order": order,
        "office": digits(order.agency.name_th),
        "number": _number(order, digits),
        "title_lines": [wrap(line) for line in _title_lines(digits(data["title"]))],
        "reason": wrap(digits(data["reason"])),
        "authority": wrap(digits(_authority(data))),
        "committees": [
            _committee(number, committee, digits, wrap)
            for number, committee in enumerate(data["committees"], start=1)
        ],
        "in_force": digits(_in_force(data["effective_on"])),
        "signed_on": _day(order, digits),
        "signer_name": digits(name),
        "signer_position": [wrap(digits(line)) for line in position.splitlines()],
        "continuations": [],
    }


def _digits(order: AppointmentOrder) -> Callable[[str], str]:
    return to_thai_digits if uses_thai_digits(order.agency) else str


def _number(order, digits) -> str:
    if order.number:
        return digits(f"{order.number}/{order.calendar_year}")
    return digits(f"{DOTS}/{to_be(clock.today().year)}")


def _title_lines(title: str) -> list[str]:
    """Break the subject before the fiscal year, as offices centre it."""
    head, year, rest = title.partition(" ประจำปี")
    return [head, f"ประจำปี{rest}"] if year else [title]


def _authority(data) -> str:
    """Join legal basis, the order cancelled and the appointing words into one paragraph."""
    count = len(data["committees"])
    cancels = f"ยกเลิก{data['cancels']} และ" if data["cancels"] else ""
    words = f"จึง{cancels}แต่งตั้งคณะกรรมการ จำนวน {count} คณะ ดังต่อไปนี้"
    return f"{data['legal_basis']} {words}".strip()


def _committee(number: int, committee: dict, digits, wrap: Wrap) -> dict:
    return {
        "number": digits(f"{number}."),
        "is_long": len(committee["members"]) > 99,
        "name": wrap(digits(committee["name"])),
        "members": [
            {
                "id": f"member-{number}-{place}",
                "number": digits(f"{number}.{place}"),
                "name": member["name"],
                "position": wrap(digits(member["position"]), POSITION_CHARS),
                "category": digits(_category(member)),
                "role": wrap(ROLE_WORDS[member["role"]], ROLE_CHARS),
            }
            for place, member in enumerate(committee["members"], start=1)
        ],
        "duties": [
            (digits(f"{place})"), wrap(digits(duty)))
            for place, duty in enumerate(committee["duties"], start=1)
        ],
    }


def _category(member: dict) -> str:
    if member["champion_of"]:
        return f"เจ้าภาพหมวด {member['champion_of']}"
    return f"ทีมงานหมวด {member['team_of']}" if member["team_of"] else ""


def _in_force(effective_on: str | None) -> str:
    if not effective_on:
        return "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป"
    return f"ทั้งนี้ ตั้งแต่วันที่ {_with_era(dt.date.fromisoformat(effective_on))} เป็นต้นไป"


def _with_era(day: dt.date) -> str:
    """Return the day as orders date themselves: "1 ตุลาคม พ.ศ. 2567"."""
    words, _space, year = format_long(day, "th").rpartition(" ")
    return f"{words} พ.ศ. {year}"


def _day(order, digits) -> str:
    if order.signed_on:
        return digits(_with_era(order.signed_on))
    return f"{DOTS}{DOTS} พ.ศ. {DOTS}"
