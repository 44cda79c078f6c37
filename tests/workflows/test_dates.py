"""Windows on the calendar: literal days, worked out by hand from the calendar of 2026–2028."""

import datetime as dt

import pytest

from tests.agencies.factories import AgencyFactory
from tests.workflows.factories import UNKNOWN, day, lasting, make_version, months
from workflows.dates import (
    add_months,
    dated_windows,
    due_day,
    duration_end,
    month_window,
    years_touched,
)
from workflows.enums import DurationUnit, WindowKind

DAYS, WEEKS, MONTHS = DurationUnit.WORKING_DAYS, DurationUnit.WEEKS, DurationUnit.MONTHS
# Songkran of 2570: Tuesday 13 to Thursday 15 April 2027; Chakri day: Tuesday 6 April.
SONGKRAN = {
    day("2027-04-06"): "วันจักรี",
    day("2027-04-13"): "วันสงกรานต์",
    day("2027-04-14"): "วันสงกรานต์",
    day("2027-04-15"): "วันสงกรานต์",
}
NEW_YEAR = {
    day("2027-12-31"): "วันสิ้นปี",
    day("2028-01-01"): "วันขึ้นปีใหม่",
    day("2028-01-03"): "ชดเชยวันขึ้นปีใหม่",
}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (5, 14, ("2027-03-01", "2027-12-31")),  # March to December after the year
        (-1, -1, ("2026-09-01", "2026-09-30")),  # September before the year
        (0, 0, ("2026-10-01", "2026-10-31")),
        (2, 3, ("2026-12-01", "2027-01-31")),  # over new year
        (4, 4, ("2027-02-01", "2027-02-28")),
        (11, 11, ("2027-09-01", "2027-09-30")),
        (9, 11, ("2027-07-01", "2027-09-30")),
    ],
)
def test_month_window_counts_from_october_and_leaves_the_year(first, last, expected):
    assert month_window(2570, first, last) == tuple(map(day, expected))


def test_month_window_ends_on_29_february_in_a_leap_year():
    assert month_window(2571, 4, 4) == (day("2028-02-01"), day("2028-02-29"))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-11-15", 2, "2027-01-15"),
        ("2026-10-01", -1, "2026-09-01"),
    ],
)
def test_add_months_keeps_the_day_number_or_takes_the_last_day(start, count, expected):
    assert add_months(day(start), count) == day(expected)


@pytest.mark.parametrize(
    ("start", "count", "unit", "expected"),
    [
        ("2027-03-01", 1, WEEKS, "2027-03-07"),  # Monday to Sunday
        ("2027-03-03", 2, WEEKS, "2027-03-16"),  # Wednesday to Tuesday
        ("2027-03-01", 1, DAYS, "2027-03-01"),
        ("2027-03-01", 5, DAYS, "2027-03-05"),
        ("2027-03-05", 2, DAYS, "2027-03-08"),  # Friday, then Monday
        ("2027-04-12", 5, DAYS, "2027-04-21"),  # 12, 16, 19, 20, 21: across Songkran
        ("2027-04-12", 1, WEEKS, "2027-04-18"),  # weeks run by the calendar, holidays or not
        ("2027-03-01", 1, MONTHS, "2027-03-31"),
        ("2027-01-15", 2, MONTHS, "2027-03-14"),
        ("2026-12-31", 2, MONTHS, "2027-02-28"),  # no 31 February
        ("2027-12-31", 2, MONTHS, "2028-02-29"),
        ("2028-02-29", 1, MONTHS, "2028-03-28"),
        ("2026-11-02", 3, MONTHS, "2027-02-01"),
    ],
)
def test_duration_end_counts_the_first_day(start, count, unit, expected):
    assert duration_end(day(start), count, unit, SONGKRAN) == day(expected)


@pytest.mark.parametrize(
    ("end", "expected", "reason"),
    [
        ("2027-03-31", "2027-03-31", ""),  # Wednesday
        ("2027-02-27", "2027-03-01", "วันเสาร์"),
        ("2027-02-28", "2027-03-01", "วันอาทิตย์"),
        ("2027-04-13", "2027-04-16", "วันสงกรานต์"),
        ("2027-04-11", "2027-04-12", "วันอาทิตย์"),
        ("2027-12-31", "2028-01-04", "วันสิ้นปี"),  # Fri, Sat, Sun, Mon in lieu, then Tuesday
    ],
)
def test_due_day_moves_to_the_next_working_day_and_says_why(end, expected, reason):
    assert due_day(day(end), SONGKRAN | NEW_YEAR) == (day(expected), reason)


