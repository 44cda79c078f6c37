"""Orders signed before seats were kept with their days: give the seats they printed."""

from django.db import migrations
from django.db.models import F, Q
from django.db.models.functions import Greatest

JOINED = {"นาย", "นาง", "นางสาว", ""}


def give_seats(apps, schema_editor):
    orders = apps.get_model("committees", "AppointmentOrder").objects
    appointments = apps.get_model("committees", "Appointment").objects
    signed = orders.filter(status__in=["signed", "superseded"], appointments=None)
    for order in signed.order_by("signed_on", "pk"):
        day = order.effective_on or order.signed_on
        committees = list(order.committees.order_by("order", "pk"))
        taken = Q(committee__in=committees)
        if order.supersedes_id:
            taken |= Q(order=order.supersedes_id)
        earlier = appointments.filter(taken).filter(Q(ends_on=None) | Q(ends_on__gt=day))
        earlier.update(ends_on=Greatest(F("starts_on"), day))
        for committee, printed in _printed(order, committees):
            for place, member in enumerate(printed, start=1):
                appointments.create(
                    order=order, committee=committee, place=place, starts_on=day, **member
                )


def _printed(order, committees):
    """Yield each committee with the seats that the order prints, by the names it was signed with."""
    data = {row["name"]: row for row in (order.snapshot or {}).get("committees", [])}
    for committee in committees:
        seats = list(committee.members.select_related("user").order_by("order", "pk"))
        live = [
            {
                "user": seat.user,
                "name": _name(seat.user) if seat.user else seat.outside_name,
                "position": seat.user.position if seat.user else seat.outside_position,
                "role": seat.role,
                "champion_of": seat.champion_of,
                "team_of": seat.team_of,
            }
            for seat in seats
        ]
        if committee.name not in data:
            yield committee, [] if order.snapshot else live
            continue
        people = _people(order.agency)
        yield (
            committee,
            [
                {
                    **{key: row[key] for key in _FIELDS},
                    "user": _who(row, live) or _who(row, people),
                }
                for row in data[committee.name]["members"]
            ],
        )


_FIELDS = ("name", "position", "role", "champion_of", "team_of")


def _people(agency):
    return [
        {"user": row.user, "name": _name(row.user), "position": row.user.position}
        for row in agency.memberships.select_related("user")
    ]


def _who(printed, people):
    """Return the account of a printed name; of namesakes the one with the printed position."""
    same = {row["user"]: row for row in people if row["user"] and row["name"] == printed["name"]}
    exact = [user for user, row in same.items() if row["position"] == printed["position"]]
    return exact[0] if len(exact) == 1 else next(iter(same)) if len(same) == 1 else None


def _name(user):
    space = "" if user.title in JOINED else " "
    return f"{user.title}{space}{user.first_name} {user.last_name}".strip()


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0002_meetings_and_appointments"),
        ("agencies", "0004_rows_come_in_a_whole_order"),
    ]
    operations = [migrations.RunPython(give_seats, migrations.RunPython.noop)]
