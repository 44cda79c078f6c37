"""Screens of best practices and lessons: nothing typed is lost, errors stand at their field."""

import pytest

from approvals.models import ApprovalRequest
from approvals.transitions import perform
from improvement.models import BestPractice, Lesson, ModelLetter, PracticePhoto, PracticeSection
from improvement.practices import lessons, writing
from tests.agencies.factories import make_office
from tests.improvement.practices.factories import make_practice, picture

pytestmark = pytest.mark.django_db
SCRIPT = {"x-requested-with": "autosave"}


@pytest.fixture
def office():
    return make_office()


def test_paper_is_begun_and_its_text_saved_by_the_script(client_for, office):
    client = client_for(office.officer)
    begun = client.post(office.url("2570/practices/add/"), {"title": "STAR Model"})
    practice = BestPractice.objects.get()
    assert begun.url == office.url(f"2570/practices/{practice.pk}/")
    address = office.url(f"2570/practices/{practice.pk}/text/2/")
    sent = {"text": "<p>เริ่มต้น</p>", "version": "0", "request_id": "a1"}
    assert client.post(address, sent, headers=SCRIPT).json()["version"] == 1
    assert client.post(address, sent, headers=SCRIPT).json()["version"] == 1
    late = client.post(address, sent | {"text": "อื่น", "request_id": "a2"}, headers=SCRIPT)
    assert (late.status_code, late.json()["text"]) == (409, "<p>เริ่มต้น</p>")
    page = client.post(address, sent | {"text": "ของฉัน", "request_id": "a3"})
    assert page.status_code == 409
    assert "ของฉัน" in page.text and "เริ่มต้น" in page.text
    assert 'name="version" value="1"' in page.text


def test_paper_that_is_not_whole_lists_what_is_missing(client_for, office):
    practice = make_practice(office, is_whole=False)
    client = client_for(office.officer)
    page = client.post(office.url(f"2570/practices/{practice.pk}/submit/"))
    assert page.status_code == 422
    assert "ข้อ 2 ความเป็นมา: ความเป็นมา" in page.text
    assert BestPractice.objects.get().status == "draft"


def test_letters_keep_what_was_typed_when_a_word_is_missing(client_for, office):
    practice = make_practice(office, is_whole=False)
    client = client_for(office.officer)
    address = office.url(f"2570/practices/{practice.pk}/letters/")
    sent = {"version": "1", "letter_0": "S", "word_0": "Service", "letter_1": "T"}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "เขียนคำที่อักษรนี้ย่อมา" in page.text and 'value="Service"' in page.text
    assert client.post(address, sent | {"word_1": "Team"}).status_code == 302
    assert list(ModelLetter.objects.values_list("letter", "word")) == [
        ("S", "Service"),
        ("T", "Team"),
    ]
    assert client.post(address, sent | {"word_1": "Time"}).status_code == 409


def test_photograph_is_added_changed_and_taken_out(client_for, office):
    practice = make_practice(office, is_whole=False)
    client = client_for(office.officer)
    base = office.url(f"2570/practices/{practice.pk}/photos/")
    sent = {"caption": "รับรางวัล", "level": "national", "is_award": "on", "taken_on": "๑ ก.ย. ๒๕๖๙"}
    wrong = client.post(base, sent | {"image": picture("ก.docx")})
    assert (wrong.status_code, PracticePhoto.objects.count()) == (422, 0)
    assert "ใช้ได้เฉพาะภาพ" in wrong.text or "PNG" in wrong.text
    assert client.post(base, sent | {"image": picture()}).status_code == 302
    photo = PracticePhoto.objects.get()
    assert (str(photo.taken_on), photo.is_award) == ("2026-09-01", True)
    edit = f"{base}{photo.pk}/"
    assert client.post(edit, sent | {"caption": "", "version": "1"}).status_code == 422
    changed = sent | {"caption": "รับโล่", "version": "1"}
    assert client.post(edit, changed).status_code == 302
    assert client.post(edit, changed).status_code == 409
    assert client.post(edit + "remove/", {"version": "2"}).status_code == 302
    assert not PracticePhoto.objects.exists()


def test_flow_chart_is_kept_and_taken_away(client_for, office):
    practice = make_practice(office, is_whole=False)
    client = client_for(office.officer)
    address = office.url(f"2570/practices/{practice.pk}/flow-chart/")
    assert client.post(address, {"version": "1"}).status_code == 422
    assert client.post(address, {"version": "1", "image": picture()}).status_code == 302
    assert BestPractice.objects.get().flow_chart_id
    assert client.post(address, {"version": "2", "remove": "1"}).status_code == 302
    assert BestPractice.objects.get().flow_chart_id is None


