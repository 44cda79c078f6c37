"""Comparison of texts: what a form and a file end lines with is no change."""

from core.word_changes import word_changes


def test_ends_of_lines_are_no_change():
    runs = word_changes("ข้อ 1\r\n\r\nข้อ 2", "ข้อ 1\n\nข้อ 2 แก้")

    assert [(run.kind, run.text) for run in runs] == [
        ("same", "ข้อ 1\n\nข้อ 2"),
        ("added", " แก้"),
    ]
