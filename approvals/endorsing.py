"""The first of two steps: who endorses lets a matter go on to the director.

The object keeps its state; its open request moves on, and the log has a row. Returning it instead
is the same transition as the director's (`approvals.transitions.perform`).
"""

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import User
from approvals.addressees import Desk
from approvals.enums import RequestStage, RequestStatus
from approvals.models import ApprovalRequest, TransitionLog
from approvals.refusals import AlreadyChanged, ContentChanged
from approvals.registry import ENDORSE, workflow_of
from approvals.requests import tell_whose_turn
from approvals.transitions import audit_step, data_hash_of, void, write_log
from core import clock


def endorse(row: ApprovalRequest, by: User, note: str = "") -> TransitionLog:
    """Endorse an open request, once; it then waits for the director, who is told.

    Raises PermissionDenied, AlreadyChanged, or ContentChanged (then the request is void).
    """
    if by.pk not in Desk(row.agency).endorsers(row) and row.stage == RequestStage.ENDORSE:
        raise PermissionDenied
    try:
        with transaction.atomic():
            return _endorse(row, by, note.strip())
    except ContentChanged:
        void(row.subject, by)
        raise


def _endorse(row: ApprovalRequest, by: User, note: str) -> TransitionLog:
    claimed = ApprovalRequest.objects.filter(
        pk=row.pk, status=RequestStatus.PENDING, stage=RequestStage.ENDORSE
    )
    # Asked before the stage moves on, inside the transaction: a period may have ended meanwhile.
    endorsers = Desk(row.agency).endorsers(row)
    moved = claimed.update(
        stage=RequestStage.DECIDE, endorsed_by=by, endorsed_at=clock.now(), endorsement_note=note
    )
    obj = workflow_of(row.content_type.model_class()).model._default_manager.get(pk=row.object_id)
    if not moved:
        raise AlreadyChanged(obj)
    if by.pk not in endorsers:
        raise PermissionDenied
    data_hash = data_hash_of(obj)
    if data_hash != row.data_hash:
        raise ContentChanged(obj)
    period, workflow = endorsers[by.pk], workflow_of(obj)
    status = getattr(obj, workflow.status_field)
    with translation.override(settings.LANGUAGE_CODE):
        log = write_log(obj, replace(ENDORSE, target=status), by, status, note, data_hash, period)
        ApprovalRequest.objects.filter(pk=row.pk).update(
            endorsed_for=log.on_behalf_of, endorsed_position=log.position, endorsed_at=log.at
        )
        sentence = _("%(title)s was endorsed and waits for your decision")
        tell_whose_turn(obj, log, "approval_endorse", sentence, workflow.url_of(obj))
    audit_step(obj, log)
    row.refresh_from_db()
    return log
