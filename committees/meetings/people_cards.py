"""The cards of people on a meeting's page: the own reply and the invitations; who came."""

from django.db.models import Prefetch, prefetch_related_objects

from agencies.models import User
from agencies.roles import active_memberships
from committees.enums import Attendance, MeetingKind, MeetingStatus, Reply
from committees.meetings import attendance, chat_text, door, replies
from committees.meetings.inviting import meeting_path, reply_path
from committees.meetings.numbering import title_of
from committees.meetings.permissions import can_call_meetings, can_take_minutes
from committees.meetings.quorum import HERE, quorum_of
from committees.meetings.screen import hours_of, where_of
from committees.models import Attendee, Meeting


def head_of(meeting: Meeting) -> dict:
    """Return what every page of people says of the meeting: name, hours, place."""
    return {
        "meeting": meeting,
        "title": title_of(meeting),
        "hours": hours_of(meeting),
        "where": where_of(meeting),
    }


def people_on(meeting: Meeting) -> list[Attendee]:
    """Return everybody on the list in order; one query however many cards ask."""
    rows = Attendee.objects.select_related("unit")
    prefetch_related_objects([meeting], Prefetch("attendees", queryset=rows))
    return list(meeting.attendees.all())


def reply_figures(people: list[Attendee]) -> dict[str, int]:
    """Return how many were called, and how many of them replied what."""
    figures = {reply.value: 0 for reply in Reply}
    for row in people:
        if row.reply:
            figures[row.reply] += 1
    replied = sum(figures.values())
    invited = sum(1 for row in people if row.invited_at)
    return figures | {
        "called": len(people),
        "replied": replied,
        "waiting": sum(1 for row in people if row.invited_at and not row.reply),
        "invited": invited,
        "to_send": len(people) - invited,
    }


def invitation_card(meeting: Meeting, user: User) -> dict | None:
    """Return the own invitation, the state of all replies, and what may be done about them."""
    people = people_on(meeting)
    own = next((row for row in people if row.user_id == user.pk and row.invited_at), None)
    may_take = can_take_minutes(user, meeting)
    if meeting.status == MeetingStatus.CANCELLED or (own is None and not may_take):
        return None
    return {
        "own": own,
        "reply_url": reply_path(own) if own else "",
        "is_open": own is not None and not replies.refusal(meeting),
        "is_late": replies.is_late(meeting),
        "figures": reply_figures(people),
        "may_take": may_take,
        "may_send": can_call_meetings(user, meeting.agency),
        "is_called": meeting.status == MeetingStatus.CALLED,
    }


def attendance_card(meeting: Meeting, user: User) -> dict | None:
    """Return who came, in figures, with the quorum of a committee's meeting."""
    if meeting.status not in attendance.MARKED_WHILE:
        return None
    people = people_on(meeting)
    may_take = can_take_minutes(user, meeting)
    came = [row for row in people if row.attendance in HERE]
    is_committee = meeting.kind == MeetingKind.COMMITTEE
    return came_figures(meeting, people) | {
        "may_take": may_take,
        "door_is_open": not door.closed_because(meeting),
        "gives_feedback": not is_committee and any(row.user_id == user.pk for row in came),
        "shows_feedback": not is_committee and can_call_meetings(user, meeting.agency),
    }


def came_figures(meeting: Meeting, people: list[Attendee]) -> dict:
    """Return quorum and figures of who came; asks the database nothing."""
    members = [row for row in people if row.is_member]
    guests = [row for row in people if not row.is_member]
    return {
        "is_committee": meeting.kind == MeetingKind.COMMITTEE,
        "quorum": quorum_of(meeting, people),
        "absent": sum(1 for row in members if row.attendance == Attendance.ABSENT),
        "substitutes": sum(1 for row in members if row.attendance == Attendance.SUBSTITUTE),
        "unmarked": sum(1 for row in members if not row.attendance),
        "guests": sum(1 for row in guests if row.attendance in HERE),
        "called": len(people),
        "came": sum(1 for row in people if row.attendance in HERE),
    }


def by_unit(people: list[Attendee]) -> list[dict]:
    """Return called, present and percent of each unit in the units' order; people without last."""
    found: dict[int | None, dict] = {}
    for row in people:
        unit = row.unit
        entry = found.setdefault(
            row.unit_id,
            {"name": unit.name if unit else "", "called": 0, "present": 0, "place": _place(unit)},
        )
        entry["called"] += 1
        entry["present"] += row.attendance in HERE
    rows = sorted(found.values(), key=lambda entry: entry["place"])
    for entry in rows:
        entry["percent"] = round(100 * entry["present"] / entry["called"])
    return rows


def _place(unit) -> tuple:
    return (unit is None, unit.order if unit else 0, unit.name if unit else "")


def chat_texts(meeting: Meeting, people: list[Attendee], agenda, resolutions) -> dict[str, str]:
    """Return the texts for a chat group that the meeting's state asks for."""
    path = meeting_path(meeting)
    if meeting.status == MeetingStatus.HELD:
        return {"result": chat_text.result(meeting, path, quorum_of(meeting, people), resolutions)}
    waiting = reply_figures(people)["waiting"]
    return {
        "invitation": chat_text.invitation(meeting, path, agenda),
        "reminder": chat_text.reminder(meeting, path, waiting),
    }


def colleague_names(meeting: Meeting) -> list[User]:
    """Return the office's people to choose from by name."""
    return [row.user for row in active_memberships(meeting.agency)]


CARDS = [
    ("meetings/_invitation_card.html", invitation_card),
    ("meetings/_attendance_card.html", attendance_card),
]
