"""Requests for a decision: opened when something is submitted, closed with the decision.

These are effects of transitions (`approvals.registry.Transition.effects`), so they stand or
fall with the change of state.
"""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models

from agencies.models import Agency, User
from agencies.roles import may_decide_as_director
from approvals.enums import RequestStatus
from approvals.models import ApprovalRequest, TransitionLog
from approvals.registry import workflow_of, workflows
from core.shared_reads import read_once


def open_request(obj: models.Model, log: TransitionLog) -> None:
    """Put the object into the inbox of who decides, with its summary and data hash."""
    workflow = workflow_of(obj)
    ApprovalRequest.objects.create(
        agency=log.agency,
        fiscal_year=workflow.fiscal_year_of(obj),
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        title=workflow.title_of(obj),
        addressed_to=workflow.decider_of(obj),
        requested_by=log.by,
        requested_at=log.at,
        data_hash=log.data_hash,
        summary=workflow.summary_of(obj) if workflow.summary_of else [],
        due_on=getattr(obj, "decision_due_on", None),
    )


def _close(obj: models.Model, log: TransitionLog, status: str) -> None:
    ApprovalRequest.objects.filter(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        status=RequestStatus.PENDING,
    ).update(status=status, decided_by=log.by, decided_at=log.at, comment=log.comment)


def close_approved(obj: models.Model, log: TransitionLog) -> None:
    """Close the open request as approved."""
    _close(obj, log, RequestStatus.APPROVED)


def close_returned(obj: models.Model, log: TransitionLog) -> None:
    """Close the open request as returned; the reason is the log's comment."""
    _close(obj, log, RequestStatus.RETURNED)


def close_cancelled(obj: models.Model, log: TransitionLog) -> None:
    """Close the open request as withdrawn by who made it."""
    _close(obj, log, RequestStatus.CANCELLED)


def open_request_of(obj: models.Model) -> ApprovalRequest | None:
    """Return the object's open request, if it has one."""
    return ApprovalRequest.objects.filter(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        status=RequestStatus.PENDING,
    ).first()


def last_return_reason(obj: models.Model) -> str:
    """Return why the object was last returned, or "" when the last decision was another."""
    last = (
        ApprovalRequest.objects.filter(
            content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk
        )
        .order_by("-pk")
        .first()
    )
    return last.comment if last and last.status == RequestStatus.RETURNED else ""


@read_once
def pending_requests(agency: Agency) -> list[ApprovalRequest]:
    """Return the office's open requests; a page may share them."""
    return list(
        ApprovalRequest.objects.filter(agency=agency, status=RequestStatus.PENDING).select_related(
            "requested_by", "content_type"
        )
    )


def count_waiting_for(user: User, agency: Agency) -> int:
    """Return how many requests wait for the person: those addressed to nobody else."""
    return sum(waits_for(user, row, agency) for row in pending_requests(agency))


def waits_for(user: User, row: ApprovalRequest, agency: Agency) -> bool:
    """Return whether the open request waits for the person, as named or as director today."""
    if row.addressed_to_id:
        return row.addressed_to_id == user.pk
    return may_decide_as_director(user, agency)


def subjects() -> GenericPrefetch:
    """Fetch what requests are about with all that the addresses of their pages need."""
    rows = [
        workflow.model._default_manager.select_related(*workflow.select_related)
        for workflow in workflows()
        if workflow.select_related
    ]
    return GenericPrefetch("subject", rows)
