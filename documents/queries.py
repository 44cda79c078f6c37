"""Which files and paper jobs somebody may see."""

from collections.abc import Callable

from django.db.models import QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from documents.models import IssuedDocument, PaperJob, StoredFile

# Rules of higher apps: person → keys of files the person may not have.
_hidden: list[Callable[[User], set[int]]] = []
# Rules of higher apps: office → keys of files that not every member may have.
_secret: list[Callable[[Agency], set[int]]] = []


def register_secrets(
    hidden_from: Callable[[User], set[int]], secret_in: Callable[[Agency], set[int]]
) -> None:
    """Narrow who may have files (called in `ready()`): to whom hidden, and which at all."""
    if hidden_from not in _hidden:
        _hidden.append(hidden_from)
        _secret.append(secret_in)


def files_visible_to(user: User) -> QuerySet[StoredFile]:
    """Return the files of the person's offices, without those a rule hides from the person.

    By office and not by what a file hangs on: evidence, papers of steps, scans of orders and of
    decisions, and finished papers are all readable to every member, the observer too. What is
    not for every member (printed passwords, imported files) is never stored as a file. Whoever
    stores something narrower registers who may not have it with `register_secrets`.
    """
    rows = StoredFile.objects.filter(agency__in=agencies_visible_to(user))
    for rule in _hidden:
        if keys := rule(user):
            rows = rows.exclude(pk__in=keys)
    return rows


def files_for_everybody(agency: Agency) -> QuerySet[StoredFile]:
    """Return the office's files that every member may have: what a shared paper may show."""
    rows = StoredFile.objects.filter(agency=agency)
    for rule in _secret:
        if keys := rule(agency):
            rows = rows.exclude(pk__in=keys)
    return rows


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
