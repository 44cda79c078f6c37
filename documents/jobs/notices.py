"""Telling who asked for a paper that it is ready, or that it could not be made."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from documents.enums import PaperJobStatus
from documents.jobs import failures
from documents.jobs.watcher import is_looked_at
from documents.models import PaperJob
from notifications.enums import NoticeKind
from notifications.notices import notify


def tell(job: PaperJob, title: str, year: int) -> None:
    """Tell the person once, unless the person's page shows the job at this moment.

    `job` is the row as it ended, title and fiscal year are its paper's.
    """
    if is_looked_at(job.pk, job.requested_by_id):
        return
    is_ready = job.status == PaperJobStatus.DONE
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Ready: %(title)s") if is_ready else _("Could not be made: %(title)s")
        notify(
            job.agency,
            [job.requested_by],
            rule="paper_ready" if is_ready else "paper_failed",
            kind=NoticeKind.PAPER,
            obj=job,
            title=words % {"title": title},
            body="" if is_ready else failures.words_of(job).happened,
            url=reverse("documents:job", args=[job.agency.code, year, job.pk]),
        )
