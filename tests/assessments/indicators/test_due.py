"""What of a round waits for whom: one item a person, round and kind."""

import datetime as dt

import pytest

from assessments.due import due_categories
from assessments.models import Indicator, IndicatorValue, MonitoringRound
from tests.agencies.factories import make_office
from tests.assessments.factories import make_open_cycle
from tests.assessments.indicators.result_rows import make_round

pytestmark = pytest.mark.django_db
YEAR = 2570


def waiting(office, person):
    """Return title, day and address of what waits for the person."""
    return [
        (item.title, item.due_on, item.url)
        for item in due_categories(office.agency, person)
        if person.pk in item.people
    ]


def test_open_rounds_ask_owners_checkers_and_officers():
    office = make_office()
    cycle = make_open_cycle(office.agency, YEAR, office.officer)
    make_round(cycle, 9)
    make_round(cycle, 12, "planned")
    people = {"owner": office.champion1, "checker": office.champion2}
    made = [
        Indicator.objects.create(cycle=cycle, name=f"ตัวชี้วัด {number}", unit="ร้อยละ", **people)
        for number in range(4)
    ]
    Indicator.objects.create(cycle=cycle, name="ไม่มีเจ้าของ", unit="ร้อยละ")
    typed = {"fiscal_year": YEAR, "months": 9, "value": 80, "entered_by": office.champion1}
    IndicatorValue.objects.create(indicator=made[0], **typed)
    IndicatorValue.objects.create(indicator=made[1], status="returned", **typed)
    day = dt.date(2027, 7, 15)
    room = office.url(f"{YEAR}/indicators/")
    assert waiting(office, office.champion1) == [
        ("กรอกผลตัวชี้วัด 2 ตัว รอบ 9 เดือน", day, f"{room}?round=9&state=missing&who=mine"),
        ("แก้ไขผลตัวชี้วัด 1 ตัว รอบ 9 เดือน", day, f"{room}?round=9&state=returned&who=mine"),
    ]
    assert waiting(office, office.champion2) == [
        ("ตรวจผลตัวชี้วัด 1 ตัว รอบ 9 เดือน", day, f"{room}check/?round=9"),
    ]
    assert waiting(office, office.officer) == [
        ("กรอกผลตัวชี้วัด 1 ตัว รอบ 9 เดือน", day, f"{room}?round=9&state=missing"),
    ]
    IndicatorValue.objects.filter(status="entered").update(entered_by=office.champion2)
    assert waiting(office, office.champion2) == []
    assert len(waiting(office, office.officer)) == 2
    MonitoringRound.objects.update(status="closed")
    assert waiting(office, office.champion1) == []
