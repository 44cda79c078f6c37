"""Addresses that no page should have to think about."""

import pytest

from pmqa_portal.navigation import entries


@pytest.mark.parametrize("address", ["/healthz?q=%00", "/healthz?%00=1", "/a%00b"])
def test_address_with_a_nul_is_refused(client, address):
    assert client.get(address).status_code == 400


def test_other_addresses_pass(client):
    assert client.get("/healthz?q=%E0%B8%81").status_code == 200


def test_page_that_polls_after_the_session_ended_comes_back_after_signing_in(client, db):
    page = "http://testserver/o/demo/2570/documents/jobs/7/"
    told = {"hx-request": "true", "hx-current-url": page}
    elsewhere = told | {"hx-current-url": "http://elsewhere.example/o/"}

    answer = client.get("/o/demo/2570/documents/jobs/7/status/", headers=told)
    foreign = client.get("/o/demo/2570/documents/jobs/7/status/", headers=elsewhere)

    back = "?next=%2Fo%2Fdemo%2F2570%2Fdocuments%2Fjobs%2F7%2F"
    assert answer.headers["HX-Redirect"] == f"/accounts/login/{back}"
    assert foreign.headers["HX-Redirect"] == "/accounts/login/"


@pytest.mark.parametrize(
    ("room", "marked"),
    [
        ("letters", "/o/demo/2570/reports/"),
        ("documents", "/o/demo/2570/reports/"),
        ("house-look", "/o/demo/settings/"),
    ],
)
def test_menu_marks_the_line_that_a_room_belongs_to(room, marked):
    groups = entries("officer", "demo", 2570, room, {})["groups"]
    lines = [line for group in groups for line in group["entries"]]
    assert [line["url"] for line in lines if line["is_current"]] == [marked]
