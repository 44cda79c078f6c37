"""Replies to an invitation: attend, cannot, or somebody else comes; changed until it starts."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import User
from committees.enums import MeetingStatus, Reply
from committees.meetings.inviting import tell_substitute
from committees.models import Attendee, CommitteeMember, Meeting
from core import clock, throttle
from core.tokens import LONGEST_TOKEN

# One invitation takes this many replies an hour, from its own person or from anybody.
REPLIES, REPLIES_SECONDS = 30, 60 * 60


class ReplyRefused(Exception):
    """The meeting takes no reply any more; the text says why."""


@dataclass(frozen=True)
class Answer:
    """What somebody replied. A substitute is a person of the register or a typed name."""

    reply: str
    note: str = ""
    substitute: User | None = None
    substitute_name: str = ""
    substitute_position: str = ""


def attendee_of(token: str) -> Attendee | None:
    """Return the invitation of a token, with its meeting; None unless somebody was called by it.

    None too for a person whose account is closed and for an office no longer active.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    return (
        Attendee.objects.filter(token=token, invited_at__isnull=False)
        .filter(Q(user=None) | Q(user__is_active=True), meeting__agency__is_active=True)
        .exclude(meeting__status=MeetingStatus.PLANNED)
        .select_related("meeting__agency", "user", "substitute")
        .first()
    )


def refusal(meeting: Meeting) -> str:
    """Return why the meeting takes no reply, or "" while it does."""
    if meeting.status == MeetingStatus.CANCELLED:
        return _("The meeting is cancelled. Nothing more is needed from you.")
    if meeting.status == MeetingStatus.HELD:
        return _("The meeting has been held. A reply is no longer possible.")
    if meeting.status != MeetingStatus.CALLED:
        return _("The meeting is being prepared anew. Wait for the next invitation.")
    if meeting.starts_at <= clock.now():
        return _("The meeting has begun. Tell the secretary if something changed.")
    return ""


def is_late(meeting: Meeting) -> bool:
    """Whether the day for replies has passed; replies are still taken."""
    return meeting.reply_by is not None and clock.today() > meeting.reply_by


def may_reply_now(attendee: Attendee) -> bool:
    """Count a reply, and return whether the invitation took few enough within the hour."""
    return throttle.count(f"meeting-reply-{attendee.pk}", REPLIES_SECONDS) <= REPLIES


def give(attendee: Attendee, answer: Answer, *, by: User | None) -> None:
    """Store the person's own reply; the last one counts. Raises ReplyRefused.

    One statement writes all of it under the condition that the meeting is still to come, so two
    replies at once never mix. `by` is who is signed in, if anybody.
    """
    coming = Q(meeting__status=MeetingStatus.CALLED, meeting__starts_at__gt=clock.now())
    _store(attendee, answer, coming, by)


def record(attendee: Attendee, answer: Answer, *, by: User) -> None:
    """Store a reply that was told by phone; possible until the meeting is held or cancelled."""
    _store(attendee, answer, Q(meeting__status=MeetingStatus.CALLED), by)


def _store(attendee: Attendee, answer: Answer, condition: Q, by: User | None) -> None:
    sends = answer.reply == Reply.SUBSTITUTE
    substitute = answer.substitute if sends else None
    name = substitute.get_full_name() if substitute else answer.substitute_name
    position = substitute.position if substitute else answer.substitute_position
    before = attendee.substitute_id
    with transaction.atomic():
        changed = Attendee.objects.filter(condition, pk=attendee.pk).update(
            reply=answer.reply,
            replied_at=clock.now(),
            reply_note=answer.note[:300],
            substitute=substitute,
            substitute_name=name[:250] if sends else "",
            substitute_position=position[:300] if sends else "",
        )
        if not changed:
            attendee.meeting.refresh_from_db()
            raise ReplyRefused(refusal(attendee.meeting))
        attendee.refresh_from_db()
        summary = f"{attendee.name}: {answer.reply}"
        audit.record(attendee.meeting.agency, by, "attendee.reply", attendee, summary=summary)
        if substitute and substitute.pk != before:
            tell_substitute(attendee)


def standing_substitute(attendee: Attendee) -> User | None:
    """Return who comes by the seat's own word when this member cannot; one query."""
    if not attendee.user_id or not attendee.is_member:
        return None
    seats = CommitteeMember.objects.filter(
        committee__meetings=attendee.meeting_id,
        user=attendee.user_id,
        substitute__is_active=True,
    )
    seat = seats.select_related("substitute").order_by("committee__order", "pk").first()
    return seat.substitute if seat else None
