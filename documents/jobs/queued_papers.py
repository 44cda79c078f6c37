"""A paper job's life: asked for, claimed by one worker, drawn, stored, failed or cancelled.

The table says what is to be done; a lost task is queued again by the sweeper. The table's
constraints see to it that an office has one drawing at a time and one preview beside it, and a
paper one open job.
"""

import datetime as dt
import hashlib
import logging

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from agencies.models import Agency, User
from core import clock
from documents import page_pictures, papers, previews, tasks
from documents.enums import PaperJobStatus
from documents.jobs import failures, notices
from documents.jobs.failures import FAILED, INTERRUPTED
from documents.jobs.lanes import lane_of
from documents.jobs.watcher import JobWatcher, ours, page_looks
from documents.models import PaperJob, StoredFile
from documents.pdf_rendering import RenderedPaper
from documents.stored_files import store_bytes
from documents.watching import PaperCancelled

logger = logging.getLogger(__name__)

OPEN = (PaperJobStatus.QUEUED, PaperJobStatus.RUNNING)
# A worker that has not been heard of for so long is gone; longer than reading a year takes.
SILENT_AFTER = dt.timedelta(minutes=3)
WAITED_TOO_LONG = dt.timedelta(seconds=45)
# Previews that one person may have in the queue; an older one gives way.
MOST_WAITING = 5


def request_paper(
    kind: str,
    object_id: int,
    agency: Agency,
    by: User,
    *,
    digits: str = "",
    asked_from: str = "",
) -> PaperJob:
    """Return the open job for the paper in these digits; make and queue one if there is none.

    `asked_from` is the path of the page to lead back to. The person counts as watching.
    """
    jobs = PaperJob.objects.filter(
        kind=kind, object_id=object_id, agency=agency, section="", digits=digits, sequence=0
    )
    existing = jobs.filter(status__in=OPEN).first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            job = PaperJob.objects.create(
                agency=agency,
                kind=kind,
                object_id=object_id,
                digits=digits,
                asked_from=asked_from,
                requested_by=by,
                requested_at=clock.now(),
            )
    except IntegrityError:
        # A second click came first; its job may have ended by now.
        return jobs.latest("requested_at", "pk")
    page_looks(job.pk, by.pk)
    tasks.make_paper.delay_on_commit(job.pk)
    return job


def request_preview(kind: str, object_id: int, section: str, agency: Agency, by: User) -> PaperJob:
    """Return a new job that draws the section as it is saved now.

    One that waits will read what is saved now and is enough; one that runs has read too early
    and is cancelled.
    """
    jobs = PaperJob.objects.filter(
        kind=kind, object_id=object_id, agency=agency, section=section, digits=""
    )
    waiting = jobs.filter(status=PaperJobStatus.QUEUED).first()
    if waiting:
        return waiting
    try:
        with transaction.atomic():
            _cancel(jobs.filter(status=PaperJobStatus.RUNNING), by)
            _cancel(_too_many(agency, by), by)
            job = PaperJob.objects.create(
                agency=agency,
                kind=kind,
                object_id=object_id,
                section=section,
                requested_by=by,
                requested_at=clock.now(),
            )
    except IntegrityError:
        return jobs.latest("requested_at", "pk")
    tasks.make_paper.delay_on_commit(job.pk)
    return job


def _too_many(agency: Agency, by: User) -> QuerySet[PaperJob]:
    """Return the person's waiting previews that give way to one more."""
    waiting = PaperJob.objects.filter(
        agency=agency, requested_by=by, status=PaperJobStatus.QUEUED
    ).exclude(section="")
    oldest = list(waiting.order_by("-requested_at", "-pk").values_list("pk", flat=True))
    return waiting.filter(pk__in=oldest[MOST_WAITING - 1 :])


def _cancel(jobs: QuerySet[PaperJob], by: User) -> int:
    """End the jobs, which the caller has narrowed to open ones; return how many."""
    return jobs.update(status=PaperJobStatus.CANCELLED, cancelled_by=by, finished_at=clock.now())


def claim(job_id: int) -> PaperJob | None:
    """Take the job for this worker. None when it is taken, done, or its lane has one running."""
    running = PaperJob.objects.filter(agency=OuterRef("agency"), status=PaperJobStatus.RUNNING)
    is_first = (Q(section="") & ~Exists(running.filter(section=""))) | (
        ~Q(section="") & ~Exists(running.exclude(section=""))
    )
    free = PaperJob.objects.filter(pk=job_id, status=PaperJobStatus.QUEUED)
    # The ids of the office's running jobs are read before the UPDATE: one table, one statement.
    free = free.filter(pk__in=PaperJob.objects.filter(is_first).values("pk"))
    now = clock.now()
    try:
        with transaction.atomic():
            claimed = free.update(status=PaperJobStatus.RUNNING, claimed_at=now, heard_at=now)
    except IntegrityError:
        # Another job of the lane was claimed at the same moment.
        return None
    rows = PaperJob.objects.select_related("agency", "requested_by")
    return rows.get(pk=job_id) if claimed else None


