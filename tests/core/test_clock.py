import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured

from core import clock


def test_today_is_the_day_in_bangkok(frozen_today):
    frozen_today(dt.datetime(2026, 9, 30, 16, 59, 59, tzinfo=dt.UTC))
    assert clock.today() == dt.date(2026, 9, 30)

    frozen_today(dt.datetime(2026, 9, 30, 17, 0, tzinfo=dt.UTC))
    assert clock.today() == dt.date(2026, 10, 1)


def test_frozen_moves_today_and_now_inside_the_block():
    with clock.frozen(dt.date(2027, 6, 15)):
        assert clock.today() == dt.date(2027, 6, 15)
        assert clock.now().astimezone(clock.BANGKOK).date() == dt.date(2027, 6, 15)
        assert clock.now().tzinfo == dt.UTC

    assert clock.today() != dt.date(2027, 6, 15)


def test_setting_stops_the_clock_of_a_demo(settings):
    settings.DEMO, settings.PMQA_TODAY = True, "2027-06-15"

    assert clock.today() == dt.date(2027, 6, 15)


def test_setting_is_ignored_outside_a_demo(settings, frozen_today):
    frozen_today(dt.date(2026, 11, 16))
    settings.DEMO = settings.DEBUG = False
    settings.PMQA_TODAY = "2027-06-15"

    assert clock.today() == dt.date(2026, 11, 16)


def test_setting_that_is_no_date_is_refused(settings):
    settings.DEMO, settings.PMQA_TODAY = True, "15/6/2570"

    with pytest.raises(ImproperlyConfigured):
        clock.today()
