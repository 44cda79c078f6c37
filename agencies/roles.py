"""Who decides in an office: office roles, and acting periods that lend the director's pen."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

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


def periods_in_force(day: dt.date) -> QuerySet[ActingPeriod]:
    """Return the acting periods that lend somebody a pen on the day, with the absent one's role.

    Who acts must belong to the office still. What a person who left had delegated has lapsed; a
    director's empty seat is acted for until it has somebody new.
    """
    here = AgencyMembership.objects.filter(
        agency=OuterRef("agency"), is_active=True, user__is_active=True
    )
    seat = AgencyMembership.objects.filter(agency=OuterRef("agency"), user=OuterRef("absent"))
    vacant = Q(kind=ActingKind.ACTING_FOR, absent_role=OfficeRole.DIRECTOR) & ~Exists(
        here.filter(role=OfficeRole.DIRECTOR)
    )
    return (
        ActingPeriod.objects.filter(starts_on__lte=day, ends_on__gte=day)
        .annotate(absent_role=Subquery(seat.values("role")[:1]))
        .filter(Exists(here.filter(user=OuterRef("acting"))))
        .filter(Exists(here.filter(user=OuterRef("absent"))) | vacant)
    )


def pens_lent_to(user: User, agency: Any, day: dt.date) -> QuerySet[ActingPeriod]:
    """Return the periods that name the person on the day, whether or not they are in force.

    Cheap enough for every page: whoever has none acts for nobody (`periods_in_force` narrows
    them further). `agency` is an office, or an OuterRef to its key inside a subquery.
    """
    return ActingPeriod.objects.filter(
        agency=agency, acting=user, starts_on__lte=day, ends_on__gte=day
    )


@read_once
def acting_periods(agency: Agency, on: dt.date | None = None) -> list[ActingPeriod]:
    """Return the periods in force on the day (default today), each with its `absent_role`.

    Who acts in the absence comes before who decides by delegation, newer periods first.
    """
    periods = periods_in_force(on or clock.today()).filter(agency=agency)
    return list(periods.select_related("acting", "absent").order_by("kind", "-starts_on", "-pk"))


def covers(period: ActingPeriod, kind: str) -> bool:
    """Return whether the period lends the pen for matters of the kind ("" = of every kind)."""
    return not period.scopes or kind in period.scopes


def acting_director(
    agency: Agency, on: dt.date | None = None, kind: str = ""
) -> ActingPeriod | None:
    """Return the period in which somebody acts for the director on the day (default today).

    `kind` is the matter's model ("committees.appointmentorder"); without one only periods that
    are not limited to kinds count.
    """
    return next(iter(_directors_periods(agency, on, kind)), None)


def directors_period_of(
    user: User, agency: Agency, on: dt.date | None = None, kind: str = ""
) -> ActingPeriod | None:
    """Return the period that lets the person decide in the director's place, if one does."""
    periods = _directors_periods(agency, on, kind)
    return next((period for period in periods if period.acting_id == user.pk), None)


def _directors_periods(agency: Agency, on: dt.date | None, kind: str) -> Iterator[ActingPeriod]:
    for period in acting_periods(agency, on):
        if period.absent_role == OfficeRole.DIRECTOR and covers(period, kind):
            yield period


def may_decide_as_director(
    user: User, agency: Agency, on: dt.date | None = None, kind: str = ""
) -> bool:
    """Return whether the person may approve in the director's place on the day.

    True for the director, and for the person acting for the director within the period; `kind`
    as for `acting_director`.
    """
    if has_role(user, agency, OfficeRole.DIRECTOR):
        return True
    # The middleware has asked for today together with the person's memberships.
    if on is None and user.__dict__.get("_may_act", {}).get(agency.pk) is False:
        return False
    return directors_period_of(user, agency, on, kind) is not None


def forget_what_was_read(user: User) -> None:
    """Make the next question after the person's role ask the database, as a decision must."""
    for name in ("_office_roles", "_may_act"):
        user.__dict__.pop(name, None)


def signing_position(user: User, period: ActingPeriod | None, head_position: str) -> str:
    """Return the position that is printed below a name: the own one, and whose place is taken."""
    own = " ".join(user.position.split())
    if period is None:
        return own
    taken = period.absent.position
    if period.absent_role == OfficeRole.DIRECTOR:
        taken = head_position
    return " ".join(f"{own} {ACTING_WORDS[period.kind]}{taken}".split())
