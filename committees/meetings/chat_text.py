"""Texts to paste into the office's chat group, in Thai: the invitation, a reminder, the result."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from committees.enums import MeetingMode
from committees.meetings.numbering import title_of
from committees.meetings.quorum import Quorum
from committees.models import Meeting
from core import clock
from core.thai_dates import format_short, format_with_weekday


def time_words(meeting: Meeting) -> str:
    """Return "เวลา 13.30 น." or "เวลา 13.30 – 16.30 น."."""
    hours = _hour(meeting.starts_at)
    if meeting.ends_at:
        hours += f" – {_hour(meeting.ends_at)}"
    return f"เวลา {hours} น."


def day_words(meeting: Meeting) -> str:
    """Return the meeting's day with weekday and B.E. year, "วันอังคารที่ 15 มิถุนายน 2570"."""
    return format_with_weekday(clock.day_of(meeting.starts_at), "th")


def place_words(meeting: Meeting) -> str:
    """Return where the meeting is held, without the online link."""
    places = [meeting.place]
    if meeting.mode != MeetingMode.ON_SITE:
        places.append("ประชุมออนไลน์")
    return " และ".join(place for place in places if place)


def invitation(meeting: Meeting, path: str, agenda: Iterable[tuple[str, str]] = ()) -> str:
    """Return the invitation; `agenda` holds (number, words) of the headings.

    Replies go by the personal link in each person's e-mail, so the group gets the meeting's page.
    """
    headings = [f"{number}. {title}" for number, title in agenda]
    return _lines(
        _inviting_words(meeting),
        *_when_and_where(meeting),
        *(["", "ระเบียบวาระ", *headings] if headings else []),
        "",
        f"ตอบรับภายใน {format_short(meeting.reply_by, 'th')}" if meeting.reply_by else None,
        f"ตอบรับและดูเอกสาร: {settings.BASE_URL}{path}",
    )


def reminder(meeting: Meeting, path: str, waiting: int) -> str:
    """Return the reminder before the day; it counts the missing replies and names nobody."""
    return _lines(
        f"ขอเตือน: {title_of(meeting)}",
        *_when_and_where(meeting),
        f"ยังไม่ตอบรับ {waiting} คน" if waiting else None,
        f"ตอบรับและดูเอกสาร: {settings.BASE_URL}{path}",
    )


def result(meeting: Meeting, path: str, quorum: Quorum, resolutions: Iterable[str] = ()) -> str:
    """Return what came of the meeting: who came in figures, and the resolutions' words."""
    decided = [f"{number}. {words}" for number, words in enumerate(resolutions, 1)]
    came = f"ผู้มาประชุม {quorum.present} จาก {quorum.members} คน" if quorum.members else None
    return _lines(
        f"สรุปผล: {title_of(meeting)}",
        day_words(meeting),
        came,
        *(["", *decided] if decided else []),
        "",
        f"อ่านต่อ: {settings.BASE_URL}{path}",
    )


def _inviting_words(meeting: Meeting) -> str:
    """Return "ขอเชิญประชุม…" without saying ประชุม twice."""
    title = title_of(meeting).removeprefix("การ")
    joins = title.startswith(("ประชุม", "อบรม", "สัมมนา", "ชี้แจง"))
    return f"ขอเชิญ{'' if joins else 'เข้าร่วม '}{title}"


def _when_and_where(meeting: Meeting) -> list[str | None]:
    place = place_words(meeting)
    return [f"{day_words(meeting)} {time_words(meeting)}", f"สถานที่: {place}" if place else None]


def _hour(instant: dt.datetime) -> str:
    return instant.astimezone(clock.BANGKOK).strftime("%H.%M")


def _lines(*lines: str | None) -> str:
    """Join lines without those that are None."""
    return "\n".join(line for line in lines if line is not None)
