"""Signed webhooks: what is sent, and where it never goes."""

import contextlib
import hashlib
import hmac
import json
import socket
import threading
import time

import pytest

from notifications.channels import http
from notifications.channels.outcomes import Lasting, Passing
from notifications.models import Webhook
from notifications.sending import send
from tests.agencies.factories import make_office
from tests.notifications.stand_in import StandIn
from tests.notifications.test_deliveries import make_delivery


@pytest.fixture
def receiver(settings, monkeypatch):
    settings.WEBHOOKS_INSIDE = True
    monkeypatch.setattr(http, "SECONDS", 0.3)
    with StandIn(lambda asked: (204, {}, b"")) as server:
        yield server


def make_hook(office, url, **fields):
    return Webhook.objects.create(
        agency=office.agency, name="ระบบสารบรรณ", url=url, secret="s3cret", **fields
    )


def to_hook(office, hook):
    delivery = make_delivery(office, channel="webhook", message_id="w1@pmqa-portal")
    type(delivery).objects.filter(pk=delivery.pk).update(recipient=None, webhook=hook)
    return delivery


@pytest.mark.django_db
def test_receiver_can_check_who_sent_and_when(receiver, settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    office = make_office()
    hook = make_hook(office, receiver.url + "/in?x=1")
    delivery = to_hook(office, hook)

    assert send(delivery.pk) == "sent"

    (asked,) = receiver.asked
    timestamp = asked.headers["x-pmqa-timestamp"]
    signed = hmac.new(b"s3cret", timestamp.encode() + b"." + asked.body, hashlib.sha256)
    assert (asked.method, asked.path) == ("POST", "/in?x=1")
    assert asked.headers["x-pmqa-signature"] == "sha256=" + signed.hexdigest()
    assert asked.headers["x-pmqa-delivery"] == "w1@pmqa-portal"
    content = json.loads(asked.body)
    (notice,) = content["notices"]
    assert content["id"] == "w1@pmqa-portal"
    assert content["agency"] == {"code": office.agency.code, "name": office.agency.name_th}
    assert (notice["rule"], notice["due_on"]) == ("d7", "2027-03-31")
    assert notice["url"] == "https://pmqa.example.go.th/o/office/2570/"
    assert "officer" not in asked.body.decode()
    hook.refresh_from_db()
    assert hook.last_sent_at is not None and hook.last_error == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected", "is_active"),
    [(302, "failed", True), (404, "failed", True), (410, "failed", False), (503, "pending", True)],
)
def test_answers_decide_what_follows(receiver, status, expected, is_active):
    receiver.reply = lambda asked: (status, {"Location": receiver.url + "/other"}, b"x" * 5000)
    office = make_office()
    hook = make_hook(office, receiver.url)
    assert send(to_hook(office, hook).pk) == expected
    hook.refresh_from_db()
    assert hook.is_active == is_active
    assert hook.last_error.startswith(f"HTTP {status} xxx") and len(hook.last_error) <= 300
    assert len(receiver.asked) == 1


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"])
def test_receiver_that_drips_bytes_holds_no_worker(monkeypatch, start):
    monkeypatch.setattr(http, "SECONDS", 0.2)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            asked, _address = server.accept()
            with asked, contextlib.suppress(OSError):
                asked.sendall(start)
                while not stop.wait(0.05):
                    asked.sendall(b"H")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        begun = time.monotonic()
        with contextlib.suppress(Passing):
            http.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, inside=True)
        took = time.monotonic() - begun
        stop.set()
        thread.join(5)
    assert took < 5


@pytest.mark.django_db
def test_webhook_switched_off_meanwhile_gets_nothing(receiver):
    office = make_office()
    hook = make_hook(office, receiver.url, is_active=False)
    assert send(to_hook(office, hook).pk) == "skipped"
    assert receiver.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.go.th/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://192.168.0.10:8443/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[::127.0.0.1]/",
        "https://[fec0::1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://user:pw@example.go.th/",
        "https:///x",
        "https://example.go.th:99999/",
        "ftp://example.go.th/",
        "file:///etc/passwd",
    ],
)
def test_own_network_and_other_protocols_are_never_asked(url):
    with pytest.raises(Lasting) as refused:
        http.post(url, b"{}", {})
    assert refused.value.address_is_bad is False
