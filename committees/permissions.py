"""Who may appoint, set a rule aside, and sign orders."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role, is_officer, may_decide_as_director
from committees.models import AppointmentOrder


def can_edit_committees(user: User, agency: Agency) -> bool:
    """Officers and administrators name committees and members and draft orders."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_override_rules(user: User, agency: Agency) -> bool:
    """A composition rule is set aside by a named person who answers for the appointment."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.DEPUTY, OfficeRole.DIRECTOR)


def can_submit_order(user: User, order: AppointmentOrder) -> bool:
    return is_officer(user, order.agency)


def can_sign_order(user: User, order: AppointmentOrder) -> bool:
    """Only the director, or who acts for the director today, signs in the portal."""
    return may_decide_as_director(user, order.agency, kind=order._meta.label_lower)


def can_record_signature(user: User, order: AppointmentOrder) -> bool:
    """The officer records an order that the director signed on paper."""
    return is_officer(user, order.agency)
