"""Calling a meeting: create it with its agenda, change it, copy it as the next one."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import audit
from agencies.holidays import holiday_dates
from agencies.models import Agency, User
from committees.enums import MeetingMode, MeetingStatus
from committees.meetings import arising, inviting
from committees.meetings.agenda_templates import Heading
from committees.meetings.numbering import taken_numbers, title_of
from committees.models import AgendaItem, Committee, Meeting
from core import clock
from core.fiscal_year import fiscal_year_of, to_be
from documents.revisions import save_text

# What people invited must hear of when it changes.
TOLD = ("starts_at", "ends_at", "mode", "place", "online_url")
NOT_CANCELLED = ~Q(status=MeetingStatus.CANCELLED)


class NumberTaken(Exception):
    """Another meeting of the same committees has this number; `free` is the next one."""

    def __init__(self, meeting: Meeting, free: int):
        super().__init__("the number is taken")
        self.meeting = meeting
        self.free = free


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the instant of a day and a time in Bangkok."""
    return dt.datetime.combine(day, time, clock.BANGKOK)


def day_of(meeting: Meeting) -> dt.date:
    return clock.day_of(meeting.starts_at)


def call_meeting(
    meeting: Meeting, committees: list[Committee], headings: list[Heading], *, by: User
) -> Meeting:
    """Save a new meeting with its agenda; open resolutions come onto it by themselves.

    `meeting` is unsaved, with office, year, day and place. A meeting of committees without a
    number gets the next one. Raises NumberTaken when somebody took the number meanwhile.
    """
    with transaction.atomic():
        # Two officers may call at once: the office's row is the lock on numbers.
        Agency.objects.select_for_update().get(pk=meeting.agency_id)
        meeting.calendar_year = to_be(day_of(meeting).year)
        _give_number(meeting, committees)
        meeting.created_by, meeting.created_at = by, clock.now()
        meeting.save()
        meeting.committees.set(committees)
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, kind=row["kind"], title=row["title"], order=place)
            for place, row in enumerate(headings, 1)
        )
        arising.refresh(meeting)
        audit.record(meeting.agency, by, "meeting.create", meeting, summary=title_of(meeting)[:300])
    return meeting


def change_meeting(
    meeting: Meeting,
    changes: dict[str, Any],
    committees: list[Committee],
    *,
    version: int,
    by: User,
) -> None:
    """Save changed facts of a meeting that is not cancelled.

    Those invited are told when day, time or place changed. Raises SaveConflict, NotEditable
    (documents.revisions) or NumberTaken.
    """
    told = {name: getattr(meeting, name) for name in TOLD}
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=meeting.agency_id)
        changes["calendar_year"] = to_be(changes["starts_at"].astimezone(clock.BANGKOK).year)
        wanted = Meeting(
            pk=meeting.pk,
            agency=meeting.agency,
            number=changes["number"],
            calendar_year=changes["calendar_year"],
        )
        _give_number(wanted, committees)
        changes["number"] = wanted.number
        save_text(
            meeting, changes, version=version, by=by, agency=meeting.agency, editable=NOT_CANCELLED
        )
        meeting.committees.set(committees)
        meeting.refresh_from_db()
        if any(getattr(meeting, name) != value for name, value in told.items()):
            inviting.tell_moved(meeting)
        audit.record(meeting.agency, by, "meeting.change", meeting, summary=changes["title"][:300])


def _give_number(meeting: Meeting, committees: list[Committee]) -> None:
    year = meeting.calendar_year
    if not committees:
        return
    taken = taken_numbers(meeting.agency, committees, year, meeting.pk)
    free = max(taken, default=0) + 1
    if meeting.number in taken:
        raise NumberTaken(taken[meeting.number], free)
    meeting.number = meeting.number or free


def save_facts(meeting: Meeting, changes: dict[str, str], *, version: int, by: User) -> None:
    """Save how people were identified and where the recording is, also after the meeting."""
    save_text(
        meeting, changes, version=version, by=by, agency=meeting.agency, editable=NOT_CANCELLED
    )


def day_warnings(agency: Agency, day: dt.date, year: int) -> list[str]:
    """Return what is odd about a day: weekend, holiday, another fiscal year. One query."""
    words = []
    if day.weekday() >= 5:
        words.append(_("This day is a weekend."))
    if holiday := holiday_dates(agency, day, day).get(day):
        words.append(_("This day is a holiday: %(name)s.") % {"name": holiday.name_th})
    if fiscal_year_of(day) != year:
        words.append(_("This day lies outside fiscal year %(year)d.") % {"year": year})
    return words


def headings_like(meeting: Meeting) -> list[Heading]:
    """Return the headings of a meeting, for the next one's agenda."""
    rows = meeting.agenda.filter(parent=None).order_by("order", "pk")
    return [{"kind": row.kind, "title": row.title} for row in rows]


COPIED = ("kind", "title", "mode", "place", "online_url", "invitation_form", "quorum")


def next_of(meeting: Meeting) -> dict[str, Any]:
    """Return what the next meeting takes over: everything but day and number."""
    copied = {name: getattr(meeting, name) for name in COPIED}
    copied["starts"] = meeting.starts_at.astimezone(clock.BANGKOK).time()
    if meeting.ends_at:
        copied["ends"] = meeting.ends_at.astimezone(clock.BANGKOK).time()
    return copied


def has_place(meeting: Meeting) -> bool:
    """Return whether people know where to go: a place, a link, or both when it is hybrid."""
    needs_place = meeting.mode in (MeetingMode.ON_SITE, MeetingMode.HYBRID)
    needs_link = meeting.mode in (MeetingMode.ONLINE, MeetingMode.HYBRID)
    return bool(meeting.place or not needs_place) and bool(meeting.online_url or not needs_link)
