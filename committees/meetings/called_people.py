"""Who is called to a meeting, in order of precedence.

A committee's meeting calls those whose appointment is in force on the meeting's day, a committee
without any order its seats; a briefing or training calls all active staff of the office.
Name and position are kept as they are at calling: people move, the papers stay.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max

from agencies import audit
from agencies.models import AgencyMembership, Unit, User
from agencies.roles import active_memberships
from committees.enums import Attendance, MeetingKind
from committees.models import Appointment, Attendee, CommitteeMember, Meeting
from committees.queries import in_force
from core import clock
from core.ordering import moved, renumber


def due_to_call(meeting: Meeting) -> list[Attendee]:
    """Return unsaved rows for everybody whom the meeting calls by itself, each person once.

    Whoever sits in several of the committees stands at the first place, with the role held there.
    """
    if meeting.kind != MeetingKind.COMMITTEE:
        return [
            Attendee(meeting=meeting, is_member=False, order=order, **_facts(row.user, row.unit))
            for order, row in enumerate(active_memberships(meeting.agency))
        ]
    found: dict[object, Attendee] = {}
    for key, attendee in _seated(meeting):
        if key not in found:
            attendee.order = len(found)
            found[key] = attendee
    return list(found.values())


def _seated(meeting: Meeting) -> Iterator[tuple[object, Attendee]]:
    day = clock.day_of(meeting.starts_at)
    committees = list(meeting.committees.order_by("order", "pk"))
    units = {row.user_id: row.unit for row in active_memberships(meeting.agency)}
    appointed: dict[int, list[Appointment]] = {}
    rows = Appointment.objects.filter(in_force(day), committee__in=committees)
    for row in rows.select_related("user"):
        appointed.setdefault(row.committee_id, []).append(row)
    seats: dict[int, list[CommitteeMember]] = {}
    for seat in CommitteeMember.objects.filter(committee__in=committees).select_related("user"):
        seats.setdefault(seat.committee_id, []).append(seat)
    for committee in committees:
        for row in appointed.get(committee.pk) or seats.get(committee.pk, []):
            if row.user_id and (not row.user.is_active or row.user_id not in units):
                continue
            facts = {"name": row.name, "position": row.position}
            if row.user_id:
                facts |= {"user": row.user, "unit": units[row.user_id]}
            yield row.user_id or row.name, Attendee(meeting=meeting, role=row.role, **facts)


def _facts(user: User, unit: Unit | None) -> dict:
    return {"user": user, "name": user.get_full_name(), "position": user.position, "unit": unit}


def fill(meeting: Meeting, *, by: User) -> int:
    """Put everybody on the list whom the meeting calls and who is not there yet.

    Returns how many were added. Nobody is taken off, and no order changes.
    """
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        there = list(meeting.attendees.all())
        known = {row.user_id or row.name for row in there}
        new = [row for row in due_to_call(meeting) if (row.user_id or row.name) not in known]
        last = max((row.order for row in there), default=-1)
        for place, row in enumerate(new, last + 1):
            row.order = place
        Attendee.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            audit.record(meeting.agency, by, "attendee.fill", meeting, summary=str(len(new)))
    return len(new)


def add(
    meeting: Meeting,
    *,
    by: User,
    user: User | None = None,
    name: str = "",
    position: str = "",
    email: str = "",
    is_member: bool = False,
) -> Attendee | None:
    """Put one more person on the list, of the register or typed; None when already there."""
    facts = {"name": name, "position": position, "email": email}
    if user is not None:
        place = AgencyMembership.objects.filter(agency=meeting.agency, user=user)
        facts = _facts(user, place.select_related("unit").first().unit)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        same = {"user": user} if user else {"user": None, "name": name}
        if meeting.attendees.filter(**same).exists():
            return None
        last = meeting.attendees.aggregate(last=Max("order"))["last"]
        row = Attendee.objects.create(
            meeting=meeting,
            is_member=is_member,
            order=0 if last is None else last + 1,
            **facts,
        )
        audit.record(meeting.agency, by, "attendee.add", row, summary=row.name)
    return row


def remove(attendee: Attendee, *, by: User) -> bool:
    """Take somebody off the list; False, and nothing, once the person has come."""
    agency = attendee.meeting.agency
    with transaction.atomic():
        rows = Attendee.objects.filter(pk=attendee.pk, attendance__in=["", Attendance.ABSENT])
        if not rows.delete()[0]:
            return False
        audit.record(agency, by, "attendee.remove", attendee.meeting, summary=attendee.name)
    return True


def move(attendee: Attendee, direction: str) -> bool:
    """Move somebody one place "up" or "down" among members or guests; False at the end."""
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=attendee.meeting_id)
        rows = list(
            Attendee.objects.filter(meeting_id=attendee.meeting_id, is_member=attendee.is_member)
        )
        if not moved(rows, attendee.pk, direction):
            return False
        renumber(Attendee, rows)
    return True
