"""How far a paper is, in words and as part of a hundred, for the page that waits for it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.enums import PaperJobStatus, PaperStage
from documents.jobs.lanes import before
from documents.models import PaperJob

# Where each stage begins and ends on the bar; about what each takes of the whole time.
_SPANS = {
    "": (2, 2),
    PaperStage.READING: (4, 10),
    PaperStage.DRAWING: (10, 75),
    PaperStage.JOINING: (75, 80),
    PaperStage.PICTURES: (80, 99),
}


@dataclass(frozen=True)
class StageState:
    """One of the four stages as the page lists it: "done", "now" or "ahead"."""

    label: str
    state: str


@dataclass(frozen=True)
class Progress:
    """What the page says of a paper that is not ready."""

    words: str
    percent: int
    stages: list[StageState]
    token: str


def progress_of(job: PaperJob) -> Progress:
    """Return how far an open job is. One query while it waits, else none."""
    waiting = before(job) if job.status == PaperJobStatus.QUEUED else 0
    return Progress(
        words=_words(job, waiting),
        percent=_percent(job),
        stages=_stages(job),
        token=f"{job.status}.{job.stage}.{job.done}.{job.total}.{waiting}",
    )


def stage_in(token: str) -> tuple[str, ...]:
    """Return the part of a token that is worth saying aloud: status and stage."""
    return tuple(token.split(".")[:2])


def _words(job: PaperJob, waiting: int) -> str:
    if job.status == PaperJobStatus.QUEUED:
        if not waiting:
            return _("It is next in the queue.")
        return ngettext(
            "%(count)d paper of the office comes before it.",
            "%(count)d papers of the office come before it.",
            waiting,
        ) % {"count": waiting}
    counts = {"done": job.done, "total": job.total}
    if job.stage == PaperStage.DRAWING and job.total > 1:
        return _("Drawing: %(done)d of %(total)d parts are done.") % counts
    if job.stage == PaperStage.PICTURES and job.total:
        return _("Pictures of the pages: %(done)d of %(total)d are done.") % counts
    return {
        PaperStage.READING: _("The record is being read."),
        PaperStage.DRAWING: _("The pages are being drawn."),
        PaperStage.JOINING: _("The parts are being put together."),
        PaperStage.PICTURES: _("The pages are being made ready to look at."),
    }.get(job.stage, _("It is about to begin."))


def _percent(job: PaperJob) -> int:
    if job.status == PaperJobStatus.QUEUED:
        return 0
    begin, end = _SPANS.get(job.stage, _SPANS[""])
    share = min(job.done / job.total, 1) if job.total else 0
    return round(begin + (end - begin) * share)


def _stages(job: PaperJob) -> list[StageState]:
    order = list(PaperStage)
    now = order.index(job.stage) if job.stage in PaperStage.values else -1
    return [
        StageState(str(stage.label), "done" if at < now else "now" if at == now else "ahead")
        for at, stage in enumerate(order)
    ]
