"""Calendars as iCalendar files (RFC 5545), from events of whole days."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as CalendarEvent

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//PMQA portal//Fiscal year calendar//TH"
# How often a calendar program should look again.
REFRESH = dt.timedelta(hours=6)
# No file grows past this, however old the office's records are.
MOST_EVENTS = 1000
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something on whole days, both ends included.

    key: names the thing for ever, also when its days move; it becomes the UID. sequence: how
    often it has changed, its days included. changed_at: when it last did, None where nobody
    keeps that.
    """

    key: str
    summary: str
    starts_on: dt.date
    ends_on: dt.date
    description: str = ""
    path: str = ""
    changed_at: dt.datetime | None = None
    sequence: int = 0


def calendar_file(name: str, events: Iterable[Event], made_at: dt.datetime) -> bytes:
    """Return the events as one iCalendar file, earliest first, at most MOST_EVENTS.

    The same events, name and `made_at` (aware) always give the same bytes. `made_at` stands for
    the change of events that know no such time.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _plain(name))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    ordered = sorted(events, key=lambda event: (event.starts_on, event.ends_on, event.key))
    for event in ordered[-MOST_EVENTS:]:
        calendar.add_component(_component(event, made_at))
    return calendar.to_ical()


def _component(event: Event, made_at: dt.datetime) -> CalendarEvent:
    row = CalendarEvent()
    changed_at = (event.changed_at or made_at).astimezone(dt.UTC).replace(microsecond=0)
    row.add("uid", f"{event.key}@{urlsplit(settings.BASE_URL).hostname}")
    # Without a METHOD both say when the event last changed (RFC 5545, 3.8.7.2).
    row.add("dtstamp", changed_at)
    row.add("last-modified", changed_at)
    row.add("sequence", event.sequence)
    row.add("dtstart", event.starts_on)
    row.add("dtend", event.ends_on + ONE_DAY)
    row.add("summary", _plain(event.summary))
    if event.description:
        row.add("description", _plain(event.description))
    if event.path:
        row.add("url", settings.BASE_URL + event.path)
    # Months of work must not mark the person as busy.
    row.add("transp", "TRANSPARENT")
    return row


def _plain(words: str) -> str:
    """Return words without control characters other than line ends."""
    return _CONTROL.sub(" ", words.replace("\r\n", "\n")).strip()
