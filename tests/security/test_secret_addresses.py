"""Secret addresses open a calendar or an invitation; no log of ours may give them away."""

import io
import logging

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from tests.agencies.factories import make_office
from workflows import feeds
from workflows.feeds import MOST_READS

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Return what the portal's own log handler writes."""
    config = settings.LOGGING["handlers"]["console"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    for name in config.get("filters", []):
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    root = logging.getLogger("django.request")
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_token_of_a_calendar_read_too_often_is_not_logged(log):
    office = make_office()
    _feed, token = feeds.issue_feed(office.agency, office.member)
    client = Client(REMOTE_ADDR="192.0.2.7")
    answers = [client.get(f"/calendar/{token}.ics").status_code for _n in range(MOST_READS + 1)]
    assert answers[-1] == 429
    assert "Too Many Requests: /calendar/" in log.getvalue()
    assert token not in log.getvalue()


@pytest.mark.parametrize("path", ["/meetings/reply/{}/", "/meetings/door/{}/"])
def test_tokens_of_invitations_and_doors_are_not_logged(log, path):
    address = path.format("n0-such-token_of-anybody")
    client = Client(REMOTE_ADDR="192.0.2.8")
    client.force_login(make_office().member)
    assert client.get(address).status_code == 404
    assert "Not Found: /meetings/" in log.getvalue()
    assert "n0-such-token" not in log.getvalue()


def test_other_addresses_are_logged_as_they_are(log):
    Client().get("/calendar-of-nobody/")
    assert "/calendar-of-nobody/" in log.getvalue()


def test_proxies_keep_no_log_of_secret_addresses():
    nginx = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
    secret = nginx.partition("location ~ ^/(calendar|meetings)/ {")[2].partition("}")[0]
    assert "access_log off;" in secret
    assert "proxy_pass http://127.0.0.1:8000;" in secret
    assert "log" not in (settings.BASE_DIR / "deploy/Caddyfile").read_text()
