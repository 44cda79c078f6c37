"""The paper of a decision is frozen: drawn from what was decided on, kept with its hash and code.

A transition asks for it with the effect `freeze_paper`; its workflow names the paper. Drawing
takes seconds, so it happens after the decision, outside its transaction, by the worker. Where
the data changed in between, nothing is frozen and the row says so.
"""

import logging
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from agencies import audit, roles
from agencies.enums import Digits
from approvals import tasks
from approvals.enums import FreezeStatus
from approvals.models import PaperFreeze, TransitionLog
from approvals.registry import workflow_of
from approvals.transitions import data_hash_of
from core import clock
from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from documents import issued_papers, papers
from documents.page_pictures import store_pdf
from documents.queued_papers import STALE_AFTER, WAITED_TOO_LONG

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3


def freeze_paper(obj: models.Model, log: TransitionLog) -> None:
    """Have the decided object's paper frozen; an effect for the row of a transition."""
    workflow = workflow_of(obj)
    name, position = _signer(log)
    row = PaperFreeze.objects.create(
        log=log,
        kind=workflow.paper_kind,
        object_id=workflow.paper_pk_of(obj),
        signer_name=name,
        signer_position=position,
        queued_at=clock.now(),
    )
    # A broker that is down must not spoil the decision: the sweeper finds the row.
    transaction.on_commit(partial(tasks.freeze_paper.delay, row.pk), robust=True)


def _signer(log: TransitionLog) -> tuple[str, str]:
    """Return name and position of who decided, acting periods heeded."""
    position = " ".join(log.by.position.split())
    if log.on_behalf_of_id:
        period = roles.acting_director(log.agency, clock.day_of(log.at))
        words = roles.ACTING_WORDS[period.kind] if period else "แทน"
        position = f"{position} {words}{log.agency.head_position}".strip()
    return log.by.get_full_name(), " ".join(position.split())[:400]


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
        document = issued_papers.record(
            kind,
            obj,
            stored,
            row.log.by,
            data_hash=row.log.data_hash,
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


def seal_of(row: PaperFreeze) -> issued_papers.Seal:
    """Return what the foot of the paper says: decided in the portal, or signed on paper."""
    log = row.log
    digits = to_thai_digits if log.agency.paper_digits == Digits.THAI else str
    at = timezone.localtime(log.at, clock.BANGKOK)
    moment = f"{format_long(at.date(), 'th')} เวลา {at:%H.%M} น."
    who = f"{row.signer_name} {row.signer_position}".strip()
    if log.signed_on:
        day = format_long(log.signed_on, "th")
        words = f"ลงนามบนกระดาษเมื่อวันที่ {day} · บันทึกในระบบโดย {who} เมื่อ {moment}"
    else:
        words = f"อนุมัติในระบบ โดย {who} เมื่อ {moment}"
    return issued_papers.Seal(digits(words), row.code)


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
