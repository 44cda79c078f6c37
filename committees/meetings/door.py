"""Checking in at the door: the QR leads every invitee to one button, on the meeting's day only."""

import datetime as dt
import io

import segno
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import AgencyMembership, User
from committees.enums import Attendance, MeetingKind, MeetingStatus
from committees.meetings.quorum import HERE
from committees.models import Attendee, Meeting
from core import clock

BEFORE = AFTER = dt.timedelta(hours=2)


class DoorClosed(Exception):
    """Nobody can check in; the text says why."""


def window(meeting: Meeting) -> tuple[dt.datetime, dt.datetime]:
    """Return from when and until when the door is open: two hours around the meeting.

    It closes at the latest at 23.59 of the meeting's last day, and then when no end is known.
    """
    last = (meeting.ends_at or meeting.starts_at).astimezone(clock.BANGKOK)
    midnight = last.replace(hour=23, minute=59, second=59, microsecond=0)
    until = min(last + AFTER, midnight) if meeting.ends_at else midnight
    return meeting.starts_at - BEFORE, until


def closed_because(meeting: Meeting) -> str:
    """Return why nobody can check in now, or ""."""
    if meeting.status == MeetingStatus.CANCELLED:
        return _("The meeting is cancelled.")
    if meeting.status == MeetingStatus.PLANNED:
        return _("The meeting has not been called yet.")
    opens, closes = window(meeting)
    if clock.now() < opens:
        return _("Check-in opens two hours before the meeting.")
    if clock.now() > closes:
        return _("Check-in is over. Tell the secretary that you were there.")
    return ""


def place_of(meeting: Meeting, user: User) -> Attendee | None:
    """Return the row under which the person comes: the own one, else that of a member replaced."""
    rows = meeting.attendees.filter(Q(user=user) | Q(substitute=user))
    return min(rows, key=lambda row: row.user_id != user.pk, default=None)


def may_come(meeting: Meeting, place: Attendee | None) -> bool:
    """Whether the person is called, or the meeting is open to all staff."""
    return place is not None or meeting.kind != MeetingKind.COMMITTEE


def check_in(meeting: Meeting, user: User) -> Attendee:
    """Mark the person, who belongs to the office, as there; coming twice keeps the first time.

    Staff whom a briefing did not call are added in attendance. Raises DoorClosed.
    """
    if reason := closed_because(meeting):
        raise DoorClosed(reason)
    place = place_of(meeting, user)
    if not may_come(meeting, place):
        raise DoorClosed(_("You are not on the list of this meeting. Tell the secretary."))
    place = place or _added(meeting, user)
    own = place.user_id == user.pk
    Attendee.objects.filter(pk=place.pk).exclude(attendance__in=HERE).update(
        attendance=Attendance.PRESENT if own else Attendance.SUBSTITUTE,
        checked_in_at=clock.now(),
        absence_reason="",
    )
    place.refresh_from_db()
    return place


def _added(meeting: Meeting, user: User) -> Attendee:
    membership = AgencyMembership.objects.select_related("unit").get(
        agency=meeting.agency, user=user
    )
    try:
        with transaction.atomic():
            return Attendee.objects.create(
                meeting=meeting,
                user=user,
                name=user.get_full_name(),
                position=user.position,
                unit=membership.unit,
                is_member=False,
                order=meeting.attendees.count(),
            )
    except IntegrityError:  # two taps at once
        return meeting.attendees.get(user=user)


def qr_svg(address: str) -> bytes:
    """Return the address as a QR code, drawn as an SVG picture without any script or style."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", scale=8, border=4, dark="#000", light="#fff")
    return picture.getvalue()
