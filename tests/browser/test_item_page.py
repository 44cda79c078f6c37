"""The item page keeps every word: the line cut, two people on one text, a lost sign-in."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from assessments.models import ItemAnswer, LineNote
from tests.agencies.factories import PASSWORD, make_office
from tests.assessments.factories import make_assessment

SAVED = 15_000


@pytest.fixture
def page_of_item(committed_database, live_server, visit):
    """Open item 1.1 of a started year in a browser of the person's own."""
    office = make_office()
    answer = make_assessment(office).answer("1.1")
    path = office.url(f"2570/assessment/item/{answer.pk}/")

    def opened(name: str):
        visitor = visit(office.people[name].username)
        visitor.open(path)
        return visitor.page, office.people[name].username

    return opened


def told(page, state, box="#narrative"):
    shown = page.locator(f"{box} .as-save")
    expect(shown).to_have_attribute("data-state", state, timeout=SAVED)


def test_no_word_is_lost(page_of_item):
    (champion, _name), (member, username) = page_of_item("champion1"), page_of_item("member")
    narrative = "textarea[name=narrative]"

    # The line is cut while typing: the text stays on the machine and goes out afterwards.
    champion.context.set_offline(True)
    champion.fill(narrative, "เขียนตอนออฟไลน์")
    told(champion, "offline")
    champion.context.set_offline(False)
    told(champion, "saved")
    assert ItemAnswer.objects.get(item__code="1.1").narrative == "เขียนตอนออฟไลน์"
    member.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(member.locator("[data-pmqa-presence-text]")).to_contain_text("กำลังแก้ไข", timeout=30_000)

    # Somebody else wrote on the old version: both texts are shown, and both can stay.
    member.fill(narrative, "ของทีม")
    told(member, "conflict")
    expect(member.locator("#narrative [data-pmqa-conflict-text]")).to_have_text("เขียนตอนออฟไลน์")
    assert member.input_value(narrative) == "ของทีม"
    member.fill(narrative, "เขียนตอนออฟไลน์ และของทีม")
    member.locator("#narrative [data-pmqa-keep-mine]").click()
    told(member, "saved")

    # The sign-in ends while a line is explained: the words come back after signing in again.
    note = member.locator("details.as-note").first
    note.locator("summary").click()
    Session.objects.all().delete()
    note.locator("textarea").fill("ทบทวนทุกไตรมาส")
    expect(note.locator(".as-save")).to_have_attribute("data-state", "signedout", timeout=SAVED)
    note.locator(".as-save a").click()
    member.fill("[name=login]", username)
    member.fill("[name=password]", PASSWORD)
    member.locator("form[action='/accounts/login/'] button[type=submit]").first.click()
    expect(note.locator("textarea")).to_have_value("ทบทวนทุกไตรมาส", timeout=SAVED)
    expect(note.locator(".as-save")).to_have_attribute("data-state", "saved", timeout=SAVED)
    assert LineNote.objects.get().text == "ทบทวนทุกไตรมาส"
    assert ItemAnswer.objects.get(item__code="1.1").narrative == "เขียนตอนออฟไลน์ และของทีม"
