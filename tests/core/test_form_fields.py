import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from core.form_fields import (
    BuddhistDateField,
    ThaiDecimalField,
    ThaiIntegerField,
)


class MeetingForm(forms.Form):
    held_on = BuddhistDateField()
    budget = ThaiDecimalField(required=False, max_digits=12, decimal_places=2)
    people = ThaiIntegerField(required=False, min_value=1)


def filled(**data) -> MeetingForm:
    form = MeetingForm({"held_on": "15/6/2570"} | data)
    form.is_valid()
    return form


def shown(form) -> str:
    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}")
    with translation.override("th"):
        return page.render(Context({"form": form}))


def test_date_is_cleaned_to_a_date():
    assert filled(held_on="๑๕ มิ.ย. ๗๐").cleaned_data["held_on"] == dt.date(2027, 6, 15)


def test_date_is_shown_in_buddhist_era_with_its_weekday():
    html = shown(MeetingForm(initial={"held_on": dt.date(2027, 6, 15)}))

    assert 'value="15/6/2570"' in html
    assert "วันอังคารที่ 15 มิถุนายน 2570" in html


def test_date_that_is_refused_stays_typed_and_offers_repairs():
    form = filled(held_on="31/6/2570")
    html = shown(form)

    assert list(form.errors) == ["held_on"]
    assert 'value="31/6/2570"' in html
    assert 'data-pmqa-date-repair="30/6/2570"' in html
    assert 'data-pmqa-date-repair="1/7/2570"' in html


def test_date_field_carries_no_inline_script_or_style():
    html = shown(filled(held_on='"><script>x</script>'))

    assert "<script>" not in html
    assert "style=" not in html
    assert "onclick" not in html


def test_date_has_not_changed_when_only_written_otherwise():
    form = MeetingForm({"held_on": "15 มิ.ย. 2570"}, initial={"held_on": dt.date(2027, 6, 15)})

    assert "held_on" not in form.changed_data


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("๑,๒๐๐.๕๐", Decimal("1200.50")),
        ("1,234,567", Decimal(1234567)),
        (" 85.5 ", Decimal("85.5")),
        ("-3", Decimal(-3)),
        ("", None),
    ],
)
def test_decimal_accepts_thai_digits_and_commas(typed, value):
    assert filled(budget=typed).cleaned_data["budget"] == value


@pytest.mark.parametrize("typed", ["1,2", "1.234", "สิบ", "1e999", "NaN", "99999999999"])
def test_decimal_refuses_what_is_no_such_number(typed):
    assert "budget" in filled(budget=typed).errors


def test_decimal_is_a_text_box_for_digits():
    field = str(MeetingForm()["budget"])

    assert 'type="text"' in field
    assert 'inputmode="decimal"' in field


def test_integer_accepts_thai_digits():
    assert filled(people="๑,๐๒๕").cleaned_data["people"] == 1025
    assert "people" in filled(people="๐").errors
