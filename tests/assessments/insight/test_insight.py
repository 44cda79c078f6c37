"""The assessment in depth, and the list of all years."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agencies.models import AgencyMembership
from assessments.answering import add_finding, answer_line
from assessments.insight.page import present, tint_of
from assessments.insight.themes import Said, themes_of
from assessments.insight.years import years_of
from assessments.models import Assessment
from tests.assessments.factories import YEAR, make_assessment
from tests.permission_matrix.world import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office("one")


def frozen(started, total="250.00000", category="100.00000"):
    """Give the assessment the snapshot of an acceptance."""
    parts = [{"number": number, "score": category, "items": []} for number in range(1, 8)]
    Assessment.objects.filter(pk=started.assessment.pk).update(
        status="accepted", snapshot={"total": total, "categories": parts}
    )


def test_years_of_one_scale_are_compared_and_others_stand_apart(office):
    frozen(make_assessment(office, YEAR - 3), "150.00000")
    frozen(make_assessment(office, YEAR - 2, edition="pmqa-2562"), "480.00000")
    frozen(make_assessment(office, YEAR - 1), "250.00000")
    make_assessment(office)
    years = years_of(office.agency, YEAR)
    assert [(row.year, row.total) for row in years.comparable] == [
        (YEAR - 3, Decimal("150.00000")),
        (YEAR - 1, Decimal("250.00000")),
        (YEAR, Decimal("0.00000")),
    ]
    assert [(row.year, row.total, row.total_points) for row in years.others] == [
        (YEAR - 2, Decimal("480.00000"), Decimal("1000.00"))
    ]
    context = present(office.agency, YEAR)
    table = context["year_table"]
    assert [row["year"] for row in table["heads"]] == [YEAR - 3, YEAR - 1, YEAR]
    assert table["rows"][0]["cells"] == ["1.00", "1.00", "0.00"]
    assert table["total"] == ["1.50", "2.50", "0.00"]


def test_levels_and_heat_count_lines_and_link_to_the_item(office):
    started = make_assessment(office)
    answer = started.answer("1.1")
    basic = answer.item.lines.filter(level="basic")
    for line in basic:
        answer_line(answer, line, "yes", office.people["officer"])
    context = present(office.agency, YEAR)
    first = context["heat"][0]["items"][0]
    count = basic.count()
    assert (first["code"], first["score"], first["percent"], first["tint"]) == (
        "1.1",
        "3.00",
        60,
        3,
    )
    assert (first["levels"][0]["words"], first["levels"][0]["tint"]) == (f"{count}/{count}", 5)
    assert first["address"] == f"/o/one/{YEAR}/assessment/item/{answer.pk}/"
    cell = context["levels"][0]["cells"][0]
    assert (cell["yes"], cell["whole"], context["levels"][0]["items"]) == (count, 1, 4)


@pytest.mark.parametrize(
    ("percent", "tint"),
    [(None, None), (0, 0), (1, 1), (24.9, 1), (25, 2), (50, 3), (75, 4), (99.9, 4), (100, 5)],
)
def test_tint_of_share(percent, tint):
    assert tint_of(percent) == tint


def test_findings_belong_to_each_theme_they_speak_of():
    found, rest = themes_of(
        [
            Said("ofi", "ยังไม่วัดผล การทบทวนยังไม่ครบ", "1.1", "#a"),
            Said("strength", "ข้อมูลครบถ้วน", "4.1", "#b"),
            Said("ofi", "xyz", "2.1", "#c"),
        ]
    )
    assert [(row.title, len(row.strengths), len(row.ofis)) for row in found] == [
        ("ข้อมูล การวัด และดิจิทัล", 1, 1),
        ("การทบทวนและปรับปรุง", 0, 1),
    ]
    assert [row.text for row in rest] == ["xyz"]


def test_insight_page_asks_the_same_for_many_findings(
    office, client_for, django_assert_num_queries
):
    started = make_assessment(office)
    by, client = office.people["officer"], client_for(office.people["observer"])
    address = reverse("assessments:insight", args=["one", YEAR])
    add_finding(started.answer("1.1"), "ofi", "ยังไม่วัดผล", by)
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for code in ("1.1", "2.1", "3.2", "7.1"):
        add_finding(started.answer(code), "strength", "ผู้รับบริการ <b>พอใจ</b>", by)
    with django_assert_num_queries(len(few)):
        page = client.get(address).content.decode()
    assert len(few) <= 15
    assert "ผู้รับบริการ &lt;b&gt;พอใจ&lt;/b&gt;" in page
    assert f"/assessment/item/{started.answer('2.1').pk}/#findings" in page


def test_insight_of_a_year_without_assessment_is_not_found(office, client_for):
    address = reverse("assessments:insight", args=["one", YEAR])
    assert client_for(office.people["officer"]).get(address).status_code == 404


def test_sixty_assessments_are_listed_in_few_queries(
    office, client_for, django_assert_max_num_queries
):
    for year in range(YEAR - 59, YEAR + 1):
        started = make_assessment(office, year)
        if year == YEAR - 1:
            frozen(started)
    client = client_for(office.people["officer"])
    address = reverse("assessments:assessment-list", args=["one", YEAR])
    client.get(address)
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert page.count('/assessment/">25') == 50
    assert "2.50" in page and "หน้า 1 จาก 2" in page
    found = client.get(address, {"q": "๒๕๖๙"}).content.decode()
    assert found.count('/assessment/">25') == 1
    assert "ไม่พบ" in client.get(address, {"q": "ไม่มีทาง"}).content.decode()


def test_offices_below_are_listed_only_for_their_members(office, client_for):
    below = make_office("below", "below-")
    below.agency.parent = office.agency
    below.agency.save()
    make_assessment(below)
    client = client_for(office.people["officer"])
    address = reverse("assessments:assessment-list", args=["one", YEAR])
    assert "สำนักงานทดสอบ below" not in client.get(address).content.decode()
    AgencyMembership.objects.create(
        agency=below.agency, user=office.people["officer"], role="observer"
    )
    assert "สำนักงานทดสอบ below" in client.get(address).content.decode()
