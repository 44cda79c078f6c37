"""A unit's work and a person's own indicators: whose rows they are, and what is to be done."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Unit
from assessments.models import Indicator, IndicatorValue
from improvement.enums import PlanStatus
from improvement.models import ImprovementPlan
from tests.assessments.factories import make_open_cycle
from tests.assessments.indicators.result_rows import make_round
from tests.improvement.factories import add_action
from tests.permission_matrix.world import make_office


@pytest.fixture
def office(db, frozen_today):
    frozen_today(dt.date(2027, 4, 10))
    return make_office("own")


def fill(office):
    """An open round; one indicator of champion1, that champion2 checks, with earlier values."""
    cycle = make_open_cycle(office.agency, 2570, office.people["officer"])
    make_round(cycle, 6)
    unit = Unit.objects.get(agency=office.agency)
    add(cycle, office, unit, "ร้อยละความสำเร็จ")
    plan = ImprovementPlan.objects.create(cycle=cycle, status=PlanStatus.IN_PROGRESS)
    add_action(plan, office.people["champion1"], unit=unit)
    return cycle, unit


def add(cycle, office, unit, name):
    people = office.people
    row = Indicator.objects.create(
        cycle=cycle, name=name, unit="ร้อยละ", target=80, owner_unit=unit,
        owner=people["champion1"], checker=people["champion2"],
    )  # fmt: skip
    for year, value in ((2568, 60), (2569, 70)):
        IndicatorValue.objects.create(indicator=row, fiscal_year=year, months=12, value=value)


def test_unit_page_counts_each_unit_and_lists_the_chosen_one(office, client_for):
    _cycle, unit = fill(office)
    other = Unit.objects.create(agency=office.agency, name="กลุ่มอื่น", order=1)
    client = client_for(office.people["champion1"])

    own = client.get("/o/own/2570/dashboards/units/").context
    asked = client.get(f"/o/own/2570/dashboards/units/?unit={other.pk}").context

    assert own["unit"] == unit
    assert [(row.unit.name, row.states["missing"], len(row.actions), row.red) for row in
            own["table"]] == [("กลุ่มทดสอบ", 1, 1, 1), ("กลุ่มอื่น", 0, 0, 0)]  # fmt: skip
    assert [row["label"] for row in own["action_rows"]] == ["เลยกำหนด"]
    assert (asked["unit"], asked["indicator_rows"]) == (other, [])


def test_mine_asks_its_owner_for_the_value_of_the_open_round(office, client_for):
    fill(office)
    address = "/o/own/2570/dashboards/mine/"

    owner = client_for(office.people["champion1"]).get(address)
    checker = client_for(office.people["champion2"]).get(address)
    nobody = client_for(office.people["observer"]).get(address)

    (line,) = owner.context["mine"].owned
    assert (line.may_enter, line.may_check) == (True, False)
    assert "<svg" in line.spark
    assert line.url.endswith("?round=6")
    assert "กรอกผล" in owner.content.decode()
    assert [row.may_check for row in checker.context["mine"].checked] == [False]
    assert "ปีนี้ท่านยังไม่มีตัวชี้วัด" in nobody.content.decode()


def test_pages_ask_as_often_at_one_row_as_at_many(office, client_for):
    cycle, unit = fill(office)
    client = client_for(office.people["champion1"])
    pages = [f"/o/own/2570/dashboards/{page}/" for page in ("units", "mine", "red")]
    counts = []
    for _time in range(2):
        counts.append([])
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts[-1].append(len(queries))
        for number in range(8):
            add(cycle, office, unit, f"ตัวชี้วัด {number}")

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15
