"""Linking LINE: a code once, signed words of LINE, and an end when the person blocks it."""

import base64
import datetime as dt
import hashlib
import hmac
import json

import pytest

from core import clock
from notifications import line_linking
from notifications.models import ContactSettings
from tests.agencies.factories import make_office

ACCOUNT = "U" + "1" * 32


def event(kind, text="", account=ACCOUNT):
    told = {"type": kind, "source": {"type": "user", "userId": account}}
    return told | ({"message": {"type": "text", "text": text}} if text else {})


@pytest.fixture
def tell(client, settings):
    """Post events as LINE does: `tell(event(…))`; returns the status."""
    settings.LINE_CHANNEL_ACCESS_TOKEN = "token"
    settings.LINE_CHANNEL_SECRET = "secret"

    def post(*events, body=None, secret=b"secret", signature=None):
        body = json.dumps({"destination": "x", "events": events}).encode() if body is None else body
        signed = base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()
        headers = {"X-Line-Signature": signed if signature is None else signature}
        return client.post("/line/webhook/", body, "application/json", headers=headers).status_code

    return post


@pytest.fixture
def officer(db):
    return make_office().officer


def linked(user):
    return ContactSettings.objects.get(user=user).line_user_id


def test_code_sent_to_the_office_links_once(tell, officer, client_for):
    page = client_for(officer)
    assert page.post("/line/code/").status_code == 302
    code = ContactSettings.objects.get(user=officer).line_link_code
    assert code in page.get("/line/").text

    assert tell(event("message", f" {code[:4].lower()} {code[4:]} ")) == 200
    assert linked(officer) == ACCOUNT
    assert tell(event("message", code, "U" + "2" * 32)) == 200
    assert linked(officer) == ACCOUNT
    assert "เชื่อมกับระบบแล้ว" in page.get("/line/").text


def test_blocking_the_account_ends_the_link(tell, officer, client_for):
    line_linking.link(line_linking.new_code(officer), ACCOUNT)
    assert tell(event("unfollow")) == 200
    assert linked(officer) == ""
    line_linking.link(line_linking.new_code(officer), ACCOUNT)
    client_for(officer).post("/line/unlink/")
    assert linked(officer) == ""


def test_account_belongs_to_who_linked_it_last(officer, tell):
    other = make_office("other").officer
    line_linking.link(line_linking.new_code(officer), ACCOUNT)
    line_linking.link(line_linking.new_code(other), ACCOUNT)
    assert (linked(officer), linked(other)) == ("", ACCOUNT)


def test_code_ends_after_half_an_hour(officer, tell):
    code = line_linking.new_code(officer)
    old = clock.now() - dt.timedelta(minutes=31)
    ContactSettings.objects.update(line_code_at=old)
    tell(event("message", code))
    assert linked(officer) == ""


def test_guessing_is_stopped(officer, tell):
    code = line_linking.new_code(officer)
    for _try in range(10):
        line_linking.link("ABCDEFGH", ACCOUNT)
    assert line_linking.link(code, ACCOUNT) is False
    assert line_linking.link(code, "U" + "2" * 32) is True


@pytest.mark.django_db
def test_what_line_did_not_sign_changes_nothing(officer, tell):
    code = line_linking.new_code(officer)
    assert tell(event("message", code), secret=b"other") == 400
    assert tell(event("message", code), signature="") == 400
    assert tell(event("message", code), signature="ก") == 400
    assert tell(body=b"not json") == 400
    assert tell(body=b"x" * (256 * 1024 + 1)) == 413
    assert linked(officer) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"events": "x"},
        {"events": [None, 1, {"type": "message"}, {"source": []}, {"source": {"userId": 5}}]},
        {"events": [{"type": "message", "source": {"userId": "U1"}, "message": "x"}]},
        {"events": [{"type": "message", "source": {"userId": "U1"}, "message": {"text": None}}]},
    ],
)
def test_broken_events_are_passed_over(tell, content):
    assert tell(body=json.dumps(content).encode()) == 200


@pytest.mark.django_db
def test_address_does_not_exist_without_line(client):
    assert client.post("/line/webhook/", b"{}", "application/json").status_code == 404
