"""A paper job from both ends: progress, stopping, reasons, notices, previews."""

import datetime as dt
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import translation

from core import clock
from documents import page_pictures, papers, previews, tasks
from documents.enums import PaperStage
from documents.jobs import failures, lanes, queued_papers
from documents.jobs.failures import PictureMissing, SectionMissing
from documents.jobs.progress import progress_of
from documents.jobs.watcher import JobWatcher, page_looks
from documents.models import PaperJob, StoredFile
from documents.paper_digits import digits_of
from documents.pdf_rendering import Layout, PageLayout, PaperTooLarge, RenderedPaper
from documents.permissions import can_cancel_paper
from documents.watching import NobodyWatches, PaperCancelled
from notifications.models import Carriage, Notification
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper
from tests.documents.matrix import PDF

pytestmark = pytest.mark.django_db
ONE_PAGE = RenderedPaper("", PDF, Layout([PageLayout([], "")]))


def job_of(office, **fields):
    return PaperJob.objects.create(
        **{
            "agency": office.agency,
            "kind": register_office_paper(),
            "object_id": office.agency.pk,
            "requested_by": office.staff,
            "requested_at": clock.now(),
        }
        | fields
    )


def draw_one_page(job, watch):
    return "ก.pdf", ONE_PAGE


def test_watcher_writes_stages_at_once_and_counts_twice_a_second(monkeypatch):
    job = queued_papers.claim(job_of(make_office()).pk)
    seconds = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: seconds[0])
    watch = JobWatcher(job)
    shown = []

    def hear(at, *news):
        seconds[0] = 100 + at
        watch.hear(*news)
        watch.must_stop()
        job.refresh_from_db()
        shown.append((job.stage, job.done, job.total))

    hear(0, PaperStage.READING)
    hear(0.1, PaperStage.DRAWING, 0, 9)
    hear(0.3, PaperStage.DRAWING, 1, 9)
    hear(0.65, PaperStage.DRAWING, 2, 9)

    assert shown == [("reading", 0, 0), ("drawing", 0, 9), ("drawing", 0, 9), ("drawing", 2, 9)]


def test_watcher_of_a_cancelled_job_stops_and_writes_nothing():
    office = make_office()
    job = queued_papers.claim(job_of(office).pk)
    watch = JobWatcher(job)
    assert watch.must_stop() is False

    assert queued_papers.cancel(job, office.officer) is True
    watch.hear(PaperStage.DRAWING, 1, 2)

    assert watch.must_stop() is True
    job.refresh_from_db()
    assert (job.status, job.stage, job.cancelled_by) == ("cancelled", "", office.officer)
    assert queued_papers.cancel(job, office.officer) is False


def test_cancelling_while_a_child_draws_ends_it_and_stores_nothing():
    office = make_office()
    job = job_of(office, kind="test-stopped")
    # The button is pressed while the record is read: the child has just begun when it is noticed.
    register_office_paper(
        "test-stopped", context=lambda agency: {"x": queued_papers.cancel(job, office.staff)}
    )
    begin = time.monotonic()

    tasks.make_paper(job.pk)

    assert time.monotonic() - begin < 5
    job.refresh_from_db()
    assert (job.status, job.file) == ("cancelled", None)
    assert not StoredFile.objects.exists()
    with open(f"/proc/self/task/{threading.get_native_id()}/children") as children:
        assert children.read() == ""


