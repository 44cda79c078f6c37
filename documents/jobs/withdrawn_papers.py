"""Taking back drawn papers that tell what has become confidential since.

Issued papers stay as they were frozen. Of the others nothing is lost: they are made anew.
"""

from django.db import transaction
from django.db.models import QuerySet

from agencies.models import Agency
from core import clock
from documents import papers, previews, tasks
from documents.enums import PaperJobStatus
from documents.jobs.failures import NOW_CONFIDENTIAL
from documents.models import PaperJob
from documents.page_pictures import release

WAITS_AGAIN = {
    **{"status": PaperJobStatus.QUEUED, "claimed_at": None, "heard_at": None},
    **{"stage": "", "done": 0, "total": 0},
}


def withdraw_drawn(agency: Agency) -> int:
    """Withdraw the office's drawn papers of kinds that tell evidence; return how many.

    All of them, of whatever year and whether they name the piece or not: a paper that was drawn
    keeps no words to be searched, and a meeting of another year may have the file on its table.
    Copies of issued papers and what no evidence stands in are left alone.

    Call it inside the transaction that makes something confidential, before other rows are
    locked. It works once more after that transaction: a paper whose drawing began in between has
    read what was there before. One that is being drawn begins again.
    """
    with transaction.atomic():
        # Registered first: whoever is queued below begins after it.
        transaction.on_commit(lambda: _take_back(agency))
        return _take_back(agency)


def _take_back(agency: Agency) -> int:
    names = [kind.kind for kind in papers.kinds() if kind.tells_evidence]
    rows = PaperJob.objects.filter(agency=agency, kind__in=names)
    with transaction.atomic():
        # First what runs: from here on it cannot end as done.
        _begin_again(rows.filter(status=PaperJobStatus.RUNNING))
        done = rows.filter(status=PaperJobStatus.DONE, issued=None)
        for job in done.exclude(section=""):
            previews.remove(job)
        return _withdraw(done.filter(section=""))


def _begin_again(running: QuerySet[PaperJob]) -> None:
    """Put jobs back into the queue; their workers stop within a second and store nothing."""
    for job in running:
        if running.filter(pk=job.pk, claimed_at=job.claimed_at).update(**WAITS_AGAIN):
            tasks.make_paper.delay_on_commit(job.pk)


def _withdraw(done: QuerySet[PaperJob]) -> int:
    """Take their files from finished jobs, and from the store what nobody else holds."""
    # In one order, so that two who withdraw at once do not wait for each other in a circle.
    found = list(done.select_for_update().order_by("pk").values_list("pk", "file"))
    PaperJob.objects.filter(pk__in=[pk for pk, _file in found]).update(
        status=PaperJobStatus.WITHDRAWN,
        error=NOW_CONFIDENTIAL,
        file=None,
        part_pages={},
        finished_at=clock.now(),
    )
    release({file for _pk, file in found if file})
    return len(found)
