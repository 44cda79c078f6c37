"""Weighted totals, forecasts and LeTCI facts of a year; and that they stay cheap."""

import time
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from assessments.indicators.forecast import forecast_of
from assessments.indicators.letci import facts_of
from assessments.indicators.papers import report_context
from assessments.indicators.reading import rows_of
from assessments.indicators.result_sheet import result_sheet
from assessments.indicators.totals import overview
from assessments.models import Indicator, IndicatorValue, MonitoringSettings
from assessments.rounds.queries import rules_of
from documents.house_look.look import OURS
from tests.agencies.factories import make_office
from tests.assessments.factories import make_open_cycle
from tests.assessments.indicators.result_rows import make_round

pytestmark = pytest.mark.django_db
YEAR = 2570
PAPER = {"title": "", "author": "", "look": OURS, "signatures": (), "paper_digits": "thai"}
LEVELS = ["60", "70", "80", "90", "100"]


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def cycle(office):
    return make_open_cycle(office.agency, YEAR, office.officer)


def add(cycle, values=(), **fields):
    """Return an indicator with values as (year, months, value)."""
    defaults = {"name": "ร้อยละตัวอย่าง", "unit": "ร้อยละ", "rule": "five-levels"}
    one = Indicator.objects.create(
        cycle=cycle, **(defaults | {"thresholds": LEVELS, "target": 85} | fields)
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=one, fiscal_year=year, months=months, value=value)
        for year, months, value in values
    )
    return one


def row_of(cycle, one, months=9):
    rules = rules_of(cycle.agency)
    return rows_of([one], cycle, months, rules, list(cycle.rounds.all()))[0]


def scores(parts):
    return [(part.key, str(part.score)) for part in parts]


def test_totals_by_item_kind_and_in_all(cycle):
    make_round(cycle, 9)
    add(cycle, [(YEAR, 9, "87.5")], group="7.1", weight=3, perspective="service")
    add(cycle, [(YEAR, 9, "70")], group="7.1", weight=1)
    add(cycle, [(YEAR, 9, "100")], kind="krs", weight=4)
    add(cycle, [], group="7.2", weight=2)
    found = overview(cycle)
    assert found.months == 9
    assert str(found.whole.score) == "4.15625"
    assert scores(found.groups) == [("7.1", "3.31250"), ("7.2", "None")]
    assert scores(found.kinds) == [("category_7", "3.31250"), ("krs", "5.00000")]
    assert scores(found.perspectives) == [("service", "3.75000")]
    counts = found.counts
    assert (counts["all"], counts["entered"], counts["met"], counts["short"]) == (4, 3, 2, 1)


def test_missing_is_said_beside_the_figure(cycle):
    add(cycle, [(YEAR, 12, "80")], weight=1)
    add(cycle, [], weight=1)
    with translation.override("th"):
        whole = overview(cycle).whole
        assert (str(whole.score), whole.missing_words) == ("3.00000", "ไม่มีคะแนน 1 ตัว ไม่นำมารวม")
        MonitoringSettings.objects.create(agency=cycle.agency, missing="zero")
        whole = overview(cycle).whole
        assert (str(whole.score), whole.missing_words) == ("1.50000", "ไม่มีคะแนน 1 ตัว นับเป็น 0")


@pytest.mark.parametrize(
    ("values", "fields", "expected", "reaches"),
    [
        ([(YEAR, 12, "86")], {}, "86.00", True),
        ([(YEAR, 6, "82.35"), (YEAR, 9, "87.5")], {}, "92.65", True),
        ([(YEAR, 6, "90"), (YEAR, 9, "98")], {}, "100.00", True),
        ([(YEAR, 6, "80")], {}, "80.00", False),
        ([(YEAR, 6, "2")], {"unit": "เรื่อง", "target": 6}, "4.00", False),
        (
            [(YEAR, 6, "2")],
            {"unit": "เรื่อง", "target": 6, "direction": "lower_is_better"},
            "4.00",
            True,
        ),
        ([(2567, 12, "70"), (2568, 12, "75"), (2569, 12, "80")], {}, "85.00", True),
        ([(2567, 12, "9"), (2568, 12, "5"), (2569, 12, "1")], {"unit": "ครั้ง"}, "0.00", False),
    ],
)
def test_forecast_of_the_end_of_the_year(cycle, values, fields, expected, reaches):
    found = forecast_of(row_of(cycle, add(cycle, values, **fields)))
    assert (str(found.value), found.reaches) == (expected, reaches)


