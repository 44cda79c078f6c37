"""A paper job's life: asked for, claimed by one worker, drawn, stored or failed.

The table says what is to be done; a lost task is queued again by the sweeper. The table's
constraints see to it that an office has one drawing at a time and a paper one open job.
"""

import datetime as dt
import logging

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from agencies.models import Agency, User
from core import clock
from documents import page_pictures, tasks
from documents.enums import PaperJobStatus
from documents.models import PaperJob, StoredFile
from documents.pdf_rendering import PaperTooLarge

logger = logging.getLogger(__name__)

OPEN = (PaperJobStatus.QUEUED, PaperJobStatus.RUNNING)
# Longer than two passes and the pictures of the pages take at most.
STALE_AFTER = dt.timedelta(minutes=6)
WAITED_TOO_LONG = dt.timedelta(seconds=45)
TOO_LARGE, FAILED, INTERRUPTED = "too_large", "failed", "interrupted"


def request_paper(kind: str, object_id: int, agency: Agency, by: User) -> PaperJob:
    """Return the open job for the paper; make and queue one if there is none."""
    jobs = PaperJob.objects.filter(kind=kind, object_id=object_id, agency=agency)
    existing = jobs.filter(status__in=OPEN).first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            job = PaperJob.objects.create(
                agency=agency,
                kind=kind,
                object_id=object_id,
                requested_by=by,
                requested_at=clock.now(),
            )
    except IntegrityError:
        # A second click came first.
        return jobs.get(status__in=OPEN)
    tasks.make_paper.delay_on_commit(job.pk)
    return job


def claim(job_id: int) -> PaperJob | None:
    """Take the job for this worker. None when it is taken, done, or its office has one running."""
    running = PaperJob.objects.filter(agency=OuterRef("agency"), status=PaperJobStatus.RUNNING)
    free = PaperJob.objects.filter(pk=job_id, status=PaperJobStatus.QUEUED)
    # The ids of the office's running jobs are read before the UPDATE: one table, one statement.
    free = free.filter(pk__in=PaperJob.objects.filter(~Exists(running)).values("pk"))
    try:
        with transaction.atomic():
            claimed = free.update(status=PaperJobStatus.RUNNING, claimed_at=clock.now())
    except IntegrityError:
        # Another job of the office was claimed at the same moment.
        return None
    return PaperJob.objects.select_related("agency").get(pk=job_id) if claimed else None


def make(job_id: int, draw_paper) -> None:
    """Claim the job, draw its paper and store it; then queue the office's next one.

    `draw_paper(job)` returns (file name, RenderedPaper). A job that is not free is left alone.
    """
    job = claim(job_id)
    if job is None:
        return
    try:
        stored = page_pictures.store_pdf(job.agency, *draw_paper(job), job.requested_by)
    except PaperTooLarge:
        _finish(job, PaperJobStatus.FAILED, error=TOO_LARGE)
    except Exception:  # whatever went wrong, the person must see an end
        logger.exception("Paper job %s failed", job.pk)
        _finish(job, PaperJobStatus.FAILED, error=FAILED)
    else:
        _finish(job, PaperJobStatus.DONE, file=stored)
    following = PaperJob.objects.filter(agency=job.agency, status=PaperJobStatus.QUEUED)
    oldest = following.order_by("requested_at", "pk").first()
    if oldest:
        tasks.make_paper.delay_on_commit(oldest.pk)


def _finish(job: PaperJob, status: str, *, error: str = "", file: StoredFile | None = None) -> None:
    """Write the end, unless the sweeper has given the job up meanwhile."""
    PaperJob.objects.filter(
        pk=job.pk, status=PaperJobStatus.RUNNING, claimed_at=job.claimed_at
    ).update(status=status, error=error, file=file, finished_at=clock.now())


def sweep() -> list[int]:
    """Fail jobs whose worker is gone; return the ids of jobs that wait too long for a worker."""
    now = clock.now()
    PaperJob.objects.filter(status=PaperJobStatus.RUNNING, claimed_at__lt=now - STALE_AFTER).update(
        status=PaperJobStatus.FAILED, error=INTERRUPTED, finished_at=now
    )
    waiting = PaperJob.objects.filter(
        status=PaperJobStatus.QUEUED, requested_at__lt=now - WAITED_TOO_LONG
    )
    return list(waiting.order_by("requested_at", "pk").values_list("pk", flat=True))
