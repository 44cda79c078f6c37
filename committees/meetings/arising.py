"""เรื่องสืบเนื่อง: open resolutions of earlier meetings come onto the next agenda by themselves.

Iterated: what is still open after this meeting is listed again in the one after it.
"""

import re
from html import unescape

from django.db import transaction

from committees.enums import AgendaKind, MeetingStatus, ResolutionStatus
from committees.meetings.agendas import PREPARING, locked, tidy
from committees.meetings.numbering import number_words
from committees.meetings.queries import of_same
from committees.models import AgendaItem, Meeting, Resolution

CLOSED = (ResolutionStatus.DONE, ResolutionStatus.DROPPED)
LONGEST = 400
_TAG = re.compile(r"<[^>]+>")


def open_resolutions(meeting: Meeting) -> list[Resolution]:
    """Return open resolutions of earlier meetings of the same committees, oldest first.

    Last year's committee counts as the same when it is of the same kind (others: same name).
    """
    earlier = Meeting.objects.filter(
        of_same(meeting.committees.all()),
        agency_id=meeting.agency_id,
        starts_at__lt=meeting.starts_at,
    ).exclude(status=MeetingStatus.CANCELLED)
    return list(
        Resolution.objects.filter(status=ResolutionStatus.OPEN)
        .filter(item__meeting__in=earlier.exclude(pk=meeting.pk).values("pk"))
        .select_related("item__meeting", "owner", "owner_unit")
        .order_by("item__meeting__starts_at", "item__order", "order", "pk")
    )


def refresh(meeting: Meeting) -> int:
    """Bring the heading เรื่องสืบเนื่อง up to date; return how many matters were added.

    Adds a sub-item for each open resolution that has none; takes out those of resolutions that
    are done or dropped meanwhile, unless somebody wrote something there. Never doubles. Does
    nothing when the agenda has no such heading or the meeting is over.
    """
    with transaction.atomic():
        if locked(meeting).status not in PREPARING:
            return 0
        heading = heading_of(meeting)
        if heading is None:
            return 0
        _take_out_closed(meeting)
        listed = set(
            meeting.agenda.filter(follows__isnull=False).values_list("follows_id", flat=True)
        )
        new = [row for row in open_resolutions(meeting) if row.pk not in listed]
        last = meeting.agenda.filter(parent=heading).order_by("order").last() or heading
        AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting,
                parent=heading,
                kind=AgendaKind.ARISING,
                order=last.order,
                title=title_for(row),
                presenter=owner_words(row),
                follows=row,
            )
            for row in new
        )
        tidy(meeting)
    return len(new)


def heading_of(meeting: Meeting) -> AgendaItem | None:
    return meeting.agenda.filter(kind=AgendaKind.ARISING, parent=None).first()


def title_for(resolution: Resolution) -> str:
    """Return the matter's words: what was resolved, and in which meeting."""
    plain = " ".join(unescape(_TAG.sub(" ", resolution.text)).split()) or resolution.item.title
    words = plain if len(plain) <= LONGEST else plain[:LONGEST].rstrip() + " …"
    number = number_words(resolution.item.meeting)
    return f"{words} (มติการประชุม{number})" if number else words


def owner_words(resolution: Resolution) -> str:
    if resolution.owner:
        return resolution.owner.get_full_name()
    return resolution.owner_unit.name if resolution.owner_unit else ""


def _take_out_closed(meeting: Meeting) -> None:
    """Take out matters that are settled and that nobody has touched (version 1, no text)."""
    untouched = meeting.agenda.filter(
        follows__status__in=CLOSED, version=1, detail="", minutes_text="", is_done=False
    )
    untouched.filter(papers=None, resolutions=None).delete()
