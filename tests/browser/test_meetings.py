"""From last year's committees to an overdue resolution in somebody's "งานของฉัน"."""

import pytest
from playwright.sync_api import expect

from agencies.models import Agency, User
from committees.demo import load_committees
from committees.models import AgendaItem, Meeting
from tests.browser.visitor import Visitor
from tests.browser.year_steps import draft_order, sign_order

SAVED = 15_000


@pytest.fixture
def office(demo_office, on_day):
    on_day("2026-10-05")
    agency = Agency.objects.get(code="demo")
    load_committees(agency, 2569, User.objects.get(username="officer"))
    return agency


def call_meeting(officer: Visitor) -> Meeting:
    """Call a meeting of the Working Team and send the invitations."""
    officer.open("meetings/new/")
    officer.find("[name=committees]").last.check()
    officer.fill(day="20/10/2569", starts="13.30", place="ห้องประชุม 1")
    officer.press("form.meetings-form button.btn-primary")
    meeting = Meeting.objects.get()
    officer.open(f"meetings/{meeting.pk}/people/")
    officer.send_to("/people/fill/")
    officer.open(f"meetings/{meeting.pk}/")
    officer.send_to("/call/")
    return meeting


class Minutes:
    """One secretary at an item of the minutes."""

    def __init__(self, visitor: Visitor, meeting: Meeting, item: AgendaItem):
        self.visitor = visitor
        self.page = visitor.page
        visitor.open(f"meetings/{meeting.pk}/minutes/?item={item.pk}")

    def type(self, words: str) -> None:
        self.page.locator(".pmqa-rich__text").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(words)

    def state(self, name: str) -> None:
        place = self.page.locator(".mm-typing__bar [data-pmqa-save-state]")
        expect(place).to_have_attribute("data-state", name, timeout=SAVED)


def test_committees_meet_and_a_resolution_becomes_overdue(office, on_day, visit):
    officer = visit("officer")
    officer.open("committees/copy/")
    officer.press("form[method=post] button.btn-primary")
    officer.open("committees/")
    draft_order(officer)
    sign_order(visit("director"), "12", "5/10/2569")

    meeting = call_meeting(officer)
    on_day("2026-10-20")
    officer.open(f"meetings/{meeting.pk}/attendance/")
    officer.send_to("/attendance/all/")
    item = meeting.agenda.filter(kind="for_consideration").first()

    # Two secretaries type the same item: the later one sees both texts, and nothing is lost.
    first, second = (Minutes(each, meeting, item) for each in (officer, visit("officer")))
    first.type("ของคนแรก")
    first.state("saved")
    second.type("ของคนที่สอง")
    second.state("conflict")
    expect(second.page.locator("[data-pmqa-conflict-text]")).to_have_text("ของคนแรก")
    expect(second.page.locator(".pmqa-rich__text")).to_contain_text("ของคนที่สอง")
    second.type(" ของคนแรก")
    second.page.locator("[data-pmqa-keep-mine]").click()
    second.state("saved")
    item.refresh_from_db()
    assert item.minutes_text == "<p>ของคนที่สอง ของคนแรก</p>"

    # A resolution saves itself, is confirmed, and waits for its owner until it is overdue.
    owner = User.objects.get(username="champion4")
    second.visitor.press("button.mm-kind[value=assigned]")
    second.page.fill("form.mm-res [name=text]", "เก็บผลตัวชี้วัดรอบ 9 เดือน")
    second.page.fill("form.mm-res [name=owner]", owner.get_full_name())
    second.page.fill("form.mm-res [name=due_on]", "30/10/2569")
    saved = second.page.locator("[data-pmqa-resolution-state]")
    expect(saved).to_have_attribute("data-state", "saved", timeout=SAVED)
    second.visitor.press("form.mm-res button[value=confirm]")
    on_day("2026-11-02")
    champion = visit("champion4", phone=True)
    champion.open("")
    champion.sees("เก็บผลตัวชี้วัดรอบ 9 เดือน", "เลยกำหนด 3 วัน")
    assert [each.reports for each in (officer, second.visitor, champion)] == [[], [], []]
