"""Characters are counted as people see them."""

from decimal import Decimal

import pytest

from assessments.item.counting import characters, length_of


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("น้ำ", 2),  # n with tone, sara am
        ("ที่นี่", 2),  # two consonants, each with vowel and tone
        ("เก็บ", 3),
        ("ก ข\n", 3),
        ("ก\u200bข", 2),  # a zero-width space is not seen
        ("เเก", 2),  # two sara e are one sara ae
        ("PMQA 4.0", 8),
        ("", 0),
    ],
)
def test_marks_above_and_below_take_no_place(text, count):
    assert characters(text) == count


def test_pages_and_what_is_too_long():
    length = length_of("ก" * 3125, 3000)
    assert (length.characters, length.pages) == (3125, Decimal("1.3"))
    assert (length.left, length.is_over, length.excess) == (-125, True, 125)
    assert length_of("ก", None).left is None
