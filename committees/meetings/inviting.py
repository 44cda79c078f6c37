"""Telling people of a meeting: invitations, changes of time or place, the end of it.

Each person is told once per event by a ledger row; the calendar file travels with the message.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from committees.enums import MeetingStatus, Reply
from committees.meetings.called_people import fill
from committees.meetings.chat_text import day_words, place_words, time_words
from committees.meetings.ics import file_name, meeting_file
from committees.meetings.numbering import title_of
from committees.models import Attendee, Meeting
from core import clock
from notifications.attachments import Attachment, register
from notifications.enums import NoticeKind
from notifications.models import Notification
from notifications.notices import write_rows

INVITED, MOVED, CANCELLED = "meeting-invited", "meeting-moved", "meeting-cancelled"
SUBSTITUTE = "meeting-substitute"
ATTENDEE = "committees.attendee"


def reply_path(attendee: Attendee) -> str:
    """Return the personal address under which the reply is given, without sign-in."""
    return reverse("invitation:reply", args=[attendee.token])


def meeting_path(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.agency.code, meeting.fiscal_year, meeting.pk])


def send_invitations(meeting: Meeting, log=None) -> int:
    """Invite everybody on the list who has not been invited yet; return how many.

    An effect of calling the meeting, and done again for people added later. Each row is claimed
    by one statement, so two senders never invite one person twice. An empty list is filled by the
    committees first. Called once more after it was cancelled, a meeting is told as changed to
    those invited before.
    """
    if log is not None:
        tell_moved(meeting)
        if not meeting.attendees.exists():
            fill(meeting, by=log.by)
    now = clock.now()
    with transaction.atomic():
        waiting = Attendee.objects.select_for_update(of=["self"]).filter(
            meeting=meeting, invited_at=None
        )
        people = [
            row
            for row in waiting.select_related("user")
            if Attendee.objects.filter(pk=row.pk, invited_at=None).update(invited_at=now)
        ]
        with translation.override(settings.LANGUAGE_CODE):
            title = _("Invitation: %(meeting)s") % {"meeting": title_of(meeting)}
            _tell(meeting, people, INVITED, title)
    return len(people)


def tell_moved(meeting: Meeting) -> int:
    """Tell everybody invited that day, time or place changed; return how many.

    Nothing is told of a meeting that was not called. Who said no is told too: the new day may do.
    """
    if meeting.status != MeetingStatus.CALLED:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Changed: %(meeting)s") % {"meeting": title_of(meeting)}
        return _tell_invited(meeting, MOVED, title)


def tell_cancelled(meeting: Meeting, log) -> int:
    """Tell everybody invited that the meeting is not held, and why. An effect of cancelling."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Cancelled: %(title)s") % {"title": title_of(meeting)}
        return _tell_invited(meeting, CANCELLED, title, reason=log.comment)


def tell_substitute(attendee: Attendee) -> None:
    """Tell a colleague for whom he or she comes; the reply link stays the member's own."""
    meeting = attendee.meeting
    with translation.override(settings.LANGUAGE_CODE):
        words = {"member": attendee.name, "meeting": title_of(meeting)}
        row = _notice(attendee, SUBSTITUTE, "", f":{attendee.substitute_id}")
        row.title = (_("You come in place of %(member)s: %(meeting)s") % words)[:300]
    row.recipient, row.address, row.url = attendee.substitute, "", meeting_path(meeting)
    write_rows([row])


def _tell_invited(meeting: Meeting, rule: str, title: str, reason: str = "") -> int:
    people = list(meeting.attendees.exclude(invited_at=None).select_related("user"))
    _tell(meeting, people, rule, title, f":{meeting.version}", reason)
    return len(people)


def _tell(
    meeting: Meeting,
    people: Iterable[Attendee],
    rule: str,
    title: str,
    occurrence: str = "",
    reason: str = "",
) -> None:
    rows = []
    for attendee in people:
        attendee.meeting = meeting
        if attendee.user_id or attendee.email:
            rows.append(_notice(attendee, rule, title, occurrence))
            rows[-1].body = reason or rows[-1].body
    write_rows(rows)


def _notice(attendee: Attendee, rule: str, title: str, occurrence: str = "") -> Notification:
    meeting = attendee.meeting
    when = f"{day_words(meeting)} {time_words(meeting)}"
    body = " · ".join(part for part in (when, place_words(meeting)) if part)
    return Notification(
        agency=meeting.agency,
        recipient=attendee.user,
        address="" if attendee.user_id else attendee.email,
        rule=rule,
        kind=NoticeKind.MEETING,
        object_type=ATTENDEE,
        object_id=f"{attendee.pk}{occurrence}",
        due_on=clock.today(),
        title=title[:300],
        body=body,
        url=reply_path(attendee),
        created_at=clock.now(),
    )


def calendar_of(notice: Notification) -> list[Attachment]:
    """Return the meeting's calendar file for a notice about somebody called; [] once removed."""
    pk = notice.object_id.partition(":")[0]
    row = Attendee.objects.filter(pk=int(pk)).select_related("meeting__agency").first()
    if row is None or notice.rule not in (INVITED, MOVED, CANCELLED, SUBSTITUTE):
        return []
    shows_link = notice.rule == SUBSTITUTE or row.reply in (Reply.ATTEND, Reply.SUBSTITUTE)
    content = meeting_file(row.meeting, path=notice.url, shows_link=shows_link)
    return [Attachment(file_name(row.meeting), content, "text/calendar")]


register(ATTENDEE, calendar_of)
