"""Who may call a meeting and who may take its minutes; the whole office may read."""

from django.db.models import Exists, OuterRef

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role, is_officer
from committees.enums import CommitteeRole
from committees.models import Appointment, CommitteeMember, Meeting
from committees.queries import in_force
from core import clock

SECRETARIES = (CommitteeRole.SECRETARY, CommitteeRole.ASSISTANT_SECRETARY)


def can_call_meetings(user: User, agency: Agency) -> bool:
    """Officers call meetings, write agendas and send the invitations."""
    return is_officer(user, agency)


def can_take_minutes(user: User, meeting: Meeting) -> bool:
    """Officers, and the secretaries of the meeting's committees, except observers.

    Secretary is who an order in force makes one; in a committee without any order, who is seated
    as one. One query a meeting and person, and none for an officer.
    """
    if is_officer(user, meeting.agency):
        return True
    if has_role(user, meeting.agency, "", OfficeRole.OBSERVER):
        return False
    known = user.__dict__.setdefault("_secretary_at", {})
    if meeting.pk not in known:
        known[meeting.pk] = _is_secretary(user, meeting)
    return known[meeting.pk]


def _is_secretary(user: User, meeting: Meeting) -> bool:
    appointed = Appointment.objects.filter(committee=OuterRef("pk"))
    own = {"user": user, "role__in": SECRETARIES}
    seated = CommitteeMember.objects.filter(committee=OuterRef("pk"), **own)
    return meeting.committees.filter(
        Exists(appointed.filter(in_force(clock.today()), **own))
        | Exists(seated) & ~Exists(appointed)
    ).exists()
