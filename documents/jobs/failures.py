"""Why a paper could not be made: a code in the job's row, and its words for the person."""

from dataclasses import dataclass

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.models import PaperJob
from documents.pdf_rendering import PaperTooLarge

TOO_LONG, TOO_MUCH_MEMORY, FILE_TOO_LARGE = "too_long", "too_much_memory", "file_too_large"
# Over some limit, nobody knows which.
TOO_LARGE = "too_large"
PICTURE_MISSING, INTERRUPTED, FAILED = "picture_missing", "interrupted", "failed"
NO_SECTION = "no_section"
ISSUED_MEANWHILE = "issued_meanwhile"
# Of papers that were withdrawn: they may tell what has become confidential since.
NOW_CONFIDENTIAL = "now_confidential"
# What `PaperTooLarge.limit` names, and the code of each.
_LIMITS = {"time": TOO_LONG, "memory": TOO_MUCH_MEMORY, "file": FILE_TOO_LARGE}

# What happened and what can be done, by code.
_WORDS = {
    TOO_LONG: (
        _("Drawing it took longer than %(seconds)d seconds."),
        _("Shorten its longest texts and tables, or print its parts one by one."),
    ),
    TOO_MUCH_MEMORY: (
        _("Drawing it needed more than %(megabytes)d MB of memory."),
        _("Shorten its longest tables and take smaller pictures, then try again."),
    ),
    FILE_TOO_LARGE: (
        _("Its file became larger than %(megabytes)d MB."),
        _("Take fewer or smaller pictures, then try again."),
    ),
    TOO_LARGE: (
        _("It is too large to draw."),
        _("Shorten its longest texts and tables, then try again."),
    ),
    PICTURE_MISSING: (
        _("A picture in it is missing from the file store."),
        _("Put the picture in once more, or take it out of the text, then try again."),
    ),
    NO_SECTION: (
        _("The paper has no such part any more."),
        _("Make the whole paper instead."),
    ),
    ISSUED_MEANWHILE: (
        _("Somebody else issued it meanwhile under the same number."),
        _("Look at what was issued; issue it again if something is still missing."),
    ),
    NOW_CONFIDENTIAL: (
        _("Evidence of the office has become confidential since it was drawn."),
        _("Make it anew: it then names confidential evidence by the code alone."),
    ),
    INTERRUPTED: (
        _("Making it was interrupted, for instance because the portal was started anew."),
        _("Try again."),
    ),
}
_UNKNOWN = (
    _("Something went wrong that the portal does not know."),
    _("Try again. If it fails once more, give the administrator the reference %(reference)s."),
)


class PictureMissing(Exception):
    """A picture that the paper shows is not in the store; the text is its file name."""


class SectionMissing(Exception):
    """The paper has no such section (any more)."""


class IssuedMeanwhile(Exception):
    """Somebody else issued the paper under the number that this one was to have."""


@dataclass(frozen=True)
class Reason:
    """What a person is told: what happened, and what can be done."""

    happened: str
    advice: str


def reason_of(error: BaseException) -> tuple[str, str]:
    """Return code and place of an error; FAILED and "" for what nobody foresaw."""
    if isinstance(error, PaperTooLarge):
        limit = str(getattr(error, "limit", ""))
        return _LIMITS.get(limit, TOO_LARGE), str(getattr(error, "part", ""))[:200]
    if isinstance(error, SoftTimeLimitExceeded):
        return TOO_LONG, ""
    if isinstance(error, PictureMissing):
        return PICTURE_MISSING, str(error)[:200]
    if isinstance(error, SectionMissing):
        return NO_SECTION, ""
    if isinstance(error, IssuedMeanwhile):
        return ISSUED_MEANWHILE, ""
    return FAILED, ""


def reference_of(job: PaperJob) -> str:
    """Return what the administrator looks for in the log."""
    return f"PJ-{job.pk}"


def words_of(job: PaperJob) -> Reason:
    """Return why the job failed or was withdrawn, in the reader's language."""
    is_of_file = job.error == FILE_TOO_LARGE
    figures = {
        "seconds": settings.PAPER_SECONDS_PER_PASS,
        "megabytes": settings.PAPER_FILE_MB if is_of_file else settings.PAPER_MEMORY_MB,
        "reference": reference_of(job),
    }
    happened, advice = _WORDS.get(job.error, _UNKNOWN)
    return Reason(happened % figures, advice % figures)
