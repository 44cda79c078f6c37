"""Resolutions: their words, and from a draft to a task that is done."""

import pytest

from committees.enums import ResolutionKind
from committees.meetings.resolutions import words_of
from committees.models import Resolution


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("noted", "", "มติที่ประชุม รับทราบ"),
        ("approved", "ให้หมวด 4 ใช้ผลรอบ 9 เดือน", "มติที่ประชุม เห็นชอบ ให้หมวด 4 ใช้ผลรอบ 9 เดือน"),
        ("noted", "รับทราบ และให้จัดทำให้ครบ", "มติที่ประชุม รับทราบ และให้จัดทำให้ครบ"),
        ("other", "เลื่อนการพิจารณา", "มติที่ประชุม เลื่อนการพิจารณา"),
        ("confirmed", "โดยไม่มีแก้ไข", "มติที่ประชุม รับรองรายงานการประชุม โดยไม่มีแก้ไข"),
    ],
)
def test_words_begin_with_the_kind_once(kind, text, words):
    assert words_of(Resolution(kind=ResolutionKind(kind), text=text)) == words
