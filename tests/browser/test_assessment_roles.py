"""One category through all hands: handed out, written, returned, accepted; the observer reads."""

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment, Comment, ItemAnswer, ItemAssignment
from tests.agencies.factories import make_office
from tests.assessments.factories import answer_all, make_assessment

SAVED = 15_000


@pytest.fixture
def started(committed_database, live_server):
    """An office whose category 1 lacks one narrative, the others accepted."""
    office = make_office()
    started = make_assessment(office)
    for number in range(1, 8):
        answer_all(started.category(number), office.officer)
    started.assessment.categories.exclude(category__number=1).update(status="accepted")
    ItemAnswer.objects.filter(pk=started.answer("1.1").pk).update(narrative="")
    return office, started


def test_category_goes_through_every_hand(started, visit):
    office, year = started
    item = year.answer("1.1")

    def opened(person, path, **options):
        visitor = visit(office.people[person].username, **options)
        visitor.open(office.url(f"2570/{path}"))
        return visitor

    # The champion hands the item out; the guard says what is missing.
    champion = opened("champion1", f"assessment/category/1/share/?item={item.pk}")
    champion.page.get_by_label(str(office.member)).check()
    champion.send("form.sh-form")
    assert ItemAssignment.objects.get().user == office.member

    # The member finds it in the own work, writes it and ticks it.
    member = opened("member", "")
    member.press(member.page.locator(f"main a[href*='/assessment/item/{item.pk}/']"))
    member.page.fill("textarea[name=narrative]", "มีระบบและทบทวนทุกปีตั้งแต่ปี 2566")
    saved = member.page.locator("#narrative .as-save")
    expect(saved).to_have_attribute("data-state", "saved", timeout=SAVED)
    member.send("#sharing form")
    assert ItemAssignment.objects.get().done_at is not None

    # The champion submits; the secretary returns with a remark on the item.
    champion.open(office.url("2570/assessment/category/1/"))
    champion.send_to("/category/1/submit/")
    secretary = opened("officer", "assessment/category/1/")
    secretary.page.locator("form[action$='/return/']").locator("xpath=ancestor::details").locator(
        "summary"
    ).first.click()
    secretary.page.fill("form[action$='/return/'] [name=comment]", "ขอแก้หนึ่งข้อ")
    secretary.page.fill(f"[name=remark_{item.pk}]", "ระบุผู้รับผิดชอบ")
    secretary.send_to("/category/1/return/")
    assert Comment.objects.get().text == "ระบุผู้รับผิดชอบ"

    # The champion settles the remark and submits again; the secretary accepts.
    champion.open(office.url("2570/assessment/category/1/"))
    champion.send("#review form")
    champion.send_to("/category/1/submit/")
    secretary.open(office.url("2570/assessment/category/1/"))
    secretary.send_to("/category/1/accept/")

    # The director accepts the whole on a phone.
    director = opened("director", "assessment/", phone=True)
    director.send_to("/assessment/accept/")
    assert Assessment.objects.get().status == "accepted"

    # The observer reads, may look at the pages, and has nothing else to press.
    observer = opened("observer", f"assessment/item/{item.pk}/")
    expect(observer.page.locator("#comments")).to_contain_text("ระบุผู้รับผิดชอบ")
    writing = "main form[method=post]:not([data-pmqa-preview])"
    assert observer.page.locator(writing).count() == 0
    for visitor in (champion, member, secretary, director, observer):
        assert visitor.reports == []
