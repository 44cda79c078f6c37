"""Screens of committees: setting up, seats, refusals at their fields, query counts."""

import datetime as dt

import pytest

from committees.models import AppointmentOrder, Committee, CommitteeMember
from tests.agencies.factories import make_office, make_person
from tests.committees.factories import YEAR, make_committees, make_order, seat_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(dt.date(2026, 11, 21))
    office = make_office()
    office.base = office.url(f"{YEAR}/committees/")
    return office


@pytest.fixture
def seated(office):
    office.steering, office.working = make_committees(office)
    return office


@pytest.fixture
def officer(office, client_for):
    return client_for(office.officer)


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors.get_json_data()


def test_empty_year_offers_to_set_up(office, officer):
    page = officer.get(office.base).content.decode()
    assert office.base + "start/" in page
    assert office.base + "copy/" not in page


def test_start_creates_both_committees_once(office, officer):
    for _time in range(2):
        officer.post(office.base + "start/", {"shape": "two"})
    kinds = list(Committee.objects.values_list("kind", flat=True))
    assert kinds == ["steering", "working_team"]
    assert Committee.objects.first().duties.startswith("กำหนดนโยบาย")


def test_start_creates_one_single_committee(office, officer):
    officer.post(office.base + "start/", {"shape": "single"})
    assert Committee.objects.get().kind == "single"


def test_copy_lists_who_left_and_leaves_them_out(seated, officer):
    seated.champion2.is_active = False
    seated.champion2.save()
    next_year = seated.url(f"{YEAR + 1}/committees/")
    page = officer.get(next_year + "copy/")
    assert [seat.user for seat in page.context["plan"].left] == [seated.champion2]
    officer.post(next_year + "copy/")
    copied = CommitteeMember.objects.filter(committee__fiscal_year=YEAR + 1)
    assert copied.count() == 16
    assert not copied.filter(user=seated.champion2).exists()
    assert copied.get(champion_of=1).user == seated.champion1


def test_member_add_seats_a_person_at_the_end(seated, officer):
    address = f"{seated.base}{seated.working.pk}/members/add/"
    officer.post(address, {"user": seated.staff.pk, "role": "member", "team_of": "3"})
    seat = CommitteeMember.objects.get(user=seated.staff)
    assert (seat.team_of, seat.order) == (3, 9001)


def test_second_champion_is_refused_at_the_field_and_input_kept(seated, officer):
    address = f"{seated.base}{seated.working.pk}/members/add/"
    response = officer.post(
        address, {"outside_name": "นายใหม่ ตัวอย่าง", "role": "member", "champion_of": "4"}
    )
    assert list(errors(response)) == ["champion_of"]
    page = response.content.decode()
    assert "นายใหม่ ตัวอย่าง" in page
    assert seated.champion4.get_full_name() in page


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"role": "member"}, "user"),
        ({"role": "chair", "outside_name": "นายใหม่ ตัวอย่าง"}, "role"),
        ({"role": "member", "outside_name": "นายภายนอก คนที่2"}, "outside_name"),
        ({"role": "emperor", "outside_name": "นายใหม่ ตัวอย่าง"}, "role"),
        ({"role": "member", "outside_name": "น" * 161}, "outside_name"),
        (
            {"role": "member", "outside_name": "นายใหม่ ตัวอย่าง", "team_of": "7"},
            "team_of",
        ),
        ({"role": "member", "user": "999999"}, "user"),
    ],
)
def test_member_add_refuses_bad_input_at_its_field(seated, officer, data, field):
    before = CommitteeMember.objects.count()
    response = officer.post(f"{seated.base}{seated.working.pk}/members/add/", data)
    assert list(errors(response)) == [field]
    assert CommitteeMember.objects.count() == before


def test_person_twice_is_refused(seated, officer):
    data = {"user": seated.champion1.pk, "role": "member"}
    response = officer.post(f"{seated.base}{seated.working.pk}/members/add/", data)
    assert list(errors(response)) == ["user"]


def test_person_of_another_office_is_refused(seated, officer):
    stranger = make_office("second").staff
    data = {"user": stranger.pk, "role": "member"}
    response = officer.post(f"{seated.base}{seated.working.pk}/members/add/", data)
    assert list(errors(response)) == ["user"]


def test_member_search_narrows_the_people(seated, officer):
    make_person(seated.agency, "somsri", first_name="สมศรี", last_name="ค้นหา")
    page = officer.get(f"{seated.base}{seated.working.pk}/members/add/", {"q": "สมศรี"})
    found = page.context["form"].fields["user"].queryset
    assert [person.first_name for person in found] == ["สมศรี"]


def test_member_edit_changes_role_and_category(seated, officer):
    seat = CommitteeMember.objects.get(user=seated.member)
    officer.post(
        f"{seated.base}{seated.working.pk}/members/{seat.pk}/",
        {"role": "assistant_secretary", "team_of": "5"},
    )
    seat.refresh_from_db()
    assert (seat.role, seat.team_of) == ("assistant_secretary", 5)


def test_member_remove_and_move(seated, officer):
    first, second, third = CommitteeMember.objects.filter(committee=seated.steering)
    places = f"{seated.base}{seated.steering.pk}/places/"

    def press(**button):
        rows = enumerate(seated.steering.members.all(), start=1)
        officer.post(places, {f"place-{seat.pk}": place for place, seat in rows} | button)
        return list(seated.steering.members.all())

    assert press(up=second.pk) == [second, first, third]
    assert press(up=second.pk) == [second, first, third]
    assert press(down=second.pk) == [first, second, third]
    officer.post(f"{seated.base}{seated.steering.pk}/members/{first.pk}/remove/")
    assert seated.steering.members.first() == second


