"""Redis stopped and emptied: every page still opens, and every message arrives once."""

import http.client
import time
from urllib.parse import urlencode

import pytest
from django.test import Client

from core import clock
from notifications.models import Carriage, Delivery, Notification
from tests.agencies.factories import make_office
from tests.conftest import LOGIN_BACKEND
from tests.notifications.conftest import Sink
from tests.soak.processes import LONG, mail_server, wait_until

AWAY = 120 if LONG else 4
SLOWEST = 10
MESSAGES = 60 if LONG else 8
TOKEN = "a" * 32


def failed_messages(office, count: int) -> list[int]:
    """Messages that an operator may send again, each with one notice."""
    made = []
    for number in range(count):
        told = {"agency": office.agency, "recipient": office.officer}
        now = clock.now()
        delivery = Delivery.objects.create(
            **told, status="failed", message_id=f"{number}@pmqa-portal", next_try_at=now
        )
        notice = Notification.objects.create(
            **told,
            rule="d7",
            object_type="soak.thing",
            object_id=str(number),
            due_on=clock.today(),
            title="งาน",
            url="/",
            created_at=now,
        )
        Carriage.objects.create(notification=notice, channel="email", delivery=delivery)
        made.append(delivery.pk)
    return made


class Browser:
    """Asks the real web server as a signed-in person and notes how long each page took."""

    def __init__(self, port: int, person):
        client = Client()
        client.force_login(person, backend=LOGIN_BACKEND)
        session = client.cookies["sessionid"].value
        self.port, self.seen = port, []
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, method: str, path: str) -> int:
        body = urlencode({"csrfmiddlewaretoken": TOKEN}) if method == "POST" else None
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, self.headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        self.seen.append((answer.status, path, time.monotonic() - started))
        return answer.status


@pytest.mark.soak
@pytest.mark.redis
def test_no_page_fails_and_everything_arrives_when_redis_was_away(processes, redis_server):
    office = make_office()
    messages = failed_messages(office, MESSAGES)
    sink = Sink()
    with mail_server(sink) as port:
        group = processes(port)
        group.worker(1, children=2)
        group.scheduler(1)
        browser = Browser(group.web(), office.officer)
        ready = lambda: browser.ask("GET", "/readyz") == 200  # noqa: E731 - asked twice
        wait_until(ready, 60, "the scheduler knocks")
        browser.seen.clear()

        redis_server.stop()
        end = time.monotonic() + AWAY
        while time.monotonic() < end or messages:
            browser.ask("GET", office.url("notifications/messages/"))
            if messages:
                pk = messages.pop()
                browser.ask("POST", office.url(f"notifications/messages/{pk}/again/"))
            time.sleep(min(0.2, AWAY / 100))
        redis_server.start()

        sent = lambda: Delivery.objects.filter(status="sent").count()  # noqa: E731 - as above
        try:
            wait_until(lambda: sent() == MESSAGES, 90, "all messages are sent")
            wait_until(ready, 60, "the portal is ready again")
        except AssertionError:
            print(group.logs())
            raise
        group.stop()

    pages = [page for page in browser.seen if page[1] != "/readyz"]
    assert [page for page in pages if page[0] not in (200, 302)] == []
    assert [page for page in pages if page[2] > SLOWEST] == []
    assert len(sink.message_ids) == len(set(sink.message_ids)) == MESSAGES
