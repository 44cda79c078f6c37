"""A paper job: asked for, claimed once, drawn, ended, swept."""

import datetime as dt

import pytest

from core import clock
from documents import tasks
from documents.jobs import queued_papers
from documents.jobs.watcher import JobWatcher
from documents.models import PaperJob
from documents.pdf_rendering import Layout, PageLayout, PaperTooLarge, RenderedPaper
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper

pytestmark = pytest.mark.django_db


def job_of(office, object_id=1, **fields):
    return PaperJob.objects.create(
        **{
            "agency": office.agency,
            "kind": "test-office",
            "object_id": object_id,
            "requested_by": office.officer,
            "requested_at": clock.now(),
        }
        | fields
    )


def test_request_paper_reuses_the_open_job():
    office = make_office()

    first = queued_papers.request_paper("test-office", 1, office.agency, office.officer)
    second = queued_papers.request_paper("test-office", 1, office.agency, office.director)
    other = queued_papers.request_paper("test-office", 2, office.agency, office.officer)

    assert second == first
    assert other != first


def test_request_paper_makes_a_new_job_after_the_old_one_ended():
    office = make_office()
    ended = job_of(office, status="done")

    job = queued_papers.request_paper("test-office", 1, office.agency, office.officer)

    assert job != ended
    assert job.status == "queued"


def test_claim_is_given_once():
    job = job_of(make_office())

    assert queued_papers.claim(job.pk) == job
    assert queued_papers.claim(job.pk) is None


def test_claim_waits_while_the_office_has_a_paper_running():
    office, other = make_office(), make_office("other")
    job_of(office, status="running", claimed_at=clock.now())
    waiting = job_of(office, object_id=2)
    elsewhere = job_of(other, object_id=3)

    assert queued_papers.claim(waiting.pk) is None
    assert queued_papers.claim(elsewhere.pk) == elsewhere


def test_make_paper_stores_the_pdf_and_starts_the_next(django_capture_on_commit_callbacks):
    office = make_office()
    register_office_paper()
    first = job_of(office, object_id=office.agency.pk)
    second = job_of(office, object_id=office.agency.pk + 1000)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.make_paper(first.pk)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.status == "done"
    assert first.file.name == "แบบทดสอบ - น้ำใจ.pdf"
    assert first.file.pages == 1
    assert second.status == "failed"  # its object does not exist
    assert second.error == "failed"


def test_make_ends_a_paper_that_is_too_large():
    job = job_of(make_office())

    def draw(job, watch):
        raise PaperTooLarge

    queued_papers.make(job.pk, draw)

    job.refresh_from_db()
    assert (job.status, job.error) == ("failed", "too_large")


def test_make_does_not_overwrite_a_job_that_was_given_up():
    job = job_of(make_office())

    def draw(job, watch):
        PaperJob.objects.filter(pk=job.pk).update(status="failed", error="interrupted")
        return "a.pdf", RenderedPaper("", b"%PDF-", Layout([]))

    queued_papers.make(job.pk, draw)

    job.refresh_from_db()
    assert (job.status, job.error) == ("failed", "interrupted")


def test_watcher_of_a_job_that_another_worker_claimed_stops():
    job = queued_papers.claim(job_of(make_office()).pk)
    PaperJob.objects.update(claimed_at=job.claimed_at + dt.timedelta(seconds=1))
    assert JobWatcher(job).must_stop() is True


def test_cancelling_makes_room_for_the_next(django_capture_on_commit_callbacks):
    office = make_office()
    first, second = job_of(office), job_of(office, digits="arabic", kind="no-such-paper")
    queued_papers.claim(first.pk)
    with django_capture_on_commit_callbacks(execute=True):
        queued_papers.cancel(first, office.officer)
    second.refresh_from_db()
    assert second.status == "failed"


def test_sweep_fails_stale_jobs_and_finds_lost_ones():
    office = make_office()
    now = clock.now()
    stale = job_of(office, status="running", claimed_at=now - dt.timedelta(minutes=7))
    lost = job_of(office, object_id=2, requested_at=now - dt.timedelta(minutes=1))
    job_of(office, object_id=3)

    assert queued_papers.sweep() == [lost.pk]

    stale.refresh_from_db()
    assert (stale.status, stale.error) == ("failed", "interrupted")


def test_layout_tells_pages_and_first_words():
    layout = Layout([PageLayout(["a"], "หนึ่ง สอง"), PageLayout(["a", "b"], " สาม สี่ ห้า หก")])

    assert layout.page_of("a") == 1
    assert layout.page_of("b") == 2
    assert layout.page_of("c") is None
    assert layout.first_words(2) == "สาม สี่ ห้า"
    assert layout.page_count == 2
