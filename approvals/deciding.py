"""Deciding requests, one or several: endorse or approve, or return with a reason.

Each is decided by its own transaction, so one that fails leaves the others alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.roles import is_officer
from approvals.addressees import Desk, waits_for
from approvals.endorsing import endorse
from approvals.enums import RequestStatus
from approvals.models import ApprovalRequest, TransitionLog
from approvals.refusals import AlreadyChanged, RequirementsMissing
from approvals.registry import Transition, workflow_of
from approvals.requests import withdrawal_of
from approvals.transitions import PaperSignature, perform

MOST_AT_ONCE = 50


def can_decide(user: User, row: ApprovalRequest) -> bool:
    """Whose turn it is: who endorses, then the director, and whoever acts for them today."""
    return row.status == RequestStatus.PENDING and waits_for(user, row, Desk(row.agency))


def can_record_paper(user: User, row: ApprovalRequest) -> bool:
    """The officer keeps the books: records date and scan of what was signed on paper."""
    rule = workflow_of(row.subject).transitions[workflow_of(row.subject).approve]
    return is_officer(user, row.agency) and rule.may_record is not None


def withdrawal_for(user: User, row: ApprovalRequest) -> Transition | None:
    """Return the transition by which the person may take the matter back, if there is one."""
    workflow = workflow_of(row.subject)
    rule = withdrawal_of(workflow, getattr(row.subject, workflow.status_field))
    if row.status != RequestStatus.PENDING or rule is None or not rule.may(user, row.subject):
        return None
    return rule


def approve(
    row: ApprovalRequest, by: User, comment: str = "", signature: PaperSignature | None = None
) -> TransitionLog:
    """Endorse a request that lies with who endorses, else approve exactly what was submitted.

    A closed request decides nothing, even where its object was submitted again unchanged. Raises
    as `approvals.transitions.perform`.
    """
    _demand_open(row)
    if signature is None and Desk(row.agency).lies_with_endorser(row):
        return endorse(row, by, comment)
    return perform(
        row.subject,
        workflow_of(row.subject).approve,
        by,
        comment=comment,
        signature=signature,
        expected_hash=row.data_hash,
    )


def send_back(
    row: ApprovalRequest,
    by: User,
    reason: str,
    keep: Callable[[TransitionLog], None] | None = None,
) -> TransitionLog:
    """Return the request with a reason, at either step; `keep` stores what else was said.

    Raises as `perform`.
    """
    _demand_open(row)
    with transaction.atomic():
        log = perform(row.subject, workflow_of(row.subject).return_, by, comment=reason)
        if keep is not None:
            keep(log)
    return log


def _demand_open(row: ApprovalRequest) -> None:
    if row.status != RequestStatus.PENDING:
        raise AlreadyChanged(row.subject)


@dataclass
class Outcome:
    """What several decisions at once came to: those done, and those not, each with the reason."""

    done: list[ApprovalRequest] = field(default_factory=list)
    refused: list[tuple[ApprovalRequest, str]] = field(default_factory=list)


def decide_several(rows: Iterable[ApprovalRequest], by: User, reason: str | None) -> Outcome:
    """Approve (or endorse) each request; with a `reason` return each with it."""
    outcome = Outcome()
    for row in rows:
        try:
            if reason is None:
                approve(row, by)
            else:
                send_back(row, by, reason)
        except AlreadyChanged as error:
            outcome.refused.append((row, error.words))
        except RequirementsMissing as error:
            outcome.refused.append((row, "; ".join(str(line) for line in error.missing)))
        except PermissionDenied:
            outcome.refused.append((row, _("You may not decide on this.")))
        else:
            outcome.done.append(row)
    return outcome