def test_child_of_a_killed_worker_ends_with_it(tmp_path):
    """Its commands come from elsewhere here, so that it does not end for want of them."""
    commands = tmp_path / "commands"
    os.mkfifo(commands)
    held = os.open(commands, os.O_RDWR)
    start = [sys.executable, "-m", "documents.drawing.render_child", str(tmp_path)]
    code = (
        f"import subprocess; print(subprocess.Popen({start!r}, stdin=open({str(commands)!r})).pid)"
    )
    worker = subprocess.Popen(
        [sys.executable, "-uc", f"{code}; import time; time.sleep(60)"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
    )
    with worker:
        child = Path("/proc", worker.stdout.readline().decode().strip())
        soon(lambda: b"libpango" in (child / "maps").read_bytes())
        worker.kill()
    soon(lambda: not child.exists() or "(zombie)" in (child / "status").read_text())
    os.close(held)


def soon(is_so):
    """Wait until it is so; fail after ten seconds."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_cancelling_while_pictures_are_made_keeps_none():
    job = queued_papers.claim(job_of(make_office()).pk)
    PaperJob.objects.filter(pk=job.pk).update(status="cancelled")

    with pytest.raises(PaperCancelled):
        queued_papers._keep_paper(job, "ก.pdf", ONE_PAGE, JobWatcher(job), None)

    assert not StoredFile.objects.exists()


def test_who_asked_and_who_runs_the_office_may_stop():
    office = make_office()
    job = job_of(office)

    may = [
        name
        for name in ("staff", "officer", "admin", "director", "member", "observer")
        if can_cancel_paper(getattr(office, name), job)
    ]

    assert may == ["staff", "officer", "admin"]


def test_preview_runs_beside_a_running_book_and_previews_take_turns():
    office = make_office()
    book, second = job_of(office), job_of(office, digits="arabic")
    preview, later = job_of(office, section="a"), job_of(office, section="b")

    claimed = [queued_papers.claim(job.pk) for job in (book, second, preview, later)]

    assert claimed == [book, None, preview, None]
    assert [lanes.before(job) for job in (second, later)] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_race_for_two_papers_of_an_office_get_one():
    office = make_office()
    jobs = [job_of(office), job_of(office, digits="arabic")]
    start = threading.Barrier(4)
    won, faults = [], []

    def worker(job):
        start.wait()
        try:
            while True:
                try:
                    won.append(queued_papers.claim(job.pk))
                    return
                except OperationalError as error:
                    if "locked" not in str(error):
                        raise
        except Exception as error:  # a thread's failure must fail the test
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(job,)) for job in jobs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert len([job for job in won if job]) == 1
    assert PaperJob.objects.filter(status="running").count() == 1


def test_ready_paper_is_told_once_in_the_portal_alone():
    office = make_office()
    job = job_of(office)

    queued_papers.make(job.pk, draw_one_page)
    queued_papers.make(job.pk, draw_one_page)

    notice = Notification.objects.get()
    assert notice.recipient == office.staff
    assert (notice.kind, notice.title) == ("paper", "เอกสารพร้อมแล้ว: แบบทดสอบ / น้ำใจ")
    assert notice.url == office.url(f"2570/documents/jobs/{job.pk}/")
    assert not Carriage.objects.exists()


def test_who_watches_the_page_is_told_by_the_page():
    office = make_office()
    job = job_of(office)
    page_looks(job.pk, office.staff.pk)

    queued_papers.make(job.pk, draw_one_page)

    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PaperTooLarge("time", "หมวด 3"), ("too_long", "หมวด 3")),
        (PaperTooLarge("memory"), ("too_much_memory", "")),
        (PaperTooLarge("file"), ("file_too_large", "")),
        (PaperTooLarge(), ("too_large", "")),
        (SoftTimeLimitExceeded(), ("too_long", "")),
        (PictureMissing("แผนผัง.png"), ("picture_missing", "แผนผัง.png")),
        (SectionMissing("category-9"), ("no_section", "")),
    ],
)
def test_failure_names_its_reason_and_place(error, told, caplog):
    job = job_of(make_office())

    def draw(job, watch):
        raise error

    with caplog.at_level(logging.CRITICAL):
        queued_papers.make(job.pk, draw)

    job.refresh_from_db()
    assert job.status == "failed"
    assert (job.error, job.error_place) == told


def test_unknown_failure_can_be_found_in_the_log(caplog):
    job = job_of(make_office())

    def draw(job, watch):
        raise ValueError("no paper")

    queued_papers.make(job.pk, draw)

    job.refresh_from_db()
    assert f"Paper job PJ-{job.pk} failed" in caplog.text
    with translation.override("en"):
        words = failures.words_of(job)
    assert words.happened == "Something went wrong that the portal does not know."
    assert words.advice.endswith(f"give the administrator the reference PJ-{job.pk}.")
    assert Notification.objects.get().title == "จัดทำเอกสารไม่สำเร็จ: แบบทดสอบ / น้ำใจ"


def test_sweep_gives_up_a_silent_worker_and_leaves_one_that_is_heard():
    office, other = make_office(), make_office("other")
    now = clock.now()
    long_ago = now - dt.timedelta(minutes=8)
    silent = job_of(office, status="running", claimed_at=long_ago, heard_at=long_ago)
    heard = job_of(other, status="running", claimed_at=long_ago, heard_at=now)

    queued_papers.sweep()

    silent.refresh_from_db()
    heard.refresh_from_db()
    assert (silent.status, silent.error) == ("failed", "interrupted")
    assert heard.status == "running"


@pytest.mark.parametrize(
    ("state", "words", "percent"),
    [
        ({"stage": ""}, "It is about to begin.", 2),
        ({"stage": "reading"}, "The record is being read.", 4),
        (
            {"stage": "drawing", "done": 3, "total": 9},
            "Drawing: 3 of 9 parts are done.",
            32,
        ),
        ({"stage": "joining"}, "The parts are being put together.", 75),
        (
            {"stage": "pictures", "done": 60, "total": 60},
            "Pictures of the pages: 60 of 60 are done.",
            99,
        ),
    ],
)
def test_progress_is_said_in_words_and_percent(state, words, percent):
    with translation.override("en"):
        progress = progress_of(PaperJob(status="running", **state))

    assert (progress.words, progress.percent) == (words, percent)


def test_preview_keeps_pictures_outside_the_files_of_the_office_for_an_hour():
    office = make_office()
    job = job_of(office, section="whole")
    path = previews.picture_path(job, 1)
    # Left by a job of the same number, before the database was put back from a backup.
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"old"))

    queued_papers.make(job.pk, draw_one_page)

    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.file) == ("done", 1, 1, None)
    assert default_storage.open(path).read(4) == b"\x89PNG"
    assert not StoredFile.objects.exists()
    assert not Notification.objects.exists()

    PaperJob.objects.update(finished_at=clock.now() - dt.timedelta(minutes=61))
    queued_papers.sweep()

    assert not PaperJob.objects.exists()
    assert not default_storage.exists(path)


def test_preview_asked_for_again_reads_what_was_saved_since():
    office = make_office()
    ask = ("test-office", office.agency.pk, "whole", office.agency, office.staff)
    first = queued_papers.request_preview(*ask)
    assert queued_papers.request_preview(*ask) == first

    queued_papers.claim(first.pk)
    second = queued_papers.request_preview(*ask)

    first.refresh_from_db()
    assert (first.status, second.status) == ("cancelled", "queued")
    assert previews.latest_of(*ask[:4]) == second


def test_only_short_papers_are_previewed_whole():
    office = make_office()
    job = job_of(office, section="whole")

    tasks.make_paper(job.pk)

    job.refresh_from_db()
    assert (job.status, job.error) == ("failed", "no_section")


def test_pictures_of_a_damaged_file_are_an_error():
    with pytest.raises(page_pictures.subprocess.CalledProcessError):
        page_pictures.draw_pictures(b"no pdf", 1, 96)


def test_one_person_has_few_previews_waiting(client_for):
    office = make_office()
    kind = register_office_paper()
    client = client_for(office.observer)
    address = office.url(f"2570/documents/previews/{kind}/{office.agency.pk}/")

    answers = {client.post(f"{address}part-{number}/").status_code for number in range(8)}
    too_long = client.post(f"{address}{'a' * 61}/")

    assert (answers, too_long.status_code) == ({302}, 404)
    waiting = PaperJob.objects.filter(status="queued").values_list("section", flat=True)
    assert sorted(waiting) == [f"part-{number}" for number in range(3, 8)]


@pytest.mark.parametrize(("asked", "printed"), [("arabic", "arabic"), ("", "thai")])
def test_paper_is_read_in_the_digits_of_its_copy(asked, printed):
    office = make_office()
    seen = []

    def context(agency):
        seen.append(digits_of(agency))
        raise PaperCancelled

    kind = register_office_paper("test-digits", context=context)
    job = job_of(office, kind=kind, digits=asked)
    with pytest.raises(PaperCancelled):
        papers.paper_of_job(job, NobodyWatches())
    assert seen == [printed]
