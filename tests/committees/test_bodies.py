"""Committees beside the two, order of precedence by typed places, copying with who moved,
substitutes, and what waits for a new order."""

import datetime as dt

import pytest

from agencies.models import AgencyMembership, AuditEntry, Unit
from committees.bodies import addable_kinds
from committees.models import Appointment, Committee, CommitteeMember
from committees.orders import draft_order
from committees.pending import pending
from tests.agencies.factories import make_office, make_person
from tests.committees.factories import YEAR, CommitteeFactory, make_committees, make_order
from tests.committees.in_force import put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(dt.date(2026, 11, 21))
    office = make_office()
    office.base = office.url(f"{YEAR}/committees/")
    office.steering, office.working = make_committees(office)
    return office


@pytest.fixture
def officer(office, client_for):
    return client_for(office.officer)


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors.get_json_data()


def test_kinds_that_may_be_added():
    def kinds(*have):
        return [kind.value for kind in addable_kinds([Committee(kind=kind) for kind in have])]

    assert kinds() == ["steering", "working_team", "single", "other"]
    assert kinds("steering") == ["working_team", "other"]
    assert kinds("single", "other") == ["other"]
    assert kinds("steering", "working_team") == ["other"]


def test_other_committee_is_added_named_and_removed(office, officer):
    answer = officer.post(f"{office.base}add/", {"kind": "other", "name": "คณะทำงาน ITA"})
    committee = Committee.objects.get(kind="other")
    assert answer.status_code == 302
    assert (committee.name, committee.order) == ("คณะทำงาน ITA", 2)
    assert "คณะทำงาน ITAยังไม่มีประธาน" in officer.get(office.base).content.decode()
    officer.post(f"{office.base}{committee.pk}/remove/")
    assert not Committee.objects.filter(kind="other").exists()
    assert AuditEntry.objects.filter(action="committee.remove").count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "other", "name": " "}, "name"),
        ({"kind": "other", "name": "คณะทำงาน PMQA"}, "name"),
        ({"kind": "steering", "name": "ก"}, "kind"),
        ({"kind": "", "name": "ก"}, "kind"),
        ({"kind": "other", "name": "ก" * 251}, "name"),
    ],
)
def test_committee_add_refuses_bad_input_at_its_field(office, officer, data, field):
    assert list(errors(officer.post(f"{office.base}add/", data))) == [field]
    assert Committee.objects.count() == 2


def test_missing_kind_gets_its_usual_name(office, officer):
    office.working.delete()
    officer.post(f"{office.base}add/", {"kind": "working_team"})
    committee = Committee.objects.get(kind="working_team")
    assert committee.name == "คณะกรรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ (Working Team)"
    assert committee.duties.count("\n") == 3


def test_committee_of_an_order_is_not_removed(office, officer):
    make_order(office, "for_signature")
    officer.post(f"{office.base}{office.working.pk}/remove/")
    assert Committee.objects.filter(pk=office.working.pk).exists()
    assert "ลบไม่ได้" in officer.get(office.base).content.decode()


def test_committee_of_a_draft_only_may_go(office, officer):
    order = make_order(office)
    officer.post(f"{office.base}{office.working.pk}/remove/")
    assert list(order.committees.all()) == [office.steering]


def places_of(committee):
    return {f"place-{seat.pk}": place for place, seat in enumerate(committee.members.all(), 1)}


def test_typed_places_move_members_and_leave_the_others_in_order(office, officer):
    first, second, third, *_rest = before = list(office.working.members.all())
    data = places_of(office.working) | {f"place-{third.pk}": 1, f"place-{first.pk}": 14}
    officer.post(f"{office.base}{office.working.pk}/places/", data)
    after = list(office.working.members.all())
    assert after == [third, second, *before[3:], first]


@pytest.mark.parametrize(("typed", "message"), [("0", "1 ถึง 3"), ("4", "1 ถึง 3"), ("x", "1 ถึง 3")])
def test_wrong_place_is_refused_at_its_field_and_kept(office, officer, typed, message):
    seat = office.steering.members.first()
    data = places_of(office.steering) | {f"place-{seat.pk}": typed}
    response = officer.post(f"{office.base}{office.steering.pk}/places/", data)
    found = errors(response)
    assert list(found) == [f"place-{seat.pk}"]
    assert message in found[f"place-{seat.pk}"][0]["message"]
    assert f'value="{typed}"' in response.content.decode()


def test_place_typed_for_two_is_refused(office, officer):
    first, second, third = office.steering.members.all()
    data = places_of(office.steering) | {f"place-{first.pk}": 3, f"place-{second.pk}": 3}
    response = officer.post(f"{office.base}{office.steering.pk}/places/", data)
    assert list(errors(response)) == [f"place-{second.pk}"]
    assert list(office.steering.members.all()) == [first, second, third]


