"""Which offices and people somebody may see."""

from django.db.models import Q, QuerySet

from agencies.models import (
    ActingPeriod,
    Agency,
    AgencyMembership,
    AuditEntry,
    Holiday,
    Unit,
    User,
)


def agencies_visible_to(user: User) -> QuerySet[Agency]:
    """Return the offices in which the person has an active membership."""
    return Agency.objects.filter(
        is_active=True, memberships__user=user, memberships__is_active=True
    )


def memberships_visible_to(user: User) -> QuerySet[AgencyMembership]:
    """Return the memberships of all people in the person's own offices."""
    return AgencyMembership.objects.filter(agency__in=agencies_visible_to(user))


def people_of(agency: Agency) -> QuerySet[User]:
    """Return the active people of an office in Thai dictionary order."""
    return User.objects.filter(
        is_active=True, memberships__agency=agency, memberships__is_active=True
    ).order_by("sort_key", "pk")


def units_visible_to(user: User) -> QuerySet[Unit]:
    """Return the units of the person's offices."""
    return Unit.objects.filter(agency__in=agencies_visible_to(user))


def acting_periods_visible_to(user: User) -> QuerySet[ActingPeriod]:
    """Return the acting periods of the person's offices."""
    return ActingPeriod.objects.filter(agency__in=agencies_visible_to(user))


def holidays_visible_to(user: User, agency: Agency) -> QuerySet[Holiday]:
    """Return the national holidays and those of the office, when the person belongs to it."""
    return Holiday.objects.filter(
        Q(agency=None) | Q(agency__in=agencies_visible_to(user).filter(pk=agency.pk))
    )


def audit_entries_visible_to(user: User) -> QuerySet[AuditEntry]:
    """Return the audit entries of the person's offices."""
    return AuditEntry.objects.filter(agency__in=agencies_visible_to(user))
