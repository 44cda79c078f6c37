"""The paper of a decision is frozen: drawn from what was decided on, kept with its hash and code.

A transition asks for it with the effect `freeze_paper`; its workflow names the paper. Drawing
takes seconds, so it happens after the decision, outside its transaction, by the worker. Where
the data changed in between, nothing is frozen and the row says so.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, QuerySet

from agencies import audit
from agencies.models import User
from approvals import tasks
from approvals.enums import FreezeStatus
from approvals.models import ApprovalRequest, PaperFreeze, TransitionLog
from approvals.registry import workflow_of
from approvals.transitions import data_hash_of
from core import clock
from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from documents import papers
from documents.issued import content, recording
from documents.issued.seals import Seal, moment
from documents.jobs.queued_papers import WAITED_TOO_LONG
from documents.page_pictures import store_pdf
from documents.paper_digits import uses_thai_digits

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# Longer than any task runs (CELERY_TASK_TIME_LIMIT).
STALE_AFTER = dt.timedelta(minutes=11)


def freeze_paper(obj: models.Model, log: TransitionLog) -> None:
    """Have the decided object's paper frozen; an effect for the row of a transition."""
    workflow = workflow_of(obj)
    row = PaperFreeze.objects.create(
        log=log,
        kind=workflow.paper_kind_of(obj) if workflow.paper_kind_of else workflow.paper_kind,
        object_id=workflow.paper_pk_of(obj),
        signer_name=log.by.get_full_name(),
        signer_position=log.position,
        endorsement=_endorsement(obj, log),
        queued_at=clock.now(),
    )
    # A broker that is away spoils no decision and delays none: the sweeper finds the row.
    tasks.freeze_paper.delay_on_commit(row.pk)


def _endorsement(obj: models.Model, log: TransitionLog) -> str:
    """Return who endorsed before the decision, and when, as the paper says it."""
    row = ApprovalRequest.objects.filter(
        content_type=log.content_type, object_id=obj.pk, decided_at=log.at
    ).first()
    if row is None or row.endorsed_by is None:
        return ""
    who = f"{row.endorsed_by.get_full_name()} {row.endorsed_position}".strip()
    return f"เห็นชอบในระบบ โดย {who} เมื่อ {moment(row.endorsed_at)}"


def freeze(freeze_id: int, *, draw=None) -> None:
    """Draw the paper and keep it. A row that is not waiting, or is taken, is left alone."""
    now = clock.now()
    waiting = PaperFreeze.objects.filter(pk=freeze_id, status=FreezeStatus.QUEUED)
    if not waiting.update(status=FreezeStatus.RUNNING, claimed_at=now, attempts=F("attempts") + 1):
        return
    row = PaperFreeze.objects.select_related("log__agency", "log__by").get(pk=freeze_id)
    try:
        status = _draw_and_keep(row, draw)
    except Exception:  # whatever went wrong, the row must not stay in work
        logger.exception("Freezing %s failed", row)
        status = FreezeStatus.FAILED if row.attempts >= MOST_ATTEMPTS else FreezeStatus.QUEUED
    if status is not FreezeStatus.FROZEN:
        _still_ours(row).update(status=status, queued_at=clock.now(), finished_at=clock.now())


def _draw_and_keep(row: PaperFreeze, draw) -> FreezeStatus:
    """Return FROZEN when paper, row and audit entry are written, else CHANGED."""
    if not _is_unchanged(row):
        return FreezeStatus.CHANGED
    kind = papers.get(row.kind)
    obj = kind.model._default_manager.get(pk=row.object_id)
    paper = papers.render(row.kind, obj, draw=draw, seal=seal_of(row))
    name = papers.file_name(row.kind, obj)
    stored = store_pdf(row.log.agency, name, paper, row.log.by)
    with transaction.atomic():
        # Drawing took a while: what was drawn must still be what was decided on.
        if not _is_unchanged(row):
            return FreezeStatus.CHANGED
        document = recording.record(
            kind,
            obj,
            stored,
            row.log.by,
            data_hash=row.log.data_hash,
            content=content.lines_of(paper.html),
            code=row.code,
            at=row.log.at,
        )
        kept = _still_ours(row).update(
            status=FreezeStatus.FROZEN, document=document, finished_at=clock.now()
        )
        if not kept:
            raise RuntimeError("the row was taken over by another worker")
        audit.record(
            row.log.agency,
            row.log.by,
            "paper.freeze",
            document,
            summary=document.title,
            after={"sha256": stored.sha256, "data": row.log.data_hash},
        )
    return FreezeStatus.FROZEN


