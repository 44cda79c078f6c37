"""The briefing has a page a category and the executive page is one page, however long texts are."""

import pytest

from assessments.models import Evidence
from documents import papers
from improvement.enums import PlanStatus
from improvement.models import Action, ImprovementPlan
from reports.award.queries import award_cycle
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
    assert "… และอีก ๓ ข้อ" in drawn.html and "… และอีก ๑ ตัวชี้วัด" in drawn.html
    for page in drawn.layout.pages[1:]:
        number = page_number(page)
        assert page.places[f"columns-{number}"][1] <= page.places[f"category-{number}"][1]


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
