"""Copying a year's committees to the next: who comes along, who has left, who has moved."""

from dataclasses import dataclass, field

from django.db import transaction

from agencies import audit
from agencies.models import Agency, AgencyMembership, Unit, User
from committees.models import Appointment, Committee, CommitteeMember
from committees.queries import committees_of


@dataclass
class Moved:
    """A person who comes along, with unit or position other than in last year's order."""

    seat: CommitteeMember
    before: str
    now: str


@dataclass
class Copy:
    """What copying a year's committees brings over: seats to copy, who left and who moved."""

    committees: list[Committee]
    staying: list[CommitteeMember] = field(default_factory=list)
    left: list[CommitteeMember] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    active_ids: set[int] = field(default_factory=set)


def plan_copy(agency: Agency, from_year: int) -> Copy:
    """Return what `copy_committees` would bring over from the year; five queries."""
    rows = AgencyMembership.objects.filter(agency=agency, is_active=True, user__is_active=True)
    units = dict(rows.values_list("user_id", "unit_id"))
    plan = Copy(committees_of(agency, from_year), active_ids=set(units))
    left = {}
    for committee in plan.committees:
        for seat in committee.members.all():
            if seat.user_id and seat.user_id not in units:
                left.setdefault(seat.user_id, seat)
            else:
                plan.staying.append(seat)
    plan.left = list(left.values())
    plan.moved = _moved(agency, from_year, plan.staying, units)
    return plan


def _moved(agency, year, staying, units) -> list[Moved]:
    """Compare unit and position with what the year's orders printed, each person once."""
    printed = {}
    rows = Appointment.objects.filter(
        committee__agency=agency, committee__fiscal_year=year, user__isnull=False
    )
    for row in rows.order_by("starts_on", "pk"):
        printed[row.user_id] = row
    names = dict(Unit.objects.filter(agency=agency).values_list("pk", "name"))
    found = {}
    for seat in staying:
        old = printed.get(seat.user_id)
        if old is None or seat.user_id in found:
            continue
        unit = units[seat.user_id]
        has_other_unit = old.unit_id is not None and old.unit_id != unit
        if has_other_unit or old.position != seat.position:
            found[seat.user_id] = Moved(
                seat,
                _place(old.position, names.get(old.unit_id) if has_other_unit else None),
                _place(seat.position, names.get(unit) if has_other_unit else None),
            )
    return list(found.values())


def _place(position: str, unit: str | None) -> str:
    return " · ".join(word for word in (position, unit) if word) or "–"


def copy_committees(agency: Agency, from_year: int, year: int, *, by: User) -> Copy | None:
    """Copy committees and the seats of all who still work in the office to `year`.

    Returns what was copied and who left, or None when `year` already has committees.
    """
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        if Committee.objects.filter(agency=agency, fiscal_year=year).exists():
            return None
        plan = plan_copy(agency, from_year)
        for old in plan.committees:
            new = Committee.objects.create(
                agency=agency,
                fiscal_year=year,
                kind=old.kind,
                name=old.name,
                duties=old.duties,
                order=old.order,
            )
            seats = [seat for seat in plan.staying if seat.committee_id == old.pk]
            CommitteeMember.objects.bulk_create(_copied(seat, new, plan) for seat in seats)
            summary = f"{from_year} → {year} {new.name}: {len(seats)}"
            audit.record(agency, by, "committee.copy", new, summary=summary)
    return plan


def _copied(seat: CommitteeMember, committee: Committee, plan: Copy) -> CommitteeMember:
    substitute = seat.substitute_id
    return CommitteeMember(
        committee=committee,
        user=seat.user,
        outside_name=seat.outside_name,
        outside_position=seat.outside_position,
        role=seat.role,
        order=seat.order,
        substitute_id=substitute if substitute in plan.active_ids else None,
        champion_of=seat.champion_of,
        team_of=seat.team_of,
    )
