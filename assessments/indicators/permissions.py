"""Who says what is measured. Reading is for the whole office."""

from agencies.enums import OfficeRole
from agencies.models import User
from agencies.roles import has_role
from assessments.enums import IndicatorKind
from assessments.models import Indicator
from committees import roles
from workflows.models import Cycle


def can_define(user: User, cycle: Cycle) -> bool:
    """Return whether the person writes every definition, imports and copies: officer, deputy."""
    return has_role(user, cycle.agency, OfficeRole.OFFICER, OfficeRole.DEPUTY)


def can_define_results(user: User, cycle: Cycle) -> bool:
    """Return whether the person writes indicators of category 7: champions and their teams too.

    Category 7 belongs to all of them. Says nothing of the year's or category's state; a locked
    one refuses in the save itself.
    """
    return can_define(user, cycle) or roles.SHARED_CATEGORY in roles.written_categories(
        user, cycle.agency, cycle.fiscal_year
    )


def can_change(user: User, indicator: Indicator) -> bool:
    """Return whether the person changes this definition. Owners as such may not: the yardstick
    is not set by whom it measures.
    """
    if indicator.kind == IndicatorKind.CATEGORY_7:
        return can_define_results(user, indicator.cycle)
    return can_define(user, indicator.cycle)
