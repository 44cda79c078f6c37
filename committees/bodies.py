"""Adding further committees to a year (ITA, KRS …) and removing those nothing depends on."""

from django.db import transaction
from django.db.models import Max

from agencies import audit
from agencies.models import Agency, User
from committees.enums import CommitteeKind, OrderStatus
from committees.models import Committee
from committees.seats import STANDARD


def addable_kinds(committees: list[Committee]) -> list[CommitteeKind]:
    """Return the kinds a year may still get: what is missing, and others without limit.

    One single committee stands in the place of Steering Committee and Working Team.
    """
    have = {committee.kind for committee in committees}
    two = [CommitteeKind.STEERING, CommitteeKind.WORKING_TEAM]
    if CommitteeKind.SINGLE in have:
        missing = []
    elif have & set(two):
        missing = [kind for kind in two if kind not in have]
    else:
        missing = [*two, CommitteeKind.SINGLE]
    return [*missing, CommitteeKind.OTHER]


def add_committee(agency: Agency, year: int, kind: str, name: str, duties: str, *, by: User):
    """Create a committee after the others; a standard kind gets its usual name and duties
    where they are left empty.

    Raises IntegrityError when the year has a committee of that kind by now.
    """
    standard_name, standard_duties = STANDARD.get(CommitteeKind(kind), ("", ()))
    with transaction.atomic():
        rows = Committee.objects.filter(agency=agency, fiscal_year=year)
        last = rows.aggregate(last=Max("order"))["last"]
        committee = Committee.objects.create(
            agency=agency,
            fiscal_year=year,
            kind=kind,
            name=name or standard_name,
            duties=duties or "\n".join(standard_duties),
            order=0 if last is None else last + 1,
        )
        summary = f"{year} {committee.name}"
        audit.record(agency, by, "committee.create", committee, summary=summary)
    return committee


def is_used(committee: Committee) -> bool:
    """Return whether an order beyond its draft, or a meeting, names the committee."""
    return (
        committee.orders.exclude(status=OrderStatus.DRAFT).exists()
        or committee.appointments.exists()
        or committee.meetings.exists()
    )


def remove_committee(committee: Committee, *, by: User) -> bool:
    """Delete a committee with its seats; False when an order or a meeting depends on it."""
    with transaction.atomic():
        committee = Committee.objects.select_for_update().get(pk=committee.pk)
        if is_used(committee):
            return False
        names = ", ".join(seat.name for seat in committee.members.select_related("user"))
        summary = f"{committee.fiscal_year} {committee.name}: {names}"
        audit.record(committee.agency, by, "committee.remove", committee, summary=summary[:500])
        committee.delete()
    return True
