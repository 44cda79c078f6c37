"""Who writes the award's forms, and who sets the limits of papers."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role, is_officer
from committees.roles import written_categories
from workflows.enums import CycleStatus
from workflows.models import Cycle


def can_write_award(user: User, cycle: Cycle) -> bool:
    """The Working Team writes the forms: the officer, champions and their teams."""
    if has_role(user, cycle.agency, OfficeRole.OBSERVER, ""):
        return False
    return is_officer(user, cycle.agency) or bool(
        written_categories(user, cycle.agency, cycle.fiscal_year)
    )


def can_set_limits(user: User, agency: Agency) -> bool:
    """Officers enter what the receiver of a paper allows."""
    return is_officer(user, agency)


def is_open(cycle: Cycle) -> bool:
    """Return whether the year still takes texts (the page's view of it)."""
    return cycle.status == CycleStatus.OPEN
