"""Committees of the demo office."""

from agencies.models import Agency, User
from agencies.queries import people_of
from agencies.roles import director_of, officers_of
from committees.enums import CommitteeRole
from committees.models import Committee, CommitteeMember
from committees.roles import CHAMPION_CATEGORIES
from committees.seats import seat_member, start_committees


def load_committees(agency: Agency, year: int, by: User) -> None:
    """Seat the demo people so that every composition check of the year passes.

    Director chairs Steering; the deputy is its vice-chair and chairs the Working Team; the
    officer is secretary of both; champion1…6 lead categories 1–6, `member` works in the team of
    category 1, further staff in turn in the others. Does nothing when the year has committees.
    """
    made = start_committees(agency, year, "two", by=by)
    if not made:
        return
    steering, working = made
    people = list(people_of(agency))
    names = {person.username.rpartition("-")[2]: person for person in people}
    deputy, officer = names["deputy"], officers_of(agency).first()
    _seat(steering, director_of(agency), CommitteeRole.CHAIR, by)
    _seat(steering, deputy, CommitteeRole.VICE_CHAIR, by)
    for person in _unit_heads(agency, {deputy, officer, director_of(agency)}):
        _seat(steering, person, CommitteeRole.MEMBER, by)
    _seat(steering, officer, CommitteeRole.SECRETARY, by)
    _seat(working, deputy, CommitteeRole.CHAIR, by)
    champions = {number: names[f"champion{number}"] for number in CHAMPION_CATEGORIES}
    for number, person in champions.items():
        _seat(working, person, CommitteeRole.MEMBER, by, champion_of=number)
    taken = {deputy, officer, director_of(agency), names["member"], *champions.values()}
    _seat(working, names["member"], CommitteeRole.MEMBER, by, team_of=1)
    staff = [person for person in _staff(agency) if person not in taken]
    for place, person in enumerate(staff):
        # Category 1 has its second person already; the others come first.
        number = (2, 3, 4, 5, 6, 1)[place % 6]
        _seat(working, person, CommitteeRole.MEMBER, by, team_of=number)
    _seat(working, officer, CommitteeRole.SECRETARY, by)


def _seat(committee: Committee, user: User, role: str, by: User, **categories) -> None:
    seat_member(CommitteeMember(committee=committee, user=user, role=role, **categories), by=by)


def _unit_heads(agency: Agency, but: set[User]) -> list[User]:
    units = agency.units.filter(is_active=True, head__isnull=False).select_related("head")
    heads = {unit.head_id: unit.head for unit in units if unit.head.is_active}
    return [head for head in heads.values() if head not in but]


def _staff(agency: Agency) -> list[User]:
    return list(people_of(agency).filter(memberships__role="staff").distinct())
