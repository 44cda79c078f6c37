"""What the list and a meeting's page show: lines with day, place and state in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from agencies.models import Agency
from committees.enums import MeetingMode, MeetingStatus
from committees.meetings.agendas import PREPARING
from committees.meetings.numbering import title_of
from committees.meetings.queries import meetings_of
from committees.models import Meeting
from core import clock
from core.address_values import whole_number

CHIPS = {
    MeetingStatus.PLANNED: "not_started",
    MeetingStatus.CALLED: "in_progress",
    MeetingStatus.HELD: "done",
    MeetingStatus.CANCELLED: "returned",
}


@dataclass(frozen=True)
class MeetingLine:
    """A meeting as one line of a list."""

    meeting: Meeting
    title: str
    chip: str
    hours: str
    where: str
    is_over: bool  # the time has passed, and nobody has said that it was held


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; values come from the address, whatever it says."""

    words: str = ""
    committee: str = ""
    kind: str = ""
    status: str = ""

    def __bool__(self):
        return bool(self.words or self.committee or self.kind or self.status)


def filters_of(query: Any) -> Filters:
    return Filters(
        words=query.get("q", "").strip()[:100],
        committee=query.get("committee", ""),
        kind=query.get("kind", ""),
        status=query.get("status", ""),
    )


def found_meetings(agency: Agency, year: int, filters: Filters) -> QuerySet[Meeting]:
    """Return the year's meetings that the filters leave, newest first."""
    rows = meetings_of(agency, year)
    for word in filters.words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(place__icontains=word))
    if (pk := whole_number(filters.committee)) is not None:
        rows = rows.filter(committees=pk)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.status:
        rows = rows.filter(status=filters.status)
    return rows


def coming(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Return those still to be held, the next one first."""
    return rows.filter(status__in=PREPARING).order_by("starts_at", "pk")


def past(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return rows.exclude(status__in=PREPARING)


def line_of(meeting: Meeting) -> MeetingLine:
    return MeetingLine(
        meeting=meeting,
        title=title_of(meeting),
        chip=CHIPS[MeetingStatus(meeting.status)],
        hours=hours_of(meeting),
        where=where_of(meeting),
        is_over=meeting.status in PREPARING and meeting.starts_at < clock.now(),
    )


def hours_of(meeting: Meeting) -> str:
    """Return "13.30–16.30", or the beginning alone."""
    times = [meeting.starts_at, meeting.ends_at]
    return "–".join(f"{time.astimezone(clock.BANGKOK):%H.%M}" for time in times if time)


def where_of(meeting: Meeting) -> str:
    if meeting.mode == MeetingMode.ONLINE:
        return str(MeetingMode.ONLINE.label)
    if meeting.mode == MeetingMode.HYBRID:
        return f"{meeting.place} · {MeetingMode.ONLINE.label}"
    return meeting.place
