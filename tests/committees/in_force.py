"""Seats in force for tests that are not about orders: one signed order per office and year."""

import datetime as dt

from committees.enums import OrderStatus
from committees.models import Appointment, AppointmentOrder, Committee

# Long before any day that a test plays on.
SINCE = dt.date(2020, 1, 1)


def put_in_force(*committees: Committee) -> None:
    """Give every seat of the committees by the year's test order; seats given already stay."""
    for committee in committees:
        year = committee.fiscal_year
        order, _new = AppointmentOrder.objects.get_or_create(
            agency=committee.agency,
            fiscal_year=year,
            number=f"0-{year}",
            calendar_year=2563,
            defaults={
                "status": OrderStatus.SIGNED,
                "title": "แต่งตั้งคณะกรรมการ",
                "signed_on": SINCE,
            },
        )
        order.committees.add(committee)
        given = list(order.appointments.filter(committee=committee))
        have = {(row.user_id, row.name) for row in given}
        seats = committee.members.select_related("user")
        new = [seat for seat in seats if (seat.user_id, seat.name) not in have]
        Appointment.objects.bulk_create(
            Appointment(
                order=order,
                committee=committee,
                user=seat.user,
                name=seat.name,
                position=seat.position,
                role=seat.role,
                place=place,
                champion_of=seat.champion_of,
                team_of=seat.team_of,
                starts_on=SINCE,
            )
            for place, seat in enumerate(new, start=len(given) + 1)
        )
