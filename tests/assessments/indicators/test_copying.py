"""Last year's indicators in this year: definitions, people who are still here, values."""

from decimal import Decimal

import pytest

from assessments.indicators.copying import candidates, copy_indicators
from assessments.models import Indicator
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment, make_open_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def years(office):
    return make_open_cycle(office.agency, 2569), make_open_cycle(office.agency, 2570)


def old(cycle, code, **fields):
    fields = {"name": f"ตัวชี้วัด {code}", "unit": "ร้อยละ", "group": "7.1"} | fields
    return Indicator.objects.create(cycle=cycle, code=code, **fields)


def test_copy_takes_definition_people_and_values(office, years):
    last, this = years
    unit = office.agency.units.first()
    source = old(
        last,
        "7.1-01",
        owner=office.staff,
        owner_unit=unit,
        checker=office.deputy,
        rule="five-levels",
        thresholds=["60", "70", "80", "90", "100"],
        target=Decimal(90),
        version=4,
    )
    source.values.create(fiscal_year=2568, value=Decimal("80.5"), status="confirmed")
    source.values.create(fiscal_year=2569, value=Decimal("88.25"))
    source.values.create(fiscal_year=2569, months=6, value=Decimal("40"))

    made = copy_indicators(last, this, [source.pk], office.officer)

    copy = Indicator.objects.get(cycle=this)
    assert made == [copy]
    assert (copy.code, copy.owner, copy.owner_unit, copy.checker, copy.version) == (
        "7.1-01",
        office.staff,
        unit,
        office.deputy,
        1,
    )
    assert copy.thresholds == ["60", "70", "80", "90", "100"]
    assert copy.copied_from == source
    assert list(copy.values.values_list("fiscal_year", "months", "value")) == [
        (2568, 12, Decimal("80.5")),
        (2569, 12, Decimal("88.25")),
    ]
    assert Notification.objects.filter(recipient=office.staff, kind="assigned").count() == 1


def test_copy_happens_once_and_only_of_what_was_chosen(office, years):
    last, this = years
    first, second = old(last, "A"), old(last, "B")
    copy_indicators(last, this, [first.pk], office.officer)
    copy_indicators(last, this, [first.pk], office.officer)
    assert list(Indicator.objects.filter(cycle=this).values_list("code", flat=True)) == ["A"]
    assert [bool(row.refusal) for row in candidates(last, this)] == [True, False]
    copy_indicators(last, this, [first.pk, second.pk], office.officer)
    assert Indicator.objects.filter(cycle=this).count() == 2


def test_who_has_left_is_not_taken_along(office, years):
    last, this = years
    source = old(last, "A", owner=office.staff, checker=office.deputy)
    office.staff.memberships.update(is_active=False)
    copy_indicators(last, this, [source.pk], office.officer)
    copy = Indicator.objects.get(cycle=this)
    assert (copy.owner, copy.checker) == (None, office.deputy)


def test_code_of_this_year_and_missing_item_are_refused(office, years):
    last, this = years
    old(last, "A")
    old(last, "B", group="7.9")
    old(this, "a")
    reasons = [row.refusal for row in candidates(last, this)]
    assert ["A" in reasons[0], "7.9" in reasons[1]] == [True, True]


def test_copies_count_in_their_items_at_once(client_for, office, years):
    last, this = years
    started = make_assessment(office, cycle=this)
    source = old(last, "7.1-01", group="7.1")
    address = office.url("2570/indicators/definitions/copy/")
    client = client_for(office.officer)

    assert "7.1-01" in client.get(address).text
    assert client.post(address, {"indicator": [source.pk, "x"]}).status_code == 302
    assert Indicator.objects.get(cycle=this).item_answer == started.answer("7.1")
