"""Which files and paper jobs somebody may see."""

from django.db.models import QuerySet

from agencies.models import User
from agencies.queries import agencies_visible_to
from documents.models import IssuedDocument, PaperJob, StoredFile


def files_visible_to(user: User) -> QuerySet[StoredFile]:
    """Return the files of the person's offices.

    By office and not by what a file hangs on: evidence, papers of steps, scans of orders and of
    decisions, and finished papers are all readable to every member, the observer too. What is
    not for every member (printed passwords, imported files) is never stored as a file. Whoever
    stores something narrower must narrow this query first.
    """
    return StoredFile.objects.filter(agency__in=agencies_visible_to(user))


def jobs_visible_to(user: User) -> QuerySet[PaperJob]:
    """Return the paper jobs of the person's offices, with their files.

    Whether the person may have the paper is a second question: `papers.visible_object`.
    """
    return PaperJob.objects.filter(agency__in=agencies_visible_to(user)).select_related(
        "agency", "file"
    )


def issued_visible_to(user: User) -> QuerySet[IssuedDocument]:
    """Return the frozen papers of the person's offices, with their files.

    Whether the person may have the paper is a second question: `papers.visible_object`.
    """
    return IssuedDocument.objects.filter(agency__in=agencies_visible_to(user)).select_related(
        "agency", "file"
    )
