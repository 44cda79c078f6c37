"""The briefing has a page a category and the executive page is one page, however long texts are."""

from itertools import chain

import pytest

from assessments.models import Evidence, Finding, Indicator
from documents import papers
from improvement.enums import PlanStatus
from improvement.models import Action, ImprovementPlan, PlanPoint
from reports.award.queries import award_cycle
from reports.briefing.site_visit import briefing_context
from tests.assessments.factories import add_evidence, add_finding, add_indicator, make_assessment
from tests.permission_matrix.world import YEAR, make_office

pytestmark = pytest.mark.django_db
LONG = "พัฒนาระบบการให้บริการและการรับฟังความคิดเห็นของผู้รับบริการอย่างต่อเนื่อง " * 8


@pytest.fixture
def cycle():
    office = make_office("one")
    started = make_assessment(office)
    by = office.people["officer"]
    for code in ("3.1", "3.2", "7.1", "7.2"):
        answer = started.answer(code)
        for kind in ("strength", "ofi"):
            for _each in range(2):
                add_finding(answer, by, kind, LONG)
        add_evidence(answer, by)
    Evidence.objects.update(title=LONG[:200])
    for code in ("7.1", "7.2", "7.3", "7.4"):
        add_indicator(started.answer(code), value=50, target=90, name=LONG[:200])
    return award_cycle(by, office.agency, YEAR)


def page_number(page) -> str:
    """Return the number of the category that the page is about."""
    return next(name for name in page.places if name.startswith("category-"))[-1]


def test_briefing_has_a_cover_and_a_page_a_category(cycle):
    drawn = papers.render("site-visit-briefing", cycle)
    assert drawn.page_count == 8
    assert [drawn.layout.page_of(f"category-{number}") for number in range(1, 8)] == [*range(2, 9)]
    assert "ตัวอักษร)" in drawn.html and "… และอีก" in drawn.html
    for page in drawn.layout.pages[1:]:
        number = page_number(page)
        assert page.places[f"columns-{number}"][1] <= page.places[f"body-{number}"][1]


def test_briefing_tells_what_was_done_about_an_ofi_and_what_may_be_asked(cycle):
    plan = ImprovementPlan.objects.create(cycle=cycle, status=PlanStatus.IN_PROGRESS)
    ofi = Finding.objects.filter(kind="ofi", item_answer__item__code="3.1").first()
    Finding.objects.filter(pk=ofi.pk).update(text="ยังไม่ติดตามผล")
    Finding.objects.filter(item_answer__item__code__startswith="7").delete()
    Indicator.objects.update(name="ร้อยละผู้เรียน")
    point = PlanPoint.objects.create(plan=plan, kind="ofi", finding=ofi, text="ยังไม่ติดตามผล")
    when = {"starts_on": "2026-10-01", "ends_on": "2026-10-31"}
    done = {"status": "done", "done_on": "2026-10-20", "outcome": "ลดเวลา 3 วัน"}
    Action.objects.create(
        plan=plan, point=point, title="ติดตามทุกเดือน", category_number=3, **when, **done
    )
    pages = {page["number"]: page for page in briefing_context(cycle)["pages"]}
    said = list(chain.from_iterable(pages[3]["columns"]))
    assert [block["heading"] for block in said if block["heading"]] == [
        "จุดเด่น",
        "โอกาสในการปรับปรุง (OFI) และการดำเนินการ",
        "หลักฐานที่พร้อมแสดง",
        "ประเด็นที่อาจถูกถาม",
    ]
    assert (
        "ยังไม่ติดตามผล",
        "ดำเนินการแล้วเสร็จ 20 ต.ค. 2569: ติดตามทุกเดือน ผล: ลดเวลา 3 วัน",
    ) in [block["row"] for block in said]
    assert any(block["row"][0].startswith("3.1 (พื้นฐาน) ") for block in said if block["row"])
    lacking = ["จุดเด่น", "โอกาสในการปรับปรุง (OFI) และการดำเนินการ", "หลักฐานที่พร้อมแสดง"]
    assert pages[1]["lacking"] == lacking
    asked = [block["row"] for block in chain.from_iterable(pages[7]["columns"])]
    assert ("7.1 ร้อยละผู้เรียน: ผล 50 ยังไม่ถึงเป้าหมาย 90",) in asked


def test_executive_page_is_one_page(cycle):
    plan = ImprovementPlan.objects.create(cycle=cycle, status=PlanStatus.IN_PROGRESS)
    Action.objects.bulk_create(
        Action(
            plan=plan,
            title=LONG[:200],
            category_number=1,
            starts_on="2026-10-01",
            ends_on="2026-10-31",
            budget=1000,
        )
        for _each in range(9)
    )
    drawn = papers.render("executive-page", cycle)
    assert drawn.page_count == 1
    places = drawn.layout.pages[0].places
    assert places["lower"][1] <= places["sheet"][1]
    assert "ยังไม่มีผลที่หน่วยงานกลางประกาศสำหรับปีนี้" in drawn.html
    assert drawn.html.count("op-mark--late") >= 5
