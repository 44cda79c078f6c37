"""Letters: beginning, saving, issuing and locking, secrecy, the list's words."""

import datetime as dt

import pytest

from approvals.freezing import seal_of
from approvals.models import PaperFreeze
from documents.revisions import NotEditable, SaveConflict
from reports.letters import writing
from reports.letters.printed import sender_of
from reports.letters.queries import found_letters, letters_visible_to
from reports.letters.starting_texts import BY_CODE
from reports.letters.transitions import missing_parts
from reports.models import Letter
from tests.agencies.factories import make_office
from tests.reports.letters.factories import YEAR, make_letter

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 4, 3)


@pytest.fixture
def office():
    return make_office(name_th="สำนักงานตัวอย่าง")


def test_starting_texts_fill_in_office_year_and_who_signs(office):
    memo = writing.begin(office.agency, YEAR, BY_CODE["memo-results"], office.officer)
    said = writing.begin(office.agency, YEAR, BY_CODE["announcement-cycle"], office.officer)

    assert memo.subject.endswith("ประจำปีงบประมาณ พ.ศ. 2570")
    assert "สำนักงานตัวอย่าง" in memo.body
    assert memo.addressee == office.agency.head_position
    assert memo.signer_name == office.officer.get_full_name()
    assert said.signer_name == office.director.get_full_name()
    assert said.signer_position == office.agency.head_position
    assert (said.has_note_space, memo.has_note_space) == (False, True)


def test_saving_cleans_the_text_and_refuses_what_is_older_or_issued(office):
    letter = make_letter(office)
    words = {"body": "<p>ใหม่</p><script>alert(1)</script>"}
    assert writing.save(letter, words, version=1, by=office.officer).version == 2
    letter.refresh_from_db()
    assert letter.body == "<p>ใหม่</p>"
    with pytest.raises(SaveConflict):
        writing.save(letter, words, version=1, by=office.officer)
    writing.issue(letter, office.officer, number="1", dated_on=DAY, version=2)
    with pytest.raises(NotEditable):
        writing.save(letter, words, version=3, by=office.officer)
    assert writing.remove(letter, version=3, by=office.officer) is False


def test_issue_keeps_number_day_and_asks_for_the_frozen_paper_of_its_kind(office):
    letter = make_letter(office, kind="announcement")
    log = writing.issue(letter, office.officer, number="", dated_on=DAY, version=1)
    letter.refresh_from_db()

    assert (letter.status, letter.dated_on, log.to_status) == ("issued", DAY, "issued")
    freeze = PaperFreeze.objects.get(log=log)
    assert freeze.kind == "announcement"
    who = office.officer.get_full_name()
    assert seal_of(freeze).words.startswith(f"ออกเอกสารในระบบ โดย {who[:4]}")


def test_what_the_form_of_a_letter_wants_is_listed(office):
    empty = Letter(agency=office.agency, kind="memo", subject=" ", body="<p> </p>")
    assert len(missing_parts(empty)) == 6
    empty.kind = "announcement"
    assert len(missing_parts(empty)) == 4
    assert missing_parts(make_letter(office)) == []


def test_secret_letters_are_known_to_officer_deputy_and_director_alone(office):
    make_letter(office, secrecy="secret")
    readers = {
        name: letters_visible_to(person).count()
        for name, person in office.people.items()
        if name in ("officer", "director", "deputy", "champion1", "observer")
    }
    assert readers == {"officer": 1, "director": 1, "deputy": 1, "champion1": 0, "observer": 0}


def test_list_finds_by_words_kind_and_state(office):
    make_letter(office, subject="ขออนุมัติแผน", number="ศธ 1/9")
    make_letter(office, kind="announcement", subject="แนวทางปี 2570")

    def found(**asked):
        rows = found_letters(office.officer, office.agency, YEAR, **asked)
        return [row.subject for row in rows]

    assert found(words="แผน ศธ") == ["ขออนุมัติแผน"]
    assert found(kind="announcement") == ["แนวทางปี 2570"]
    assert found(status="issued") == []
    assert found(sort="subject") == ["ขออนุมัติแผน", "แนวทางปี 2570"]


def test_telephone_and_mail_stand_on_their_own_line(office):
    letter = make_letter(office, sender="กลุ่มอำนวยการ  สำนักงาน โทร. 0 4500 0000 ต่อ 1")
    assert sender_of(letter) == ["กลุ่มอำนวยการ สำนักงาน", "โทร. 0 4500 0000 ต่อ 1"]


def test_pages_keep_what_was_typed_when_it_is_refused(office, client_for):
    letter = make_letter(office)
    client = client_for(office.officer)
    address = office.url(f"{YEAR}/letters/{letter.pk}/")
    typed = {"subject": "", "body": "<p>พิมพ์ไว้แล้ว</p>", "version": "1"}
    refused = client.post(f"{address}edit/", typed)
    assert refused.status_code == 422
    assert "พิมพ์ไว้แล้ว" in refused.content.decode()
    older = client.post(f"{address}edit/", typed | {"subject": "ก", "version": "9"})
    assert older.status_code == 409
    assert "พิมพ์ไว้แล้ว" in older.content.decode()
    no_number = client.post(f"{address}issue/", {"dated_on": "1/7/2570", "version": "1"})
    assert no_number.status_code == 422
    done = client.post(f"{address}issue/", {"number": "9", "dated_on": "1/7/2570", "version": "1"})
    assert done.status_code == 302
    assert client.get(f"{address}edit/").status_code == 409
    assert client.get(address).status_code == 200
    assert client.get(office.url(f"{YEAR}/letters/?words=9&sort=number")).status_code == 200


def test_letter_saves_itself_and_a_newer_one_is_shown_beside(office, client_for):
    letter = make_letter(office, speed="urgent")
    client = client_for(office.officer)
    address = office.url(f"{YEAR}/letters/{letter.pk}/edit/")

    def saved(version, **typed):
        words = {"subject": "ก", "addressee": "ผู้อำนวยการ", "body": "<p>หนึ่ง</p>"}
        sent = words | {"version": version} | typed
        return client.post(address, sent, headers={"X-Requested-With": "autosave"})

    assert saved(1).json()["version"] == 2
    assert saved(1).json()["version"] == 2  # its answer was lost: nobody else has written
    newer = saved(1, subject="ข", has_note_space="on")
    assert newer.status_code == 409
    told = newer.json()
    assert (told["version"], told["fields"]["subject"]) == (2, "ก")
    assert (told["fields"]["speed"], told["fields"]["has_note_space"]) == ("", False)
    assert told["shown"] == "เรื่อง: ก\nเรียน: ผู้อำนวยการ\nข้อความ: หนึ่ง"
    refused = saved(2, subject="")
    assert (refused.status_code, refused.json()["message"][:6]) == (422, "เรื่อง")
    writing.save(letter, {"subject": "ค"}, version=2, by=office.officer)
    Letter.objects.filter(pk=letter.pk).update(status="issued")
    assert saved(3).status_code == 423


def test_page_that_was_refused_does_not_save_itself(office, client_for):
    letter = make_letter(office)
    client = client_for(office.officer)
    address = office.url(f"{YEAR}/letters/{letter.pk}/edit/")
    assert "data-pmqa-all-fields" in client.get(address).content.decode()
    refused = client.post(address, {"subject": "", "version": "1"}).content.decode()
    assert "data-pmqa-all-fields" not in refused