def test_arrow_keeps_the_places_typed_before(seated, officer):
    first, second, third = CommitteeMember.objects.filter(committee=seated.steering)
    data = {f"place-{first.pk}": 3, f"place-{second.pk}": 2, f"place-{third.pk}": 3}
    officer.post(f"{seated.base}{seated.steering.pk}/places/", data | {"up": first.pk})
    assert list(seated.steering.members.all()) == [second, first, third]


def test_override_needs_a_reason(seated, officer):
    CommitteeMember.objects.filter(team_of=3).delete()
    address = f"{seated.base}checks/team-3/override/"
    assert list(errors(officer.post(address, {"reason": " "}))) == ["reason"]
    officer.post(address, {"reason": "มีคนเดียว"})
    assert "มีคนเดียว" in officer.get(seated.base).content.decode()
    officer.post(f"{seated.base}checks/team-3/undo/")
    assert "มีคนเดียว" not in officer.get(seated.base).content.decode()


def test_committee_edit_with_an_old_version_keeps_what_was_typed(seated, officer):
    address = f"{seated.base}{seated.working.pk}/edit/"
    data = {"name": "ชื่อแรก", "duties": "ก", "version": 1}
    assert officer.post(address, data).status_code == 302
    response = officer.post(address, data | {"name": "ชื่อที่สอง"})
    assert response.status_code == 409
    assert "ชื่อที่สอง" in response.content.decode()
    seated.working.refresh_from_db()
    assert seated.working.name == "ชื่อแรก"


def test_order_goes_from_draft_to_signature_on_screens(seated, officer, client_for):
    officer.post(seated.base + "orders/new/")
    order = AppointmentOrder.objects.get()
    page = f"{seated.base}orders/{order.pk}/"
    officer.post(page + "submit/")
    director = client_for(seated.director)
    assert page + "sign/" in director.get(page).content.decode()
    director.post(page + "sign/", {"number": "๑๘๗", "signed_on": "20/11/2569"})
    order.refresh_from_db()
    assert (order.status, order.number, order.signed_on) == (
        "signed",
        "187",
        dt.date(2026, 11, 20),
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"number": "", "signed_on": "20/11/2569"}, "number"),
        ({"number": "187", "signed_on": ""}, "signed_on"),
        ({"number": "187", "signed_on": "31/11/2569"}, "signed_on"),
        ({"number": "187", "signed_on": "22/11/2569"}, "signed_on"),
        ({"number": "187/2570", "signed_on": "20/11/2569"}, "number"),
        ({"number": "1", "signed_on": "20/11/2569"}, "number"),
    ],
)
def test_sign_refuses_bad_input_at_its_field(seated, client_for, data, field):
    make_order(seated, "signed", number="1", calendar_year=2569)
    order = make_order(seated, "for_signature")
    page = f"{seated.base}orders/{order.pk}/sign/"
    response = client_for(seated.director).post(page, data)
    assert response.status_code == 422
    assert list(response.context["sign_form"].errors) == [field]
    order.refresh_from_db()
    assert (order.status, order.number) == ("for_signature", "")


def test_return_without_reason_is_refused_at_the_field(seated, client_for):
    order = make_order(seated, "for_signature")
    page = f"{seated.base}orders/{order.pk}/return/"
    response = client_for(seated.director).post(page, {})
    assert response.status_code == 422
    assert list(response.context["return_form"].errors) == ["comment"]


def test_order_edit_is_refused_once_submitted(seated, officer):
    order = make_order(seated, "for_signature")
    assert officer.get(f"{seated.base}orders/{order.pk}/edit/").status_code == 409


def test_submit_with_open_checks_lists_them(seated, officer):
    CommitteeMember.objects.filter(champion_of=4).delete()
    order = make_order(seated)
    response = officer.post(f"{seated.base}orders/{order.pk}/submit/")
    assert response.status_code == 422
    assert len(response.context["refused"]) == 2


@pytest.mark.parametrize("path", ["", "orders/{order}/", "{working}/members/add/"])
def test_pages_make_the_same_queries_for_1_and_30_members(
    seated, officer, path, django_assert_max_num_queries
):
    order = make_order(seated)
    address = seated.base + path.format(order=order.pk, working=seated.working.pk)
    officer.get(address)
    counts = []
    for people in (1, 29):
        for number in range(people):
            person = make_person(seated.agency, f"extra{people}-{number}")
            seat_people(seated.working, person, team_of=2)
        with django_assert_max_num_queries(20) as captured:
            officer.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 20, counts


def test_sign_refuses_what_the_page_did_not_show(seated, officer, client_for):
    officer.post(seated.base + "orders/new/")
    order = AppointmentOrder.objects.get()
    page = f"{seated.base}orders/{order.pk}/"
    officer.post(page + "submit/")
    director = client_for(seated.director)
    shown = director.get(page).context["sign_form"].initial["data_hash"]
    data = {"number": "187", "signed_on": "20/11/2569"}
    response = director.post(page + "sign/", data | {"data_hash": "0" * 64})
    assert response.status_code == 409
    assert director.post(page + "sign/", data | {"data_hash": shown}).status_code == 302
