"""What meetings ask of people, from the reply to the last resolution: one query for all of it."""

from collections.abc import Iterator

from django.db.models import (
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships, is_officer
from approvals.models import ApprovalRequest
from committees.enums import MeetingStatus, MinutesStatus, ResolutionStatus
from committees.meetings.inviting import ATTENDEE, reply_path
from committees.meetings.numbering import title_of
from committees.meetings.resolutions import words_of
from committees.models import Attendee, CirculationAnswer, Meeting, Minutes, Resolution
from core import clock
from core.thai_dates import format_short
from notifications.due_items import DueItem

COLUMNS = (
    "what",
    "key",
    "person",
    "kind",
    "words",
    "due",
    "meeting_key",
    "year",
    "title",
    "number",
    "calendar_year",
    "starts_at",
    "since",
)


def meetings_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield replies, open resolutions, minutes to check and minutes in circulation; 1 query.

    A resolution waits for its owner, else for the head of its unit, else for the officers. A
    reply is due by the meeting's day for replies, else on the day of the meeting.
    """
    officers: tuple[int, ...] | None = None
    resolutions = _resolutions(agency)
    others = [_to_confirm(agency), _to_check(agency), _to_reply(agency)]
    if user is not None:
        mine = Q(person=user.pk)
        tasks = mine | Q(person=None) if is_officer(user, agency) else mine
        resolutions = resolutions.filter(tasks)
        others = [rows.filter(mine) for rows in others]
    rows = resolutions.union(*others, all=True)
    for values in rows.order_by("what", "key"):
        row = dict(zip(COLUMNS, values, strict=True))
        if row["person"] is not None:
            people: tuple[int, ...] = (row["person"],)
        elif user is not None:
            people = (user.pk,)
        else:
            officers = officers or _officers(agency)
            people = officers
        yield _ITEMS[row["what"]](agency, row, people)


def _officers(agency: Agency) -> tuple[int, ...]:
    return tuple(
        row.user_id for row in active_memberships(agency) if row.role == OfficeRole.OFFICER
    )


def _columns(rows: QuerySet, what: str, meeting: str, *, since: str = "", **values) -> QuerySet:
    """Return the rows with the columns that all parts of the query share."""
    return (
        rows.order_by()
        .annotate(
            what=Value(what, CharField()),
            meeting_key=F(f"{meeting}pk"),
            year=F(f"{meeting}fiscal_year"),
            meeting_title=F(f"{meeting}title"),
            meeting_number=F(f"{meeting}number"),
            meeting_year=F(f"{meeting}calendar_year"),
            meeting_starts=F(f"{meeting}starts_at"),
            known_since=F(since or f"{meeting}starts_at"),
            **values,
        )
        .values_list(
            "what",
            "key",
            "person",
            "of_kind",
            "words",
            "due",
            "meeting_key",
            "year",
            "meeting_title",
            "meeting_number",
            "meeting_year",
            "meeting_starts",
            "known_since",
        )
    )


def _resolutions(agency: Agency) -> QuerySet:
    rows = Resolution.objects.filter(item__meeting__agency=agency, status=ResolutionStatus.OPEN)
    return _columns(
        rows,
        "resolution",
        "item__meeting__",
        key=F("pk"),
        person=Coalesce("owner_id", "owner_unit__head_id", output_field=IntegerField()),
        of_kind=F("kind"),
        words=F("text"),
        due=F("due_on"),
    )


def _to_confirm(agency: Agency) -> QuerySet:
    answers = CirculationAnswer.objects.filter(
        minutes__meeting=OuterRef("meeting_id"), user=OuterRef("user_id")
    )
    rows = Attendee.objects.filter(
        meeting__agency=agency,
        meeting__minutes__status=MinutesStatus.CIRCULATING,
        is_member=True,
        user__isnull=False,
    )
    return _columns(
        rows.filter(~Exists(answers)),
        "confirm",
        "meeting__",
        key=F("meeting__minutes__pk"),
        person=F("user_id"),
        of_kind=Value("", CharField()),
        words=Value("", TextField()),
        due=F("meeting__minutes__circulate_until"),
    )


def _to_check(agency: Agency) -> QuerySet:
    rows = Minutes.objects.filter(
        meeting__agency=agency, status=MinutesStatus.FOR_CHECK, checker__isnull=False
    )
    return _columns(
        rows,
        "check",
        "meeting__",
        key=F("pk"),
        person=F("checker_id"),
        of_kind=Value("", CharField()),
        words=Value("", TextField()),
        due=F("circulate_until"),
    )


def _to_reply(agency: Agency) -> QuerySet:
    rows = Attendee.objects.filter(
        meeting__agency=agency,
        meeting__status=MeetingStatus.CALLED,
        meeting__starts_at__gt=clock.now(),
        invited_at__isnull=False,
        reply="",
        user__is_active=True,
    )
    return _columns(
        rows,
        "reply",
        "meeting__",
        since="invited_at",
        key=F("pk"),
        person=F("user_id"),
        # The link's token: an item leads straight to the reply.
        of_kind=F("token"),
        words=Value("", TextField()),
        due=F("meeting__reply_by"),
    )


def _meeting_words(row: dict) -> str:
    return title_of(
        Meeting(title=row["title"], number=row["number"], calendar_year=row["calendar_year"])
    )


def _minutes_url(agency: Agency, row: dict) -> str:
    return reverse("meetings:minutes", args=[agency.code, row["year"], row["meeting_key"]])


def _resolution_item(agency: Agency, row: dict, people: tuple[int, ...]) -> DueItem:
    return DueItem(
        object_type="committees.resolution",
        object_id=str(row["key"]),
        title=row["words"] or words_of(Resolution(kind=row["kind"])),
        why=_("Resolution of %(meeting)s") % {"meeting": _meeting_words(row)},
        due_on=row["due"],
        url=reverse("meetings:resolution", args=[agency.code, row["year"], row["key"]]),
        action=_("Report"),
        people=people,
        icon="check2-square",
    )


def _confirm_item(agency: Agency, row: dict, people: tuple[int, ...]) -> DueItem:
    return DueItem(
        object_type="committees.minutes",
        object_id=str(row["key"]),
        title=_("Confirm the minutes: %(meeting)s") % {"meeting": _meeting_words(row)},
        why=_("The minutes are confirmed by circulation"),
        due_on=row["due"],
        url=_minutes_url(agency, row),
        action=_("Answer"),
        people=people,
        icon="journal-check",
    )


def _check_item(agency: Agency, row: dict, people: tuple[int, ...]) -> DueItem:
    return DueItem(
        # The home page shows decisions on top, whichever app tells them.
        object_type=ApprovalRequest._meta.label_lower,
        object_id=f"minutes:{row['key']}",
        title=_("Check the minutes: %(meeting)s") % {"meeting": _meeting_words(row)},
        why=_("The recorder sent them to you"),
        due_on=None,
        url=_minutes_url(agency, row),
        action=_("Decide"),
        people=people,
        icon="journal-check",
    )


def _reply_item(agency: Agency, row: dict, people: tuple[int, ...]) -> DueItem:
    day = clock.day_of(row["starts_at"])
    return DueItem(
        object_type=ATTENDEE,
        object_id=str(row["key"]),
        title=_("Reply: %(meeting)s") % {"meeting": _meeting_words(row)},
        why=_("Meeting on %(day)s") % {"day": format_short(day)},
        due_on=row["due"] or day,
        url=reply_path(Attendee(token=row["kind"])),
        action=_("Reply"),
        people=people,
        icon="envelope-open",
        remind_from=clock.day_of(row["since"]),
    )


_ITEMS = {
    "resolution": _resolution_item,
    "confirm": _confirm_item,
    "check": _check_item,
    "reply": _reply_item,
}
