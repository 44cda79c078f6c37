"""Which committees, seats and orders somebody may see: those of the person's own offices."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from committees.models import (
    Appointment,
    AppointmentOrder,
    Committee,
    CommitteeMember,
    RuleOverride,
)


def committees_visible_to(user: User) -> QuerySet[Committee]:
    return Committee.objects.filter(agency__in=agencies_visible_to(user))


def members_visible_to(user: User) -> QuerySet[CommitteeMember]:
    return CommitteeMember.objects.filter(committee__agency__in=agencies_visible_to(user))


def orders_visible_to(user: User) -> QuerySet[AppointmentOrder]:
    return AppointmentOrder.objects.filter(agency__in=agencies_visible_to(user)).select_related(
        "agency", "supersedes", "scan"
    )


def committees_of(agency: Agency, year: int) -> list[Committee]:
    """Return the year's committees with members in order of precedence; two queries."""
    return list(with_members(Committee.objects.filter(agency=agency, fiscal_year=year)))


def with_members(committees: QuerySet[Committee]) -> QuerySet[Committee]:
    """Let the committees carry their members and the members' people."""
    seats = CommitteeMember.objects.select_related("user", "substitute")
    return committees.prefetch_related(Prefetch("members", queryset=seats))


def overrides_of(agency: Agency, year: int) -> dict[str, RuleOverride]:
    """Return rule code → who set it aside in the year."""
    rows = RuleOverride.objects.filter(agency=agency, fiscal_year=year).select_related("by")
    return {row.rule: row for row in rows}


def orders_of(agency: Agency, year: int) -> QuerySet[AppointmentOrder]:
    """Return the year's appointment orders, newest first."""
    return AppointmentOrder.objects.filter(agency=agency, fiscal_year=year)


def order_history(order: AppointmentOrder) -> list[AppointmentOrder]:
    """Return the orders of the same year, and those this one cancels or is cancelled by; one
    query, newest first.
    """
    rows = AppointmentOrder.objects.filter(agency=order.agency_id).filter(
        Q(fiscal_year=order.fiscal_year) | Q(pk=order.supersedes_id) | Q(supersedes=order.pk)
    )
    return list(rows.order_by("-signed_on", "-pk"))


def in_force(day: dt.date) -> Q:
    """Return the condition on appointments that hold on the day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def appointments_of(agency: Agency, year: int, day: dt.date) -> QuerySet[Appointment]:
    """Return the seats of the office's year in force on the day, in order of precedence."""
    return Appointment.objects.filter(
        in_force(day), committee__agency=agency, committee__fiscal_year=year
    )