def test_substitute_is_kept_and_nobody_substitutes_oneself(office, officer):
    seat = CommitteeMember.objects.get(user=office.champion1)
    address = f"{office.base}{office.working.pk}/members/{seat.pk}/"
    data = {"role": "member", "champion_of": "1"}
    response = officer.post(address, data | {"substitute": office.champion1.pk})
    assert list(errors(response)) == ["substitute"]
    officer.post(address, data | {"substitute": office.staff.pk})
    seat.refresh_from_db()
    assert seat.substitute == office.staff
    page = officer.get(f"{office.base}?committee={office.working.pk}").content.decode()
    assert f"ผู้แทน: {office.staff}" in page


def test_long_list_is_searched(office, officer):
    for number in range(10):
        seat = CommitteeMember(committee=office.working, outside_name=f"นายคนที่ {number}")
        seat.outside_position, seat.order = "ครูชำนาญการ", 9500 + number
        seat.save()
    page = officer.get(office.base, {"committee": office.working.pk, "q": "คนที่ ครู"})
    assert [row.place for row in page.context["rows"]] == list(range(15, 25))
    page = officer.get(office.base, {"committee": office.working.pk, "q": "เลขานุการ"})
    assert [row.seat.user for row in page.context["rows"]] == [office.officer]


def test_changes_wait_for_a_new_order(office, officer):
    put_in_force(office.steering, office.working)
    newcomer = make_person(office.agency, "newcomer")
    CommitteeMember.objects.create(committee=office.working, user=newcomer, order=9999)
    CommitteeMember.objects.filter(user=office.champion3).delete()
    CommitteeMember.objects.filter(user=office.champion2).update(champion_of=3)
    found = pending(office.working, list(office.working.members.all()))
    states = {row.seat.user: (row.state, row.before) for row in found.rows if row.state}
    assert states == {
        newcomer: ("added", ""),
        office.champion2: ("changed", "กรรมการ · เจ้าภาพหมวด 2"),
    }
    assert [seat.user for seat in found.removed] == [office.champion3]
    page = officer.get(f"{office.base}?committee={office.working.pk}").content.decode()
    assert "3 รายการรอคำสั่งใหม่" in page
    assert f"{office.base}orders/new/" in page


def test_committee_without_an_order_says_so(office, officer):
    assert "ยังไม่มีคำสั่งที่ลงนามแล้วแต่งตั้ง" in officer.get(office.base).content.decode()


def test_copy_lists_who_moved_since_last_years_order(office, officer):
    put_in_force(office.steering, office.working)
    unit = Unit.objects.create(agency=office.agency, name="กลุ่มนโยบายและแผน", short_name="นผ.")
    Appointment.objects.filter(user=office.champion1).update(unit=unit)
    AgencyMembership.objects.filter(user=office.champion1).update(unit=office.unit)
    office.deputy.position = "รองผู้อำนวยการเชี่ยวชาญ"
    office.deputy.save()
    page = officer.get(office.url(f"{YEAR + 1}/committees/copy/"))
    moved = {row.seat.user: (row.before, row.now) for row in page.context["plan"].moved}
    assert moved == {
        office.deputy: ("นักวิชาการ", "รองผู้อำนวยการเชี่ยวชาญ"),
        office.champion1: ("นักวิชาการ · กลุ่มนโยบายและแผน", "นักวิชาการ · กลุ่มอำนวยการ"),
    }
    assert "กลุ่มนโยบายและแผน" in page.content.decode()


def test_copy_brings_substitutes_who_still_work_here(office, officer):
    CommitteeMember.objects.filter(user=office.champion1).update(substitute=office.staff)
    CommitteeMember.objects.filter(user=office.champion2).update(substitute=office.member)
    office.staff.is_active = False
    office.staff.save()
    officer.post(office.url(f"{YEAR + 1}/committees/copy/"))
    copied = CommitteeMember.objects.filter(committee__fiscal_year=YEAR + 1)
    assert copied.get(champion_of=1).substitute is None
    assert copied.get(champion_of=2).substitute == office.member


def test_overview_and_places_make_the_same_queries_for_any_number(
    office, officer, django_assert_max_num_queries
):
    put_in_force(office.steering, office.working)
    CommitteeFactory(agency=office.agency, kind="other", name="คณะทำงาน ITA", order=3)
    draft_order(office.agency, YEAR, by=office.officer)
    counts = {}
    for people in (1, 119):
        for number in range(people):
            seat = CommitteeMember(committee=office.working, outside_name=f"นาย {people}-{number}")
            seat.order = 9999
            seat.save()
        put_in_force(office.working)
        for path in (f"?committee={office.working.pk}", f"{office.working.pk}/places/"):
            with django_assert_max_num_queries(15) as captured:
                officer.get(office.base + path)
            counts.setdefault(path, set()).add(len(captured))
    assert all(len(found) == 1 for found in counts.values()), counts
