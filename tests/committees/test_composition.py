"""Each composition rule, met and broken, with literal answers."""

import pytest
from django.utils import translation

from agencies.models import AgencyMembership, Unit
from committees.composition import checks, open_warnings
from committees.enums import CommitteeKind, CommitteeRole
from committees.models import Committee, CommitteeMember
from committees.overrides import find_check, override, undo_override
from tests.agencies.factories import make_office, make_person
from tests.committees.factories import YEAR, CommitteeFactory, make_committees, seat_people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def office():
    office = make_office()
    office.steering, office.working = make_committees(office)
    return office


def warnings(office):
    return {
        check.code: check.message
        for check in checks(office.agency, YEAR)
        if check.state == "warning"
    }


def seat_of(committee, user):
    return CommitteeMember.objects.get(committee=committee, user=user)


def test_checks_pass_for_complete_committees(office):
    found = {check.code: check.state for check in checks(office.agency, YEAR)}
    assert found == dict.fromkeys(
        [
            "committees",
            "chair-steering",
            "chair-working_team",
            "team-chair",
            "heads",
            "champions",
            "teams",
            "results",
            "secretary-steering",
            "secretary-working_team",
            "left",
        ],
        "ok",
    )


def test_checks_without_committees_name_the_first_step():
    office = make_office()
    assert warnings(office) == {"committees": "No committee has been set up yet"}


def test_steering_alone_lacks_the_working_team(office):
    office.working.delete()
    assert warnings(office) == {"committees": "There is no Working Team yet"}


def test_working_team_alone_lacks_steering(office):
    office.steering.delete()
    assert warnings(office) == {"committees": "There is no Steering Committee yet"}


def test_committee_without_chair_is_reported(office):
    CommitteeMember.objects.filter(committee=office.steering, role=CommitteeRole.CHAIR).update(
        role=CommitteeRole.MEMBER
    )
    assert warnings(office) == {"chair-steering": "Steering Committee has no chair"}


def test_two_chairs_are_reported_with_both_names(office):
    CommitteeMember.objects.filter(pk=seat_of(office.steering, office.officer).pk).update(
        role=CommitteeRole.CHAIR
    )
    found = find_check(office.agency, YEAR, "chair-steering")
    assert found.message == "Steering Committee has 2 chairs"
    assert office.director.get_full_name() in found.detail
    assert office.officer.get_full_name() in found.detail


def test_working_team_chair_must_be_steering_vice_chair(office):
    CommitteeMember.objects.filter(pk=seat_of(office.steering, office.deputy).pk).update(
        role=CommitteeRole.MEMBER
    )
    assert warnings(office) == {
        "team-chair": "The chair of the Working Team is not vice-chair of the Steering Committee"
    }


def test_deputy_missing_on_steering_is_named(office):
    other = make_person(office.agency, "deputy2", "deputy")
    assert warnings(office) == {
        f"head-{other.pk}": f"{other.get_full_name()} does not sit on Steering Committee"
    }


def test_unit_head_missing_on_steering_is_named_with_the_unit(office):
    Unit.objects.create(agency=office.agency, name="กลุ่มแผน", head=office.staff)
    found = find_check(office.agency, YEAR, f"head-{office.staff.pk}")
    assert found.state == "warning"
    seat_people(office.steering, office.staff)
    assert find_check(office.agency, YEAR, f"head-{office.staff.pk}") is None


def test_head_of_a_closed_unit_need_not_sit(office):
    Unit.objects.create(agency=office.agency, name="กลุ่มเดิม", head=office.staff, is_active=False)
    assert warnings(office) == {}


def test_category_without_champion_is_named(office):
    CommitteeMember.objects.filter(champion_of=4).update(champion_of=None, team_of=4)
    assert warnings(office) == {"champion-4": "Category 4 has no champion"}


