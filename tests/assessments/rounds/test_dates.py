"""The days of the rounds: fiscal year 2570 ends on 30 September 2027."""

import datetime as dt

import pytest

from assessments.models import MonitoringSettings
from assessments.rounds.dates import months_of, round_days


def iso(*days):
    return tuple(day.isoformat() for day in days)


@pytest.mark.parametrize(
    ("months", "ends_on", "due_on"),
    [
        (6, "2027-03-31", "2027-04-16"),  # 15 April is Songkran
        (9, "2027-06-30", "2027-07-15"),
        (12, "2027-09-30", "2027-10-15"),
        (1, "2026-10-31", "2026-11-16"),  # 15 November is a Sunday
        (15, "2027-12-31", "2028-01-17"),  # 15 January is a Saturday
    ],
)
def test_round_ends_with_its_month_and_is_due_on_a_working_day(months, ends_on, due_on):
    closed = {dt.date(2027, 4, day): "วันสงกรานต์" for day in (13, 14, 15)}
    days = round_days(2570, months, MonitoringSettings(), closed)
    assert iso(days.starts_on, days.ends_on, days.opens_on, days.due_on) == (
        "2026-10-01",
        ends_on,
        ends_on,
        due_on,
    )


def test_office_opens_earlier_and_waits_longer():
    rules = MonitoringSettings(opens_before_days=10, due_days=30)
    days = round_days(2570, 6, rules, {})
    assert iso(days.opens_on, days.due_on) == ("2027-03-21", "2027-04-30")


@pytest.mark.parametrize(
    ("chosen", "months"),
    [
        ([], (6, 9, 12)),
        (None, (6, 9, 12)),
        ([12, 3, 6, 6], (3, 6, 12)),
        ([0, 16, "six"], (6, 9, 12)),
        ([15], (15,)),
    ],
)
def test_rounds_are_those_the_office_chose(chosen, months):
    assert months_of(MonitoringSettings(round_months=chosen)) == months
