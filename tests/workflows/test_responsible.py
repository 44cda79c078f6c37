"""The SOP's words become people of the cycle's year; what names nobody falls to the officer."""

import pytest

from agencies.enums import OfficeRole
from agencies.models import Unit
from committees.enums import CommitteeKind
from committees.models import Committee, CommitteeMember
from tests.agencies.factories import make_office, make_person
from tests.committees.in_force import put_in_force
from tests.workflows.factories import make_cycle, months
from workflows.enums import ResponsibleKind as Kind
from workflows.responsible import Resolver, is_responsible, responsible_for

pytestmark = pytest.mark.django_db


def _step(office, kind, value="", year=2570):
    fields = {"responsible_kind": kind, "responsible_value": value}
    return make_cycle(office.agency, [[fields, months(0, 0)]], year).steps.get()


def _names(step) -> list[str]:
    return sorted(person.username for person in responsible_for(step).people)


def _committee(office, kind, members, year=2570):
    committee = Committee.objects.create(
        agency=office.agency, fiscal_year=year, kind=kind, name=kind
    )
    for person, fields in members:
        CommitteeMember.objects.create(committee=committee, user=person, **fields)
    put_in_force(committee)
    return committee


def test_office_role_resolves_to_its_people():
    office = make_office()
    assert _names(_step(office, Kind.OFFICE_ROLE, OfficeRole.DIRECTOR)) == ["director"]


def test_unit_resolves_to_its_head_and_without_head_to_its_people():
    office = make_office()
    unit = Unit.objects.create(agency=office.agency, name="กลุ่มพัฒนาระบบบริหาร", short_name="กพร.")
    first = make_person(office.agency, "first", unit=unit)
    make_person(office.agency, "second", unit=unit)
    step = _step(office, Kind.UNIT, "กลุ่มพัฒนาระบบบริหาร")
    assert _names(step) == ["first", "second"]
    unit.head = first
    unit.save()
    assert _names(step) == ["first"]


def test_committee_resolves_to_the_members_of_the_year():
    office = make_office()
    step = _step(office, Kind.COMMITTEE, CommitteeKind.WORKING_TEAM)
    assert _names(step) == ["officer"]
    _committee(office, CommitteeKind.WORKING_TEAM, [(office.deputy, {})], year=2569)
    assert _names(step) == ["officer"]
    _committee(office, CommitteeKind.WORKING_TEAM, [(office.deputy, {}), (office.member, {})])
    assert _names(step) == ["deputy", "member"]


def test_single_committee_stands_for_steering_and_working_team():
    office = make_office()
    _committee(office, CommitteeKind.SINGLE, [(office.deputy, {})])
    assert _names(_step(office, Kind.COMMITTEE, CommitteeKind.STEERING)) == ["deputy"]


def test_category_resolves_to_its_champion_and_seven_to_all():
    office = make_office()
    _committee(
        office,
        CommitteeKind.WORKING_TEAM,
        [(office.champion1, {"champion_of": 1}), (office.champion2, {"champion_of": 2})],
    )
    assert _names(_step(office, Kind.CATEGORY, "2")) == ["champion2"]
    assert _names(_step(office, Kind.CATEGORY, "7")) == ["champion1", "champion2"]
    assert _names(_step(office, Kind.CATEGORY, "3")) == ["officer"]


def test_free_text_falls_to_the_officer_and_says_so():
    office = make_office()
    found = responsible_for(_step(office, Kind.TEXT, "ผู้เกี่ยวข้อง"))
    assert [person.username for person in found.people] == ["officer"]
    assert found.by_default is True


def test_is_responsible_leaves_out_people_who_left():
    office = make_office()
    step = _step(office, Kind.OFFICE_ROLE, OfficeRole.DIRECTOR)
    assert is_responsible(office.director, step)
    office.director.memberships.update(is_active=False)
    assert not is_responsible(office.director, step)


@pytest.mark.parametrize("count", [1, 3, 200])
def test_resolver_makes_two_queries_at_any_number_of_steps(django_assert_num_queries, count):
    office = make_office()
    kinds = [(Kind.COMMITTEE, "steering"), (Kind.UNIT, "x"), (Kind.CATEGORY, "7")]
    cycle = make_cycle(
        office.agency,
        [
            [{"responsible_kind": kind, "responsible_value": value}, months(0, 0)]
            for kind, value in (kinds * count)[:count]
        ],
    )
    steps = list(cycle.steps.select_related("procedure_step", "cycle"))
    resolver = Resolver(office.agency, [2570])
    with django_assert_num_queries(2):
        for step in steps:
            resolver.of_step(step)
