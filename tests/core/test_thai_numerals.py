from decimal import Decimal

import pytest

from core.thai_numerals import format_decimal, to_arabic_digits, to_thai_digits


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("ปี 2567 งบ 1,234.50 บาท", "ปี ๒๕๖๗ งบ ๑,๒๓๔.๕๐ บาท"),
        ("ที่ ศธ 04123/456", "ที่ ศธ ๐๔๑๒๓/๔๕๖"),
        ("เกณฑ์ PMQA 4.0 ปี 2567", "เกณฑ์ PMQA 4.0 ปี ๒๕๖๗"),
        ("แผน PMQA 2567", "แผน PMQA ๒๕๖๗"),
        ("OIT 88.40 คะแนน", "OIT ๘๘.๔๐ คะแนน"),
        ("PDF 12 หน้า", "PDF ๑๒ หน้า"),
        ("ดู https://a.go.th/c?x=12 หน้า 3", "ดู https://a.go.th/c?x=12 หน้า ๓"),
        ("ดูwww.a1.go.th/2", "ดูwww.a1.go.th/2"),
        ("officer1@a.go.th โทร 02", "officer1@a.go.th โทร ๐๒"),
        ("รายงาน2567.pdf ฉบับ 2", "รายงาน2567.pdf ฉบับ ๒"),
        ("รหัส KPI-07 ข้อ 7", "รหัส KPI-07 ข้อ ๗"),
        ("ISO 9001 ข้อ 4", "ISO 9001 ข้อ ๔"),
    ],
)
def test_thai_digits_leave_addresses_and_codes_alone(text, paper):
    assert to_thai_digits(text) == paper


def test_thai_digits_are_quick_on_hostile_text():
    for text in ("ก" * 50_000, "a." * 25_000, "x@" * 25_000, "1" * 50_000):
        assert len(to_thai_digits(text)) == len(text)


def test_arabic_digits_come_back():
    assert to_arabic_digits("๐๑๒๓๔๕๖๗๘๙ ก") == "0123456789 ก"


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Decimal("4.745115"), 5, "4.74512"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("1234567.891"), 2, "1,234,567.89"),
        (3, 2, "3.00"),
    ],
)
def test_format_decimal_rounds_half_up(value, places, words):
    assert format_decimal(value, places) == words
