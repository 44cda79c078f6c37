"""Issuing a paper by hand: an officer or the director gives it its official number.

For papers that nobody decides on; the paper of a decision is frozen by the decision alone. The
worker draws it as it stands, with a seal, and keeps it under the number that was announced.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from core import clock
from documents import papers, tasks
from documents.issued import content, recording
from documents.issued.comparing import Comparison, compare
from documents.jobs.failures import IssuedMeanwhile
from documents.models import IssuedDocument, PaperJob, new_verification_code
from documents.permissions import can_issue_papers

MOST_REASON = 300
_decided: list[Callable[[], set[str]]] = []


class AlreadyIssued(Exception):
    """Somebody else issued the paper, or is just issuing it, under the announced number."""


def register_decided(kinds: Callable[[], set[str]]) -> None:
    """Add a rule of a higher app (in `ready()`): the kinds of papers that decisions freeze."""
    if kinds not in _decided:
        _decided.append(kinds)


def is_issued_by_hand(kind: str) -> bool:
    """Return whether the kind is one of those that nobody decides on, and no mere preview."""
    return papers.get(kind).can_be_issued and not any(kind in kinds() for kinds in _decided)


def may_issue(user: User, agency: Agency, kind: str) -> bool:
    """Return whether the person may issue papers of the kind in this office."""
    return can_issue_papers(user, agency) and is_issued_by_hand(kind)


def ask(kind: str, obj: Any, number: int, reason: str, by: User) -> PaperJob:
    """Have the object's paper issued as that number; `reason` says why it is issued again.

    Raises ValidationError without a reason from the second issue on, AlreadyIssued when the number
    is taken: of two who ask at once, one is told so.
    """
    newest = recording.newest_of(kind, obj)
    reason = " ".join(reason.split())
    if number != next_number(newest):
        raise AlreadyIssued
    if newest and not reason:
        raise ValidationError(_("Say why the paper is issued again."))
    if len(reason) > MOST_REASON:
        raise ValidationError(_("At most %(most)d letters.") % {"most": MOST_REASON})
    try:
        with transaction.atomic():
            job = PaperJob.objects.create(
                agency=papers.get(kind).agency_of(obj),
                kind=kind,
                object_id=obj.pk,
                sequence=number,
                reason=reason,
                code=new_verification_code(),
                requested_by=by,
                requested_at=clock.now(),
            )
    except IntegrityError as error:
        raise AlreadyIssued from error
    tasks.make_paper.delay_on_commit(job.pk)
    return job


def next_number(newest: IssuedDocument | None) -> int:
    """Return the number of the issue that follows."""
    return newest.sequence + 1 if newest else 1


def freeze(job: PaperJob, paper: papers.RenderedPaper) -> IssuedDocument:
    """Record what the job drew and stored as the issue it was asked for.

    Runs in the transaction that ends the job, so that a job given up leaves nothing. Raises
    IssuedMeanwhile when the number was given to another paper.
    """
    kind = papers.get(job.kind)
    obj = kind.model._default_manager.get(pk=job.object_id)
    lines = content.lines_of(paper.html)
    try:
        with transaction.atomic():
            document = recording.record(
                kind,
                obj,
                job.file,
                job.requested_by,
                data_hash=content.version_of(paper.html, lines),
                content=lines,
                reason=job.reason,
                sequence=job.sequence,
                code=job.code,
                at=job.claimed_at,
            )
    except IntegrityError as error:
        raise IssuedMeanwhile from error
    audit.record(
        job.agency,
        job.requested_by,
        "paper.issue",
        document,
        summary=document.title,
        after={"sha256": job.file.sha256, "data": document.data_hash, "number": job.sequence},
    )
    return document


def changes_since(newest: IssuedDocument, obj: Any) -> Comparison:
    """Return what the paper would say differently if it were issued now."""
    now = content.lines_of(papers.words_of(newest.kind, obj))
    return compare(content.content_of(newest), now)
