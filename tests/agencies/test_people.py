import pytest
from django.core.exceptions import ValidationError

from agencies import people, permissions
from agencies.enums import OfficeRole
from agencies.models import AgencyMembership, AuditEntry, User
from tests.agencies.factories import AgencyFactory, MembershipFactory, make_office

pytestmark = pytest.mark.django_db


def place(office, name):
    return AgencyMembership.objects.select_related("user", "agency").get(
        agency=office.agency, user=office.people[name]
    )


def actions(office):
    return list(
        AuditEntry.objects.filter(agency=office.agency)
        .order_by("sequence")
        .values_list("action", flat=True)
    )


def test_person_without_email_gets_a_temporary_password():
    office = make_office()

    membership, password = people.add_person(
        office.agency, office.officer, username="Somsri", role="staff", unit=office.unit,
        title="นาง", first_name="เกษร", last_name="ตัวอย่าง", position="", email="", phone="",
    )  # fmt: skip

    user = User.objects.get(username="somsri")
    assert len(password) == 14
    assert user.check_password(password)
    assert user.must_change_password
    assert user.sort_key == people.sort_key("เกษร", "ตัวอย่าง")
    assert membership.unit == office.unit
    assert actions(office) == ["person.add"]


def test_person_with_email_has_no_password_yet():
    office = make_office()

    membership, password = people.add_person(
        office.agency, office.officer, username="a", role="staff",
        first_name="ก", last_name="ข", email="a@example.com",
    )  # fmt: skip

    assert password == ""
    assert not membership.user.has_usable_password()
    assert not membership.user.must_change_password


def test_temporary_passwords_differ_and_have_no_lookalikes():
    made = {people.temporary_password() for _ in range(50)}

    assert len(made) == 50
    assert not set("".join(made)) & set("0o1li5s2z")


@pytest.mark.parametrize(
    ("email", "wanted"),
    [("Kitti.T@example.com", "kittit"), ("officer@example.com", "officer1"), ("", "office1")],
)
def test_suggested_username_is_free(email, wanted):
    office = make_office()

    assert people.suggest_username(office.agency, email) == wanted


def test_people_stand_in_dictionary_order():
    keys = [people.sort_key(name, "") for name in ("เกษร", "ขวัญ", "กานดา", "แก้ว", "กมล")]

    assert sorted(keys) == [
        people.sort_key(name, "") for name in ("กมล", "กานดา", "เกษร", "แก้ว", "ขวัญ")
    ]


def test_search_folds_thai_spelling():
    office = make_office()
    User.objects.filter(pk=office.member.pk).update(first_name="น้ำทิพย์")
    rows = AgencyMembership.objects.filter(agency=office.agency).select_related("user")

    assert [row.user for row in people.search(rows, "นํ้าทิพย์")] == [office.member]
    assert [row.user for row in people.search(rows, "CHAMPION3")] == [office.champion3]


def test_deactivated_person_loses_every_session(client_for):
    office = make_office()
    client = client_for(office.member)

    people.deactivate(place(office, "member"), office.officer, "ย้าย")

    assert client.get("/accounts/profile/").url == "/accounts/login/?next=/accounts/profile/"
    people.reactivate(place(office, "member"), office.officer)
    assert client.get("/accounts/profile/").status_code == 302
    assert actions(office) == ["person.deactivate", "person.reactivate"]


def test_account_used_by_another_office_stays_active():
    office = make_office()
    MembershipFactory(agency=AgencyFactory(), user=office.member)

    people.deactivate(place(office, "member"), office.officer, "ย้าย")

    assert User.objects.get(pk=office.member.pk).is_active


@pytest.mark.parametrize(
    ("name", "by", "code"),
    [("officer", "officer", "oneself"), ("officer", "admin", "last_of_role"),
     ("admin", "champion1", "last_of_role")],
)  # fmt: skip
def test_deactivation_is_refused(name, by, code):
    office = make_office()

    with pytest.raises(ValidationError) as refused:
        people.deactivate(place(office, name), office.people[by], "ย้าย")

    assert refused.value.code == code
    assert place(office, name).is_active


def test_last_officer_keeps_the_role():
    office = make_office()

    with pytest.raises(ValidationError):
        people.update_person(place(office, "officer"), office.admin, role="staff", unit=None)

    assert place(office, "officer").role == OfficeRole.OFFICER


def test_role_change_is_audited_with_both_roles():
    office = make_office()

    people.update_person(place(office, "member"), office.admin, role="deputy", unit=None)

    entry = AuditEntry.objects.get(agency=office.agency)
    assert entry.action == "person.role"
    assert entry.summary.endswith(": staff → deputy")
    assert entry.before_hash != entry.after_hash


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("officer", ["officer", "deputy", "staff", "observer"]),
        ("admin", ["officer", "director", "deputy", "staff", "observer", "administrator"]),
        ("director", []),
        ("member", []),
    ],
)
def test_grantable_roles(name, roles):
    office = make_office()

    assert permissions.roles_grantable_by(office.people[name], office.agency) == roles


@pytest.mark.parametrize(
    ("by", "name", "allowed"),
    [
        ("officer", "member", True),
        ("officer", "director", False),
        ("officer", "admin", False),
        ("admin", "director", True),
        ("director", "member", False),
    ],
)
def test_account_of_a_higher_role_is_out_of_reach(by, name, allowed):
    office = make_office()

    assert permissions.can_change_account(office.people[by], place(office, name)) is allowed


def test_account_of_another_office_or_a_superuser_is_out_of_reach():
    office = make_office()
    MembershipFactory(agency=AgencyFactory(), user=office.member)
    User.objects.filter(pk=office.champion1.pk).update(is_superuser=True)

    assert not permissions.can_change_account(office.admin, place(office, "member"))
    assert permissions.can_change_membership(office.admin, place(office, "member"))
    assert not permissions.can_change_account(office.admin, place(office, "champion1"))
