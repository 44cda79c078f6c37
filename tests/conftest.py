"""Fixtures for every test."""

import datetime as dt
import gc
import importlib
import logging
import os
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

# A slow machine is no fault of the code.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")

TESTS = Path(__file__).parent
BANGKOK = ZoneInfo("Asia/Bangkok")
# force_login would take the first back end, which only counts failures and knows no users.
LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Tests of more than 10 s, the longest first: started last, one of them keeps the whole run waiting
# while the other processes have nothing left to do.
LONG_TESTS = (
    "test_a_year_runs_from_its_opening",
    "test_every_page_that_links_lead_to_is_accessible",
    "test_matrix_is_kept_by_every_address",
    "test_main_pages_are_accessible",
    "test_addresses_with_hostile_parameters",
    "test_pages_ask_as_often_at_one_row",
    "test_english_pages_are_accessible",
    "tests/browser/",
)


def _place(item) -> int:
    """Return how early the test starts; those of one place stay in the order of their files."""
    found = (place for place, name in enumerate(LONG_TESTS) if name in item.nodeid)
    return next(found, len(LONG_TESTS))


def pytest_collection_modifyitems(items):
    """Start long tests first; mark what is for a browser, makes PDF files or uses the database."""
    items.sort(key=_place)
    for item in items:
        if item.get_closest_marker("django_db") or "db" in item.fixturenames:
            item.add_marker("database")
        for folder in ("browser", "pdf"):
            if (TESTS / folder) in item.path.parents:
                item.add_marker(folder)


def pytest_collection_finish():
    """Spare the collector of garbage what lives to the end: looking it through is much work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_modify_db_settings, django_db_blocker) -> bool:
    """Begin with a copy of the database that script/test has migrated, where it names one.

    Migrating takes longer than most files of tests, and every process of a run needs a database.
    """
    template = os.environ.get("PMQA_TEST_TEMPLATE")
    if not template:
        return request.config.getvalue("reuse_db")
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        shutil.copyfile(template, name)
        return True
    with django_db_blocker.unblock(), connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Fill in the holidays again after a test that emptied the whole database.

    They come with a migration; tests that follow in the same process count on them.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    is_emptied = marker and marker.kwargs.get("transaction")
    if nextitem and (is_emptied or "transactional_db" in item.fixturenames):
        filling = importlib.import_module("agencies.migrations.0003_holidays_2569_2571")
        with item.config.stash[blocking_manager_key].unblock():
            if not apps.get_model("agencies", "Holiday").objects.exists():
                filling.fill(apps, None)
    return result


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
