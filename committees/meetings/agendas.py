"""The agenda: headings and sub-items, numbered 1, 2, 2.1 … by their order alone.

Source: ระเบียบวาระการประชุม in five items, or six with เรื่องสืบเนื่อง; the first meeting has no
minutes to confirm and prints "- ไม่มี -".
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Prefetch

from agencies import audit
from agencies.models import User
from committees.enums import AgendaKind, MeetingStatus
from committees.meetings.numbering import number_words
from committees.meetings.queries import minutes_typed
from committees.models import AgendaItem, Meeting, MeetingPaper
from core import clock
from core.thai_dates import format_long
from documents.revisions import NotEditable

NONE = "- ไม่มี -"
# While a meeting is in one of these, its agenda may be built and rebuilt.
PREPARING = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
LONGEST_TITLE = 500


@dataclass
class AgendaRow:
    """A heading (depth 0) or a sub-item (depth 1) with the number that its place gives it."""

    item: AgendaItem
    number: str
    depth: int = 0
    title: str = ""
    # "- ไม่มี -" where the paper says so by itself.
    none_words: str = ""
    children: list["AgendaRow"] = field(default_factory=list)


def numbered(meeting: Meeting) -> list[AgendaRow]:
    """Return the headings in order, each with its sub-items as `children`.

    Two queries: the items with the resolutions they follow, and their papers (`item.papers.all()`
    with file and issued paper). `title` is the printed one: the confirming heading names the
    meeting whose minutes are confirmed (one more query unless `previous` was selected with it).
    """
    papers = MeetingPaper.objects.select_related("file", "issued__file").order_by("order", "pk")
    items = list(
        meeting.agenda.select_related("follows__owner", "follows__owner_unit")
        .prefetch_related(Prefetch("papers", queryset=papers))
        .order_by("order", "pk")
    )
    return rows_of(meeting, items)


def rows_of(meeting: Meeting, items: list[AgendaItem]) -> list[AgendaRow]:
    """Return the rows of the items, which are in order; pure but for `meeting.previous`."""
    below: dict[int | None, list[AgendaItem]] = {}
    for item in items:
        below.setdefault(item.parent_id, []).append(item)
    rows = []
    for place, item in enumerate(below.get(None, []), 1):
        row = AgendaRow(item, str(place), title=printed_title(meeting, item))
        row.children = [
            AgendaRow(child, f"{place}.{number}", depth=1, title=child.title)
            for number, child in enumerate(below.get(item.pk, []), 1)
        ]
        if item.kind == AgendaKind.CONFIRM_MINUTES and not meeting.previous_id:
            row.none_words = "" if row.children or item.detail else NONE
        rows.append(row)
    return rows


def flat(rows: list[AgendaRow]) -> list[AgendaRow]:
    """Return headings and sub-items one after the other, as a paper prints them."""
    return [each for row in rows for each in (row, *row.children)]


def printed_title(meeting: Meeting, item: AgendaItem) -> str:
    """Return the item's words; the confirming heading names the earlier meeting and its day."""
    if item.kind != AgendaKind.CONFIRM_MINUTES or item.parent_id or not meeting.previous_id:
        return item.title
    earlier = meeting.previous
    if number_words(earlier) and number_words(earlier) in item.title:
        return item.title
    day = format_long(clock.day_of(earlier.starts_at), "th")
    words = [item.title, number_words(earlier), f"เมื่อวันที่ {day}"]
    return " ".join(word for word in words if word)


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting's row, locked: one change of its agenda at a time (in a transaction)."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def add_item(
    meeting: Meeting, parent: AgendaItem | None, title: str, *, by: User, kind: str = ""
) -> AgendaItem:
    """Add a sub-item at the end of a heading, or a heading at the end of the agenda.

    In a meeting that is held it is the minute taker's addition, while the minutes are still
    being written. Raises NotEditable when the meeting is cancelled or its minutes are closed.
    """
    return add_items(meeting, parent, [title], by=by, kind=kind)[0]


def add_items(
    meeting: Meeting, parent: AgendaItem | None, titles: list[str], *, by: User, kind: str = ""
) -> list[AgendaItem]:
    """Add several at once, in the order given; the same rules as `add_item`."""
    with transaction.atomic():
        status = locked(meeting).status
        if status not in PREPARING and not (
            status == MeetingStatus.HELD
            and Meeting.objects.filter(minutes_typed(), pk=meeting.pk).exists()
        ):
            raise NotEditable
        order = _order_after(meeting, parent)
        made = [
            AgendaItem.objects.create(
                meeting=meeting,
                parent=parent,
                kind=kind or (parent.kind if parent else AgendaKind.OTHER),
                order=order,
                title=title.strip()[:LONGEST_TITLE],
            )
            for title in titles
        ]
        tidy(meeting)
        words = "; ".join(item.title for item in made)
        audit.record(meeting.agency, by, "agenda.add", meeting, summary=words[:300])
    return made


def tidy(meeting: Meeting) -> None:
    """Number the items' `order` as they are printed: each heading, then what is below it."""
    items = list(meeting.agenda.order_by("order", "pk"))
    changed = []
    for place, row in enumerate(flat(rows_of(meeting, items)), 1):
        if row.item.order != place:
            row.item.order = place
            changed.append(row.item)
    AgendaItem.objects.bulk_update(changed, ["order"])


def _order_after(meeting: Meeting, parent: AgendaItem | None) -> int:
    rows = meeting.agenda.filter(parent=parent) if parent else meeting.agenda.all()
    last = rows.order_by("order", "pk").last()
    return last.order if last else (parent.order if parent else 0)
