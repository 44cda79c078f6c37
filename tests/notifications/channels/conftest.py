import json

import pytest

from notifications.channels import http
from notifications.models import ContactSettings
from tests.agencies.factories import make_office
from tests.notifications.stand_in import StandIn
from tests.notifications.test_deliveries import make_delivery

LINE_ID = "U4af4980629aaaabbbbccccddddeeeeff"


class LineRules:
    """Checks what LINE's reference demands of a push; answers what the test set."""

    def __init__(self):
        self.answer = (200, {}, {"sentMessages": [{"id": "1", "quoteToken": "q"}]})
        self.faults = []

    def __call__(self, asked):
        if (asked.method, asked.path) != ("POST", "/v2/bot/message/push"):
            self.faults.append(f"{asked.method} {asked.path}")
        if asked.headers.get("authorization") != "Bearer token-of-the-office":
            return 401, {}, json.dumps({"message": "Authentication failed"}).encode()
        if asked.headers.get("content-type") != "application/json":
            self.faults.append(asked.headers.get("content-type"))
        content = json.loads(asked.body)
        if set(content) != {"to", "messages"} or not 1 <= len(content["messages"]) <= 5:
            self.faults.append(content)
        for message in content["messages"]:
            if message["type"] != "text" or len(message["text"].encode("utf-16-le")) > 10000:
                self.faults.append(message)
        status, headers, body = self.answer
        return status, headers, json.dumps(body).encode()


@pytest.fixture
def line(settings, monkeypatch):
    """A stand-in for LINE that the portal is set up to use; `line.rules.answer` is its answer."""
    monkeypatch.setattr(http, "SECONDS", 0.3)
    rules = LineRules()
    with StandIn(rules) as server:
        settings.LINE_API_URL = server.url
        settings.LINE_CHANNEL_ACCESS_TOKEN = "token-of-the-office"
        settings.LINE_CHANNEL_SECRET = "secret-of-the-channel"
        server.rules = rules
        yield server
    assert rules.faults == []


@pytest.fixture
def push(db):
    """Return a LINE message that waits to be sent to a linked officer."""
    office = make_office()
    ContactSettings.objects.create(user=office.officer, line_user_id=LINE_ID)
    return make_delivery(office, channel="line", message_id="a@pmqa-portal")
