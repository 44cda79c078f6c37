"""Indicators of category 7: typed in, scored on screen, saved without losing a newer save."""

from decimal import Decimal

import pytest

from assessments.models import CategoryAssessment, Indicator, IndicatorValue
from documents.models import TextRevision
from tests.agencies.factories import make_office
from tests.assessments.factories import add_indicator, make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def typed(**changed):
    return {
        "name": "ร้อยละความสำเร็จ",
        "unit": "ร้อยละ",
        "direction": "higher_is_better",
        "rule": "pct-of-target",
        "target": "88",
        "value_2570": "90.48",
        "version": 1,
    } | changed


def item_url(office, started, tail=""):
    return office.url(f"2570/assessment/item/{started.answer('7.1').pk}/{tail}")


@pytest.mark.parametrize(
    ("fields", "percent", "score"),
    [
        ({"target": "88", "value_2570": "90.48"}, "102.82", "400"),
        ({"target": "100", "value_2570": "92.65"}, "92.65", "277"),
        ({"target": "๘๘", "value_2570": "๙๐.๔๘"}, "102.82", "400"),
        ({"target": "8", "value_2570": "7.5", "direction": "lower_is_better"}, "106.25", "500"),
        ({"target": "88", "value_2570": "0"}, "0", "0"),
    ],
)
def test_indicator_is_scored_on_the_item_page(client_for, office, started, fields, percent, score):
    client = client_for(office.champion1)
    added = client.post(item_url(office, started, "indicators/add/"), typed(**fields))
    assert added.status_code == 302

    page = client.get(item_url(office, started))
    row = page.text.split('id="indicators"')[1].split("</article>")[0]
    assert percent in row
    assert f">{score}<" in row.replace(" ", "").replace("\n", "")


def test_missing_value_is_shown_as_missing(client_for, office, started):
    client = client_for(office.champion1)
    client.post(item_url(office, started, "indicators/add/"), typed(value_2570=""))
    assert not IndicatorValue.objects.exists()
    row = client.get(item_url(office, started)).text.split('id="indicators"')[1]
    assert "ยังไม่มี" in row.split("</article>")[0]


def test_years_left_empty_have_no_value(client_for, office, started):
    client_for(office.champion1).post(
        item_url(office, started, "indicators/add/"), typed(value_2568="0", value_2569="")
    )
    values = dict(IndicatorValue.objects.values_list("fiscal_year", "value"))
    assert values == {2568: Decimal("0"), 2570: Decimal("90.48")}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"target": "มาก"}, "target"),
        ({"value_2570": "1/2"}, "value_2570"),
        ({"name": ""}, "name"),
        ({"rule": "linear-100-500"}, "lower_bound"),
        ({"rule": "linear-100-500", "lower_bound": "5", "upper_bound": "5"}, "upper_bound"),
    ],
)
def test_bad_input_is_told_beside_its_field(client_for, office, started, changed, field):
    answer = client_for(office.champion1).post(
        item_url(office, started, "indicators/add/"), typed(unit="เรื่อง", **changed)
    )
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "เรื่อง" in answer.text
    assert not Indicator.objects.exists()


def test_conflict_keeps_what_was_typed_and_shows_the_newest(client_for, office, started):
    indicator = add_indicator(started.answer("7.1"), value=85)
    address = office.url(f"2570/assessment/indicators/{indicator.pk}/")
    first = typed(name="ของคนแรก", **{"initial-value_2570": "85"})
    client_for(office.champion1).post(address, first)

    mine = {"initial-value_2570": "85", "value_2570": "77"}
    late = client_for(office.champion2).post(address, typed(name="ของคนที่สอง", **mine))

    assert late.status_code == 409
    assert "ของคนแรก" in late.text
    assert "ของคนที่สอง" in late.text
    assert 'value="77"' in late.text
    assert 'name="version" value="2"' in late.text
    assert Indicator.objects.get().name == "ของคนแรก"
    assert IndicatorValue.objects.get().value == Decimal("90.48")

    again = client_for(office.champion2).post(address, typed(name="ของคนที่สอง", version=2))
    assert again.status_code == 302


