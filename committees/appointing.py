"""Seats in force: what signed orders gave, from which day and until which.

A signature writes one `Appointment` for each printed member. It holds from the day the order takes
effect (its own day, else the day of signing) until another order names the same committee from a
later day, or cancels this order: then until the day before that order takes effect. In which turn
orders are recorded does not matter.
"""

import datetime as dt

from django.db.models import F, Min, Q
from django.db.models.functions import Greatest

from agencies.models import AgencyMembership
from committees.models import Appointment, AppointmentOrder, Committee


def first_day_of(order: AppointmentOrder) -> dt.date | None:
    """Return the day on which the signed order takes effect; None while it is unsigned."""
    return order.effective_on or order.signed_on if order.signed_on else None


def appoint(order: AppointmentOrder, committees: list[Committee]) -> list[Appointment]:
    """Write the seats that the signed order gives, and end those it takes the place of.

    `committees` carry the members that the order was frozen with (`queries.with_members`).
    """
    day = first_day_of(order)
    _end_earlier(order, committees, day)
    ends = _later_days(order, committees, day)
    units = dict(
        AgencyMembership.objects.filter(agency=order.agency_id, is_active=True).values_list(
            "user_id", "unit_id"
        )
    )
    return Appointment.objects.bulk_create(
        Appointment(
            order=order,
            committee=committee,
            user=seat.user,
            name=seat.name,
            position=seat.position,
            unit_id=units.get(seat.user_id),
            role=seat.role,
            place=place,
            champion_of=seat.champion_of,
            team_of=seat.team_of,
            starts_on=day,
            ends_on=ends.get(committee.pk),
        )
        for committee in committees
        for place, seat in enumerate(committee.members.all(), start=1)
    )


def _end_earlier(order: AppointmentOrder, committees: list[Committee], day: dt.date) -> None:
    """End the seats of these committees that hold by then, and those of the order cancelled.

    Cancelled seats that would have begun later never begin: they end on the day they start.
    """
    taken = Q(committee__in=committees, starts_on__lte=day)
    if order.supersedes_id:
        taken |= Q(order=order.supersedes_id)
    rows = Appointment.objects.filter(taken).exclude(order=order)
    rows.filter(Q(ends_on=None) | Q(ends_on__gt=day)).update(ends_on=Greatest(F("starts_on"), day))


def _later_days(
    order: AppointmentOrder, committees: list[Committee], day: dt.date
) -> dict[int, dt.date]:
    """Return committee → the day from which an order recorded before holds in its place."""
    later = (
        Appointment.objects.filter(committee__in=committees, starts_on__gt=day)
        .exclude(order__in=[order.pk, order.supersedes_id])
        .exclude(ends_on=F("starts_on"))
    )
    return dict(later.order_by().values_list("committee").annotate(first=Min("starts_on")))


def last_days(orders: list[AppointmentOrder]) -> dict[int, dt.date]:
    """Return order → the day from which a later order of the list holds in its place."""
    return {
        order.supersedes_id: first_day_of(order)
        for order in orders
        if order.supersedes_id and order.signed_on
    }
