"""Who may run an office's settings, and whom they may make what."""

from agencies.enums import OfficeRole
from agencies.models import Agency, AgencyMembership, User
from agencies.roles import has_role, role_of

_MANAGERS = (OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)
# Roles an officer may give and take. Administrator and director decide over the officer,
# so only an administrator names them; otherwise an officer could promote himself.
_GRANTED_BY_OFFICER = (
    OfficeRole.OFFICER,
    OfficeRole.DEPUTY,
    OfficeRole.STAFF,
    OfficeRole.OBSERVER,
)


def can_manage_office(user: User, agency: Agency) -> bool:
    """Return whether the person may change people, units, holidays and settings."""
    return has_role(user, agency, *_MANAGERS)


def can_read_audit(user: User, agency: Agency) -> bool:
    """Return whether the person may read the audit log."""
    return has_role(user, agency, *_MANAGERS, OfficeRole.DIRECTOR)


def can_open_settings(user: User, agency: Agency) -> bool:
    """Return whether the settings home has anything to show to the person."""
    return can_read_audit(user, agency)


def roles_grantable_by(user: User, agency: Agency) -> list[str]:
    """Return the office roles the person may give to somebody (and to himself)."""
    role = role_of(user, agency)
    if role == OfficeRole.ADMINISTRATOR:
        return list(OfficeRole.values)
    return list(_GRANTED_BY_OFFICER) if role == OfficeRole.OFFICER else []


def can_change_membership(user: User, membership: AgencyMembership) -> bool:
    """Return whether the person may change somebody's role, unit or place in the office.

    Only over people whose present role the person could also have given.
    """
    return membership.role in roles_grantable_by(user, membership.agency)


def can_change_account(user: User, membership: AgencyMembership) -> bool:
    """Return whether the person may change somebody's name, e-mail and password.

    An account that also opens another office or the Django admin is not this office's to
    take over, whatever the person's role here.
    """
    person = membership.user
    if not can_change_membership(user, membership):
        return False
    if (person.is_superuser or person.is_staff) and not user.is_superuser:
        return False
    return person.pk == user.pk or not person.memberships.exclude(agency=membership.agency).exists()
