import re

import pytest
from django.core import mail
from django.test import Client

from agencies import login_delay, people
from agencies.models import AgencyMembership, AuditEntry, User
from tests.agencies.factories import PASSWORD, UserFactory, make_office, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def test_login_gives_a_new_session_key():
    make_person(make_office().agency, "somchai")
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["before"] = 1
    session.save()
    key = session.session_key
    client.cookies["sessionid"] = key

    assert sign_in(client, "Somchai").status_code == 302
    assert client.session.session_key != key


def test_wrong_password_says_so_in_thai_and_keeps_the_name():
    UserFactory(username="somchai")

    page = sign_in(Client(), "somchai", "ผิด").content.decode()

    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in page
    assert 'value="somchai"' in page


def test_lock_out_is_by_name_and_address_and_never_hits_a_colleague():
    office = make_office()
    client = Client()
    for spelling in ["member", "MEMBER"] * 4:
        answer = sign_in(client, spelling, "ผิด")

    assert answer.status_code == 429
    assert "พักการเข้าสู่ระบบชั่วคราว" in answer.content.decode()
    assert sign_in(client, "member").status_code == 429
    assert sign_in(client, "champion1").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.0.0.7"), "member").status_code == 302
    locked = AuditEntry.objects.filter(agency=office.agency, action="account.locked")
    assert [entry.summary for entry in locked] == ["member"]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0.0), (10, 0.0), (11, 0.25), (12, 0.5), (14, 2.0), (15, 3.0), (10**6, 3.0)],
)
def test_delay_by_address_grows_and_is_bounded(failures, seconds):
    assert login_delay.seconds_for(failures) == seconds


def test_delay_by_address_waits_but_lets_the_right_password_in(monkeypatch):
    waited = []
    monkeypatch.setattr(login_delay.time, "sleep", waited.append)
    make_person(make_office().agency, "somchai")
    for number in range(11):
        sign_in(Client(), f"guess{number}", "ผิด")

    assert waited == []
    assert sign_in(Client(), "somchai").status_code == 302
    assert waited == [0.25]
    assert sign_in(Client(REMOTE_ADDR="10.0.0.7"), "somchai").status_code == 302
    assert waited == [0.25]


