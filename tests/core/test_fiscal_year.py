import datetime as dt

import pytest

from core import fiscal_year


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2026, 9, 30), 2569),
        (dt.date(2026, 10, 1), 2570),
        (dt.date(2026, 12, 31), 2570),
        (dt.date(2027, 9, 30), 2570),
        (dt.date(2024, 2, 29), 2567),
    ],
)
def test_fiscal_year_of_changes_on_1_october(day, year):
    assert fiscal_year.fiscal_year_of(day) == year


def test_fiscal_year_begins_in_october_and_ends_in_september():
    assert fiscal_year.first_day(2570) == dt.date(2026, 10, 1)
    assert fiscal_year.last_day(2570) == dt.date(2027, 9, 30)


def test_months_run_from_october_to_september():
    months = fiscal_year.months(2570)

    assert len(months) == 12
    assert months[0] == dt.date(2026, 10, 1)
    assert months[3] == dt.date(2027, 1, 1)
    assert months[11] == dt.date(2027, 9, 1)


def test_month_start_may_leave_the_year():
    assert fiscal_year.month_start(2570, -1) == dt.date(2026, 9, 1)
    assert fiscal_year.month_start(2570, 14) == dt.date(2027, 12, 1)


def test_month_of_counts_from_october_and_leaves_the_year_too():
    assert fiscal_year.month_of(dt.date(2026, 10, 31), 2570) == 0
    assert fiscal_year.month_of(dt.date(2027, 9, 1), 2570) == 11
    assert fiscal_year.month_of(dt.date(2026, 9, 30), 2570) == -1
    assert fiscal_year.month_of(dt.date(2027, 12, 1), 2570) == 14


def test_years_are_543_apart():
    assert fiscal_year.to_be(2027) == 2570
    assert fiscal_year.to_ce(2570) == 2027
