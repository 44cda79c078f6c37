"""A real mail server on a free port."""

import re
import socket

import pytest
from aiosmtpd.controller import Controller

REFUSED_FOR_GOOD = "gone@example.com"
REFUSED_FOR_NOW = "busy@example.com"


class Sink:
    """Keeps what arrives; refuses two addresses, as mail servers do."""

    def __init__(self):
        self.arrived: list[bytes] = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == REFUSED_FOR_GOOD:
            return "550 5.1.1 no such person"
        if address == REFUSED_FOR_NOW:
            return "450 4.2.1 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append(envelope.content)
        return "250 OK"

    @property
    def message_ids(self) -> list[str]:
        return [re.search(rb"Message-ID: <(.+?)>", text)[1].decode() for text in self.arrived]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def smtp(settings):
    """A running mail server that the portal sends to; `smtp.arrived` holds the messages."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    sink.port = controller.port
    yield sink
    controller.stop()
