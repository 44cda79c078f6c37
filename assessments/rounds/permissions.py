"""Who keeps the rounds of a year."""

from agencies.models import Agency, User
from agencies.roles import is_officer, may_decide_as_director
from assessments.models import MonitoringRound


def can_keep_rounds(user: User, agency: Agency) -> bool:
    """The officer makes, opens and closes rounds."""
    return is_officer(user, agency)


def can_keep(user: User, row: MonitoringRound) -> bool:
    """As `can_keep_rounds`, for a round."""
    return can_keep_rounds(user, row.cycle.agency)


def can_accept(user: User, row: MonitoringRound) -> bool:
    """The director, or whoever acts for the director today."""
    return may_decide_as_director(user, row.cycle.agency, kind=row._meta.label_lower)
