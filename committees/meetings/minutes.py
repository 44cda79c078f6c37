"""Minutes (รายงานการประชุม): typed per item, checked by the chair, confirmed by the members.

Source: ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 ข้อ 25 and แบบที่ 11; confirmation in the
same meeting, in the next one, or by circulation.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import User
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged, perform
from committees.enums import (
    CirculationReply,
    CommitteeRole,
    ConfirmedBy,
    MinutesStatus,
    ResolutionKind,
    ResolutionStatus,
)
from committees.meetings import agendas, attendance, resolutions
from committees.meetings.holding import hold_minutes
from committees.meetings.numbering import number_words
from committees.meetings.queries import minutes_typed
from committees.models import AgendaItem, Attendee, CirculationAnswer, Meeting, Minutes, Resolution
from core import clock
from core.rich_text import clean_html
from documents.revisions import NotEditable, Saved, save_text

IS_TYPED = minutes_typed("meeting__")
WAITS_FOR_CONFIRMATION = (MinutesStatus.CHECKED, MinutesStatus.CIRCULATING)


@dataclass(frozen=True)
class Check:
    """One line of the list before the minutes go to the chair.

    `must` lines refuse the submission; the others only remind. `place` names where it is mended:
    "attendance", "facts" or the key of an agenda item.
    """

    words: str
    is_met: bool
    must: bool
    place: str


def of_meeting(meeting: Meeting) -> Minutes:
    """Return the meeting's minutes; where nobody has begun, new ones that are not stored."""
    found = (
        Minutes.objects.filter(meeting=meeting)
        .select_related("recorder", "checker", "confirmed_at")
        .first()
    )
    minutes = found or Minutes(meeting=meeting)
    # What the caller fetched with the meeting need not be asked again.
    minutes.meeting = meeting
    return minutes


@transaction.atomic
def begin(meeting: Meeting, *, by: User) -> Minutes:
    """Return the meeting's stored minutes; who begins them is the recorder."""
    minutes, is_new = Minutes.objects.get_or_create(meeting=meeting, defaults={"recorder": by})
    if is_new:
        audit.record(meeting.agency, by, "minutes.begin", minutes, summary=str(meeting))
    return minutes


