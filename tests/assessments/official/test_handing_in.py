"""Copying our figures into another system, and what was handed in beside what was announced."""

from decimal import Decimal

import pytest

from assessments.models import HandedIn, Indicator, IndicatorValue, OfficialResult
from assessments.official import handing_in
from assessments.official.copying import Field, fields_to_copy
from assessments.official.results import add_result
from tests.agencies.factories import make_office
from tests.assessments.factories import answer_all, make_assessment, make_open_cycle

FIELDS = [
    Field("category-1", "หมวด 1", "4.50000", "ก"),
    Field("total", "รวม", "4.40000", "ก"),
    Field("value-7", "7.1 ค่า", "", "ข"),
]


def test_only_fields_with_a_value_are_recorded_as_typed():
    typed = {"field-category-1": " 4.5\x00 ", "field-value-7": "", "field-other": "9"}
    assert handing_in.as_copied(FIELDS, typed) == [["หมวด 1", "4.5", "category-1"]]


def test_handed_in_is_compared_with_own_and_announced():
    row = HandedIn(
        fields=[
            ["หมวด 1", "๔.๕๐๐๐๐", "category-1"],
            ["รวม", "4.45", "total"],
            ["หมายเหตุ", "ดี", "x"],
        ]
    )
    first, total, words = handing_in.compare(row, FIELDS, None)
    assert (first.own, first.from_own, first.announced) == ("4.50000", Decimal("0.00000"), None)
    assert total.from_own == Decimal("0.05000")
    assert (words.own, words.from_own, words.from_announced) == ("", None, None)


def test_typed_words_are_no_figures():
    assert handing_in.number_of("1,234.5") == Decimal("1234.5")
    assert [handing_in.number_of(words) for words in ("", "ผ่าน", "NaN", None)] == [None] * 4
    assert handing_in.number_of("0") == 0
    assert [handing_in.number_of(words) for words in ("1e999999", "1e-999999")] == [None] * 2


@pytest.fixture
def office(db):
    return make_office()


def test_fields_hold_own_scores_values_and_scores_of_indicators(office):
    cycle = make_open_cycle(office.agency, 2570, office.officer)
    row = Indicator.objects.create(
        cycle=cycle, kind="krs", code="K1", name="ร้อยละความสำเร็จ", unit="ร้อยละ",
        rule="five-levels", thresholds=["60", "70", "80", "90", "100"], target=Decimal(100),
    )  # fmt: skip
    IndicatorValue.objects.create(indicator=row, fiscal_year=2570, months=9, value=Decimal("87.5"))
    fields = fields_to_copy(office.agency, 2570, "0-5", 9)
    assert [(field.key, field.label, field.value) for field in fields] == [
        (f"value-{row.pk}", "K1 ร้อยละความสำเร็จ: ค่า (ร้อยละ)", "87.5"),
        (f"score-{row.pk}", "K1 ร้อยละความสำเร็จ: คะแนน", "3.75000"),
    ]
    assert [field.value for field in fields_to_copy(office.agency, 2570, "0-5", 12)] == ["", ""]


def test_label_tells_the_item_once(office):
    cycle = make_open_cycle(office.agency, 2570, office.officer)
    for order, code in enumerate(("7.1-01", "K2")):
        Indicator.objects.create(
            cycle=cycle, group="7.1", code=code, name="อ่านออก", unit="ร้อยละ", order=order
        )
    labels = [field.label for field in fields_to_copy(office.agency, 2570, "0-5", 9)]
    assert labels[::2] == ["7.1-01 อ่านออก: ค่า (ร้อยละ)", "7.1 K2 อ่านออก: ค่า (ร้อยละ)"]


def test_copied_fields_are_recorded_with_day_person_and_compared(client_for, office):
    answer_all(make_assessment(office).category(1), office.officer)
    client = client_for(office.officer)
    add_result(
        office.agency,
        {"fiscal_year": 2570, "body": "สพฐ.", "scale": "0-5", "total": Decimal("0.8")},
        {1: Decimal("4.75")},
        office.officer,
    )
    page = client.get(office.url("2570/assessment/official/handed-in/add/"))
    assert 'name="field-category-1" value="5.00000"' in page.text
    sent = {
        "scale": "0-5", "months": "12", "field-category-1": "5.00000", "field-total": "0.7",
        "system": "KRS", "handed_in_on": "31 ต.ค. 2700", "handed_in_by": "นางสาวตัวอย่าง",
    }  # fmt: skip
    late = client.post(office.url("2570/assessment/official/handed-in/add/"), sent)
    assert (late.status_code, HandedIn.objects.count()) == (422, 0)
    assert 'name="field-total" value="0.7"' in late.text
    sent["handed_in_on"] = "1 ต.ค. 2569"
    empty = sent | {"field-category-1": "", "field-total": " "}
    page = client.post(office.url("2570/assessment/official/handed-in/add/"), empty)
    assert (page.status_code, HandedIn.objects.count()) == (422, 0)
    done = client.post(office.url("2570/assessment/official/handed-in/add/"), sent)
    kept = HandedIn.objects.get()
    assert done.url.endswith(f"/official/handed-in/{kept.pk}/")
    assert [(value, key) for _label, value, key in kept.fields] == [
        ("5.00000", "category-1"),
        ("0.7", "total"),
    ]
    rows = handing_in.compare(
        kept, fields_to_copy(office.agency, 2570, "0-5", 12), OfficialResult.objects.get()
    )
    assert [(row.from_own, row.from_announced) for row in rows] == [
        (Decimal("0.00000"), Decimal("0.25000")),
        (Decimal("0.7") - Decimal(rows[1].own), Decimal("-0.10000")),
    ]
    page = client.get(done.url)
    assert "+0.25" in page.text
    edited = sent | {"note": "ส่งแล้ว", "version": "1"}
    assert client.post(done.url + "edit/", edited).status_code == 302
    assert client.post(done.url + "edit/", edited).status_code == 409
    assert client.post(done.url + "remove/", {"version": "2"}).status_code == 302
    assert not HandedIn.objects.exists()
