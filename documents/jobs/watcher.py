"""Who watches a paper being made, from both ends: its worker and the page that waits for it."""

import time

from django.core.cache import cache
from django.db.models import QuerySet

from core import clock
from documents.enums import PaperJobStatus, PaperStage
from documents.models import PaperJob

# A worker writes how far it is at most so often, and asks so often whether to go on (seconds).
WRITES_APART = 0.5
ASKS_APART = 0.4
# Sign of life of a worker that has nothing new to tell.
BEATS_APART = 5.0
# Whoever's page asked so lately sees the end there and needs no notice (seconds).
LOOKED_WITHIN = 5


def ours(job: PaperJob) -> QuerySet[PaperJob]:
    """Return the job's row as long as it is this worker's: neither cancelled nor given up."""
    return PaperJob.objects.filter(
        pk=job.pk, status=PaperJobStatus.RUNNING, claimed_at=job.claimed_at
    )


class JobWatcher:
    """Writes to the job's row how far its paper is, and reads there whether to go on.

    Both are conditional on the claim: a worker that lost its job changes nothing any more.
    """

    def __init__(self, job: PaperJob):
        self._row = ours(job)
        self._told: tuple[str, int, int] | None = None
        self._waiting: tuple[str, int, int] | None = None
        self._written = self._asked = float("-inf")
        self._stopped = False

    def hear(self, stage: PaperStage, done: int = 0, total: int = 0) -> None:
        """Write stage and count: a new stage at once, counts at most twice a second."""
        news = (stage, done, total)
        if news == self._told:
            return
        self._waiting = news
        is_new_stage = self._told is None or self._told[0] != stage
        if is_new_stage or time.monotonic() - self._written >= WRITES_APART:
            self._write()

    def must_stop(self) -> bool:
        """Return whether the job was cancelled or given up; asks the row, not too often."""
        now = time.monotonic()
        if self._stopped or now - self._asked < ASKS_APART:
            return self._stopped
        self._asked = now
        is_due = BEATS_APART if self._waiting is None else WRITES_APART
        if now - self._written >= is_due:
            self._write()
        else:
            self._stopped = not self._row.exists()
        return self._stopped

    def _write(self) -> None:
        fields = {"heard_at": clock.now()}
        if self._waiting is not None:
            stage, done, total = self._told = self._waiting
            fields |= {"stage": stage, "done": done, "total": total}
            self._waiting = None
        self._written = time.monotonic()
        self._stopped = not self._row.update(**fields)


def page_looks(job_id: int, user_id: int) -> None:
    """Remember for some seconds that the person has the job's page open."""
    cache.set(_key(job_id, user_id), True, LOOKED_WITHIN)


def is_looked_at(job_id: int, user_id: int) -> bool:
    """Return whether the person's page asked within the last seconds."""
    return bool(cache.get(_key(job_id, user_id)))


def _key(job_id: int, user_id: int) -> str:
    return f"paper-job-looked-{job_id}-{user_id}"