def test_forwarded_address_counts_only_behind_a_known_proxy(settings):
    make_office()
    settings.PROXY_COUNT = 1
    for _attempt in range(8):
        sign_in(Client(), "member", "ผิด", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.1"})

    assert sign_in(Client(), "member", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 429
    assert sign_in(Client(), "member", headers={"X-Forwarded-For": "10.0.0.2"}).status_code == 302
    settings.PROXY_COUNT = 0
    headers = {"X-Forwarded-For": "10.0.0.1"}
    assert sign_in(Client(), "member", headers=headers).status_code == 302


def test_inactive_account_cannot_sign_in():
    UserFactory(username="gone", is_active=False)
    client = Client()

    answer = client.post(LOGIN, {"login": "gone", "password": PASSWORD}, follow=True)

    assert "บัญชีนี้ถูกระงับการใช้งาน" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_temporary_password_must_be_changed_first():
    office = make_office()
    membership, password = people.add_person(
        office.agency, office.officer, username="somsri", role="staff", first_name="สมศรี"
    )
    client = Client()
    sign_in(client, "somsri", password)

    assert client.get("/accounts/profile/").url == "/accounts/password/change/"
    form = {"oldpassword": password, "password1": "ดอกไม้บานเช้า9", "password2": "ดอกไม้บานเช้า9"}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert client.get("/accounts/profile/").status_code == 200
    assert not User.objects.get(pk=membership.user_id).must_change_password


def test_changed_password_ends_the_other_sessions(client_for):
    office = make_office()
    here, there = client_for(office.member), client_for(office.member)

    form = {"oldpassword": PASSWORD, "password1": "ดอกไม้บานเช้า9", "password2": "ดอกไม้บานเช้า9"}
    here.post("/accounts/password/change/", form)

    assert here.get("/accounts/profile/").status_code == 200
    assert there.get("/accounts/profile/").status_code == 302


def test_password_change_messages_are_thai(client_for):
    client = client_for(make_office().member)

    form = {"oldpassword": "ผิด", "password1": "ดอกไม้บานเช้า9", "password2": "อีกอย่างหนึ่ง9"}
    page = client.post("/accounts/password/change/", form).content.decode()

    assert "รหัสผ่านปัจจุบันไม่ถูกต้อง" in page
    assert "รหัสผ่านใหม่ทั้งสองช่องไม่ตรงกัน" in page


def test_reset_mail_links_to_the_configured_address(settings):
    settings.BASE_URL = "https://pmqa.example.com"
    settings.ALLOWED_HOSTS = ["*"]
    UserFactory(username="somchai", email="somchai@example.com")

    Client().post(
        "/accounts/password/reset/",
        {"email": "somchai@example.com"},
        headers={"Host": "evil.example.net"},
    )

    (message,) = mail.outbox
    assert message.subject == "PMQA: ตั้งรหัสผ่านใหม่"
    assert "https://pmqa.example.com/accounts/password/reset/key/" in message.body
    assert "evil" not in message.body
    assert "somchai" in message.body


def test_forged_host_is_refused():
    assert Client().get(LOGIN, headers={"Host": "evil.example.net"}).status_code == 400


def test_reset_by_mail_sets_a_password_once():
    user = UserFactory(username="somchai", email="somchai@example.com", must_change_password=True)
    client = Client()
    client.post("/accounts/password/reset/", {"email": "Somchai@example.com"})
    path = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1]

    form_page = client.get(path, follow=True)
    assert "ตั้งรหัสผ่านใหม่" in form_page.content.decode()
    form = {"password1": "ดอกไม้บานเช้า9", "password2": "ดอกไม้บานเช้า9"}
    assert client.post(form_page.redirect_chain[-1][0], form).status_code == 302
    user.refresh_from_db()
    assert user.check_password("ดอกไม้บานเช้า9")
    assert not user.must_change_password
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in Client().get(path, follow=True).content.decode()


def test_reset_for_an_unknown_mail_looks_the_same_and_sends_nothing():
    answer = Client().post("/accounts/password/reset/", {"email": "nobody@example.com"})

    assert answer.url == "/accounts/password/reset/done/"
    assert mail.outbox == []


def test_login_without_csrf_token_is_refused():
    UserFactory(username="somchai")

    assert sign_in(Client(enforce_csrf_checks=True), "somchai").status_code == 403


def test_sign_out_needs_a_post(client_for):
    client = client_for(make_office().member)

    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/accounts/profile/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/profile/").status_code == 302


def test_nobody_signs_up():
    assert Client().get("/accounts/signup/").status_code == 404
    assert not User.objects.exists()


def test_profile_changes_own_fields_and_nothing_else(client_for):
    office = make_office()
    client = client_for(office.member)

    answer = client.post(
        "/accounts/profile/",
        {
            "title": "นาง", "first_name": "เกษร", "last_name": "ใหม่", "position": "ครู",
            "email": "new@example.com", "phone": "1", "language": "en",
            "is_staff": "1", "is_superuser": "1", "role": "administrator", "username": "root",
        },
    )  # fmt: skip

    user = User.objects.get(pk=office.member.pk)
    assert answer.cookies["pmqa_language"].value == "en"
    assert user.get_full_name() == "นางเกษร ใหม่"
    assert user.sort_key == people.sort_key("เกษร", "ใหม่")
    assert (user.is_staff, user.is_superuser, user.username) == (False, False, "member")
    assert AgencyMembership.objects.get(user=user).role == "staff"


def test_chosen_language_comes_back_at_sign_in():
    make_person(make_office().agency, "somchai", language="en")

    assert sign_in(Client(), "somchai").cookies["pmqa_language"].value == "en"