def test_no_forecast_without_figures(cycle):
    assert forecast_of(row_of(cycle, add(cycle, [(2568, 12, "9"), (2569, 12, "8")]))) is None


def test_letci_facts_in_words(cycle):
    values = [(2568, 12, "80"), (2569, 12, "82"), (YEAR, 9, "86")]
    one = add(cycle, values, comparator_name="ค่าเฉลี่ยประเทศ", comparator_value=Decimal(84))
    with translation.override("th"):
        facts = facts_of(row_of(cycle, one), ["6.1", "6.2"])
        assert facts.level == "86 ถึงเป้าหมาย 85"
        assert facts.comparison == "ดีกว่าค่าเฉลี่ยประเทศ (84)"
        assert facts.integration == "6.1, 6.2"
        assert facts.trend != ""
        assert facts_of(row_of(cycle, add(cycle, values[1:]))).trend == ""


def test_three_hundred_indicators_of_five_years_stay_cheap(client_for, office, cycle):
    for months in (6, 9, 12):
        make_round(cycle, months)
    made = Indicator.objects.bulk_create(
        Indicator(
            cycle=cycle,
            kind="category_7",
            group=f"7.{number % 6 + 1}",
            name=f"ตัวชี้วัด {number}",
            unit="ร้อยละ",
            rule="five-levels",
            thresholds=LEVELS,
            target=85,
            owner=office.champion1,
        )
        for number in range(300)
    )
    times = [(year, 12) for year in range(2566, 2570)] + [(YEAR, 6), (YEAR, 9)]
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=one, fiscal_year=year, months=months, value=Decimal("87.5"))
        for one in made
        for year, months in times
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = overview(cycle, 9)
    assert (str(found.whole.score), len(found.rows)) == ("3.75000", 300)
    assert len(asked) == 4
    client = client_for(office.champion1)
    pages = ("?round=9", "check/?round=9", "totals/?round=9", "letci/?round=9")
    for page in pages:
        address = office.url(f"{YEAR}/indicators/{page}")
        client.get(address)
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= 15
        assert time.perf_counter() - began < 3


def test_the_report_prints_totals_rows_and_charts(cycle):
    add(cycle, [(2569, 12, "80"), (YEAR, 12, "87.5")], group="7.1", comparator_value=Decimal(84))
    add(cycle, [], kind="krs", code="KRS-1")
    context = report_context(cycle)
    assert [line["last_year"] for line in context["lines"]] == [80, None]
    assert [chart["row"].indicator.group for chart in context["charts"]] == ["7.1"]
    assert (str(context["found"].whole.score), context["charts_left"]) == ("3.75000", 0)
    html = render_to_string("pdf/indicator_report.html", context | PAPER)
    assert "๓.๗๕๐๐๐" in html or "3.75000" in html
    assert "stroke-dasharray" in html


def test_excel_has_a_line_an_indicator_and_no_formula(cycle):
    add(cycle, [(YEAR, 12, "87.5")], group="7.1", name="=1+1")
    book = load_workbook(BytesIO(result_sheet(overview(cycle))))
    row = [cell.value for cell in book.worksheets[0][2]]
    assert (row[0], row[2], row[8], row[10]) == ("7.1", "=1+1", 87.5, 3.75)
    assert book.worksheets[0]["C2"].data_type == "s"
    assert book.worksheets[1]["E2"].value == 3.75
