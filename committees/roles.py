"""What a seat in a committee allows: champions and teams write their categories.

A seat counts from the day on which a signed order gives it until a later order takes it
(`Appointment`); what officers draft for the next order gives and takes nothing.
"""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role
from committees.enums import CommitteeKind, CommitteeRole
from committees.models import Appointment
from committees.queries import appointments_of
from core import clock
from core.shared_reads import read_once

WORKING_KINDS = (CommitteeKind.WORKING_TEAM, CommitteeKind.SINGLE)
CHAMPION_CATEGORIES = (1, 2, 3, 4, 5, 6)
SHARED_CATEGORY = 7
ALL_CATEGORIES = (*CHAMPION_CATEGORIES, SHARED_CATEGORY)


def seats_of(user: User, agency: Agency, year: int) -> list[Appointment]:
    """Return the person's seats of the year in force today; one query a request and person.

    An observer only reads, whatever seat an order gave, so an observer's seats count for nothing.
    """
    if has_role(user, agency, OfficeRole.OBSERVER):
        return []
    cache = user.__dict__.setdefault("_committee_seats", {})
    key = (agency.pk, year, clock.today())
    if key not in cache:
        cache[key] = [seat for seat in seats_of_year(agency, year) if seat.user_id == user.pk]
    return cache[key]


@read_once
def seats_of_year(agency: Agency, year: int) -> list[Appointment]:
    """Return all seats of active people in force today for the office's year."""
    seats = appointments_of(agency, year, clock.today()).filter(user__is_active=True)
    return list(seats.select_related("committee", "user"))


def champion_categories(user: User, agency: Agency, year: int) -> set[int]:
    """Return the numbers of the categories (1–6) of which the person is champion."""
    return {
        seat.champion_of
        for seat in seats_of(user, agency, year)
        if seat.champion_of and seat.committee.kind in WORKING_KINDS
    }


def written_categories(user: User, agency: Agency, year: int) -> set[int]:
    """Return the categories the person may write: own ones, and 7 for every team member."""
    categories = set()
    for seat in seats_of(user, agency, year):
        if seat.committee.kind in WORKING_KINDS:
            categories |= {seat.champion_of, seat.team_of} - {None}
    return categories | ({SHARED_CATEGORY} if categories else set())


def chairs(user: User, agency: Agency, year: int, *kinds: str) -> bool:
    """Return whether the person chairs a committee of one of the kinds."""
    return any(
        seat.role == CommitteeRole.CHAIR and seat.committee.kind in kinds
        for seat in seats_of(user, agency, year)
    )


def holders(agency: Agency, year: int, kinds: tuple, roles: tuple) -> list[User]:
    """Return who holds one of the roles in a committee of one of the kinds."""
    return [
        seat.user
        for seat in seats_of_year(agency, year)
        if seat.committee.kind in kinds and seat.role in roles
    ]


def champions(agency: Agency, year: int) -> dict[int, User]:
    """Return category number → champion for the categories that have one."""
    return {
        seat.champion_of: seat.user
        for seat in seats_of_year(agency, year)
        if seat.champion_of and seat.committee.kind in WORKING_KINDS
    }


def team_of_category(agency: Agency, year: int, category: int) -> list[User]:
    """Return champion and team of a category; for category 7 all champions and teams."""
    wanted = set(CHAMPION_CATEGORIES) if category == SHARED_CATEGORY else {category}
    return [
        seat.user
        for seat in seats_of_year(agency, year)
        if seat.committee.kind in WORKING_KINDS and {seat.champion_of, seat.team_of} & wanted
    ]