def test_due_day_fixed_by_others_never_moves():
    assert due_day(day("2027-02-28"), {}, is_fixed=True) == (day("2027-02-28"), "")


def _table(version, year=2570, start=None, holidays=None):
    """Return [(starts, ends, due) as ISO texts] by step; an undated window is ()."""
    return [
        [
            (window.starts_on.isoformat(), window.ends_on.isoformat(), window.due_on.isoformat())
            if window.ends_on
            else ()
            for window in step.windows
        ]
        for step in dated_windows(version, year, start, holidays or {})
    ]


@pytest.mark.django_db
def test_dated_windows_move_by_the_years_since_the_version_was_written():
    version = make_version(
        AgencyFactory(),
        [[{"kind": WindowKind.DATED, "start_month": -1, "end_month": -1}]],
        written_for_year=2565,
    )
    assert _table(version, 2570) == [[("2026-09-01", "2026-09-30", "2026-09-30")]]
    assert _table(version, 2565) == [[("2021-09-01", "2021-09-30", "2021-09-30")]]


@pytest.mark.django_db
def test_dated_windows_keep_an_unknown_window_beside_dated_ones():
    version = make_version(AgencyFactory(), [[UNKNOWN, months(5, 6), months(8, 9)], [], []])
    assert _table(version) == [
        [
            (),
            ("2027-03-01", "2027-04-30", "2027-04-30"),
            ("2027-06-01", "2027-07-31", "2027-08-02"),
        ],
        [],
        [],
    ]


@pytest.mark.django_db
def test_dated_windows_chain_durations_from_the_start_over_gaps():
    version = make_version(
        AgencyFactory(),
        [[lasting(1, WEEKS)], [], [UNKNOWN], [lasting(2, DAYS)], [lasting(1, MONTHS)]],
    )
    # Monday 1 March 2027; the week ends on Sunday, the next step begins on Monday.
    assert _table(version, start=day("2027-03-01")) == [
        [("2027-03-01", "2027-03-07", "2027-03-08")],
        [],
        [()],
        [("2027-03-08", "2027-03-09", "2027-03-09")],
        [("2027-03-10", "2027-04-09", "2027-04-09")],
    ]


@pytest.mark.django_db
def test_dated_windows_chain_goes_on_after_a_step_with_months():
    version = make_version(
        AgencyFactory(), [[lasting(3, DAYS)], [months(3, 3)], [lasting(1, WEEKS)]]
    )
    assert _table(version) == [
        [("2026-10-01", "2026-10-05", "2026-10-05")],
        [("2027-01-01", "2027-01-31", "2027-02-01")],
        [("2027-02-01", "2027-02-07", "2027-02-08")],
    ]


@pytest.mark.django_db
def test_dated_windows_begin_on_a_working_day_across_songkran():
    version = make_version(AgencyFactory(), [[lasting(2, DAYS)], [lasting(1, WEEKS)]])
    # Sunday 11 April → Monday 12, then Friday 16 after Songkran; next from Monday 19.
    assert _table(version, start=day("2027-04-11"), holidays=SONGKRAN) == [
        [("2027-04-12", "2027-04-16", "2027-04-16")],
        [("2027-04-19", "2027-04-25", "2027-04-26")],
    ]


@pytest.mark.django_db
def test_dated_windows_leave_a_window_end_on_a_holiday_unmoved():
    version = make_version(AgencyFactory(), [[months(5, 14)], [months(5, 14, is_fixed=True)]])
    steps = dated_windows(version, 2570, holidays=NEW_YEAR)
    free, fixed = steps[0].windows[0], steps[1].windows[0]
    assert (free.ends_on, free.due_on, free.moved_because) == (
        day("2027-12-31"),
        day("2028-01-04"),
        "วันสิ้นปี",
    )
    assert (fixed.ends_on, fixed.due_on, fixed.moved_because) == (
        day("2027-12-31"),
        day("2027-12-31"),
        "",
    )
    assert years_touched(steps) == {2027, 2028}


@pytest.mark.django_db
def test_dated_windows_start_on_29_february():
    version = make_version(AgencyFactory(), [[lasting(1, MONTHS)], [lasting(1, WEEKS)]])
    assert _table(version, 2571, dt.date(2028, 2, 29)) == [
        [("2028-02-29", "2028-03-28", "2028-03-28")],
        [("2028-03-29", "2028-04-04", "2028-04-04")],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_dated_windows_read_the_version_in_two_queries(django_assert_num_queries, count):
    version = make_version(AgencyFactory(), [[months(0, 0)] for _number in range(count)])
    with django_assert_num_queries(2):
        assert len(dated_windows(version, 2570)) == count