def read_at_85(office, started, **changed):
    """Return indicator, its short form's address, and what was typed while the value was 85."""
    indicator = add_indicator(started.answer("7.1"), value=85)
    IndicatorValue.objects.update(**{"entered_by": office.officer, "version": 4} | changed)
    address = office.url(f"2570/assessment/indicators/{indicator.pk}/")
    return indicator, address, {"initial-value_2570": "85"}


def test_value_changed_meanwhile_is_shown_with_the_typed_one(client_for, office, started):
    _row, address, read = read_at_85(office, started, value=Decimal("90.5"))
    client = client_for(office.champion1)

    late = client.post(address, typed(name="ชื่อใหม่", value_2570="77", **read))

    assert late.status_code == 409
    told = late.text.split('role="alert"')[1].split("</ul>")[0]
    assert ("90.5" in told, "77" in told, str(office.officer) in told) == (True, True, True)
    assert 'value="77"' in late.text
    assert 'name="initial-value_2570" value="90.5"' in late.text
    assert (IndicatorValue.objects.get().value, Indicator.objects.get().name) == (
        Decimal("90.5"),
        "ร้อยละตัวอย่าง",
    )

    again = typed(value_2570="77") | {"initial-value_2570": "90.5"}
    assert client.post(address, again).status_code == 302
    stored = IndicatorValue.objects.get()
    assert (stored.value, stored.version, stored.entered_by, stored.definition_version) == (
        Decimal("77"),
        5,
        office.champion1,
        2,
    )
    assert TextRevision.objects.filter(object_id=stored.pk, version=5).count() == 1


def test_value_left_alone_never_takes_back_a_newer_one(client_for, office, started):
    _row, address, read = read_at_85(office, started, value=Decimal(90))
    answer = client_for(office.champion1).post(
        address, typed(name="ชื่อใหม่", value_2570="85.0", **read)
    )
    assert answer.status_code == 302
    stored = IndicatorValue.objects.get()
    assert (stored.value, stored.version, stored.entered_by) == (90, 4, office.officer)


def test_confirmed_value_is_locked_and_leads_to_the_indicator(client_for, office, started):
    row, address, read = read_at_85(office, started, status="confirmed")
    client = client_for(office.champion1)
    page = client.get(address)
    assert page.context["form"].fields["value_2570"].disabled
    assert office.url(f"2570/indicators/{row.pk}/?round=12") in page.text

    late = client.post(address, typed(name="ชื่อใหม่", value_2570="77", **read))
    assert late.status_code == 409
    told = late.text.split('role="alert"')[1].split("</ul>")[0]
    assert ("85" in told, "77" in told) == (True, True)
    assert IndicatorValue.objects.get().value == 85

    fields = typed(name="ชื่อใหม่", **read)
    del fields["value_2570"]
    assert client.post(address, fields).status_code == 302
    stored = IndicatorValue.objects.get()
    assert (stored.value, stored.status, stored.version) == (85, "confirmed", 4)


def test_locked_category_refuses(client_for, office, started):
    indicator = add_indicator(started.answer("7.1"), value=85)
    CategoryAssessment.objects.filter(category__number=7).update(status="submitted")
    client = client_for(office.champion1)
    for address, data in (
        (item_url(office, started, "indicators/add/"), typed()),
        (office.url(f"2570/assessment/indicators/{indicator.pk}/"), typed()),
        (office.url(f"2570/assessment/indicators/{indicator.pk}/remove/"), {}),
    ):
        assert client.post(address, data).status_code == 409
    assert Indicator.objects.get().name == "ร้อยละตัวอย่าง"


def test_short_form_asks_for_the_unit_of_measurement(client_for, office, started):
    page = client_for(office.champion1).get(item_url(office, started, "indicators/add/"))
    assert page.context["form"]["unit"].label == "หน่วยวัด"


def test_only_results_have_indicators(client_for, office, started):
    address = office.url(f"2570/assessment/item/{started.answer('1.1').pk}/indicators/add/")
    assert client_for(office.officer).get(address).status_code == 404