def make(job_id: int, draw_paper, issue=None) -> None:
    """Claim the job, draw its paper and store it; then queue the lane's next one.

    `draw_paper(job, watch)` returns (file name, RenderedPaper). A job that is not free is left
    alone. Of a job that is cancelled meanwhile nothing is stored. `issue(job, paper)` freezes the
    stored file of a job that issues its paper, and returns the IssuedDocument.
    """
    job = claim(job_id)
    if job is None:
        return
    watch = JobWatcher(job)
    try:
        name, paper = draw_paper(job, watch)
        if job.section:
            _keep_preview(job, paper, watch)
        else:
            _keep_paper(job, name, paper, watch, issue)
    except PaperCancelled:
        logger.info("Paper job %s was cancelled", failures.reference_of(job))
    except Exception as error:  # whatever went wrong, the person must see an end
        _fail(job, error)
    else:
        _tell(job)
    _queue_next(job)


def _keep_paper(job: PaperJob, name: str, paper: RenderedPaper, watch: JobWatcher, issue) -> None:
    """Store file and pictures of a paper that is still wanted; raise PaperCancelled if not."""
    sha256 = hashlib.sha256(paper.pdf).hexdigest()
    drawn = StoredFile(agency=job.agency, sha256=sha256, pages=paper.page_count)
    page_pictures.make_pictures(drawn, paper.pdf, watch)
    with transaction.atomic():
        _finish(job, PaperJobStatus.DONE)
        job.file = store_bytes(
            job.agency,
            name,
            paper.pdf,
            "application/pdf",
            job.requested_by,
            pages=paper.page_count,
        )
        job.issued = issue(job, paper) if job.sequence else None
        PaperJob.objects.filter(pk=job.pk).update(
            file=job.file, issued=job.issued, part_pages=paper.layout.part_pages
        )


def _keep_preview(job: PaperJob, paper: RenderedPaper, watch: JobWatcher) -> None:
    """Keep the pictures; the row tells how many (`done`) of how many pages (`total`)."""
    pictured = previews.keep_pictures(job, paper, watch)
    _finish(job, PaperJobStatus.DONE, done=pictured, total=paper.page_count)


def _fail(job: PaperJob, error: Exception) -> None:
    """Write down why, with what an administrator needs in the log; tell the person."""
    code, place = failures.reason_of(error)
    reference = failures.reference_of(job)
    if code == FAILED:
        logger.exception("Paper job %s failed", reference)
    else:
        logger.warning("Paper job %s failed: %s %s", reference, code, place)
    try:
        _finish(job, PaperJobStatus.FAILED, error=code, error_place=place)
    except PaperCancelled:
        return
    _tell(job)


def _finish(job: PaperJob, status: str, **fields) -> None:
    """Write the end; PaperCancelled when somebody else has ended the job meanwhile."""
    fields |= {"status": status, "finished_at": clock.now()}
    if not ours(job).update(**fields):
        raise PaperCancelled
    for name, value in fields.items():
        setattr(job, name, value)


def _tell(job: PaperJob) -> None:
    """Tell who asked how it ended; previews and papers whose subject is gone tell nobody."""
    if job.section:
        return
    try:
        kind = papers.get(job.kind)
    except LookupError:
        return
    obj = kind.model._default_manager.filter(pk=job.object_id).first()
    if obj is not None:
        notices.tell(job, str(kind.title(obj)), kind.fiscal_year_of(obj))


def _queue_next(job: PaperJob) -> None:
    """Queue the lane's oldest waiting job, if there is one."""
    waiting = lane_of(job).filter(status=PaperJobStatus.QUEUED)
    oldest = waiting.order_by("requested_at", "pk").first()
    if oldest:
        tasks.make_paper.delay_on_commit(oldest.pk)


def cancel(job: PaperJob, by: User) -> bool:
    """Stop the job; False when it had ended. Its worker notices within a second."""
    rows = PaperJob.objects.filter(pk=job.pk, status__in=OPEN)
    stopped = _cancel(rows, by)
    if stopped:
        _queue_next(job)
    return bool(stopped)


def sweep() -> list[int]:
    """Fail jobs whose worker is gone; return the ids of jobs that wait too long for a worker."""
    now = clock.now()
    running = PaperJob.objects.filter(status=PaperJobStatus.RUNNING)
    silent = running.annotate(heard=Coalesce("heard_at", "claimed_at"))
    lost = silent.filter(heard__lt=now - SILENT_AFTER).select_related("agency", "requested_by")
    for job in lost:
        try:
            _finish(job, PaperJobStatus.FAILED, error=INTERRUPTED)
        except PaperCancelled:
            continue
        _tell(job)
    previews.sweep()
    waiting = PaperJob.objects.filter(
        status=PaperJobStatus.QUEUED, requested_at__lt=now - WAITED_TOO_LONG
    )
    return list(waiting.order_by("requested_at", "pk").values_list("pk", flat=True))
