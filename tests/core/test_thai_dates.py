import datetime as dt

import pytest
from django.utils import translation

from core import clock, thai_dates
from core.thai_dates import ThaiDateError, parse_thai_date

DAY = dt.date(2024, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1/10/2567",
        "01/10/2567",
        "1-10-67",
        "1.10.2567",
        "๑ ต.ค. ๖๗",
        "๑/๑๐/๒๕๖๗",
        "1 ตุลาคม 2567",
        "1 ตุลาคม พ.ศ. 2567",
        "1 ตุลาคม พ.ศ.2567",
        "1ตุลาคม2567",
        "วันที่ 1 ต.ค. 2567",
        "วันอังคารที่ 1 ตุลาคม 2567",
        "2024-10-01",
        "2567-10-01",
        "1/10/2024",
        "1 October 2567",
        "1 Oct 2024",
        "  1 / 10 / 2567 ",
    ],
)
def test_date_is_understood_as_offices_write_it(text):
    assert parse_thai_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["", "พรุ่งนี้", "1/10", "10/2567", "1 ตุลา", "1/10/2567/3", "a/b/c", "1 มกรา 2567", "9" * 999],
)
def test_text_that_is_no_date_is_refused(text):
    with pytest.raises(ThaiDateError) as caught:
        parse_thai_date(text)

    assert caught.value.repairs == []


def test_31_june_offers_both_neighbours():
    with pytest.raises(ThaiDateError) as caught:
        parse_thai_date("31/6/2570")

    assert caught.value.repairs == [dt.date(2027, 6, 30), dt.date(2027, 7, 1)]


def test_29_february_exists_in_leap_years_only():
    assert parse_thai_date("29/2/2567") == dt.date(2024, 2, 29)
    with pytest.raises(ThaiDateError) as caught:
        parse_thai_date("29/2/2568")

    assert caught.value.repairs == [dt.date(2025, 2, 28), dt.date(2025, 3, 1)]


def test_31_december_of_the_last_year_is_read():
    assert parse_thai_date("31/12/2693") == dt.date(2150, 12, 31)


def test_year_with_three_digits_is_completed_near_today():
    with clock.frozen(dt.date(2027, 6, 15)), pytest.raises(ThaiDateError) as caught:
        parse_thai_date("25/6/257")

    assert caught.value.repairs == [dt.date(2027, 6, 25)]


@pytest.mark.parametrize("text", ["1/10/1800", "1/10/2200", "1/10/2399", "1/10/2800"])
def test_year_far_away_is_refused(text):
    with pytest.raises(ThaiDateError):
        parse_thai_date(text)


@pytest.mark.parametrize("text", ["1/13/2567", "0/1/2567", "32/1/2567", "1/0/2567"])
def test_day_or_month_that_cannot_be_is_refused(text):
    with pytest.raises(ThaiDateError):
        parse_thai_date(text)


def test_formats_are_those_of_thai_offices():
    assert thai_dates.format_long(DAY, "th") == "1 ตุลาคม 2567"
    assert thai_dates.format_short(DAY, "th") == "1 ต.ค. 2567"
    assert thai_dates.format_with_weekday(DAY, "th") == "วันอังคารที่ 1 ตุลาคม 2567"
    assert thai_dates.format_month_year(DAY, "th") == "ตุลาคม 2567"


def test_english_formats_keep_the_buddhist_year():
    assert thai_dates.format_long(DAY, "en") == "1 October 2567"
    assert thai_dates.format_short(DAY, "en") == "1 Oct 2567"
    assert thai_dates.format_with_weekday(DAY, "en") == "Tuesday 1 October 2567"


def test_formats_follow_the_active_language():
    with translation.override("en"):
        assert thai_dates.format_long(DAY) == "1 October 2567"
    with translation.override("th"):
        assert thai_dates.format_long(DAY) == "1 ตุลาคม 2567"


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (dt.date(2024, 10, 1), "1 ต.ค. 2567"),
        (dt.date(2024, 10, 15), "1 – 15 ต.ค. 2567"),
        (dt.date(2024, 11, 3), "1 ต.ค. – 3 พ.ย. 2567"),
        (dt.date(2025, 1, 3), "1 ต.ค. 2567 – 3 ม.ค. 2568"),
    ],
)
def test_range_says_nothing_twice(end, words):
    assert thai_dates.format_range(DAY, end, "th") == words
