"""Evidence that becomes confidential after papers were drawn and issued with its name."""

import datetime as dt

import pytest

from assessments.evidence import Facts, edit_evidence, keep
from assessments.evidence.hushing import issues_naming
from assessments.evidence.places import ItemPlace
from assessments.evidence.versions import replace_content
from committees.models import Meeting, MeetingPaper
from core import clock
from documents.models import IssuedDocument, PaperJob
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment
from tests.reports.letters.factories import make_letter

pytestmark = pytest.mark.django_db
TITLE = "ผลสอบข้อเท็จจริง ปี 2570"
SECRET = Facts(is_confidential=True)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


@pytest.fixture
def evidence(office, started):
    place = ItemPlace(started.answer("1.2"))
    return keep(place, office.officer, title=TITLE, url="https://example.go.th/")[0]


def drawn(office, evidence):
    """The index of evidence as it was drawn; its job."""
    assessment = evidence.cycle.assessment
    content = f"%PDF-1 {PaperJob.objects.count()}".encode()
    return PaperJob.objects.create(
        agency=office.agency, kind="evidence-index", object_id=assessment.pk, status="done",
        file=store_bytes(office.agency, "ก.pdf", content, "application/pdf", office.officer),
        requested_by=office.officer, requested_at=clock.now(),
    )  # fmt: skip


def issued(office, kind, subject, words, title="ก"):
    number = IssuedDocument.objects.count() + 1
    file = store_bytes(office.agency, "ก.pdf", b"%%PDF-%d" % number, "application/pdf", None)
    return IssuedDocument.objects.create(
        agency=office.agency, fiscal_year=2570, kind=kind, subject=subject, title=title, file=file,
        sequence=number, data_hash="0" * 64, content=[["r", words]], issued_by=office.officer,
        issued_at=dt.datetime(2027, 1, number, tzinfo=dt.UTC),
    )  # fmt: skip


def test_drawn_papers_are_withdrawn_when_evidence_becomes_confidential(office, evidence):
    first = drawn(office, evidence)
    edit_evidence(evidence, office.officer, title="ผลสอบ", note="", facts=Facts())
    first.refresh_from_db()
    assert first.status == "done"

    hushed = edit_evidence(evidence, office.officer, title=TITLE, note="", facts=SECRET)

    first.refresh_from_db()
    assert (first.status, first.file) == ("withdrawn", None)
    assert (hushed.withdrawn, hushed.title) == (1, "ผลสอบ")


def test_what_was_drawn_since_stays(office, evidence):
    """The row decides what it was before, not what a page opened earlier had read."""
    edit_evidence(evidence, office.officer, title=TITLE, note="", facts=SECRET)
    later = drawn(office, evidence)

    assert edit_evidence(evidence, office.officer, title=TITLE, note="", facts=SECRET) is None

    later.refresh_from_db()
    assert later.status == "done"


def on_the_table(office, content):
    """A file that lies on a meeting's table."""
    at = dt.datetime(2027, 1, 5, tzinfo=dt.UTC)
    meeting = Meeting.objects.create(
        agency=office.agency, fiscal_year=2570, title="ประชุม", starts_at=at,
        created_by=office.officer, created_at=at,
    )  # fmt: skip
    file = store_bytes(office.agency, "ก.pdf", content, "application/pdf", office.officer)
    return MeetingPaper.objects.create(meeting=meeting, title="ก", file=file).file


def test_confidential_evidence_takes_a_file_of_a_meeting_along(office, started, evidence):
    """Packs that were drawn show its pages."""
    place = ItemPlace(started.answer("1.2"))
    first = drawn(office, evidence)
    file = on_the_table(office, b"%PDF-t 1")
    fresh = store_bytes(office.agency, "ข.pdf", b"%PDF-t 2", "application/pdf", office.officer)

    secret, _new = keep(place, office.officer, title="ข", file=fresh, facts=SECRET)
    first.refresh_from_db()
    assert first.status == "done"
    keep(place, office.officer, title="ก", file=file, facts=SECRET)
    first.refresh_from_db()
    assert first.status == "withdrawn"

    later = drawn(office, evidence)
    replace_content(secret, office.officer, number=1, file=on_the_table(office, b"%PDF-t 3"))
    later.refresh_from_db()
    assert later.status == "withdrawn"


def test_who_makes_it_confidential_is_told_of_issued_papers_he_may_see(
    office, evidence, client_for
):
    assessment = evidence.cycle.assessment
    told = issued(office, "evidence-index", assessment, "1.2-01 | ผลสอบ ข้อเท็จจริง ปี ๒๕๗๐", "ดัชนี")
    issued(office, "evidence-index", assessment, "1.2-01 | เอกสารลับ", "ดัชนีใหม่")
    letter = issued(office, "memo", make_letter(office, secrecy="secret"), f"ตาม{TITLE}", "เรื่องลับ")
    drawn(office, evidence)
    assert issues_naming(evidence, TITLE, office.officer) == [letter, told]
    assert issues_naming(evidence, TITLE, office.champion1) == [told]
    data = {"title": TITLE, "url": "https://example.go.th/", "is_confidential": "on"}
    path = office.url(f"2570/evidence/{evidence.pk}/")

    page = client_for(office.officer).post(path, data, follow=True).text

    assert "ถอนเอกสารที่จัดทำไว้ 1 ฉบับ" in page
    assert "เอกสารที่ออกแล้ว 2 ฉบับมีชื่อหลักฐานนี้" in page
    assert (
        f'<a href="{office.url(f"2570/documents/issued/{told.pk}/about/")}" lang="th">ดัชนี (1)'
        in page
    )
    assert "ดัชนีใหม่" not in page


def test_a_page_opened_before_it_became_confidential_does_not_uncover_it(
    office, evidence, client_for
):
    client = client_for(office.officer)
    address = office.url(f"2570/evidence/{evidence.pk}/")
    assert 'name="was_confidential" value="False"' in client.get(address).text
    edit_evidence(evidence, office.officer, title=TITLE, note="", facts=SECRET)
    late = client.post(address, {"title": "ชื่อใหม่", "was_confidential": "False"})
    assert late.status_code == 422
    assert "ชื่อใหม่" in late.text
    assert "มีผู้ตั้งเป็นความลับหลังจากท่านเปิดหน้านี้" in late.text
    evidence.refresh_from_db()
    assert evidence.is_confidential
    assert evidence.title == TITLE
    assert client.post(address, {"title": TITLE, "was_confidential": "True"}).status_code == 302
    evidence.refresh_from_db()
    assert not evidence.is_confidential