def test_heading_without_texts_and_unknown_parts_are_not_there(client_for, office):
    practice = make_practice(office, is_whole=False)
    client = client_for(office.officer)
    for path in ("heading/1/", "heading/11/"):
        assert client.get(office.url(f"2570/practices/{practice.pk}/{path}")).status_code == 404
    sent = {"text": "x", "version": "0"}
    address = office.url(f"2570/practices/{practice.pk}/text/99/")
    assert client.post(address, sent).status_code == 404
    assert client.get(office.url(f"2569/practices/{practice.pk}/")).status_code == 404


def test_observer_reads_texts_and_gets_no_forms(client_for, office):
    practice = make_practice(office)
    page = client_for(office.observer).get(office.url(f"2570/practices/{practice.pk}/heading/6/"))
    assert "บริการด้วยใจ" in page.text
    assert "<textarea" not in page.text
    assert PracticeSection.objects.filter(practice=practice).count() == 21


def test_lesson_is_noted_found_changed_and_removed(client_for, office):
    client = client_for(office.people["staff"])
    sent = {
        "kind": "lesson",
        "fiscal_year": "๒๕๗๐",
        "title": "หลักฐานล่าช้า",
        "text": "การจัดเก็บหลักฐานล่าช้าเพราะไม่มีผู้รับผิดชอบ",
        "category_number": "4",
    }
    wrong = client.post(office.url("2570/practices/lessons/add/"), sent | {"title": ""})
    assert wrong.status_code == 422 and "การจัดเก็บหลักฐานล่าช้า" in wrong.text
    client.post(office.url("2570/practices/lessons/add/"), sent)
    row = Lesson.objects.get()
    assert (row.fiscal_year, row.category_number) == (2570, 4)
    found = client.get(office.url("2570/practices/lessons/"), {"q": "ฐานลาชา", "category": "4"})
    assert "<mark>ฐานล่าช้า</mark>" in found.text
    none = client.get(office.url("2570/practices/lessons/"), {"q": "ฐานลาชา", "category": "5"})
    assert "<mark>" not in none.text
    edit = office.url(f"2570/practices/lessons/{row.pk}/edit/")
    assert client.post(edit, sent | {"title": "เก็บทันที", "version": "1"}).status_code == 302
    late = client.post(edit, sent | {"title": "ของฉัน", "version": "1"})
    assert late.status_code == 409 and "ของฉัน" in late.text and "เก็บทันที" in late.text
    page = client.get(office.url(f"2570/practices/lessons/{row.pk}/"))
    assert "หลักฐานล่าช้า" in page.text and "เก็บทันที" in page.text
    remove = office.url(f"2570/practices/lessons/{row.pk}/remove/")
    assert client.post(remove, {"version": "1"}).status_code == 409
    assert client.post(remove, {"version": "2"}).status_code == 302
    assert not Lesson.objects.exists()


def test_colleague_reads_but_does_not_change_a_lesson(client_for, office):
    fields = {"fiscal_year": 2570, "kind": "lesson", "title": "บทเรียน"}
    row = lessons.add_lesson(office.agency, fields, office.officer)
    client = client_for(office.people["staff"])
    assert client.get(office.url(f"2570/practices/lessons/{row.pk}/")).status_code == 200
    assert client.get(office.url(f"2570/practices/lessons/{row.pk}/edit/")).status_code == 403


def test_paper_is_found_by_words_of_its_texts(client_for, office):
    practice = make_practice(office, is_whole=False)
    writing.save_section(practice, "2", "นวัตกรรมข้อมูลกลาง", version=0, by=office.officer)
    client = client_for(office.officer)
    list_url = office.url("2570/practices/")
    assert "STAR Model" in client.get(list_url, {"q": "กรรมขอมูล"}).text
    assert "bp-list__title" not in client.get(list_url, {"q": "งบประมาณ"}).text


def test_paper_that_was_handed_in_is_not_removed(client_for, office):
    practice = make_practice(office)
    perform(practice, "submit", office.officer)
    perform(practice, "return_", office.director, comment="แก้ชื่อ")
    client = client_for(office.officer)
    address = office.url(f"2570/practices/{practice.pk}/")
    assert f"{address}remove/" not in client.get(address).text
    practice.refresh_from_db()
    sent = {"version": practice.version}
    assert client.post(f"{address}remove/", sent).status_code == 409
    assert BestPractice.objects.filter(pk=practice.pk).exists()
    row = ApprovalRequest.objects.get()
    page = client_for(office.director).get(office.url(f"2570/approvals/{row.pk}/"))
    assert page.status_code == 200
