"""The agenda: headings and sub-items, numbered 1, 2, 2.1 … by their order alone.

Source: ระเบียบวาระการประชุม in five items, or six with เรื่องสืบเนื่อง; the first meeting has no
minutes to confirm and prints "- ไม่มี -".
"""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from committees.enums import AgendaKind
from committees.meetings.numbering import number_words
from committees.models import AgendaItem, Meeting, MeetingPaper
from core import clock
from core.thai_dates import format_long

NONE = "- ไม่มี -"


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
    day = format_long(earlier.starts_at.astimezone(clock.BANGKOK).date(), "th")
    words = [item.title, number_words(earlier), f"เมื่อวันที่ {day}"]
    return " ".join(word for word in words if word)