def _is_unchanged(row: PaperFreeze) -> bool:
    model = row.log.content_type.model_class()
    return data_hash_of(model._default_manager.get(pk=row.log.object_id)) == row.log.data_hash


def _still_ours(row: PaperFreeze) -> QuerySet[PaperFreeze]:
    """Return the row, unless the sweeper gave it to another worker meanwhile."""
    return PaperFreeze.objects.filter(
        pk=row.pk, status=FreezeStatus.RUNNING, claimed_at=row.claimed_at
    )


def seal_of(row: PaperFreeze) -> Seal:
    """Return what the foot of the paper says: who endorsed, who decided here or on paper."""
    log = row.log
    digits = to_thai_digits if uses_thai_digits(log.agency) else str
    who = f"{row.signer_name} {row.signer_position}".strip()
    if log.signed_on:
        day = format_long(log.signed_on, "th")
        words = f"ลงนามในเอกสารเมื่อวันที่ {day} · บันทึกในระบบโดย {who} เมื่อ {moment(log.at)}"
    else:
        done = workflow_of(log.content_type.model_class()).seal_words
        words = f"{done} โดย {who} เมื่อ {moment(log.at)}"
    lines = [row.endorsement, words] if row.endorsement else [words]
    return Seal(digits(" · ".join(lines)), row.code)


def try_again(row: PaperFreeze, by: User) -> bool:
    """Put a paper that failed back in the queue; False when it is not one that failed."""
    with transaction.atomic():
        failed = PaperFreeze.objects.filter(pk=row.pk, status=FreezeStatus.FAILED)
        changes = {"status": FreezeStatus.QUEUED, "attempts": 0, "queued_at": clock.now()}
        if not failed.update(**changes, claimed_at=None, finished_at=None):
            return False
        audit.record(row.log.agency, by, "paper.retry", row, summary=str(row))
        tasks.freeze_paper.delay_on_commit(row.pk)
    return True


def sweep() -> list[int]:
    """Give rows of lost workers back; return the ids of rows that wait too long."""
    now = clock.now()
    lost = PaperFreeze.objects.filter(status=FreezeStatus.RUNNING, claimed_at__lt=now - STALE_AFTER)
    lost.filter(attempts__gte=MOST_ATTEMPTS).update(status=FreezeStatus.FAILED, finished_at=now)
    lost.update(status=FreezeStatus.QUEUED)
    waiting = PaperFreeze.objects.filter(
        status=FreezeStatus.QUEUED, queued_at__lt=now - WAITED_TOO_LONG
    )
    return list(waiting.order_by("queued_at", "pk").values_list("pk", flat=True))


def frozen_papers(obj: models.Model) -> QuerySet[PaperFreeze]:
    """Return the papers of the object's decisions, newest first, as its page lists them."""
    return PaperFreeze.objects.filter(
        log__content_type=ContentType.objects.get_for_model(obj), log__object_id=obj.pk
    ).select_related("log__by", "document__file")


def papers_of_requests(rows: Iterable[ApprovalRequest]) -> dict[int, PaperFreeze]:
    """Return, by the key of each decided request, the paper of its decision; one query."""
    by_decision = {(row.content_type_id, row.object_id, row.decided_at): row.pk for row in rows}
    wanted = PaperFreeze.objects.filter(
        log__object_id__in={key[1] for key in by_decision},
        log__at__in={key[2] for key in by_decision if key[2]},
    ).select_related("log", "document")
    found = {}
    for paper in wanted:
        key = (paper.log.content_type_id, paper.log.object_id, paper.log.at)
        if key in by_decision:
            found[by_decision[key]] = paper
    return found
