"""Requests for a decision: opened when something is submitted, closed with the decision.

These are effects of transitions (`approvals.registry.Transition.effects`), so they stand or
fall with the change of state.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from agencies import audit
from agencies.models import Agency, User
from approvals.addressees import Desk, people_whose_turn, waits_for
from approvals.chains import place_first
from approvals.enums import RequestStage, RequestStatus
from approvals.models import ApprovalRequest, TransitionLog
from approvals.refusals import AlreadyChanged
from approvals.registry import Transition, Workflow, workflow_of, workflows
from core.shared_reads import read_once
from notifications.enums import NoticeKind
from notifications.notices import notify


def open_request(obj: models.Model, log: TransitionLog) -> None:
    """Put the object into the inbox of whose turn it is, with its summary and data hash."""
    workflow = workflow_of(obj)
    row = ApprovalRequest(
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
    place_first(row, workflow.kind)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        # Somebody else submitted the same at the same moment.
        raise AlreadyChanged(obj) from error


def close(obj: models.Model, log: TransitionLog, status: str) -> None:
    """Close the open request, if there is one, with who decided and why."""
    ApprovalRequest.objects.filter(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        status=RequestStatus.PENDING,
    ).update(status=status, decided_by=log.by, decided_at=log.at, comment=log.comment)


def close_approved(obj: models.Model, log: TransitionLog) -> None:
    """Close the open request as approved."""
    close(obj, log, RequestStatus.APPROVED)


def close_returned(obj: models.Model, log: TransitionLog) -> None:
    """Close the open request as returned; the reason is the log's comment."""
    close(obj, log, RequestStatus.RETURNED)


def close_cancelled(obj: models.Model, log: TransitionLog) -> None:
    """Close the open request as withdrawn by who made it."""
    close(obj, log, RequestStatus.CANCELLED)


def open_request_of(obj: models.Model) -> ApprovalRequest | None:
    """Return the object's open request, if it has one."""
    return ApprovalRequest.objects.filter(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        status=RequestStatus.PENDING,
    ).first()


def content_has_changed(row: ApprovalRequest) -> bool:
    """Return whether what the open request is about is no more what was submitted."""
    workflow = workflow_of(row.subject)
    if workflow.canonical is None or workflow.is_costly:
        return False
    return audit.canonical_hash(workflow.canonical(row.subject)) != row.data_hash


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
    """Return how many open requests wait for the person, whoever's place is taken."""
    desk = Desk(agency)
    return sum(waits_for(user, row, desk) for row in pending_requests(agency))


def is_decided_on_its_page(row: ApprovalRequest) -> bool:
    """Return whether the object's own page takes the decision (an order wants its number).

    To endorse wants nothing but the summary, so that is done on the request's page.
    """
    workflow = workflow_of(row.content_type.model_class())
    return workflow.own_decision_page and row.stage == RequestStage.DECIDE


def page_of(agency: Agency, row: ApprovalRequest) -> str:
    """Return the address where the request is decided: its own page, or that of its object."""
    if is_decided_on_its_page(row):
        return workflow_of(row.subject).url_of(row.subject)
    return reverse("approvals:request", args=[agency.code, row.fiscal_year, row.pk])


def tell_whose_turn(
    obj: models.Model, log: TransitionLog, rule: str, sentence: str, url: str
) -> None:
    """Tell those whose turn the object's open request is; `sentence` names %(title)s."""
    row = open_request_of(obj)
    if row is None:
        return
    notify(
        log.agency,
        people_whose_turn(row),
        rule=rule,
        kind=NoticeKind.DECISION,
        obj=obj,
        title=sentence % {"title": row.title},
        body=log.comment,
        url=url,
        occurrence=str(log.pk),
    )


_CLOSING = {
    close_approved: RequestStatus.APPROVED,
    close_returned: RequestStatus.RETURNED,
    close_cancelled: RequestStatus.CANCELLED,
}


def outcome_of(rule: Transition) -> str:
    """Return how the transition closes the object's request; "" where it closes none."""
    return next((_CLOSING[effect] for effect in rule.effects if effect in _CLOSING), "")


def asks_for_decision(workflow: Workflow) -> bool:
    """Return whether objects of the workflow are put before somebody for a decision."""
    return any(open_request in rule.effects for rule in workflow.transitions.values())


def withdrawal_of(workflow: Workflow, status: str) -> Transition | None:
    """Return the transition that takes an object of this state back from who decides."""
    rules = workflow.transitions.values()
    return next(
        (
            rule
            for rule in rules
            if status in rule.sources and outcome_of(rule) == RequestStatus.CANCELLED
        ),
        None,
    )


def decision_kinds() -> list[tuple[str, Any]]:
    """Return the kinds that the director decides on: model and name, as chains list them."""
    return [
        (workflow.kind, workflow.name)
        for workflow in workflows()
        if asks_for_decision(workflow) and not workflow.has_own_decider
    ]


def subjects() -> GenericPrefetch:
    """Fetch what requests are about with all that the addresses of their pages need."""
    rows = [
        workflow.model._default_manager.select_related(*workflow.select_related)
        for workflow in workflows()
        if workflow.select_related
    ]
    return GenericPrefetch("subject", rows)
