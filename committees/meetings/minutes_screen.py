"""What the minutes' page shows: the agenda with what was said, resolutions, checks and life."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.queries import people_of
from committees.enums import AgendaKind, MeetingStatus, MinutesStatus, ResolutionStatus
from committees.meetings import agendas, attendance, minutes
from committees.meetings.minutes_permissions import can_check, can_write
from committees.meetings.numbering import title_of
from committees.meetings.quorum import quorum_of
from committees.meetings.resolutions import KIND_WORDS, words_of
from committees.models import AgendaItem, Attendee, Meeting, Minutes, Resolution
from core import clock
from core.fiscal_year import to_be
from core.thai_dates import format_short, format_with_weekday

STATUS_CHIPS = {
    MinutesStatus.WRITING: "in_progress",
    MinutesStatus.FOR_CHECK: "waiting",
    MinutesStatus.CHECKED: "waiting",
    MinutesStatus.CIRCULATING: "waiting",
    MinutesStatus.CONFIRMED: "done",
}
RESOLUTION_CHIPS = {
    ResolutionStatus.DRAFT: "in_progress",
    ResolutionStatus.OPEN: "waiting",
    ResolutionStatus.DONE: "done",
    ResolutionStatus.DROPPED: "not_started",
}


FIELDS = ("kind", "text", "owner", "due_on")


@dataclass
class ShownResolution:
    """A resolution as card or form: its number in the meeting, its words, what was typed."""

    row: Resolution
    number: int
    words: str
    owner: str
    chip: str
    fields: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    # Somebody's newer wording, in words, and the version it has.
    newer: dict[str, Any] | None = None
    version: int = 0

    @property
    def is_draft(self) -> bool:
        return self.row.status == ResolutionStatus.DRAFT

    @property
    def is_task(self) -> bool:
        return bool(self.owner or self.row.due_on)


@dataclass
class ShownItem:
    """A heading or sub-item of the agenda with what the minutes say about it."""

    item: AgendaItem
    number: str
    title: str
    depth: int
    none_words: str
    html: str
    has_children: bool
    is_current: bool = False
    taken: list[ShownResolution] = field(default_factory=list)


def read_meeting(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Let meetings carry what the page reads of them."""
    return meetings.select_related("agency", "previous__minutes")


def resolutions_of(meeting: Meeting) -> list[Resolution]:
    """Return the meeting's resolutions in the order of the minutes; one query."""
    return list(
        Resolution.objects.filter(item__meeting=meeting)
        .select_related("owner", "owner_unit")
        .order_by("order", "pk")
    )


def page(
    meeting: Meeting,
    user: User,
    *,
    item: int | None = None,
    typed: ShownResolution | None = None,
) -> dict[str, Any]:
    """Return the context of the page; `item` is the key of the item that is being typed.

    The number of queries is fixed.
    """
    held = minutes.of_meeting(meeting)
    may_write = can_write(user, held)
    is_typed = may_write and held.status == MinutesStatus.WRITING
    items = list(meeting.agenda.order_by("order", "pk"))
    rows = agendas.rows_of(meeting, items)
    taken = resolutions_of(meeting)
    attendees = list(meeting.attendees.all())
    shown = _items(rows, taken, typed)
    current = _current(shown, item) if is_typed else None
    return {
        "meeting": meeting,
        "title": title_of(meeting),
        "paper_title": _paper_title(title_of(meeting)),
        "page_url": page_url(meeting),
        "attendance_url": attendance_url(meeting),
        "minutes": held,
        "status_chip": STATUS_CHIPS[held.status],
        "may_write": may_write,
        "is_typed": is_typed,
        "items": shown,
        "current": current,
        "headings": [row for row in shown if row.depth == 0],
        "taken": [each for row in shown for each in row.taken],
        "checks": _links(meeting, minutes.checks(meeting, rows, attendees, taken)),
        "quorum": quorum_of(meeting, attendees),
        "came": _came(attendees),
        "checkers": minutes.possible_checkers(attendees) if is_typed else [],
        "kinds": [(value, words or _("Other words")) for value, words in KIND_WORDS.items()],
        "may_check": held.status == MinutesStatus.FOR_CHECK and can_check(user, held),
        "day_words": format_with_weekday(clock.day_of(meeting.starts_at)),
        # Said in every row: translated once.
        "done_words": _("Finished:"),
        "write_words": _("Write"),
        "write_more_words": _("Write on"),
        "reminder_words": _("may stay so"),
        **_around(shown, current, meeting),
        **(_people(meeting.agency) if is_typed else {"owner_units": [], "owner_people": []}),
    }


def _paper_title(title: str) -> str:
    """Return "รายงานการประชุม…" without saying การประชุม twice."""
    return f"รายงาน{title}" if title.startswith("การประชุม") else f"รายงานการประชุม {title}"


def _items(rows, taken: list[Resolution], typed: ShownResolution | None) -> list[ShownItem]:
    by_item: dict[int, list[Resolution]] = {}
    for resolution in taken:
        by_item.setdefault(resolution.item_id, []).append(resolution)
    shown, number = [], 0
    for row in agendas.flat(rows):
        each = ShownItem(
            row.item,
            row.number,
            row.title,
            row.depth,
            row.none_words,
            row.item.minutes_text,
            bool(row.children),
        )
        for resolution in by_item.get(row.item.pk, []):
            number += 1
            each.taken.append(_shown(resolution, number, typed))
        shown.append(each)
    return shown


