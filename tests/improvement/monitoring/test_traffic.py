"""The words of a round: one rule, told literally."""

import datetime as dt
from decimal import Decimal

import pytest

from improvement.monitoring.traffic import (
    Course,
    planned_share,
    ratio_of,
    rule_in_words,
    share_of_target,
    traffic_of,
    traffic_of_indicator,
)

MARCH_31 = dt.date(2027, 3, 31)


def course(starts_on="2026-10-01", ends_on="2027-09-30", read_on=MARCH_31):
    return Course(dt.date.fromisoformat(starts_on), dt.date.fromisoformat(ends_on), read_on)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "share"),
    [
        ("2026-10-01", "2027-09-30", "49.86"),  # 182 of 365 days
        ("2027-03-31", "2027-04-01", "50.00"),
        ("2027-03-31", "2027-03-31", "100.00"),
        ("2027-01-01", "2027-03-31", "100.00"),
        ("2027-04-01", "2027-04-30", "0.00"),
        ("2026-10-01", "2026-12-31", "100.00"),
        ("2027-03-31", "2027-04-02", "33.33"),
        ("2027-03-30", "2027-04-01", "66.67"),
    ],
)
def test_planned_share_is_the_part_of_the_days_that_has_passed(starts_on, ends_on, share):
    assert planned_share(course(starts_on, ends_on)) == Decimal(share)


@pytest.mark.parametrize(
    ("planned", "actual", "ratio"),
    [
        ("30", "17.50", "58.33"),
        ("20", "10", "50.00"),
        ("25", "25", "100.00"),
        ("51", "48.75", "95.59"),
        ("10", "0", "0.00"),
        ("40", "60", "150.00"),
        ("0", "10", None),
        (None, "10", None),
        ("10", None, None),
    ],
)
def test_ratio_is_actual_over_plan(planned, actual, ratio):
    found = ratio_of(planned and Decimal(planned), actual and Decimal(actual))
    assert found == (ratio and Decimal(ratio))


@pytest.mark.parametrize(
    ("days", "planned", "actual", "on_plan_pct", "word"),
    [
        (("2026-10-01", "2027-09-30"), "50", "100", 100, "done"),
        (("2026-10-01", "2027-02-28"), "100", "100", 100, "done"),
        (("2027-04-01", "2027-06-30"), "0", None, 100, "not_due"),
        (("2027-04-01", "2027-06-30"), "0", "0", 100, "not_due"),
        (("2027-04-01", "2027-06-30"), "0", "5", 100, "on_plan"),
        (("2026-10-01", "2027-09-30"), "50", None, 100, "missing"),
        (("2026-10-01", "2027-02-28"), "100", None, 100, "missing"),
        (("2026-10-01", "2027-03-31"), "100", "99.99", 100, "overdue"),
        (("2026-10-01", "2027-03-30"), "100", "0", 100, "overdue"),
        (("2026-10-01", "2027-04-01"), "99", "99", 100, "on_plan"),
        (("2026-10-01", "2027-09-30"), "50", "50", 100, "on_plan"),
        (("2026-10-01", "2027-09-30"), "50", "49.99", 100, "at_risk"),
        (("2026-10-01", "2027-09-30"), "50", "40", 80, "on_plan"),
        (("2026-10-01", "2027-09-30"), "50", "39.99", 80, "at_risk"),
        (("2026-10-01", "2027-09-30"), "50", "0", 100, "at_risk"),
        (("2026-10-01", "2027-09-30"), None, "1", 100, "on_plan"),
    ],
)
def test_word_of_an_action(days, planned, actual, on_plan_pct, word):
    found = traffic_of(
        course(*days), planned and Decimal(planned), actual and Decimal(actual), on_plan_pct
    )
    assert found == word


def test_finished_action_is_done_without_a_report():
    assert traffic_of(course(), Decimal(50), None, 100, is_done=True) == "done"


@pytest.mark.parametrize(
    ("planned", "value", "lower", "share", "word"),
    [
        ("80", "85", False, "106.25", "on_plan"),
        ("80", "60", False, "75.00", "at_risk"),
        ("5", "4", True, "125.00", "on_plan"),
        ("5", "10", True, "50.00", "at_risk"),
        ("5", "0", True, "100.00", "on_plan"),
        ("80", "0", False, "0.00", "at_risk"),
        ("80", None, False, None, "missing"),
        (None, "80", False, None, None),
        ("0", "80", False, None, None),
    ],
)
def test_word_of_an_indicator(planned, value, lower, share, word):
    planned, value = planned and Decimal(planned), value and Decimal(value)
    assert share_of_target(planned, value, lower_is_better=lower) == (share and Decimal(share))
    assert traffic_of_indicator(planned, value, 100, lower_is_better=lower) == word


def test_rule_is_told_with_the_offices_own_percent():
    assert any("80" in line for line in rule_in_words(80))
