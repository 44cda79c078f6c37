"""Browser tests: the demo office behind a live server, people in Chromium, and no hidden faults."""

import logging

import pytest

from agencies.demo import load_office
from agencies.models import User
from assessments.criteria.importing import load_editions
from tests.browser.visitor import Visitor
from workflows.sop.files import import_sop, read_sop, shipped_files

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _no_server_fault():
    """Fail a test during which a page of the live server ended in an error."""
    faults: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record):
            if record.exc_info:
                faults.append(f"{record.getMessage()}: {record.exc_info[1]!r}")

    handler = Collect(logging.ERROR)
    loggers = [logging.getLogger(name) for name in ("django.request", "documents")]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)
    if faults:
        pytest.fail("The server failed:\n" + "\n".join(faults))


@pytest.fixture
def demo_office(committed_database, live_server, settings):
    """The demo office on its first day: people, SOPs and criteria, no fiscal year open yet."""
    settings.DEMO = True
    agency = load_office()
    load_editions()
    for path in shipped_files().values():
        sop = read_sop(path.read_text(encoding="utf-8"))
        import_sop(sop, agency, User.objects.get(username="officer"))
    return live_server.url


@pytest.fixture
def on_day(settings):
    """Turn the portal's calendar: `on_day("2027-06-15")`."""

    def turn(day: str) -> None:
        settings.PMQA_TODAY = day

    settings.DEMO = True
    return turn


@pytest.fixture
def visit(browser, browser_context_args, live_server):
    """Sign people in, each with a browser of their own: `visit("director", phone=True)`."""
    contexts = []

    def signed_in(username: str, *, phone: bool = False, **options) -> Visitor:
        options = {"viewport": PHONE if phone else DESK, "has_touch": phone, **options}
        context = browser.new_context(**{**browser_context_args, **options})
        contexts.append(context)
        visitor = Visitor(context.new_page(), live_server.url)
        visitor.sign_in(username)
        return visitor

    yield signed_in
    for context in contexts:
        context.close()