def _shown(resolution: Resolution, number: int, typed: ShownResolution | None) -> ShownResolution:
    owner = resolution.owner or resolution.owner_unit
    name = str(owner) if owner else ""
    if typed and typed.row.pk == resolution.pk:
        typed.row, typed.number, typed.words = resolution, number, words_of(resolution)
        typed.owner, typed.chip = name, RESOLUTION_CHIPS[resolution.status]
        return typed
    day = resolution.due_on
    fields = {
        "kind": resolution.kind,
        "text": resolution.text,
        "owner": name,
        "due_on": f"{day.day}/{day.month}/{to_be(day.year)}" if day else "",
        "echo": format_with_weekday(day) if day else "",
    }
    return ShownResolution(
        resolution,
        number,
        words_of(resolution),
        name,
        RESOLUTION_CHIPS[resolution.status],
        fields,
        version=resolution.version,
    )


def _current(shown: list[ShownItem], pk: int | None) -> ShownItem | None:
    """Return the item to type: the one asked for, else the first that is not done."""
    found = next((row for row in shown if row.item.pk == pk), None)
    if found is None:
        found = next((row for row in shown if not row.item.is_done and not row.has_children), None)
    found = found or (shown[0] if shown else None)
    if found:
        found.is_current = True
    return found


def _around(shown: list[ShownItem], current: ShownItem | None, meeting: Meeting) -> dict[str, Any]:
    """Return the items before and after the current one, and minutes that it may confirm."""
    if current is None:
        return {"previous_item": None, "next_item": None, "confirms": None}
    place = shown.index(current)
    confirms = None
    if current.item.kind == AgendaKind.CONFIRM_MINUTES and meeting.previous_id:
        confirms = getattr(meeting.previous, "minutes", None)
    if confirms and confirms.status not in minutes.WAITS_FOR_CONFIRMATION:
        confirms = None
    return {
        "previous_item": shown[place - 1] if place else None,
        "next_item": shown[place + 1] if place + 1 < len(shown) else None,
        "confirms": confirms,
    }


def _people(agency: Agency) -> dict[str, list[str]]:
    return {
        "owner_units": list(agency.units.filter(is_active=True).values_list("name", flat=True)),
        "owner_people": [person.get_full_name() for person in people_of(agency)],
    }


def _came(attendees: list[Attendee]) -> dict[str, int]:
    """Return how many came in a member's place, are away, and sit in attendance."""
    lists = attendance.lists(attendees)
    substitutes = sum(1 for row in lists.present if row.attendee.attendance == "substitute")
    return {
        "substitutes": substitutes,
        "absent": len(lists.absent),
        "in_attendance": len(lists.in_attendance),
        "unmarked": len(attendance.unmarked(attendees)),
    }


def _links(meeting: Meeting, checks: list[minutes.Check]) -> list[dict[str, Any]]:
    """Return the checks with the address where each is mended."""
    own = page_url(meeting)
    addresses = {"attendance": attendance_url(meeting), "facts": f"{own}#facts", "": ""}
    return [
        {
            "words": each.words,
            "is_met": each.is_met,
            "must": each.must,
            "url": addresses.get(each.place, f"{own}?item={each.place}#item-{each.place}"),
        }
        for each in checks
    ]


def page_url(meeting: Meeting, item_pk: int | None = None) -> str:
    """Return the address of the minutes, opened at the item where one is named."""
    names = [meeting.agency.code, meeting.fiscal_year, meeting.pk]
    own = reverse("meetings:minutes", args=names)
    return f"{own}?item={item_pk}#item-{item_pk}" if item_pk else own


def attendance_url(meeting: Meeting) -> str:
    """Return where attendance is marked."""
    names = [meeting.agency.code, meeting.fiscal_year, meeting.pk]
    return reverse("meetings:attendance", args=names)


def later_meetings(meeting: Meeting) -> list[tuple[int, str]]:
    """Return the office's meetings that may have confirmed these minutes, the nearest first."""
    rows = Meeting.objects.filter(agency=meeting.agency_id, starts_at__gt=meeting.starts_at)
    begun = Q(status=MeetingStatus.CALLED, starts_at__lte=clock.now())
    rows = rows.filter(begun | Q(status=MeetingStatus.HELD)).order_by("starts_at", "pk")
    return [
        (
            row.pk,
            f"{title_of(row)} · {format_short(clock.day_of(row.starts_at))}",
        )
        for row in rows[:20]
    ]


def circulation(held: Minutes, user: User) -> dict[str, Any]:
    """Return who was asked, who answered what, and the person's own place in it; 2 queries."""
    answers = {row.user_id: row for row in held.answers.select_related("user")}
    asked = list(minutes.circulation_members(held))
    return {
        "asked": [(row, answers.get(row.user_id)) for row in asked],
        "waiting": [row for row in asked if row.user_id not in answers],
        "is_asked": any(row.user_id == user.pk for row in asked),
        "own_answer": answers.get(user.pk),
        "wished": minutes.wants_correction(answers.values()),
        "until_words": format_short(held.circulate_until) if held.circulate_until else "",
    }


def card(meeting: Meeting, user: User) -> dict[str, Any] | None:
    """Return what the meeting's page says of its minutes; None while there is nothing to say."""
    held = minutes.of_meeting(meeting)
    is_typed = can_write(user, held) and held.status == MinutesStatus.WRITING
    if (held.pk is None and not is_typed) or meeting.status == MeetingStatus.CANCELLED:
        return None
    taken = Resolution.objects.filter(item__meeting=meeting)
    counts = taken.aggregate(
        taken=Count("pk"), open=Count("pk", filter=Q(status=ResolutionStatus.OPEN))
    )
    return {"minutes": held, "chip": STATUS_CHIPS[held.status], "is_typed": is_typed, **counts}
