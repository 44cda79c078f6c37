"""What is measured in a year: the list, one definition and its versions."""

from decimal import Decimal

import pytest

from assessments.indicators.definition_listing import Wanted, found
from assessments.models import Indicator
from tests.agencies.factories import make_office
from tests.assessments.factories import make_open_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def cycle(office):
    return make_open_cycle(office.agency, by=office.officer)


def indicator(cycle, **fields):
    fields = {"name": "ร้อยละความสำเร็จ", "unit": "ร้อยละ", "code": "7.1-01"} | fields
    return Indicator.objects.create(cycle=cycle, **fields)


def test_list_finds_words_inside_unspaced_text_and_filters(office, cycle):
    first = indicator(cycle, code="7.2-01", group="7.2", name="ความพึงพอใจของผู้รับบริการ")
    indicator(cycle, code="7.1-01", group="7.1", name="ร้อยละที่บรรลุเป้าหมาย", weight=Decimal(3))
    indicator(cycle, code="K-1", kind="krs", name="อ่านออกเขียนได้", owner=office.staff)
    rows = list(Indicator.objects.select_related("owner", "owner_unit"))

    def codes(**wanted):
        return [row.code for row in found(rows, Wanted(**wanted))]

    assert codes() == ["7.1-01", "7.2-01", "K-1"]
    assert codes(words="รับ บริการ") == ["7.2-01"]
    assert codes(words="พงพอใจ") == []
    assert codes(kind="krs") == ["K-1"]
    assert codes(group="7.2") == [first.code]
    assert codes(owner=str(office.staff.pk)) == ["K-1"]
    assert codes(owner="none") == ["7.1-01", "7.2-01"]
    assert codes(sort="weight") == ["7.1-01", "7.2-01", "K-1"]
    assert codes(sort="owner")[0] == "K-1"


def test_list_shows_the_year_of_its_address_only(client_for, office, cycle):
    indicator(cycle, name="ตัวชี้วัดของปีนี้")
    indicator(make_open_cycle(office.agency, 2569), name="ตัวชี้วัดของปีก่อน")

    page = client_for(office.observer).get(office.url("2570/indicators/definitions/"))

    assert "ตัวชี้วัดของปีนี้" in page.text
    assert "ตัวชี้วัดของปีก่อน" not in page.text
