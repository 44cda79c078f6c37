"""Fixtures for every test."""

import datetime as dt
import logging
import os
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

TESTS = Path(__file__).parent
BANGKOK = ZoneInfo("Asia/Bangkok")
# force_login would take the first back end, which only counts failures and knows no users.
LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def pytest_collection_modifyitems(items):
    """Mark browser and PDF tests, and what uses the database, so that script/test can tell."""
    for item in items:
        if item.get_closest_marker("django_db") or "db" in item.fixturenames:
            item.add_marker("database")
        for folder in ("browser", "pdf"):
            if (TESTS / folder) in item.path.parents:
                item.add_marker(folder)


@pytest.fixture
def frozen_today():
    """Stop the clock: `frozen_today(dt.date(2026, 11, 16))` makes it 9:00 that day in Bangkok.

    A second call moves on to another moment; a datetime with a time zone is taken as it is.
    """
    travellers = []

    def stop_at(moment: dt.date | dt.datetime):
        while travellers:
            travellers.pop().stop()
        if not isinstance(moment, dt.datetime):
            moment = dt.datetime.combine(moment, dt.time(9), BANGKOK)
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield stop_at
    while travellers:
        travellers.pop().stop()


@pytest.fixture
def client_for():
    """Return a browser in which the person is signed in: `client_for(user).get(...)`."""

    def signed_in(user, **options) -> Client:
        client = Client(**options)
        client.force_login(user, backend=LOGIN_BACKEND)
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _empty_cache():
    """Let no test see what another one left in the cache (lock-outs, for example)."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _thai_again():
    """Let no test go on in the language in which another one read its last page."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _quiet_weasyprint(request):
    """Fail a test during which WeasyPrint logged an error.

    It swallows drawing errors and goes on with a page that lacks something; the log is the only
    sign. Tests of refused addresses provoke such errors: mark them `weasyprint_errors`.
    """
    errors: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record):
            errors.append(record.getMessage())

    handler = Collect(logging.ERROR)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    if errors and request.node.get_closest_marker("weasyprint_errors") is None:
        pytest.fail("WeasyPrint logged errors:\n" + "\n".join(errors))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Drive the distribution's Chromium; Playwright's own download is never used."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Open pages as our users do: a Thai browser on a 1366×768 screen."""
    return {
        **browser_context_args,
        "locale": "th-TH",
        "timezone_id": "Asia/Bangkok",
        "viewport": {"width": 1366, "height": 768},
    }


@pytest.fixture
def committed_database(transactional_db):
    """A database whose writes are committed, for threads; emptied after the test.

    On SQLite the append-only audit log refuses to be emptied, so its trigger steps aside.
    """
    yield
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_entry_no_delete'")
        (trigger,) = cursor.fetchone()
        cursor.execute("DROP TRIGGER audit_entry_no_delete")
        cursor.execute("DELETE FROM agencies_auditentry")
        cursor.execute(trigger)
