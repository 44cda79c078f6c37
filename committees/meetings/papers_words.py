"""Words that the papers of a meeting share: its name, its day and place, digits, rich text.

Papers are Thai whatever language the screens are read in.
"""

import datetime as dt
from collections.abc import Callable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from agencies.models import Agency
from committees.enums import MeetingMode
from committees.meetings.numbering import number_words
from committees.models import Meeting
from core import clock
from core.templatetags.rich_text import printed_kept
from core.thai_dates import format_long, format_with_weekday
from core.thai_numerals import to_thai_digits
from core.thai_text import wrap_protected
from documents.paper_digits import uses_thai_digits

NONE = "- ไม่มี -"
DOTS = "." * 12
# Phrases longer than this may break over lines.
LONGEST_WHOLE = 60
BY_ELECTRONIC_MEANS = "ผ่านสื่ออิเล็กทรอนิกส์"


def digits_of(agency: Agency) -> Callable[[str], str]:
    """Return what puts a text into the digits that the office prints."""
    return to_thai_digits if uses_thai_digits(agency) else str


def is_thai(agency: Agency) -> bool:
    return uses_thai_digits(agency)


def body_name(meeting: Meeting) -> str:
    """Return the name of the meeting's committees; "" where it is no committee's."""
    return "และ".join(committee.name for committee in meeting.committees.all())


def gathering(meeting: Meeting) -> str:
    """Return what is held, as a noun: "การประชุมคณะทำงาน PMQA"."""
    if name := body_name(meeting):
        return f"การประชุม{name}"
    title = meeting.title.strip()
    if title.startswith(("การ", "โครงการ")):
        return title
    return f"การ{title}" if title.startswith("ประชุม") else f"การประชุม {title}"


def weekday_words(day: dt.date) -> str:
    """Return "วันพฤหัสบดีที่ 16 มกราคม 2568"."""
    return format_with_weekday(day, "th")


def long_day(day: dt.date | None) -> str:
    """Return "16 มกราคม 2568"; dots where the day is not known yet."""
    return format_long(day, "th") if day else DOTS * 2


def time_words(time: dt.time | dt.datetime | None) -> str:
    """Return "13.30 น."; dots where it is not known yet."""
    if isinstance(time, dt.datetime):
        time = time.astimezone(clock.BANGKOK).time()
    return f"{time:%H.%M} น." if time else f"{DOTS} น."


def place_words(meeting: Meeting) -> str:
    """Return where it is held: "ณ ห้องประชุม 1", by electronic means, or both."""
    place = meeting.place.strip()
    at = place if place.startswith("ณ ") else f"ณ {place}"
    if meeting.mode == MeetingMode.ONLINE:
        return BY_ELECTRONIC_MEANS
    if meeting.mode == MeetingMode.HYBRID:
        return f"{at} และ{BY_ELECTRONIC_MEANS}" if place else BY_ELECTRONIC_MEANS
    return at if place else f"ณ {DOTS * 2}"


def lines_of(text: str) -> list[str]:
    """Return the text's lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def printed_rich(html: str, agency: Agency) -> SafeString:
    """Return typed rich text for paper: cleaned, in the office's digits, dates kept whole."""
    return printed_kept(html, is_thai(agency))


def paragraphs(lines: list[str]) -> SafeString:
    """Return plain lines as paragraphs of HTML."""
    return format_html_join("", "<p>{}</p>", ((wrap_protected(line),) for line in lines))


def whole_phrases(meeting: Meeting) -> tuple[str, ...]:
    """Return day, hours and short addresses, in the office's digits, to keep whole."""
    digits = digits_of(meeting.agency)
    phrases = (
        weekday_words(clock.day_of(meeting.starts_at)),
        hours_words(meeting),
        meeting.place.strip(),
        meeting.online_url,
    )
    return tuple(digits(text) for text in phrases if text and len(text) <= LONGEST_WHOLE)


def hours_words(meeting: Meeting) -> str:
    """Return "เวลา 13.30 – 15.45 น.", or the beginning alone where no end is planned."""
    starts = meeting.starts_at.astimezone(clock.BANGKOK)
    if not meeting.ends_at:
        return f"เวลา {starts:%H.%M} น."
    return f"เวลา {starts:%H.%M} – {meeting.ends_at.astimezone(clock.BANGKOK):%H.%M} น."


def when_words(meeting: Meeting) -> str:
    """Return the day with its weekday, and the hours."""
    return f"{weekday_words(clock.day_of(meeting.starts_at))} {hours_words(meeting)}"


def head_lines(meeting: Meeting, first: str) -> list[str]:
    """Return the centred lines over a paper: what it is, office, number, day and hours, place."""
    office = meeting.agency.name_th
    return [
        line
        for line in (
            first,
            "" if office in first else office,
            number_words(meeting),
            when_words(meeting),
            place_words(meeting),
        )
        if line
    ]
