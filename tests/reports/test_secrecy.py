"""Papers that not every member may have: their files, and their titles in lists."""

import datetime as dt

import pytest

from agencies import audit
from assessments.evidence import Facts, edit_evidence, keep, remove_evidence
from assessments.evidence.places import ItemPlace
from assessments.models import Evidence
from committees.meetings.agenda_editing import issued_choices
from core import clock
from documents.models import IssuedDocument, PaperJob
from documents.queries import files_for_everybody, files_visible_to
from documents.stored_files import store_bytes
from reports.dashboards.director import papers
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment, make_open_cycle
from tests.reports.letters.factories import YEAR, make_letter

pytestmark = pytest.mark.django_db
READERS = ("officer", "director", "deputy")


@pytest.fixture
def office():
    return make_office()


def made(office, kind, subject, content=b"%PDF-1"):
    """A paper that was drawn; its file."""
    stored = store_bytes(office.agency, "ก.pdf", content, "application/pdf", office.officer)
    PaperJob.objects.create(
        agency=office.agency, kind=kind, object_id=subject.pk, status="done", file=stored,
        requested_by=office.officer, requested_at=clock.now(),
    )  # fmt: skip
    return stored


def issued(office, kind, subject, stored, title):
    return IssuedDocument.objects.create(
        agency=office.agency, fiscal_year=YEAR, kind=kind, subject=subject, title=title,
        file=stored, data_hash="0" * 64, issued_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
        issued_by=office.officer,
    )  # fmt: skip


def who_has(office, stored):
    people = ("officer", "director", "deputy", "champion1", "observer")
    return {name for name in people if files_visible_to(office.people[name]).filter(pk=stored.pk)}


def test_files_of_secret_letters_and_year_books_go_to_their_readers_alone(office, client_for):
    letter = make_letter(office, secrecy="secret")
    secret = made(office, "memo", letter, b"%PDF-1 secret")
    plain = made(office, "memo", make_letter(office), b"%PDF-1 plain")
    cycle = make_open_cycle(office.agency, YEAR, office.officer)
    book = made(office, "year-book", cycle, b"%PDF-1 book")
    client = client_for(office.observer)

    found = {row.pk: client.get(office.url(f"{YEAR}/documents/files/{row.pk}/")).status_code
             for row in (secret, plain, book)}  # fmt: skip

    assert found == {secret.pk: 404, plain.pk: 200, book.pk: 404}
    assert who_has(office, secret) == who_has(office, book) == set(READERS)
    assert set(files_for_everybody(office.agency)) == {plain}
    letter.delete()
    assert who_has(office, secret) == set()
    # Byte for byte the paper that everybody may have.
    made(office, "memo", make_letter(office), b"%PDF-1 secret")
    assert who_has(office, secret) == who_has(office, plain)


def test_titles_of_secret_issued_papers_are_in_no_list_of_others(office):
    letter = make_letter(office, secrecy="secret")
    paper = issued(office, "memo", letter, made(office, "memo", letter), "เรื่องลับ")
    assert who_has(office, paper.file) == set(READERS)

    for person, seen in ((office.officer, [paper]), (office.observer, [])):
        assert papers(person, office.agency, YEAR) == seen
        assert issued_choices(person, office.agency, YEAR) == seen


def test_audit_log_tells_no_subject_that_its_reader_may_not_know(office, client_for):
    secret = make_letter(office, secrecy="secret", subject="สอบวินัยร้ายแรง")
    plain = make_letter(office, subject="รายงานผลประจำปี")
    gone = make_letter(office, subject="ร่างที่ลบแล้ว")
    for letter in (secret, plain, gone):
        audit.record(office.agency, office.officer, "letter.add", letter, summary=letter.subject)
    paper = issued(office, "memo", secret, made(office, "memo", secret), secret.subject)
    audit.record(office.agency, office.officer, "paper.freeze", paper, summary=paper.title)
    place = ItemPlace(make_assessment(office).answer("1.2"))
    evidence = keep(place, office.officer, title="ผลสอบข้อเท็จจริง", url="https://example.go.th/")[0]
    edit_evidence(evidence, office.officer, title="ก", note="", facts=Facts(is_confidential=True))
    gone.delete()
    for title, facts in (("ผลสอบที่นำออก", Facts(is_confidential=True)), ("แผนที่นำออก", Facts())):
        piece = keep(place, office.officer, title=title, url="https://example.go.th/")[0]
        edit_evidence(piece, office.officer, title=title, note="", facts=facts)
        piece.links.all().delete()
        remove_evidence(Evidence.objects.get(pk=piece.pk), office.officer)

    said = {
        name: client_for(office.people[name]).get(office.url("settings/audit/")).text
        for name in ("administrator", "officer")
    }

    assert said["administrator"].count("(เรื่องลับ)") == 3
    for words in ("สอบวินัยร้ายแรง", "ร่างที่ลบแล้ว", "ผลสอบข้อเท็จจริง", "ผลสอบที่นำออก"):
        assert words not in said["administrator"]
    assert "รายงานผลประจำปี" in said["administrator"]
    assert "1.2-01" in said["administrator"]
    assert said["administrator"].count("1.2-03 แผนที่นำออก") == 3
    assert said["officer"].count("สอบวินัยร้ายแรง") == 2
    assert "(เรื่องลับ)" not in said["officer"]
    assert audit.verify(office.agency) == []
