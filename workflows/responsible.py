"""Who is responsible for a step: the SOP's office role, unit, committee or category → people.

The SOP's words are resolved when they are needed, for the fiscal year of the cycle, so that a
year can open before its committees exist. What resolves to nobody falls to the officers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from agencies.enums import OfficeRole
from agencies.models import Agency, AgencyMembership, User
from agencies.roles import active_memberships
from committees.enums import CommitteeKind
from committees.models import Appointment
from committees.roles import (
    CHAMPION_CATEGORIES,
    SHARED_CATEGORY,
    WORKING_KINDS,
    seats_of_year,
)
from workflows.enums import ResponsibleKind
from workflows.models import ProcedureStep, Step


@dataclass(frozen=True)
class Responsible:
    """The people of a step; `by_default` when they are the officers for want of anybody."""

    people: tuple[User, ...]
    by_default: bool = False


class Resolver:
    """Resolves any number of steps of one office with one query for its people and one for each
    year's committees (the seats in force today), made on first use.

    `years` are the fiscal years (B.E.) whose committees may be asked for.
    """

    def __init__(self, agency: Agency, years: Iterable[int]):
        self.agency = agency
        self.years = set(years)
        self._memberships: list[AgencyMembership] | None = None
        self._seats: list[Appointment] | None = None

    @property
    def memberships(self) -> list[AgencyMembership]:
        if self._memberships is None:
            self._memberships = active_memberships(self.agency)
        return self._memberships

    @property
    def seats(self) -> list[Appointment]:
        if self._seats is None:
            self._seats = [
                seat for year in sorted(self.years) for seat in seats_of_year(self.agency, year)
            ]
        return self._seats

    def resolve(self, step: ProcedureStep, year: int) -> Responsible:
        """Return who is responsible for the SOP's step in the fiscal year."""
        people = {
            ResponsibleKind.OFFICE_ROLE: self._by_role,
            ResponsibleKind.UNIT: self._by_unit,
            ResponsibleKind.COMMITTEE: self._by_committee,
            ResponsibleKind.CATEGORY: self._by_category,
        }.get(step.responsible_kind, lambda value, year: [])(step.responsible_value, year)
        if people:
            return Responsible(tuple(people))
        return Responsible(tuple(self._by_role(OfficeRole.OFFICER, year)), by_default=True)

    def of_step(self, step: Step) -> Responsible:
        """Return who is responsible for a cycle's step (procedure step and cycle loaded)."""
        return self.resolve(step.procedure_step, step.cycle.fiscal_year)

    def _by_role(self, value: str, year: int) -> list[User]:
        return [row.user for row in self.memberships if row.role == value]

    def _by_unit(self, value: str, year: int) -> list[User]:
        """The head of the unit, who assigns the work; all its people where it has no head."""
        rows = [
            row
            for row in self.memberships
            if row.unit and value in {row.unit.name, row.unit.short_name, str(row.unit_id)}
        ]
        heads = {row.unit.head_id for row in rows} - {None}
        return [row.user for row in self.memberships if row.user_id in heads] or [
            row.user for row in rows
        ]

    def _by_committee(self, value: str, year: int) -> list[User]:
        """Members with an account; an office's single committee stands for both kinds."""
        seats = [seat for seat in self.seats if seat.committee.fiscal_year == year]
        found = [seat for seat in seats if value in {seat.committee.kind, seat.committee.name}]
        if not found and value in {CommitteeKind.STEERING, CommitteeKind.WORKING_TEAM}:
            found = [seat for seat in seats if seat.committee.kind == CommitteeKind.SINGLE]
        return _once(seat.user for seat in found)

    def _by_category(self, value: str, year: int) -> list[User]:
        """The champion of the category; for category 7, which all share, every champion."""
        wanted = set(CHAMPION_CATEGORIES) if value == str(SHARED_CATEGORY) else {value}
        return _once(
            seat.user
            for seat in self.seats
            if seat.committee.fiscal_year == year
            and seat.committee.kind in WORKING_KINDS
            and seat.champion_of
            and ({seat.champion_of, str(seat.champion_of)} & wanted)
        )


def responsible_for(step: Step) -> Responsible:
    """Return who is responsible for one step of a cycle."""
    return Resolver(step.cycle.agency, [step.cycle.fiscal_year]).of_step(step)


def is_responsible(user: User, step: Step) -> bool:
    """Return whether the step waits for this person."""
    return any(person.pk == user.pk for person in responsible_for(step).people)


def _once(people: Iterable[User]) -> list[User]:
    return list({person.pk: person for person in people}.values())
