"""ตรวจสอบเอกสาร: whoever holds a paper may ask whether it is genuine, and learns no more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents import papers
from documents.issued import verification
from documents.issued.recording import record
from documents.models import StoredFile, new_verification_code
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper
from tests.documents.matrix import PDF

pytestmark = pytest.mark.django_db
CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def office():
    return make_office(name_th="สำนักงานตัวอย่าง")


@pytest.fixture
def document(office):
    kind = papers.get(register_office_paper(label="แบบทดสอบ"))
    stored = store_bytes(office.agency, "a.pdf", PDF, "application/pdf", office.director, pages=1)
    return record(kind, office.agency, stored, office.director, data_hash="0" * 64, code=CODE)


def test_code_is_sixteen_letters_that_nobody_mistakes():
    codes = {new_verification_code() for _number in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {19}
    assert not set("".join(codes)) & set("01ILOU")


def test_paper_is_shown_to_everybody_without_names_of_people(document, office):
    page = Client().get(f"/verify/{CODE}/")
    assert page.status_code == 200
    for shown in ("แบบทดสอบ / น้ำใจ", "สำนักงานตัวอย่าง", CODE):
        assert shown in page.text, shown
    for kept in (str(office.director), document.file.sha256, document.data_hash, "ฉบับใหม่กว่า"):
        assert kept not in page.text, kept
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    "typed", ["abcd-efgh-jkmn-pqrs", "ABCDEFGHJKMNPQRS", " abcd efgh jkmn pqrs "]
)
def test_code_is_understood_as_people_type_it(document, typed):
    answer = Client().get("/verify/", {"code": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{CODE}/")


def test_mistyped_code_stays_in_its_field(document):
    for address in ("/verify/ABCD-EFGH-JKMN-PQRT/", "/verify/?code=ABCD%2F1"):
        page = Client().get(address).text
        assert 'aria-invalid="true"' in page
    assert 'value="ABCD/1"' in page


def test_unknown_code_is_answered_in_plain_thai(document):
    page = Client().get("/verify/ABCD-EFGH-JKMN-PQRT/")
    assert page.status_code == 404
    assert "ไม่พบเอกสารที่มีรหัสนี้" in page.text


def test_file_is_compared_byte_by_byte_and_not_kept(document):
    same = SimpleUploadedFile("ที่ได้รับ.pdf", PDF, "application/pdf")
    page = Client().post(f"/verify/{CODE}/", {"file": same})
    assert "ไฟล์ของท่านตรงกับเอกสารที่ออกไปทุกไบต์" in page.text
    assert "ไฟล์นี้ไม่ใช่เอกสารที่ออกไป" not in page.text
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("forged", [PDF + b"\n", PDF.replace(b"99 99", b"98 99"), b""])
def test_forged_file_is_called_so_and_never_genuine(document, forged):
    file = SimpleUploadedFile("a.pdf", forged, "application/pdf")
    page = Client().post(f"/verify/{CODE}/", {"file": file})
    assert "<h1>ไฟล์นี้ไม่ใช่เอกสารที่ออกไป</h1>" in page.text
    assert "ไฟล์ไม่ตรงกับเอกสารที่ออก" in page.text
    assert "เอกสารนี้ออกจากระบบจริง" not in page.text
    assert StoredFile.objects.count() == 1


def test_superseded_paper_says_which_issue_took_its_place_and_not_its_code(document, office):
    kind = papers.get(document.kind)
    stored = store_bytes(office.agency, "b.pdf", b"%PDF-2", "application/pdf", office.director)
    newer = record(kind, office.agency, stored, office.director, data_hash="1" * 64)
    page = Client().get(f"/verify/{CODE}/")
    assert "ถูกแทนที่ด้วยฉบับที่ 2 เมื่อ" in page.text
    assert newer.verification_code not in page.text
    assert "ถูกแทนที่" not in Client().get(f"/verify/{newer.verification_code}/").text


def test_comparing_without_a_file_says_what_is_missing(document):
    page = Client().post(f"/verify/{CODE}/")
    assert page.status_code == 422
    assert "เลือกไฟล์ PDF ที่ต้องการเทียบ" in page.text


def test_comparing_a_file_larger_than_uploads_and_the_paper_is_refused(document, settings):
    settings.MAX_UPLOAD_BYTES = 10
    larger = SimpleUploadedFile("a.pdf", PDF + b"\n")
    page = Client().post(f"/verify/{CODE}/", {"file": larger})
    assert page.status_code == 422


def test_a_true_paper_larger_than_uploads_may_be_is_compared(document, settings):
    settings.MAX_UPLOAD_BYTES = 10
    page = Client().post(f"/verify/{CODE}/", {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert page.status_code == 200
    assert "ไฟล์ของท่านตรงกับเอกสารที่ออกไปทุกไบต์" in page.text


def test_trying_codes_is_stopped_for_that_network_only(document):
    guesser, elsewhere = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    answers = [guesser.get(f"/verify/AAAA-AAAA-AAAA-{number:04}/") for number in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    assert "ลองใหม่ในอีก 15 นาที" in answers[-1].text
    assert elsewhere.get("/verify/AAAA-AAAA-AAAA-0000/").status_code == 404
    assert guesser.get(f"/verify/{CODE}/").status_code == 200
    same = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    assert guesser.post(f"/verify/{CODE}/", {"file": same}).status_code == 200


def test_false_files_are_stopped_for_their_paper_only(document, office):
    client = Client()
    for _try in range(30):
        verification.count_try("127.0.0.1", CODE)
    forged = SimpleUploadedFile("a.pdf", b"%PDF", "application/pdf")
    assert client.post(f"/verify/{CODE}/", {"file": forged}).status_code == 429
    assert client.get(f"/verify/{CODE}/").status_code == 200
    assert verification.has_tried_enough("127.0.0.1") is False
    assert verification.has_tried_enough("127.0.0.1", "ABCD-EFGH-JKMN-PQRT") is False


def test_reading_a_genuine_paper_is_never_counted(document):
    client = Client()
    assert {client.get(f"/verify/{CODE}/").status_code for _look in range(40)} == {200}
    assert verification.has_tried_enough("127.0.0.1") is False


def test_frozen_paper_is_downloaded_within_its_office_only(document, office, client_for):
    address = office.url(f"2570/documents/issued/{document.pk}/")
    answer = client_for(office.observer).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    stranger = make_office("elsewhere")
    assert client_for(stranger.officer).get(address).status_code == 404
    assert (
        client_for(stranger.officer)
        .get(stranger.url(f"2570/documents/issued/{document.pk}/"))
        .status_code
        == 404
    )


def test_frozen_paper_follows_the_permission_of_its_kind(document, office, client_for):
    register_office_paper(may=lambda user, agency: user.username == office.director.username)
    address = office.url(f"2570/documents/issued/{document.pk}/")
    assert client_for(office.director).get(address).status_code == 200
    assert client_for(office.officer).get(address).status_code == 404
    register_office_paper()
