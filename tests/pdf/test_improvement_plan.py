"""The improvement plan on paper: rows, money, digits, many actions, long words."""

import datetime as dt
import re
import subprocess
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import papers
from documents.pdf_rendering import draw_here
from improvement.documents import plan_context
from improvement.models import Action, ImprovementPlan
from tests.agencies.factories import make_office
from tests.assessments.factories import make_open_cycle
from tests.pdf.cells import watch_cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")


@pytest.fixture
def plan(office):
    cycle = make_open_cycle(office.agency, by=office.officer)
    return ImprovementPlan.objects.create(cycle=cycle)


def add_action(plan, office, **fields):
    values = {
        "title": "ทบทวนคู่มือการปฏิบัติงาน",
        "category_number": 6,
        "owner": office.officer,
        "starts_on": dt.date(2026, 10, 1),
        "ends_on": dt.date(2027, 3, 31),
        "measure": "ร้อยละความสำเร็จ",
        "target": "ร้อยละ 90",
        "budget": Decimal("25000.50"),
        "order": plan.actions.count(),
    }
    return Action.objects.create(plan=plan, **(values | fields))


def rendered(plan):
    return papers.render("improvement-plan", plan.cycle, draw=draw_here)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return " ".join(done.stdout.decode().split())


def test_plan_prints_its_rows_and_their_sum(plan, office):
    add_action(plan, office)
    add_action(plan, office, title="อบรมผู้รับผิดชอบตัวชี้วัด", budget=Decimal(1200000))
    assert plan_context(plan.cycle)["totals"]["budget"] == Decimal("1225000.50")
    text = text_of(rendered(plan).pdf)
    assert "แผนปรับปรุงองค์การ ประจำปีงบประมาณ พ.ศ. ๒๕๗๐" in text
    assert text.count("ทบทวนคู่มือการปฏิบัติงาน") == 1
    assert "๑,๒๐๐,๐๐๐" in text
    assert "รวม ๒ กิจกรรม" in text
    assert "๑,๒๒๕,๐๐๐.๕๐" in text


def test_arabic_digits_by_office_setting(plan, office):
    office.agency.paper_digits = "arabic"
    office.agency.save()
    plan.cycle.agency.refresh_from_db()
    add_action(plan, office)
    text = text_of(rendered(plan).pdf)
    assert "พ.ศ. 2570" in text
    assert not re.search("[๐-๙]", text)


def test_many_long_actions_stay_inside_their_cells(plan, office, monkeypatch, caplog):
    overflowing = []
    watch_cells(monkeypatch, overflowing)
    long = f"{'x' * 70} ผู้มีส่วนได้ส่วนเสีย{'ก' * 60}"
    for number in range(15):
        fields = {"title": long, "measure": long} if number % 7 == 0 else {}
        add_action(plan, office, **fields, target=long[:100], budget=Decimal("123456789.50"))
    paper = rendered(plan)
    assert paper.page_count > 2
    assert overflowing == []
    assert [row.message for row in caplog.records if row.name == "weasyprint"] == []


def test_plan_without_actions_says_so(plan):
    assert "ยังไม่มีกิจกรรม" in text_of(rendered(plan).pdf)


def test_queries_do_not_grow_with_the_rows(plan, office):
    counts = []
    for number in (1, 6):
        while plan.actions.count() < number:
            add_action(plan, office)
        with CaptureQueriesContext(connection) as done:
            plan_context(plan.cycle)
        counts.append(len(done))
    assert counts[0] == counts[1]
