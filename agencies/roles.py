"""Who decides in an office: office roles, and acting periods that lend the director's pen."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from agencies.enums import ActingKind, OfficeRole
from agencies.models import ActingPeriod, Agency, AgencyMembership, User
from core import clock
from core.shared_reads import read_once

# As papers print it between the own position and the one whose place is taken.
ACTING_WORDS = {
    ActingKind.ACTING_FOR: "รักษาราชการแทน",
    ActingKind.BY_DELEGATION: "ปฏิบัติราชการแทน",
}


def role_of(user: User, agency: Agency) -> str:
    """Return the person's active office role in the agency, or "" when not a member.

    The answer is kept on the user object for the length of a request.
    """
    cache = user.__dict__.setdefault("_office_roles", {})
    if agency.pk not in cache:
        cache[agency.pk] = (
            AgencyMembership.objects.filter(
                user=user, agency=agency, is_active=True, user__is_active=True
            )
            .values_list("role", flat=True)
            .first()
            or ""
        )
    return cache[agency.pk]


def has_role(user: User, agency: Agency, *roles: str) -> bool:
    """Return whether the person's own office role is one of `roles`."""
    return role_of(user, agency) in roles


def is_officer(user: User, agency: Agency) -> bool:
    return has_role(user, agency, OfficeRole.OFFICER)


def director_of(agency: Agency) -> User | None:
    """Return the active director of the office, if one is registered."""
    return User.objects.filter(
        is_active=True,
        memberships__agency=agency,
        memberships__role=OfficeRole.DIRECTOR,
        memberships__is_active=True,
    ).first()


def officers_of(agency: Agency) -> QuerySet[User]:
    """Return the officers: whoever a task falls to when nobody else is responsible."""
    return User.objects.filter(
        is_active=True,
        memberships__agency=agency,
        memberships__role=OfficeRole.OFFICER,
        memberships__is_active=True,
    )


@read_once
def active_memberships(agency: Agency) -> list[AgencyMembership]:
    """Return the office's active memberships with person and unit; a page may share them."""
    return list(
        AgencyMembership.objects.filter(
            agency=agency, is_active=True, user__is_active=True
        ).select_related("user", "unit")
    )


def directors_absence(agency: Any, day: dt.date) -> QuerySet[ActingPeriod]:
    """Return the periods in which somebody active acts for the agency's director on the day.

    `agency` is an office, or an OuterRef to its key inside a subquery.
    """
    return ActingPeriod.objects.filter(
        agency=agency,
        starts_on__lte=day,
        ends_on__gte=day,
        absent__memberships__agency=agency,
        absent__memberships__role=OfficeRole.DIRECTOR,
        acting__is_active=True,
    )


@read_once
def acting_director(agency: Agency, on: dt.date | None = None) -> ActingPeriod | None:
    """Return the period in which somebody acts for the director on the day (default today)."""
    periods = directors_absence(agency, on or clock.today())
    return periods.select_related("acting", "absent").first()


def may_decide_as_director(user: User, agency: Agency, on: dt.date | None = None) -> bool:
    """Return whether the person may approve in the director's place on the day.

    True for the director, and for the person acting for the director within the period.
    """
    if has_role(user, agency, OfficeRole.DIRECTOR):
        return True
    # The middleware has asked for today together with the person's memberships.
    known = user.__dict__.get("_acts_for_director", {}).get(agency.pk)
    if on is None and known is not None:
        return known
    period = acting_director(agency, on)
    return period is not None and period.acting_id == user.pk and role_of(user, agency) != ""
