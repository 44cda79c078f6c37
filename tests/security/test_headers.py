"""What every answer says to browsers and caches, refusals included."""

import pytest
from django.conf import settings

from tests.agencies.factories import make_office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("settings/people/", "officer", 200),
        ("settings/people/", "observer", 403),
        ("settings/nowhere/", "officer", 404),
        ("1/", "officer", 404),
        ("notifications/", "member", 200),
    ],
)
def test_answers_with_data_are_kept_nowhere_and_run_no_foreign_script(
    path, who, status, client_for
):
    office = make_office()
    response = client_for(getattr(office, who)).get(office.url(path))

    assert response.status_code == status
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy and "script-src 'self'" in policy


def test_other_office_answers_are_kept_nowhere_either(client_for):
    own, other = make_office(), make_office("other")
    response = client_for(own.officer).get(other.url("settings/people/"))

    assert response.status_code == 404
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_address_leads_to_another_site(target, client, client_for):
    office = make_office()
    answers = [
        client.post(
            "/accounts/login/",
            {"login": "officer", "password": "pmqa-demo", "next": target},
        ),
        client_for(office.officer).post("/language/", {"language": "en", "next": target}),
    ]

    assert [response.status_code for response in answers] == [302, 302]
    assert all("evil" not in response.headers["Location"] for response in answers)


def test_health_checks_tell_nothing_of_the_inside(client):
    assert client.get("/healthz").content == b"ok"
    ready = client.get("/readyz")
    assert set(ready.json()) == {"database", "broker", "storage", "scheduler"}
    assert set(ready.json().values()) == {"ok"}


def test_error_pages_show_no_trace(client_for):
    office = make_office()
    page = client_for(office.officer).get(office.url("nowhere/")).content.decode()

    assert settings.DEBUG is False
    assert "Traceback" not in page and "urlpatterns" not in page and "agencies" not in page


def test_unsafe_methods_need_a_token(client_for):
    office = make_office()
    client = client_for(office.officer, enforce_csrf_checks=True)
    address = office.url("settings/units/add/")

    assert client.post(address, {"name": "ใหม่"}).status_code == 403
    htmx = client.post(address, {"name": "ใหม่"}, headers={"HX-Request": "true"})
    assert htmx.status_code == 403
    assert not office.agency.units.filter(name="ใหม่").exists()
