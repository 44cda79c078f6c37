"""Who types a value, and who checks it. Reading is for the whole office."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role, is_officer
from assessments.models import Indicator, IndicatorValue


def can_enter(user: User, indicator: Indicator) -> bool:
    """Return whether the person types the indicator's values: its owner, officers in his place.

    Says nothing of the round; a closed one refuses in the save itself. Owners who left the office
    or only observe do not.
    """
    agency = indicator.cycle.agency
    if is_officer(user, agency):
        return True
    return indicator.owner_id == user.pk and not has_role(user, agency, OfficeRole.OBSERVER, "")


def checks(user: User, indicator: Indicator, entered_by: int | None) -> bool:
    """Return whether the person is the second pair of eyes on a value that somebody typed.

    The indicator's checker; an officer where none is named or the checker typed it himself. Never
    who typed it.
    """
    agency = indicator.cycle.agency
    if entered_by is None or entered_by == user.pk or has_role(user, agency, ""):
        return False
    if indicator.checker_id and indicator.checker_id != entered_by:
        return indicator.checker_id == user.pk
    return is_officer(user, agency)


def can_check(user: User, value: IndicatorValue) -> bool:
    """As `checks`, for a value fetched with its indicator and cycle."""
    return checks(user, value.indicator, value.entered_by_id)


def can_return(user: User, value: IndicatorValue) -> bool:
    """Return whether the person gives a value back: who checks it, and officers at any time."""
    return can_check(user, value) or is_officer(user, value.indicator.cycle.agency)


def can_keep_rules(user: User, agency: Agency) -> bool:
    """Return whether the person sets how the office scores: officers and administrators."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)
