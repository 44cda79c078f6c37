"""Who reports what was reached of an action."""

from agencies.enums import OfficeRole
from agencies.models import User
from agencies.roles import is_officer, role_of
from assessments.enums import RoundStatus
from assessments.models import MonitoringRound
from improvement.models import Action
from workflows.enums import CycleStatus


def is_reportable(row: MonitoringRound) -> bool:
    """Reports are written while the round is open, in an open year."""
    return row.status == RoundStatus.OPEN and row.cycle.status == CycleStatus.OPEN


def can_report(user: User, row: MonitoringRound, action: Action) -> bool:
    """Whoever is responsible for the action reports on it; the officer on every action."""
    agency = row.cycle.agency
    if is_officer(user, agency):
        return True
    return action.owner_id == user.pk and role_of(user, agency) not in {"", OfficeRole.OBSERVER}
