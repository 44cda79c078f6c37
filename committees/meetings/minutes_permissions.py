"""Who may write minutes, check them, answer when they go round, and close resolutions."""

from agencies.models import User
from agencies.roles import is_officer
from committees.meetings.permissions import can_take_minutes
from committees.models import Attendee, Minutes, Resolution


def can_write(user: User, minutes: Minutes) -> bool:
    """Officers and the secretaries of the meeting's committees."""
    return can_take_minutes(user, minutes.meeting)


def can_check(user: User, minutes: Minutes) -> bool:
    """Only the person to whom the minutes were sent."""
    return minutes.checker_id is not None and minutes.checker_id == user.pk


def can_answer(user: User, minutes: Minutes) -> bool:
    """Members of the meeting confirm its minutes by circulation."""
    return Attendee.objects.filter(
        meeting_id=minutes.meeting_id, is_member=True, user=user
    ).exists()


def can_write_resolution(user: User, resolution: Resolution) -> bool:
    return can_take_minutes(user, resolution.item.meeting)


def owns(user: User, resolution: Resolution) -> bool:
    """The person named, or the head of the unit named."""
    if resolution.owner_id:
        return resolution.owner_id == user.pk
    unit = resolution.owner_unit
    return unit is not None and unit.head_id == user.pk


def can_finish(user: User, resolution: Resolution) -> bool:
    """Who has to carry it out, and who took the minutes."""
    return owns(user, resolution) or can_write_resolution(user, resolution)


def can_close_resolution(user: User, resolution: Resolution) -> bool:
    """Officers drop what is not wanted any more, and open again what was not done."""
    return is_officer(user, resolution.item.meeting.agency)
