"""A real mail server, as the tests of messages have it."""

from tests.notifications.conftest import smtp

__all__ = ["smtp"]
