"""Quiet hours: Bangkok times, also past midnight."""

import datetime as dt

import pytest

from core.clock import BANGKOK
from notifications.quiet_hours import end_of_quiet, not_before


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


NIGHT = (dt.time(20, 0), dt.time(7, 0))
NOON = (dt.time(12, 0), dt.time(13, 0))


@pytest.mark.parametrize(
    ("hours", "instant", "end"),
    [
        (NIGHT, "2027-03-01 19:59", None),
        (NIGHT, "2027-03-01 20:00", "2027-03-02 07:00"),
        (NIGHT, "2027-03-01 23:59", "2027-03-02 07:00"),
        (NIGHT, "2027-03-02 00:00", "2027-03-02 07:00"),
        (NIGHT, "2027-03-02 06:59", "2027-03-02 07:00"),
        (NIGHT, "2027-03-02 07:00", None),
        (NOON, "2027-03-01 12:30", "2027-03-01 13:00"),
        (NOON, "2027-03-01 13:00", None),
        ((None, None), "2027-03-01 03:00", None),
        ((dt.time(8), dt.time(8)), "2027-03-01 08:00", None),
    ],
)
def test_quiet_hours_end_at_their_end(hours, instant, end):
    assert end_of_quiet(at(instant), *hours) == (at(end) if end else None)


def test_quiet_hours_are_those_of_bangkok():
    evening = dt.datetime(2027, 3, 1, 14, 0, tzinfo=dt.UTC)  # 21:00 in Bangkok
    assert not_before(evening, *NIGHT) == dt.datetime(2027, 3, 2, 0, 0, tzinfo=dt.UTC)
