"""The director's screen: figures with their sources, for every state of a year."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Indicator, IndicatorValue, OfficialResult, OfficialTarget
from core import clock
from improvement.enums import PlanStatus
from improvement.models import ActionReport, ImprovementPlan
from tests.assessments.factories import make_assessment
from tests.assessments.indicators.result_rows import make_round
from tests.improvement.factories import add_action
from tests.permission_matrix.world import make_office

ADDRESS = "/o/own/2570/dashboards/"


@pytest.fixture
def office(db, frozen_today):
    frozen_today(dt.date(2027, 4, 10))
    return make_office("own")


def fill(office, count: int):
    """An assessed year with its open round of six months; `count` indicators and actions."""
    cycle = make_assessment(office).cycle
    kept = make_round(cycle, 6)
    plan = ImprovementPlan.objects.create(cycle=cycle, status=PlanStatus.IN_PROGRESS)
    for number in range(count):
        add_red(office, kept, plan, number)
    return kept, plan


def add_red(office, kept, plan, number: int):
    owner = office.people["champion1"]
    action = add_action(plan, owner, title=f"กิจกรรม {number}", ends_on=dt.date(2027, 9, 30))
    ActionReport.objects.create(
        round=kept, action=action, planned_pct=50, actual_pct=40, spent=Decimal("2500")
    )
    indicator = Indicator.objects.create(
        cycle=kept.cycle, name=f"ตัวชี้วัด {number}", unit="ร้อยละ", target=80, owner=owner
    )
    IndicatorValue.objects.create(indicator=indicator, fiscal_year=2570, months=6, value=60)


def test_screen_leads_every_figure_to_its_source(office, client_for):
    fill(office, 1)
    officer = office.people["officer"]
    OfficialTarget.objects.create(
        agency=office.agency, fiscal_year=2570, scale="0-5", target=Decimal("4.5")
    )
    OfficialResult.objects.create(
        agency=office.agency, fiscal_year=2569, body="สพฐ.", scale="0-5",
        total=Decimal("4.74511"), entered_by=officer, entered_at=clock.now(),
    )  # fmt: skip

    response = client_for(office.people["director"]).get(ADDRESS)

    shown = response.context
    assert [(item.kind, item.share) for item in shown["red"]] == [
        ("indicator", Decimal("75.00")),
        ("action", Decimal("80.00")),
    ]
    assert (shown["score"].own, shown["score"].to_target) == (Decimal("0.00000"), Decimal("-4.5"))
    assert shown["score"].announced == Decimal("4.74511")
    assert shown["indicators"] == {"all": 1, "met": 0, "short": 1, "missing": 0, "no_target": 0}
    assert (shown["budget"].total, shown["budget"].spent) == (Decimal(12000), Decimal(2500))
    card = shown["rounds"][0]
    assert (card.reported, card.actions, card.entered, card.indicators) == (1, 1, 1, 1)
    page = response.content.decode()
    for source in (
        "/o/own/2570/indicators/?round=6&amp;state=short",
        "/o/own/2570/rounds/6/",
        "/o/own/2570/assessment/official/",
        "/o/own/2569/assessment/official/",
        "/o/own/2570/plan/year/",
    ):
        assert f'href="{source}"' in page


def test_screen_asks_as_often_at_one_row_as_at_many(office, client_for):
    kept, plan = fill(office, 1)
    client = client_for(office.people["officer"])
    counts = []
    for _time in range(2):
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))
        for number in range(1, 13):
            add_red(office, kept, plan, number)

    assert counts[0] == counts[1] <= 15
    response = client.get(ADDRESS)
    assert (len(response.context["red"]), response.context["red_count"]) == (10, 50)


def test_screen_of_a_year_that_was_never_opened_says_so(office, client_for):
    response = client_for(office.people["director"]).get("/o/own/2571/dashboards/")

    assert response.status_code == 200
    assert "ยังไม่ได้เปิดปีงบประมาณ 2571" in response.content.decode()


def test_excel_holds_every_red_item(office, client_for):
    fill(office, 1)

    response = client_for(office.people["observer"]).get(f"{ADDRESS}red.xlsx")

    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="red-items-2570.xlsx"'
