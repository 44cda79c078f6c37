import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from agencies import holidays, office_holidays
from agencies.models import Holiday
from tests.agencies.factories import AgencyFactory, HolidayFactory, make_office

pytestmark = pytest.mark.django_db


def dates_of(year):
    agency = AgencyFactory()
    return holidays.holiday_dates(agency, dt.date(year, 1, 1), dt.date(year, 12, 31))


def test_holidays_of_2570_are_the_civil_service_days():
    days = dates_of(2027)

    assert [day.isoformat() for day in sorted(days)] == [
        "2027-01-01", "2027-02-21", "2027-02-22", "2027-04-06", "2027-04-13", "2027-04-14",
        "2027-04-15", "2027-05-04", "2027-05-20", "2027-06-03", "2027-07-18", "2027-07-19",
        "2027-07-20", "2027-07-28", "2027-08-12", "2027-10-13", "2027-10-23", "2027-10-25",
        "2027-12-05", "2027-12-06", "2027-12-10", "2027-12-31",
    ]  # fmt: skip
    assert days[dt.date(2027, 2, 21)].name_th == "วันมาฆบูชา"
    assert days[dt.date(2027, 2, 22)].name_th == "ชดเชยวันมาฆบูชา"
    assert days[dt.date(2027, 2, 22)].kind == "in_lieu"
    assert days[dt.date(2027, 4, 14)].name_en == "Songkran Festival"


def test_holidays_leave_out_labour_day_and_childrens_day():
    for year, childrens_day in ((2026, 10), (2027, 9), (2028, 8)):
        days = dates_of(year)
        assert dt.date(year, 5, 1) not in days
        assert dt.date(year, 1, childrens_day) not in days
    # Labour Day of 2570 is a Saturday; its day in lieu is not for offices either.
    assert dt.date(2027, 5, 3) not in dates_of(2027)


def test_holidays_of_2569_are_announced_and_later_ones_provisional():
    assert not any(row.is_provisional for row in dates_of(2026).values())
    assert all(row.is_provisional for row in dates_of(2027).values())
    assert dates_of(2026)[dt.date(2026, 1, 2)].kind == "special"
    assert dates_of(2026)[dt.date(2026, 5, 13)].name_th == "วันพืชมงคล"


def test_fill_equals_what_the_first_migration_wrote():
    before = set(Holiday.objects.values_list("date", "name_th", "name_en", "kind"))
    Holiday.objects.all().delete()

    assert holidays.fill_holidays(2569, 2571) == len(before) == 67
    assert set(Holiday.objects.values_list("date", "name_th", "name_en", "kind")) == before


def test_fill_leaves_edited_rows_alone():
    Holiday.objects.filter(date=dt.date(2027, 2, 21)).update(name_th="แก้แล้ว")

    assert holidays.fill_holidays(2570) == 0
    assert Holiday.objects.get(date=dt.date(2027, 2, 21)).name_th == "แก้แล้ว"


@pytest.mark.parametrize(
    ("day", "moved", "names"),
    [
        (dt.date(2027, 4, 12), dt.date(2027, 4, 12), []),
        (dt.date(2027, 4, 13), dt.date(2027, 4, 16), ["วันสงกรานต์"] * 3),
        (dt.date(2027, 2, 20), dt.date(2027, 2, 23), ["วันมาฆบูชา", "ชดเชยวันมาฆบูชา"]),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 4), ["วันสิ้นปี", "วันขึ้นปีใหม่"]),
        (dt.date(2027, 5, 1), dt.date(2027, 5, 3), []),
    ],
)
def test_next_working_day_passes_weekends_and_holidays(day, moved, names):
    table = holidays.holiday_dates(AgencyFactory(), day, day + dt.timedelta(days=21))

    found, skipped = holidays.next_working_day(day, table)

    assert found == moved
    assert [row.name_th for row in skipped] == names


def test_holiday_dates_takes_one_query_and_prefers_the_office(django_assert_num_queries):
    agency, other = AgencyFactory(), AgencyFactory()
    HolidayFactory(agency=agency, date=dt.date(2027, 6, 18), name_th="วันของสำนักงาน")
    HolidayFactory(agency=agency, date=dt.date(2027, 6, 3), name_th="ทำงาน", is_observed=False)
    HolidayFactory(agency=other, date=dt.date(2027, 6, 21), name_th="วันของที่อื่น")

    with django_assert_num_queries(1):
        days = holidays.holiday_dates(agency, dt.date(2027, 6, 1), dt.date(2027, 6, 30))

    assert {day: row.name_th for day, row in days.items()} == {dt.date(2027, 6, 18): "วันของสำนักงาน"}
    assert holidays.is_working_day(dt.date(2027, 6, 3), days)
    assert not holidays.is_working_day(dt.date(2027, 6, 18), days)
    assert not holidays.is_working_day(dt.date(2027, 6, 19), days)


def test_missing_years_names_calendar_years_without_rows():
    assert holidays.missing_years(dt.date(2028, 5, 1), dt.date(2030, 1, 1)) == [2572, 2573]
    assert holidays.missing_years(dt.date(2026, 5, 1), dt.date(2028, 1, 1)) == []


def test_read_csv_reads_days_and_skips_the_head_line():
    text = "วันที่,ชื่อ,English\n18/6/2570,วันทำบุญ,Merit day\n๑ ก.ค. ๒๕๗๐,วันสถาปนา\n"

    assert office_holidays.read_csv(text) == [
        {"date": dt.date(2027, 6, 18), "name_th": "วันทำบุญ", "name_en": "Merit day"},
        {"date": dt.date(2027, 7, 1), "name_th": "วันสถาปนา", "name_en": ""},
    ]


def test_read_csv_tells_every_bad_line():
    text = "18/6/2570,วันทำบุญ\n31/2/2570,ไม่มีวันนี้\n19/6/2570,\n18/6/2570,ซ้ำ\n"

    with pytest.raises(ValidationError) as refused:
        office_holidays.read_csv(text)

    assert [message.split(":")[0] for message in refused.value.messages] == [
        "บรรทัดที่ 2", "บรรทัดที่ 3", "บรรทัดที่ 4",
    ]  # fmt: skip


def test_national_day_changed_by_an_office_stays_for_others():
    office, other = make_office(), AgencyFactory()
    national = Holiday.objects.get(agency=None, date=dt.date(2027, 5, 20))

    office_holidays.change_day(
        national, office.agency, office.officer, dt.date(2027, 5, 21),
        name_th="วันวิสาขบูชา", name_en="", kind="lunar", is_provisional=False, is_observed=True,
    )  # fmt: skip

    span = (dt.date(2027, 5, 19), dt.date(2027, 5, 31))
    assert list(holidays.holiday_dates(office.agency, *span)) == [dt.date(2027, 5, 21)]
    assert list(holidays.holiday_dates(other, *span)) == [dt.date(2027, 5, 20)]
