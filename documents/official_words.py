"""Words that memos, announcements and letters share (ระเบียบงานสารบรรณ ข้อ 11, 12 and 17)."""

import datetime as dt
from typing import Any

from core.thai_dates import format_long
from core.thai_text import wrap_protected
from documents.enums import Speed

# What a superior writes below a memo.
CHOICES = ("ทราบ", "เห็นชอบ", "อนุมัติ")
# The marks of speed as the regulation words them (ข้อ 28), whatever the screens' language.
SPEED_WORDS = {
    Speed.MOST_URGENT: "ด่วนที่สุด",
    Speed.VERY_URGENT: "ด่วนมาก",
    Speed.URGENT: "ด่วน",
}
# Letters of a position that fit into one line of a signature block.
POSITION_CHARS = 45


def contact_words(phone: str, email: str) -> list[str]:
    """Return telephone and e-mail as papers say them; what is not known is left out."""
    phones = [f"โทร. {phone}"] if phone else []
    return [*phones, *([f"ไปรษณีย์อิเล็กทรอนิกส์ {email}"] if email else [])]


def sender_lines(unit: str, office: str, phone: str = "", email: str = "") -> list[str]:
    """Return ส่วนราชการ of a memo: unit and office, then telephone and e-mail on their own line."""
    first = "\u2002".join(filter(None, (unit, office)))
    second = "\u2002".join(contact_words(phone, email))
    return [line for line in (first, second) if line]


def with_era(day: dt.date) -> str:
    """Return the day as orders and announcements date themselves: "1 ตุลาคม พ.ศ. 2567"."""
    words, _space, year = format_long(day, "th").rpartition(" ")
    return f"{words} พ.ศ. {year}"


def printed_signer(name: str, lines: list[str], digits) -> dict[str, Any]:
    """Return a name and the lines of its position as signature blocks print them."""
    return {
        "name": name,
        "position": [wrap_protected(digits(line), POSITION_CHARS) for line in lines if line],
    }
