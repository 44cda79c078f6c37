"""What Django's forms say in Thai, at the field: plain sentences of our own."""

import pytest
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import translation

from core.framework_words import SENTENCES

SAID = [
    (forms.CharField(), "", "กรุณากรอกหรือเลือกข้อมูลในช่องนี้"),
    (forms.FileField(), None, "กรุณากรอกหรือเลือกข้อมูลในช่องนี้"),
    (forms.CharField(max_length=3), "ยาวไป", "ยาวได้ไม่เกิน 3 ตัวอักษร (ขณะนี้ 5)"),
    (forms.EmailField(), "ไม่ใช่อีเมล", "กรุณาพิมพ์ที่อยู่อีเมลให้ถูกต้อง เช่น name@example.go.th"),
    (
        forms.URLField(assume_scheme="https"),
        "htp:/",
        "กรุณาพิมพ์ที่อยู่เว็บให้ครบ เช่น https://www.example.go.th",
    ),
    (forms.IntegerField(max_value=5), "9", "ค่านี้ต้องไม่เกิน 5"),
    (forms.IntegerField(), "ก", "กรุณากรอกเป็นจำนวนเต็ม"),
    (forms.ChoiceField(choices=[("a", "A")]), "b", "“b” ไม่มีให้เลือก กรุณาเลือกจากรายการ"),
]


@pytest.mark.parametrize(("field", "value", "said"), SAID)
def test_field_says_in_plain_thai_what_is_wrong(field, value, said):
    with translation.override("th"), pytest.raises(ValidationError) as refused:
        field.clean(value)
    assert refused.value.messages == [said]


def test_short_password_is_refused_in_thai():
    with translation.override("th"), pytest.raises(ValidationError) as refused:
        MinimumLengthValidator(10).validate("กขค")
    assert refused.value.messages == ["รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย 10 ตัวอักษร"]


def test_no_sentence_is_in_the_words_of_programmers():
    with translation.override("th"):
        words = [str(sentence) for sentence in SENTENCES[:21]]
    assert not any("ฟิลด์" in sentence or "Enter" in sentence for sentence in words)
