"""Sections from a file as rich text: lists keep their numbers, words are escaped."""

import pytest

from workflows.sop.section_html import section_counter, section_html


def test_paragraphs_and_counted_items_become_rich_text():
    section = {
        "paragraphs": ["บรรทัดแรก\nบรรทัดสอง", "a < b"],
        "items": [
            {"number": "3.1", "text": "ก", "items": [{"number": "3.1.1", "text": "ข"}]},
            {"number": "3.2", "text": "ค"},
        ],
    }
    assert section_html(section) == (
        "<p>บรรทัดแรก<br>บรรทัดสอง</p><p>a &lt; b</p><ol><li>ก<ol><li>ข</li></ol></li><li>ค</li></ol>"
    )


def test_items_without_counting_numbers_keep_them_as_words():
    section = {"items": [{"number": "ก)", "text": "หนึ่ง"}, {"text": "สอง"}]}
    assert section_html(section) == "<ul><li>ก) หนึ่ง</li><li>สอง</li></ul>"


def test_rich_text_stands_instead_of_paragraphs_and_is_cleaned():
    section = {"html": "<p onclick='x()'>ก<script>1</script></p>", "paragraphs": ["เก่า"]}
    assert section_html(section) == "<p>ก</p>"


@pytest.mark.parametrize(
    ("number", "counter"), [("3", "3"), ("12.", "12"), ("2.1", ""), ("", ""), ("ก", ""), ("99", "")]
)
def test_inner_numbers_begin_with_whole_section_numbers_only(number, counter):
    assert section_counter({"number": number}) == counter