def save_item(
    item: AgendaItem, html: str, *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Save what was said about an item, cleaned, and raise what `save_text` raises."""
    meeting = item.meeting
    with transaction.atomic():
        begin(meeting, by=by)
        hold_minutes(meeting)
        return save_text(
            item,
            {"minutes_text": clean_html(as_paragraphs(html))},
            version=version,
            by=by,
            agency=meeting.agency,
            editable=IS_TYPED,
            request_id=request_id,
        )


def as_paragraphs(text: str) -> str:
    """Return text typed without the rich editor as paragraphs, a line each; HTML as it is."""
    if re.search(r"<[a-zA-Z]", text) or not text.strip():
        return text.strip()
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def tick(item: AgendaItem, is_done: bool) -> None:
    """Mark an item as dealt with, or not. Raises NotEditable when the minutes are not typed now."""
    rows = AgendaItem.objects.filter(pk=item.pk)
    with transaction.atomic():
        hold_minutes(item.meeting)
        if not rows.filter(pk__in=rows.filter(IS_TYPED).values("pk")).update(is_done=is_done):
            raise NotEditable


def save_facts(meeting: Meeting, facts: dict[str, Any], *, version: int, by: User) -> Saved:
    """Save opening and closing time and the facts of an electronic meeting (see `save_text`)."""
    with transaction.atomic():
        begin(meeting, by=by)
        hold_minutes(meeting)
        return save_text(
            meeting,
            facts,
            version=version,
            by=by,
            agency=meeting.agency,
            editable=minutes_typed(),
        )


def checks(
    meeting: Meeting,
    rows: list[agendas.AgendaRow],
    attendees: Iterable[Attendee],
    taken: Iterable[Resolution],
) -> list[Check]:
    """Return what stands between the minutes and the chair; asks the database nothing."""
    attendees, taken = list(attendees), list(taken)
    members = any(row.is_member for row in attendees)
    empty, unresolved = _unfinished(rows, {resolution.item_id for resolution in taken})
    drafts = [row for row in taken if row.status == ResolutionStatus.DRAFT]
    return [
        Check(
            _("The list of who came is complete"),
            members and not attendance.unmarked(attendees),
            True,
            "attendance",
        ),
        Check(_("The time the meeting opened"), meeting.opened_at is not None, True, "facts"),
        Check(_("The time the meeting closed"), meeting.closed_at is not None, True, "facts"),
        _about(empty, _("Items %(numbers)s are empty"), _("No item is empty"), must=False),
        _about(
            unresolved,
            _("Items %(numbers)s have no resolution"),
            _("Each item has its resolution"),
            must=False,
        ),
        Check(
            _("%(count)s resolutions are not confirmed yet") % {"count": len(drafts)}
            if drafts
            else _("All resolutions are confirmed"),
            not drafts,
            True,
            str(drafts[0].item_id) if drafts else "",
        ),
    ]


def _unfinished(
    rows: list[agendas.AgendaRow], with_resolution: set[int]
) -> tuple[list[agendas.AgendaRow], list[agendas.AgendaRow]]:
    """Return the items of which nothing is said, and those with words but no resolution."""
    leaves = [row for row in agendas.flat(rows) if not row.children and not row.none_words]
    empty = [
        row
        for row in leaves
        if not (row.item.minutes_text or row.item.is_done or row.item.pk in with_resolution)
    ]
    return empty, [
        row for row in leaves if row.item.minutes_text and row.item.pk not in with_resolution
    ]


def _about(rows: list[agendas.AgendaRow], words: str, met: str, *, must: bool) -> Check:
    if not rows:
        return Check(met, True, must, "")
    numbers = ", ".join(row.number for row in rows[:6]) + (" …" if len(rows) > 6 else "")
    return Check(words % {"numbers": numbers}, False, must, str(rows[0].item.pk))


def missing(minutes: Minutes) -> list[str]:
    """Return what must be there before the minutes go to the chair or are confirmed at once."""
    meeting = minutes.meeting
    rows = agendas.rows_of(meeting, list(meeting.agenda.order_by("order", "pk")))
    taken = Resolution.objects.filter(item__meeting=meeting)
    lines = checks(meeting, rows, meeting.attendees.all(), taken)
    return [_wanted(line) for line in lines if line.must and not line.is_met]


def _wanted(line: Check) -> str:
    return _("Still missing: %(what)s") % {"what": line.words}


def possible_checkers(attendees: Iterable[Attendee]) -> list[Attendee]:
    """Return the members with an account who may check, the chair and vice-chairs first."""
    order = {CommitteeRole.CHAIR: 0, CommitteeRole.VICE_CHAIR: 1}
    people = [row for row in attendees if row.is_member and row.user_id]
    return sorted(people, key=lambda row: order.get(row.role, 2))


def submit(minutes: Minutes, *, by: User, checker: User) -> TransitionLog:
    """Send the minutes to whoever checks them, usually the meeting's chair.

    Raises what `approvals.transitions.perform` raises.
    """
    with transaction.atomic():
        _write(minutes, (MinutesStatus.WRITING,), checker=checker)
        return perform(minutes, "submit", by)


def circulate(minutes: Minutes, *, by: User, until: dt.date) -> TransitionLog:
    """Ask all members to confirm the minutes by the day. Raises what `perform` raises."""
    with transaction.atomic():
        _write(minutes, (MinutesStatus.CHECKED,), circulate_until=until)
        return perform(minutes, "circulate", by)


def confirm_here(minutes: Minutes, *, by: User, corrections: str = "") -> TransitionLog:
    """Record that the same meeting confirmed its minutes. Raises what `perform` raises."""
    day = clock.day_of(minutes.meeting.starts_at)
    with transaction.atomic():
        _write(
            minutes,
            (MinutesStatus.WRITING, MinutesStatus.CHECKED),
            confirmed_by=ConfirmedBy.SAME_MEETING,
            confirmed_on=day,
            corrections=corrections,
        )
        return perform(minutes, "confirm_here", by)


def confirm_next(
    minutes: Minutes, meeting: Meeting, *, by: User, corrections: str = ""
) -> TransitionLog:
    """Record that a later meeting confirmed the minutes; its own minutes say so, too.

    Raises what `perform` raises.
    """
    with transaction.atomic():
        _write(
            minutes,
            WAITS_FOR_CONFIRMATION,
            confirmed_by=ConfirmedBy.NEXT_MEETING,
            confirmed_on=clock.day_of(meeting.starts_at),
            confirmed_at=meeting,
            corrections=corrections,
        )
        log = perform(minutes, "confirm_next", by)
        _say_in(meeting, minutes, corrections, by)
    return log


def _say_in(meeting: Meeting, confirmed: Minutes, corrections: str, by: User) -> None:
    """Word the resolution "รับรองรายงานการประชุม …" below the later meeting's own item."""
    item = (
        meeting.agenda.filter(kind="confirm_minutes", parent=None).order_by("order", "pk").first()
    )
    if item is None or item.resolutions.filter(kind=ResolutionKind.CONFIRMED).exists():
        return
    try:
        made = resolutions.add_resolution(item, ResolutionKind.CONFIRMED, by=by)
    except NotEditable:
        return
    end = "โดยมีการแก้ไข" if corrections.strip() else "โดยไม่มีการแก้ไข"
    made.text = f"{number_words(confirmed.meeting)} {end}".strip()
    made.save(update_fields=["text"])
    resolutions.confirm(made, by=by)


def close_circulation(minutes: Minutes, *, by: User, corrections: str = "") -> TransitionLog:
    """Confirm minutes that went round. Raises what `perform` raises."""
    with transaction.atomic():
        _write(
            minutes,
            (MinutesStatus.CIRCULATING,),
            confirmed_by=ConfirmedBy.CIRCULATION,
            confirmed_on=clock.today(),
            corrections=corrections,
        )
        return perform(minutes, "close_circulation", by)


def _write(minutes: Minutes, sources: tuple[str, ...], **changes) -> None:
    """Write what belongs to a change of state while the old state still holds."""
    rows = Minutes.objects.filter(pk=minutes.pk, status__in=sources)
    if not rows.update(**changes):
        minutes.refresh_from_db()
        raise AlreadyChanged(minutes)
    for name, value in changes.items():
        setattr(minutes, name, value)


def circulation_members(minutes: Minutes) -> QuerySet[Attendee]:
    """Return the members who are asked, those with an account."""
    return Attendee.objects.filter(
        meeting_id=minutes.meeting_id, is_member=True, user__isnull=False
    )


def answer(minutes: Minutes, user: User, reply: str, text: str = "") -> bool:
    """Store a member's answer, the newer one counts; False once the circulation is closed."""
    with transaction.atomic():
        running = Minutes.objects.filter(pk=minutes.pk, status=MinutesStatus.CIRCULATING)
        # Claims the row, so that closing waits or wins.
        if not running.update(version=F("version") + 1):
            return False
        CirculationAnswer.objects.update_or_create(
            minutes=minutes,
            user=user,
            defaults={"reply": reply, "text": text.strip()[:4000], "at": clock.now()},
        )
    return True


def circulation_unanswered(minutes: Minutes) -> list[str]:
    """Return a complaint while members have not answered and the day has not passed."""
    if minutes.circulate_until and minutes.circulate_until < clock.today():
        return []
    answered = minutes.answers.values("user")
    waiting = circulation_members(minutes).exclude(user__in=answered).count()
    if not waiting:
        return []
    return [
        _("%(count)s members have not answered, and the day has not passed") % {"count": waiting}
    ]


def wants_correction(answers: Iterable[CirculationAnswer]) -> str:
    """Return the corrections that members asked for, one a line with who asked."""
    return "\n".join(
        f"{row.text} ({row.user})" for row in answers if row.reply == CirculationReply.CORRECT
    )
