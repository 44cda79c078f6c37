"""Drawn papers that tell what has become confidential since are taken back."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core import clock
from documents import previews
from documents.issued import issuing_papers
from documents.jobs import queued_papers
from documents.jobs.withdrawn_papers import withdraw_drawn
from documents.models import HouseLook, PaperJob, StoredFile
from documents.page_pictures import picture_path
from documents.pdf_rendering import Layout, PageLayout, RenderedPaper
from documents.stored_files import open_file, store_bytes
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper
from tests.documents.matrix import PDF

pytestmark = pytest.mark.django_db
TELLING = "test-telling"
ONE_PAGE = RenderedPaper("", PDF, Layout([PageLayout([], "")]))


@pytest.fixture
def office():
    register_office_paper(TELLING, tells_evidence=True)
    return make_office()


def job_of(office, kind=TELLING, content=b"", **fields):
    """A paper's job, as it is after drawing `content`."""
    file = None
    if content:
        file = store_bytes(office.agency, "ก.pdf", content, "application/pdf", None, pages=1)
    return PaperJob.objects.create(
        **{
            "agency": office.agency, "kind": kind, "object_id": office.agency.pk, "file": file,
            "status": "done" if content else "queued", "requested_by": office.officer,
            "requested_at": clock.now(),
        }
        | fields
    )  # fmt: skip


def now(*jobs):
    found = PaperJob.objects.in_bulk([job.pk for job in jobs])
    return [(found[job.pk].status, found[job.pk].error, found[job.pk].file) for job in jobs]


def test_drawn_papers_that_tell_evidence_are_taken_back_with_their_bytes(
    office, django_capture_on_commit_callbacks
):
    told, shared = job_of(office, content=b"%PDF-1 told"), job_of(office, content=b"%PDF-1 shared")
    plain = job_of(office, kind=register_office_paper(), content=b"%PDF-1 shared")
    elsewhere = job_of(make_office("other"), content=b"%PDF-1 told")
    picture = picture_path(told.file, 1)
    default_storage.save(picture, ContentFile(b"png"))

    with django_capture_on_commit_callbacks(execute=True):
        assert withdraw_drawn(office.agency) == 2
        assert default_storage.exists(told.file.path)

    withdrawn = ("withdrawn", "now_confidential", None)
    assert now(told, shared) == [withdrawn, withdrawn]
    assert now(plain, elsewhere) == [("done", "", shared.file), ("done", "", elsewhere.file)]
    assert set(StoredFile.objects.all()) == {shared.file, elsewhere.file}
    assert not default_storage.exists(told.file.path)
    assert not default_storage.exists(picture)
    with open_file(shared.file) as content:
        assert content.read() == b"%PDF-1 shared"


def test_file_that_something_without_a_way_back_holds_stays(office):
    """Such as a drawn paper that somebody uploaded again: to a meeting, as a scan, as a logo."""
    told = job_of(office, content=b"%PDF-1 told")
    HouseLook.objects.create(agency=office.agency, logo=told.file)

    assert withdraw_drawn(office.agency) == 1

    assert now(told) == [("withdrawn", "now_confidential", None)]
    assert HouseLook.objects.get().logo == told.file


def test_previews_go_and_issued_papers_stay(office):
    preview = job_of(office, status="done", section="part")
    path = previews.picture_path(preview, 1)
    default_storage.save(path, ContentFile(b"png"))
    issued = job_of(office, sequence=1, code="ABCD")
    queued_papers.make(issued.pk, lambda job, watch: ("ก.pdf", ONE_PAGE), issuing_papers.freeze)

    assert withdraw_drawn(office.agency) == 0

    assert not PaperJob.objects.filter(pk=preview.pk).exists()
    assert not default_storage.exists(path)
    assert [row[0] for row in now(issued)] == ["done"]


def test_bytes_stored_anew_before_they_went_stay(office, django_capture_on_commit_callbacks):
    told = job_of(office, content=b"%PDF-1 told")

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_drawn(office.agency)
        again = store_bytes(office.agency, "ก.pdf", b"%PDF-1 told", "application/pdf", None)

    assert again.pk != told.file_id
    with open_file(again) as content:
        assert content.read() == b"%PDF-1 told"


def test_paper_being_drawn_stores_nothing_and_begins_again(office):
    job = job_of(office)

    def draw(job, watch):
        withdraw_drawn(office.agency)
        return "ก.pdf", ONE_PAGE

    queued_papers.make(job.pk, draw)

    assert now(job) == [("queued", "", None)]
    assert not StoredFile.objects.exists()
    queued_papers.make(job.pk, lambda job, watch: ("ก.pdf", ONE_PAGE))
    assert [row[:2] for row in now(job)] == [("done", "")]


def test_papers_begun_before_the_change_was_seen_do_not_slip_through(
    office, django_capture_on_commit_callbacks
):
    """They are claimed after the withdrawal and before its transaction ends: they read the old."""
    drawn, drawing = job_of(office), job_of(office, digits="arabic")

    with django_capture_on_commit_callbacks() as callbacks:
        assert withdraw_drawn(office.agency) == 0
        queued_papers.make(drawn.pk, lambda job, watch: ("ก.pdf", ONE_PAGE))
        queued_papers.claim(drawing.pk)
    assert [row[0] for row in now(drawn, drawing)] == ["done", "running"]
    callbacks[0]()

    assert now(drawn, drawing) == [
        ("withdrawn", "now_confidential", None),
        ("queued", "", None),
    ]


def test_page_of_a_withdrawn_paper_says_why_and_offers_it_anew(office, client_for):
    job = job_of(office, content=PDF)
    withdraw_drawn(office.agency)
    client = client_for(office.officer)
    page = client.get(office.url(f"2570/documents/jobs/{job.pk}/"))

    assert "เอกสารนี้ถูกถอนออกแล้ว" in page.text
    assert "มีหลักฐานของสำนักงานเปลี่ยนเป็นหลักฐานลับ" in page.text
    assert office.url(f"2570/documents/papers/{TELLING}/{office.agency.pk}/") in page.text
    for path in (f"jobs/{job.pk}/paper.pdf", f"jobs/{job.pk}/pages/1/", f"files/{job.file_id}/"):
        assert client.get(office.url(f"2570/documents/{path}")).status_code == 404
