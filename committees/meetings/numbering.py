"""Numbers of meetings: ครั้งที่ n/พ.ศ., counted by calendar year for the same committees.

Source: the custom of Thai committees; reports of meetings print the number so (ระเบียบงานสารบรรณ
แบบที่ 11). Committees are named anew for each fiscal year, so "the same" goes by kind (or by name
for other committees): January's meeting goes on counting where December's left off.
"""

from collections.abc import Iterable

from agencies.models import Agency
from committees.enums import CommitteeKind, MeetingKind, MeetingStatus
from committees.models import Committee, Meeting

TITLES = {
    MeetingKind.BRIEFING: "การประชุมชี้แจงการพัฒนาคุณภาพการบริหารจัดการภาครัฐ",
    MeetingKind.TRAINING: "การอบรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ",
}


def number_words(meeting: Meeting) -> str:
    """Return "ครั้งที่ 2/2570", or "" for a meeting without number."""
    if not meeting.number:
        return ""
    return f"ครั้งที่ {meeting.number}/{meeting.calendar_year}"


def title_of(meeting: Meeting) -> str:
    """Return the meeting's name with its number, as screens and papers say it."""
    return " ".join(part for part in (meeting.title, number_words(meeting)) if part)


def proposed_title(kind: str, committees: Iterable[Committee], year: int) -> str:
    """Return the name a meeting gets by itself, without its number; "" without committees."""
    if kind in TITLES:
        return f"{TITLES[MeetingKind(kind)]} ประจำปีงบประมาณ พ.ศ. {year}"
    names = "และ".join(committee.name for committee in committees)
    return f"การประชุม{names}"[:250] if names else ""


def key_of(committee: Committee) -> str:
    """Return what makes a committee the same as one of another fiscal year."""
    return committee.name if committee.kind == CommitteeKind.OTHER else committee.kind


def taken_numbers(
    agency: Agency, committees: Iterable[Committee], calendar_year: int, but: int | None = None
) -> dict[int, Meeting]:
    """Return number → meeting of exactly these committees in the calendar year; two queries.

    A cancelled meeting gives its number back. `but` is the key of a meeting to leave out.
    """
    wanted = {key_of(committee) for committee in committees}
    rows = (
        Meeting.objects.filter(agency=agency, calendar_year=calendar_year, number__isnull=False)
        .exclude(status=MeetingStatus.CANCELLED)
        .exclude(pk=but)
        .prefetch_related("committees")
    )
    return {
        row.number: row
        for row in rows
        if wanted and {key_of(committee) for committee in row.committees.all()} == wanted
    }


def next_number(
    agency: Agency, committees: Iterable[Committee], calendar_year: int, but: int | None = None
) -> int:
    """Return the number after the highest one of the same committees in the calendar year."""
    return max(taken_numbers(agency, committees, calendar_year, but), default=0) + 1