def test_outside_person_twice_champion_is_reported(office):
    CommitteeMember.objects.filter(champion_of__in=[5, 6]).delete()
    for number in (5, 6):
        CommitteeMember.objects.create(
            committee=office.working, outside_name="นายซ้ำ สองหมวด", champion_of=number
        )
    assert warnings(office) == {"champions-5-6": "นายซ้ำ สองหมวด is champion of several categories"}


def test_team_of_one_person_is_too_small(office):
    CommitteeMember.objects.filter(team_of=3).delete()
    assert warnings(office) == {"team-3": "Category 3 has 1 person"}


def test_committee_without_secretary_is_reported(office):
    CommitteeMember.objects.filter(pk=seat_of(office.working, office.officer).pk).update(
        role=CommitteeRole.ASSISTANT_SECRETARY
    )
    assert warnings(office) == {"secretary-working_team": "Working Team has no secretary"}


def test_member_who_left_is_named(office):
    AgencyMembership.objects.filter(user=office.champion2).update(is_active=False)
    name = office.champion2.get_full_name()
    assert warnings(office) == {
        f"left-{office.champion2.pk}": f"{name} no longer works in this office"
    }


def test_person_who_may_not_sign_in_any_more_counts_as_left(office):
    office.champion3.is_active = False
    office.champion3.save()
    assert list(warnings(office)) == [f"left-{office.champion3.pk}"]


def test_single_committee_stands_for_both(office):
    Committee.objects.all().delete()
    single = CommitteeFactory(agency=office.agency, kind=CommitteeKind.SINGLE, name="คณะเดียว")
    seat_people(single, office.director, role=CommitteeRole.CHAIR)
    seat_people(single, office.deputy, role=CommitteeRole.VICE_CHAIR)
    seat_people(single, office.officer, role=CommitteeRole.SECRETARY)
    for number in range(1, 7):
        seat_people(single, office.people[f"champion{number}"], champion_of=number)
        CommitteeMember.objects.create(
            committee=single, outside_name=f"นายทีม {number}", team_of=number
        )
    assert warnings(office) == {}


def test_checks_of_another_year_and_office_do_not_mix(office):
    other = make_office("second")
    make_committees(other)
    CommitteeMember.objects.filter(committee__agency=other.agency).delete()
    assert warnings(office) == {}
    assert [check.code for check in checks(office.agency, YEAR + 1)] == ["committees"]


def test_override_keeps_name_and_reason_and_can_be_undone(office):
    CommitteeMember.objects.filter(team_of=3).delete()
    check = find_check(office.agency, YEAR, "team-3")
    reason = "กลุ่มมีคนเดียว"
    assert override(office.agency, YEAR, check, reason=reason, by=office.deputy)
    found = find_check(office.agency, YEAR, "team-3")
    assert (found.state, found.override.by, found.override.reason) == (
        "overridden",
        office.deputy,
        reason,
    )
    assert open_warnings(office.agency, YEAR) == []
    assert undo_override(office.agency, YEAR, "team-3", by=office.officer)
    assert open_warnings(office.agency, YEAR) == ["Category 3 has 1 person"]
    actions = list(
        office.agency.audit_entries.order_by("sequence").values_list("action", flat=True)
    )
    assert actions == ["rule.override", "rule.restore"]


def test_override_of_a_rule_that_holds_is_refused(office):
    check = find_check(office.agency, YEAR, "teams")
    assert not override(office.agency, YEAR, check, reason="-", by=office.deputy)


@pytest.mark.parametrize("members", [1, 30])
def test_checks_make_five_queries(office, members, django_assert_num_queries):
    for number in range(members):
        seat_people(office.working, make_person(office.agency, f"extra{number}"), team_of=2)
    with django_assert_num_queries(5):
        checks(office.agency, YEAR)


def test_office_without_director_is_reported(office):
    AgencyMembership.objects.filter(user=office.director).update(role="staff")
    assert warnings(office) == {"director": "The office has no director in its register of people"}
