"""Mail servers in trouble: what is tried again, what stops, and what nobody may repeat."""

import socketserver
import threading

import pytest

from notifications.models import AddressFlag
from notifications.sending import seconds_to_wait, send, sweep
from tests.agencies.factories import make_office
from tests.notifications.test_deliveries import come_due, make_delivery


class Server(socketserver.ThreadingTCPServer):
    """Speaks SMTP by a table: what it says to each command; "hang" and "close" are its faults."""

    allow_reuse_address = daemon_threads = True
    usual = {
        "hello": "220 ready",
        "EHLO": "250 fine",
        "MAIL": "250 fine",
        "RCPT": "250 fine",
        "DATA": "354 go on",
        ".": "250 taken",
        "QUIT": "221 bye",
    }

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.says, self.taken, self.over = dict(self.usual), [], threading.Event()


class Conversation(socketserver.StreamRequestHandler):
    def say(self, key: str) -> bool:
        words = self.server.says.get(key, "250 fine")
        if words == "hang":
            self.server.over.wait(5)
        if words in ("hang", "close"):
            return False
        self.wfile.write(f"{words}\r\n".encode())
        return True

    def handle(self):
        goes_on = self.say("hello")
        while goes_on and (line := self.rfile.readline()):
            command = line[:4].decode().strip().upper()
            goes_on = self.say(command)
            if command == "DATA" and self.server.says["DATA"].startswith("354") and goes_on:
                content = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    content += line
                if line:
                    self.server.taken.append(content)
                    goes_on = self.say(".")


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 0.3
    with Server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.over.set()
        running.shutdown()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "words", "expected", "flags"),
    [
        ("hello", "421 too busy", "pending", 0),
        ("hello", "554 no service", "pending", 0),
        ("hello", "hang", "pending", 0),
        ("EHLO", "close", "pending", 0),
        ("MAIL", "451 later", "pending", 0),
        ("MAIL", "550 not from you", "pending", 0),
        ("RCPT", "451 greylisted", "pending", 0),
        ("RCPT", "550 5.1.1 no such person", "failed", 1),
        ("RCPT", "550 unknown", "failed", 1),
        ("RCPT", "554 5.7.1 relay denied", "failed", 0),
        ("RCPT", "hang", "pending", 0),
        ("DATA", "451 later", "pending", 0),
        ("DATA", "hang", "pending", 0),
        (".", "451 later", "pending", 0),
        (".", "421 going down", "pending", 0),
        (".", "550 5.1.1 no such person", "failed", 1),
        (".", "554 5.7.1 looks like spam", "failed", 0),
        (".", "hang", "unknown", 0),
        (".", "close", "unknown", 0),
        ("QUIT", "hang", "sent", 0),
        ("QUIT", "close", "sent", 0),
    ],
)
def test_how_far_the_message_came_decides(server, command, words, expected, flags):
    delivery = make_delivery(make_office())
    server.says[command] = words

    assert send(delivery.pk) == expected

    delivery.refresh_from_db()
    assert (delivery.status, AddressFlag.objects.count()) == (expected, flags)
    # Once the server is well again, only what was surely not taken goes out.
    server.says = dict(server.usual)
    come_due(delivery)
    again = {"pending": "sent"}.get(expected, expected)
    assert (sweep() == [delivery.pk], send(delivery.pk)) == (expected == "pending", again)


@pytest.mark.django_db
def test_message_is_carried_as_it_is(server):
    delivery = make_delivery(make_office())
    delivery.notifications.update(title="บรรทัด", body=".จุดนำหน้า\n..สองจุด")
    assert send(delivery.pk) == "sent"
    (content,) = server.taken
    assert all(line.endswith(b"\r\n") for line in content.splitlines(keepends=True))
    assert b"\n.\r\n" not in content


@pytest.mark.django_db
def test_flagged_address_gets_nothing_more(server):
    office = make_office()
    server.says["RCPT"] = "550 unknown"
    send(make_delivery(office).pk)
    server.says = dict(server.usual)
    assert send(make_delivery(office).pk) == "skipped"
    assert server.taken == []


def test_waits_double_and_keep_to_what_was_asked():
    for tries in range(1, 6):
        assert 60 * 2**tries * 0.75 <= seconds_to_wait(tries) <= 60 * 2**tries * 1.25
    assert 3600 <= seconds_to_wait(1, asked=3600) <= 4500
