"""What a kept part depends on, and the numbers that pages of parts print."""

from dataclasses import replace

import pytest

from documents.composing.cache import key_of
from documents.composing.labels import with_labels
from documents.composing.parts import Part
from documents.drawing.sheets import Layout, PageLayout, Sheet

SHEET = Sheet(
    "<p>ก</p>", ["p {color: red}", "b {color: blue}"], "fonts", {"7": ("image/png", b"1")}
)


@pytest.mark.parametrize(
    "change",
    [
        {"html": "<p>ข</p>"},
        {"styles": ["p {color: green}", "b {color: blue}"]},
        {"styles": ["p {color: red}b {color: blue}"]},
        {"font_dir": "others"},
        {"pictures": {"7": ("image/png", b"2")}},
        {"pictures": {"8": ("image/png", b"1")}},
        {"pictures": {"7": ("image/jpeg", b"1")}},
        {"pictures": {}},
    ],
)
def test_part_is_drawn_anew_when_anything_that_it_shows_changes(change):
    assert key_of(replace(SHEET)) == key_of(SHEET)
    assert key_of(replace(SHEET, **change)) != key_of(SHEET)


def test_another_version_of_what_draws_draws_anew(monkeypatch):
    before = key_of(SHEET)
    monkeypatch.setattr("documents.composing.cache._engine", lambda: "weasyprint 999")
    assert key_of(SHEET) != before


def test_each_row_of_page_numbers_counts_through_its_parts():
    rows = [("cover", "none", 1), ("contents", "front", 2), ("one", "body", 2), ("two", "body", 1)]
    parts = [Part(name, name, numbering, "") for name, numbering, _pages in rows]
    pages = []
    for name, _numbering, count in rows:
        pages += [PageLayout([f"part-{name}"], ""), *[PageLayout([], "")] * (count - 1)]
    thai = with_labels(Layout(pages), parts, thai_digits=True)
    assert [page.label for page in thai.pages] == ["", "ก", "ข", "๑", "๒", "๓"]
    assert thai.labels["part-two"] == "๓"
    assert Layout(pages).part_pages == {"cover": 1, "contents": 2, "one": 2, "two": 1}
    assert with_labels(Layout(pages), parts, thai_digits=False).labels["part-two"] == "3"
