"""Finding words inside unspaced Thai: folded on both sides, on either database."""

import pytest

from improvement.models import Lesson
from improvement.practices import lessons
from improvement.practices.queries import lessons_visible_to, with_words
from improvement.practices.searching import excerpt, marked, searchable
from tests.agencies.factories import make_office

TEXT = "การจัดเก็บหลักฐานล่าช้าเพราะไม่มีผู้รับผิดชอบ"


def test_word_is_marked_inside_unspaced_text():
    assert marked(TEXT, "หลักฐาน") == [
        ("การจัดเก็บ", False),
        ("หลักฐาน", True),
        ("ล่าช้าเพราะไม่มีผู้รับผิดชอบ", False),
    ]


def test_forgotten_tone_still_finds_and_marks_the_whole_word():
    assert marked(TEXT, "ลาชา")[1] == ("ล่าช้า", True)
    assert marked("ผู้รับ", "รับ ผู") == [("ผู้รับ", True)]


def test_spaces_thai_digits_and_latin_capitals_do_not_hide_a_word():
    assert marked("แนว ปฏิบัติ PDCA", "แนวปฏิบัติ pdca") == [
        ("แนว ปฏิบัติ", True),
        (" ", False),
        ("PDCA", True),
    ]
    assert marked(TEXT, "") == [(TEXT, False)]
    assert marked("", "คำ") == []


def test_excerpt_shows_the_find_and_cuts_no_mark_off_its_letter():
    long = "ที่" * 60 + "หลักฐาน" + "นี้" * 100
    pieces = excerpt(long, "หลักฐาน")
    assert pieces[0] == ("…", False)
    assert ("หลักฐาน", True) in pieces
    assert pieces[1][0].startswith("ที่")
    assert excerpt("สั้น", "ไม่มี") == [("สั้น", False)]


def test_searchable_text_has_no_tones_and_no_spaces():
    assert searchable(["ล่าช้า มาก", "", "PDCA"]) == "ลาชามาก\npdca"


@pytest.fixture
def office(db):
    return make_office()


def note(office, title, text=""):
    fields = {"fiscal_year": 2570, "kind": "lesson", "title": title, "text": text}
    return lessons.add_lesson(office.agency, fields, office.officer)


def test_thai_search_finds_words_inside_unspaced_text(office):
    late = note(office, "หลักฐานล่าช้า", TEXT)
    other = note(office, "นัดประชุมล่วงหน้า", "แจ้งผู้รับผิดชอบก่อน 7 วัน ร้อยละ 100%")
    note(make_office("other"), "หลักฐานล่าช้าของหน่วยงานอื่น")

    def found(typed):
        return set(with_words(lessons_visible_to(office.officer), typed))

    assert found("ฐานล่าช้า") == {late}
    assert found("ลาชา") == {late}
    assert found("ผู้รับผิดชอบ") == {late, other}
    assert found("รับผิดชอบ  ล่วงหน้า") == {other}
    assert found("100%") == {other}
    assert found("100_") == set()
    assert found("ไม่มีคำนี้") == set()
    assert found("  ") == {late, other}


def test_search_follows_what_was_changed(office):
    row = note(office, "หลักฐานล่าช้า")
    changed = lessons.facts(row) | {"title": "เอกสารครบถ้วน"}
    lessons.save_lesson(row, changed, version=1, by=office.officer)
    assert not with_words(Lesson.objects.all(), "ล่าช้า").exists()
    assert with_words(Lesson.objects.all(), "ครบถ้วน").get() == row
