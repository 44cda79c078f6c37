"""The form of a letter keeps every word: the line cut, somebody else's text, the way back."""

from playwright.sync_api import expect

from reports.letters import writing
from reports.models import Letter
from tests.agencies.factories import make_office
from tests.reports.letters.factories import make_letter

SAVED = 15_000


def told(page, state):
    expect(page.locator("form .as-save")).to_have_attribute("data-state", state, timeout=SAVED)


def no_writing(route):
    """Let pages through and lose what they send."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_letter_loses_no_word(committed_database, live_server, visit):
    office = make_office()
    letter = make_letter(office, subject="เดิม")
    visitor = visit(office.people["officer"].username)
    page = visitor.page
    visitor.open(office.url(f"2570/letters/{letter.pk}/edit/"))

    # Nothing gets through: all fields stay on the machine, over a new start of the page.
    page.route("**/edit/", no_writing)
    page.fill("[name=subject]", "เขียนตอนออฟไลน์")
    page.select_option("[name=speed]", "urgent")
    page.uncheck("[name=has_note_space]")
    told(page, "offline")
    page.reload()
    told(page, "restored")
    page.unroute("**/edit/")
    told(page, "saved")
    expect(page.locator("[name=subject]")).to_have_value("เขียนตอนออฟไลน์")

    # Of a letter that is secret nothing stays on the machine.
    page.route("**/edit/", no_writing)
    page.select_option("[name=secrecy]", "secret")
    told(page, "offline")
    expect(page.locator("form .as-save")).to_contain_text("เปิดหน้านี้ค้างไว้")
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.includes('/letters/'))") == []
    )
    page.unroute("**/edit/")
    page.locator("[name=secrecy]").blur()
    told(page, "saved")

    stored = Letter.objects.get()
    assert (stored.subject, stored.speed, stored.secrecy) == ("เขียนตอนออฟไลน์", "urgent", "secret")
    assert not stored.has_note_space

    # Somebody else saves: both texts are there, and the person's goes over it and back.
    writing.save(letter, {"subject": "ของอีกคน"}, version=stored.version, by=office.director)
    page.fill("[name=addressee]", "เลขาธิการ")
    page.keyboard.press("Tab")
    told(page, "conflict")
    expect(page.locator("[data-pmqa-conflict-text]:visible")).to_contain_text("เรื่อง: ของอีกคน")
    page.locator("form [data-pmqa-keep-mine]").click()
    told(page, "saved")
    page.locator(".pmqa-rich__text").fill("ข้อความใหม่")
    page.locator("[data-pmqa-save-button]").click()
    page.wait_for_url(f"**/letters/{letter.pk}/")
    stored.refresh_from_db()
    assert (stored.subject, stored.addressee) == ("เขียนตอนออฟไลน์", "เลขาธิการ")
    assert stored.body == "<p>ข้อความใหม่</p>"
