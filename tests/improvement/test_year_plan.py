"""The plan over its year: which year, which bars leave it, and money by quarter."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from improvement.models import Action, Project
from improvement.plan_sheet import write_sheet
from improvement.year_plan import Filter, shown_year, year_plan
from tests.agencies.factories import make_office
from tests.improvement.factories import add_action, make_plan

TODAY = dt.date(2027, 3, 15)


def test_year_in_which_most_actions_begin_is_shown():
    def begin(*days):
        return [Action(starts_on=day) for day in days]

    last, first = dt.date(2027, 9, 30), dt.date(2027, 10, 1)
    assert shown_year([], 2570) == 2570
    assert shown_year(begin(last, first), 2569) == 2570
    assert shown_year(begin(last, first, first), 2569) == 2571


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def plan(office):
    plan = make_plan(office, actions=0)
    project = Project.objects.create(plan=plan, name="โครงการข้อมูล", order=1)
    add_action(
        plan, office.officer, project=project, unit=office.unit,
        budget=Decimal(30000), budget_q1=Decimal(10000), budget_q2=Decimal(20000),
    )  # fmt: skip
    add_action(plan, office.deputy, title="=1+1", ends_on=dt.date(2027, 10, 5))
    return plan


def test_money_by_quarter_project_and_unit(office, plan):
    shown = year_plan(plan, TODAY)
    assert [(row.label, row.quarters, row.unshared, row.total) for row in shown.by_project] == [
        ("โครงการข้อมูล", [10000, 20000, 0, 0], 0, 30000),
        ("", [0, 0, 0, 0], 12000, 12000),
    ]
    assert [row.label for row in shown.by_unit] == [office.unit.name, ""]
    assert (shown.total.total, shown.total.unshared, shown.total.count) == (42000, 12000, 2)
    assert [section.budget for section in shown.sections] == [30000, 12000]


def test_bars_that_leave_the_year_say_so_and_filters_narrow(office, plan):
    shown = year_plan(plan, TODAY)
    first, second = (bar for section in shown.sections for bar in section.bars)
    assert (first.begins_before, first.goes_on) == (None, None)
    assert second.goes_on == dt.date(2027, 10, 5)
    assert shown.leaves_year
    narrowed = year_plan(plan, TODAY, only=Filter(person=office.officer.pk))
    assert narrowed.total.total == 30000
    assert len(narrowed.months) == 12


def test_excel_holds_numbers_and_never_a_formula(plan):
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(year_plan(plan, TODAY, language="th"))))
    sheet = book.active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:3] == (1, "โครงการข้อมูล", "จัดอบรมการใช้ข้อมูล")
    assert rows[1][9:14] == (30000, 10000, 20000, None, None)
    assert rows[2][2] == "=1+1"
    assert sheet["C3"].data_type == "s"
    assert rows[3][8:11] == ("รวม", 42000, 10000)


def test_year_page_filters_and_keeps_its_queries(client_for, office, plan):
    client = client_for(office.officer)
    page = client.get(office.url(f"2570/plan/year/?person={office.deputy.pk}"))
    assert page.context["shown"].total.total == 12000
    assert "งบประมาณรายไตรมาส" in page.text
    broken = client.get(office.url("2570/plan/year/?person=x&unit=-1"))
    assert broken.context["shown"].total.count == 0
