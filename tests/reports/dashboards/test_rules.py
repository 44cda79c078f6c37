"""The rules of the director's screen on plain values: words, order, money."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from improvement.monitoring.traffic import Traffic
from reports.dashboards.action_lines import ActionLine, Report
from reports.dashboards.category_bars import word_of, written_percent
from reports.dashboards.indicator_lines import IndicatorLine, states
from reports.dashboards.money import budget
from reports.dashboards.red import red_items

OPENED, DUE = dt.date(2026, 10, 1), dt.date(2027, 3, 31)


@pytest.mark.parametrize(
    ("percent", "due_on", "today", "is_sent", "word"),
    [
        ("0", DUE, dt.date(2026, 12, 1), False, Traffic.ON_PLAN),  # a third of the time
        ("45", DUE, dt.date(2027, 1, 10), False, Traffic.AT_RISK),  # 56 percent of the time
        ("60", DUE, dt.date(2027, 1, 10), False, Traffic.ON_PLAN),
        ("99", DUE, dt.date(2027, 4, 1), False, Traffic.OVERDUE),
        ("100", DUE, dt.date(2027, 3, 31), False, Traffic.ON_PLAN),
        ("0", DUE, dt.date(2027, 4, 1), True, Traffic.ON_PLAN),
        ("0", None, dt.date(2027, 9, 1), False, None),
        ("0", dt.date(2026, 9, 1), dt.date(2026, 9, 1), False, Traffic.AT_RISK),
    ],
)
def test_category_has_one_word_by_its_day_and_progress(percent, due_on, today, is_sent, word):
    assert word_of(Decimal(percent), OPENED, due_on, today, 100, is_sent=is_sent) == word


def test_begun_items_count_a_half():
    assert written_percent(["written", "writing", "returned", "empty"]) == Decimal("50.00")
    assert written_percent([]) == Decimal("0.00")


def indicator(key, value, planned=None, target="80", direction="higher_is_better", name="ก"):
    numbers = [None if text is None else Decimal(text) for text in (target, value, planned)]
    target, value, planned = numbers
    return IndicatorLine(
        key, "", "7.1", name, "ร้อยละ", direction, target, 1, 2, value, planned,
        "นาย", "ก", "ตัวอย่าง",
    )  # fmt: skip


def action(key, ends_on, reports=None, status="planned", budget="0", quarters=(None,) * 4):
    return ActionLine(
        key, f"กิจกรรม {key}", 1, 2570, status, OPENED, ends_on, 1, "นายก", 2,
        Decimal(budget), quarters, reports or {},
    )  # fmt: skip


def year(today=dt.date(2027, 4, 10), due_on=dt.date(2027, 4, 15), status="open"):
    row = SimpleNamespace(months=6, ends_on=dt.date(2027, 3, 31), due_on=due_on, status=status)
    return SimpleNamespace(
        agency=SimpleNamespace(code="own"),
        year=2570,
        today=today,
        months=6,
        round=row,
        rules=SimpleNamespace(on_plan_pct=100),
    )


def said(actual, planned="50", spent=None):
    return Report(Decimal(planned), Decimal(actual), None if spent is None else Decimal(spent))


def test_states_count_each_indicator_once():
    lines = [
        indicator(1, "80"),
        indicator(2, "79.99"),
        indicator(3, None),
        indicator(4, "3", target=None),
        indicator(5, "80", direction="lower_is_better"),
    ]

    assert states(lines) == {"all": 5, "met": 2, "short": 1, "missing": 1, "no_target": 1}


def test_red_items_stand_worst_first():
    actions = [
        action(1, dt.date(2027, 9, 30), {6: said("40")}),  # 80 percent of its plan
        action(2, dt.date(2027, 3, 31), {6: said("90")}),  # overdue for 10 days
        action(3, dt.date(2027, 2, 28)),  # past its last day, never reported
        action(4, dt.date(2027, 2, 28), status="done"),
        action(5, dt.date(2027, 9, 30), {6: said("50")}),
        action(6, dt.date(2027, 9, 30)),
    ]
    indicators = [indicator(7, "60"), indicator(8, "80"), indicator(9, None)]

    items = red_items(year(), actions, indicators)

    assert [(item.kind, item.word, item.days, item.share) for item in items] == [
        ("action", "overdue", 41, None),
        ("action", "overdue", 10, Decimal("180.00")),
        ("indicator", "at_risk", 0, Decimal("75.00")),
        ("action", "at_risk", 0, Decimal("80.00")),
    ]
    assert items[0].url == "/o/own/2570/plan/actions/3/view/"
    assert items[2].url == "/o/own/2570/indicators/7/?round=6"


def test_value_that_an_opened_round_waits_for_too_long_is_overdue():
    late = year(today=dt.date(2027, 4, 18))
    planned = year(today=dt.date(2027, 4, 18), status="planned")

    assert [item.days for item in red_items(late, [], [indicator(1, None)])] == [3]
    assert red_items(planned, [], [indicator(1, None)]) == []


def test_money_of_a_quarter_is_what_the_round_at_its_end_says():
    first = action(
        1, DUE, {6: said("40", spent="100"), 9: said("60", spent="250.50")},
        budget="1000", quarters=(Decimal(400), Decimal(600), None, None),
    )  # fmt: skip
    second = action(2, DUE, {6: said("40", spent="50")}, budget="70")

    found = budget([first, second], {6, 9})

    assert [(row.planned, row.planned_so_far, row.spent_so_far) for row in found.quarters] == [
        (Decimal(400), Decimal(400), None),
        (Decimal(600), Decimal(1000), Decimal(150)),
        (Decimal(0), Decimal(1000), Decimal("300.50")),
        (Decimal(0), Decimal(1000), None),
    ]
    assert (found.total, found.unshared, found.spent) == (1070, 70, Decimal("300.50"))
