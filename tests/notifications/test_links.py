"""Links that speak for one person (replies to invitations) never reach anybody else."""

import json

import pytest

from notifications import due_items
from notifications.channels.webhook import body_of
from notifications.chat_text import chat_text
from notifications.models import Notification
from notifications.reminders import write_reminders
from tests.agencies.factories import make_office
from tests.notifications.factories import before, notice, thing

SECRET = "/invitation/tok3n/"


@pytest.mark.django_db
def test_webhook_and_chat_text_leave_personal_links_out(settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    office = make_office()
    row = notice(office, office.member, url=SECRET)
    content = json.loads(body_of("w1", office.agency, [row]))
    assert content["notices"][0]["url"] == "https://pmqa.example.go.th"
    assert "tok3n" not in chat_text([row])
    open_page = notice(office, office.member)
    assert "https://pmqa.example.go.th/o/office/2570/" in chat_text([open_page])


@pytest.mark.django_db
def test_escalation_does_not_hand_on_a_personal_link(monkeypatch):
    office = make_office()
    rows = [thing(office.champion1, url=SECRET)]
    monkeypatch.setattr(due_items, "_providers", [lambda agency, user: rows])
    write_reminders(office.agency, before(-3))
    (told,) = Notification.objects.filter(rule="escalated")
    assert (told.recipient, told.url) == (office.officer, "")
