"""Seats in force: what signed orders gave, from which day and until which.

A signature writes one `Appointment` for each printed member. It holds from the day the order takes
effect (its own day, else the day of signing) until a later order names the same committee or
cancels this order: then until the day before that order takes effect.
"""

import datetime as dt

from django.db.models import F, Q
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
        )
        for committee in committees
        for place, seat in enumerate(committee.members.all(), start=1)
    )


def _end_earlier(order: AppointmentOrder, committees: list[Committee], day: dt.date) -> None:
    """End the seats of these committees, and of the order cancelled, on the day (exclusive).

    Seats that would have begun later never begin: they end on the day they start.
    """
    taken = Q(committee__in=committees)
    if order.supersedes_id:
        taken |= Q(order=order.supersedes_id)
    rows = Appointment.objects.filter(taken).exclude(order=order)
    rows.filter(Q(ends_on=None) | Q(ends_on__gt=day)).update(ends_on=Greatest(F("starts_on"), day))


def last_days(orders: list[AppointmentOrder]) -> dict[int, dt.date]:
    """Return order → the day from which a later order of the list holds in its place."""
    return {
        order.supersedes_id: first_day_of(order)
        for order in orders
        if order.supersedes_id and order.signed_on
    }
