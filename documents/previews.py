"""Looking at one part of a paper while writing it: pictures of its first pages, kept for an hour.

A preview is no paper: it is no StoredFile, counts in no quota and cannot be downloaded.
"""

import datetime as dt

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from agencies.models import Agency
from core import clock
from documents.enums import PaperJobStatus
from documents.models import PaperJob
from documents.page_pictures import draw_pictures
from documents.pdf_rendering import RenderedPaper
from documents.watching import Watcher

DOTS_PER_INCH = 80
MOST_PAGES = 12
KEPT_FOR = dt.timedelta(hours=1)
_ENDED = (PaperJobStatus.DONE, PaperJobStatus.FAILED, PaperJobStatus.CANCELLED)


def picture_path(job: PaperJob, page: int) -> str:
    """Return where in the storage the picture of a preview's page (from 1) is kept."""
    return f"{job.agency_id}/previews/{job.pk}-{page}.png"


def keep_pictures(job: PaperJob, paper: RenderedPaper, watch: Watcher) -> int:
    """Draw and keep the pictures of the first pages; return how many. Raises PaperCancelled."""
    pages = min(paper.page_count, MOST_PAGES)
    for page, picture in enumerate(draw_pictures(paper.pdf, pages, DOTS_PER_INCH, watch), start=1):
        path = picture_path(job, page)
        # A database put back from a backup gives numbers a second time.
        default_storage.delete(path)
        default_storage.save(path, ContentFile(picture))
    return pages


def latest_of(kind: str, object_id: int, section: str, agency: Agency) -> PaperJob | None:
    """Return the newest preview of the section that was not cancelled."""
    rows = PaperJob.objects.filter(kind=kind, object_id=object_id, section=section, agency=agency)
    rows = rows.exclude(status=PaperJobStatus.CANCELLED)
    return rows.select_related("agency").order_by("-requested_at", "-pk").first()


def shown_of(job: PaperJob | None) -> PaperJob | None:
    """Return the newest finished preview of the same section: what stays in sight meanwhile."""
    if job is None or job.status == PaperJobStatus.DONE:
        return job
    rows = PaperJob.objects.filter(
        kind=job.kind, object_id=job.object_id, section=job.section, agency=job.agency_id
    )
    return rows.filter(status=PaperJobStatus.DONE).order_by("-requested_at", "-pk").first()


def sweep() -> None:
    """Delete previews that ended more than an hour ago, pictures first."""
    rows = PaperJob.objects.exclude(section="").filter(
        status__in=_ENDED, finished_at__lt=clock.now() - KEPT_FOR
    )
    for job in rows:
        remove(job)


def remove(job: PaperJob) -> None:
    """Delete a preview that has ended, pictures first."""
    for page in range(1, MOST_PAGES + 1):
        default_storage.delete(picture_path(job, page))
    job.delete()
