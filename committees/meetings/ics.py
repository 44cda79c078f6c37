"""The calendar entry of a meeting (RFC 5545): same UID for ever, a higher SEQUENCE when it moves.

Published, not requested (RFC 5546): any calendar takes it, and replies stay in the portal.
"""

import datetime as dt
import re
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from committees.enums import MeetingMode, MeetingStatus
from committees.meetings.numbering import title_of
from committees.models import Meeting
from core import clock

PRODUCT = "-//PMQA portal//Meeting//TH"
CONTENT_TYPE = "text/calendar; charset=utf-8"
# A calendar needs an end; a meeting without one is drawn this long.
DRAWN_HOURS = dt.timedelta(hours=2)
ONLINE_WORDS = "ประชุมออนไลน์"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def meeting_file(meeting: Meeting, *, path: str = "", shows_link: bool = False) -> bytes:
    """Return the meeting as a calendar file; a cancelled meeting takes its entry away.

    `path` leads from the entry into the portal. The online link stands in the file only when
    `shows_link`. The meeting's version is the sequence: every change of the meeting counts it up.
    """
    cancelled = meeting.status == MeetingStatus.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_event(meeting, path, shows_link, cancelled))
    return calendar.to_ical()


def file_name(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}.ics"


def _event(meeting: Meeting, path: str, shows_link: bool, cancelled: bool) -> Event:
    row = Event()
    row.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.BASE_URL).hostname}")
    row.add("sequence", meeting.version)
    row.add("dtstamp", clock.now().replace(microsecond=0))
    row.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    row.add("dtend", (meeting.ends_at or meeting.starts_at + DRAWN_HOURS).astimezone(dt.UTC))
    row.add("summary", _plain(title_of(meeting)))
    row.add("location", _plain(_location(meeting)))
    lines = [meeting.agency.name_th]
    if shows_link and meeting.online_url:
        lines.append(meeting.online_url)
    if path:
        lines.append(settings.BASE_URL + path)
        row.add("url", settings.BASE_URL + path)
    row.add("description", _plain("\n".join(lines)))
    row.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{_sender()}")
    row.add("organizer", organizer)
    return row


def _location(meeting: Meeting) -> str:
    places = [meeting.place]
    if meeting.mode != MeetingMode.ON_SITE:
        places.append(ONLINE_WORDS)
    return " · ".join(place for place in places if place)


def _sender() -> str:
    """Return the bare address that the portal's mail comes from."""
    address = settings.DEFAULT_FROM_EMAIL
    return address.rpartition("<")[2].rstrip("> ") if "<" in address else address


def _plain(words: str) -> str:
    """Return words without control characters other than line ends."""
    return _CONTROL.sub(" ", words.replace("\r\n", "\n")).strip()
