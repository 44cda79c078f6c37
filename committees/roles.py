"""What a seat in a committee allows: champions and teams write their categories."""

from django.db.models import Q

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role
from committees.enums import CommitteeKind, CommitteeRole
from committees.models import CommitteeMember
from core.shared_reads import read_once

WORKING_KINDS = (CommitteeKind.WORKING_TEAM, CommitteeKind.SINGLE)
CHAMPION_CATEGORIES = (1, 2, 3, 4, 5, 6)
SHARED_CATEGORY = 7
ALL_CATEGORIES = (*CHAMPION_CATEGORIES, SHARED_CATEGORY)


def seats_of(user: User, agency: Agency, year: int) -> list[CommitteeMember]:
    """Return the person's seats of the year; one query a request and person.

    An observer only reads, whatever seat an order gave, so an observer's seats count for nothing.
    """
    if has_role(user, agency, OfficeRole.OBSERVER):
        return []
    cache = user.__dict__.setdefault("_committee_seats", {})
    if (agency.pk, year) not in cache:
        cache[agency.pk, year] = [
            seat for seat in seats_of_year(agency, year) if seat.user_id == user.pk
        ]
    return cache[agency.pk, year]


@read_once
def seats_of_year(agency: Agency, year: int) -> list[CommitteeMember]:
    """Return all seats of active people in the office's year; a page may share them."""
    return list(
        CommitteeMember.objects.filter(
            committee__agency=agency, committee__fiscal_year=year, user__is_active=True
        ).select_related("committee", "user")
    )


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


def champions(agency: Agency, year: int) -> dict[int, User]:
    """Return category number → champion for the categories that have one."""
    return {
        seat.champion_of: seat.user
        for seat in seats_of_year(agency, year)
        if seat.champion_of and seat.committee.kind in WORKING_KINDS
    }


def team_of_category(agency: Agency, year: int, category: int) -> list[User]:
    """Return champion and team of a category; for category 7 all champions and teams."""
    seats = CommitteeMember.objects.filter(
        committee__agency=agency,
        committee__fiscal_year=year,
        committee__kind__in=WORKING_KINDS,
        user__is_active=True,
    ).select_related("user")
    if category == SHARED_CATEGORY:
        seats = seats.filter(Q(champion_of__isnull=False) | Q(team_of__isnull=False))
    else:
        seats = seats.filter(Q(champion_of=category) | Q(team_of=category))
    return [seat.user for seat in seats]
