"""What a memo and an announcement print, in their parts; the PDF and the Word file both take it.

Form: ระเบียบงานสารบรรณ ข้อ 12 (แบบที่ 2) and ข้อ 17 (แบบที่ 5); document-formats A1–A4.
"""

from typing import Any

from committees.orders import signer_of
from core import clock
from core.templatetags.rich_text import printed_kept
from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from core.thai_text import wrap_protected
from documents.official_words import CHOICES, SPEED_WORDS, printed_signer, with_era
from documents.paper_digits import uses_thai_digits
from reports.enums import LetterKind, Secrecy
from reports.models import Letter

DOTS = "." * 12
# The marks as the regulation words them, in whatever language the screens are read.
SECRECY_WORDS = {
    Secrecy.TOP_SECRET: "ลับที่สุด",
    Secrecy.SECRET: "ลับมาก",
    Secrecy.CONFIDENTIAL: "ลับ",
}
# Where telephone and e-mail begin in the line of the sender.
CONTACT = ("โทร.", "ไปรษณีย์อิเล็กทรอนิกส์")


def letter_data(letter: Letter) -> dict[str, Any]:
    """Return what the letter says, in plain words and with the digits of this copy.

    {"is_memo", "speed", "secrecy", "sender": [str], "number", "day", "subject", "to",
    "references": [str], "enclosures": [str], "body": rich text, "signer": (name, [line]),
    "decider": (name, [line]) or None}
    """
    digits = to_thai_digits if uses_thai_digits(letter.agency) else str
    is_memo = letter.kind == LetterKind.MEMO
    sender = sender_of(letter)
    return {
        "is_memo": is_memo,
        "speed": SPEED_WORDS.get(letter.speed, "") if is_memo else "",
        "secrecy": SECRECY_WORDS.get(letter.secrecy, ""),
        "sender": [digits(line) for line in (sender if is_memo else sender[:1])],
        "number": digits(letter.number),
        "day": digits(_day(letter, is_memo)),
        "subject": digits(letter.subject),
        "to": digits(letter.addressee),
        "references": [digits(line) for line in _lines(letter.references)],
        "enclosures": [digits(line) for line in _lines(letter.enclosures)],
        "body": letter.body,
        "signer": (letter.signer_name, [digits(line) for line in _signer_lines(letter)]),
        "decider": _decider(letter, digits) if is_memo and letter.has_note_space else None,
    }


def sender_of(letter: Letter) -> list[str]:
    """Return the lines of the sender: telephone and e-mail stand on one of their own."""
    text = " ".join(letter.sender.split()) or letter.agency.name_th
    starts = [place for word in CONTACT if (place := text.find(word)) > 0]
    if not starts:
        return [text]
    return [text[: min(starts)].strip(), text[min(starts) :].strip()]


def _day(letter: Letter, is_memo: bool) -> str:
    if letter.dated_on:
        return format_long(letter.dated_on, "th") if is_memo else with_era(letter.dated_on)
    return "" if is_memo else f"{DOTS}{DOTS} พ.ศ. {DOTS}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _signer_lines(letter: Letter) -> list[str]:
    return [line for line in (letter.signer_position, letter.signer_acting) if line.strip()]


def _decider(letter: Letter, digits) -> tuple[str, list[str]]:
    """Return whose words stand below: the head of the office by name, others by their position."""
    if letter.addressee.strip() != letter.agency.head_position:
        return "", [digits(letter.addressee)]
    name, position = signer_of(letter.agency, letter.dated_on or clock.today())
    return name, [digits(line) for line in position.splitlines()]


def letter_context(letter: Letter) -> dict[str, Any]:
    """Return what the templates of the PDF print; dates, amounts and compounds stay whole."""
    data = letter_data(letter)
    kept = {name: wrap_protected(data[name]) for name in ("number", "day", "subject", "to")}
    listed = {
        name: [wrap_protected(line) for line in data[name]]
        for name in ("sender", "references", "enclosures")
    }
    signer, decider = data["signer"], data["decider"] or ("", [])
    return {
        **kept,
        **listed,
        "office": wrap_protected(data["sender"][0]),
        "speed": data["speed"],
        "secrecy": data["secrecy"],
        "body": printed_kept(data["body"], uses_thai_digits(letter.agency)),
        "signer": printed_signer(*signer, str),
        "decider": printed_signer(*decider, str),
        "choices": CHOICES if data["decider"] else (),
        "continuations": [],
    }
