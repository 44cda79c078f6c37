"""The one door through which an object changes its state.

Order inside one transaction: claim (a conditional UPDATE that exactly one caller wins),
permission as it stands now, the open request (endorsed, its content unchanged), requirements,
log, effects, audit. Any refusal rolls everything back; changed content then voids the request.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import audit, roles
from agencies.models import ActingPeriod, User
from approvals.addressees import Desk
from approvals.enums import RequestStatus
from approvals.models import TransitionLog
from approvals.refusals import AlreadyChanged, CommentNeeded, ContentChanged, RequirementsMissing
from approvals.registry import VOID, Transition, Workflow, workflow_of
from approvals.requests import close, open_request, open_request_of, outcome_of, withdrawal_of
from core import clock
from documents.models import StoredFile
from notifications.enums import NoticeKind
from notifications.notices import notify

__all__ = [
    "AlreadyChanged",
    "CommentNeeded",
    "ContentChanged",
    "PaperSignature",
    "RequirementsMissing",
    "available_to",
    "data_hash_of",
    "missing_for",
    "perform",
    "void",
]

DECISIONS = (RequestStatus.APPROVED, RequestStatus.RETURNED)


@dataclass(frozen=True)
class PaperSignature:
    """A decision that was signed on paper: the day on it (C.E.) and its scan."""

    signed_on: dt.date
    scan: StoredFile


def missing_for(obj: models.Model, name: str) -> list[str]:
    """Return what is missing before the transition; the same list the guard uses."""
    rule = workflow_of(obj).transitions[name]
    return [line for requirement in rule.requirements for line in requirement(obj)]


def available_to(user: User, obj: models.Model) -> list[Transition]:
    """Return the transitions that the person may do from the object's present state."""
    workflow = workflow_of(obj)
    status = getattr(obj, workflow.status_field)
    found = [
        rule
        for rule in workflow.transitions.values()
        if status in rule.sources and rule.may(user, obj)
    ]
    if not any(outcome_of(rule) in DECISIONS for rule in found):
        return found
    request = open_request_of(obj)
    desk = Desk(workflow.agency_of(obj))
    if request is None or not desk.lies_with_endorser(request):
        return found
    # While it lies with who endorses, nobody else decides; what is signed on paper is recorded.
    return [rule for rule in found if rule.on_paper or outcome_of(rule) not in DECISIONS]


def data_hash_of(obj: models.Model) -> str:
    """Return the hash of the object's canonical data, or "" where it has none."""
    workflow = workflow_of(obj)
    return audit.canonical_hash(workflow.canonical(obj)) if workflow.canonical else ""


def perform(
    obj: models.Model,
    name: str,
    by: User,
    *,
    comment: str = "",
    version: int | None = None,
    signature: PaperSignature | None = None,
    expected_hash: str = "",
) -> TransitionLog:
    """Carry out one transition and return its log row; `obj` is refreshed.

    `version`, where given, must still be the row's version. `expected_hash`, where given, must
    be the hash of the canonical data (what the person saw). `signature` records a decision made
    on paper; then the transition's `may_record` says who may do so. Raises PermissionDenied,
    CommentNeeded, AlreadyChanged or RequirementsMissing; then nothing has happened.
    """
    workflow = workflow_of(obj)
    rule = workflow.transitions[name]
    comment = comment.strip()
    act = _Act(rule, by, comment, version, signature, expected_hash)
    if not act.may(obj):
        raise PermissionDenied
    if rule.needs_comment and not comment:
        raise CommentNeeded
    try:
        return _carry_out(obj, workflow, act)
    except ContentChanged:
        obj.refresh_from_db()
        void(obj, by)
        raise
    except (AlreadyChanged, RequirementsMissing, PermissionDenied):
        # What the transaction took back, the object in memory takes back too.
        obj.refresh_from_db()
        raise


@dataclass(frozen=True)
class _Act:
    """One call of `perform`: the rule, who, and what was given with it."""

    rule: Transition
    by: User
    comment: str
    version: int | None
    signature: PaperSignature | None
    expected_hash: str

    def may(self, obj: models.Model) -> bool:
        """Return whether the person may; who endorses may return what lies with him."""
        rule = self.rule
        on_paper = self.signature and rule.may_record
        if (rule.may_record if on_paper else rule.may)(self.by, obj):
            return True
        if outcome_of(rule) != RequestStatus.RETURNED:
            return False
        request = open_request_of(obj)
        return bool(request) and self.by.pk in Desk(request.agency).endorsers(request)

    @property
    def is_on_paper(self) -> bool:
        return self.signature is not None or self.rule.on_paper


def _carry_out(obj, workflow: Workflow, act: _Act) -> TransitionLog:
    rule, by = act.rule, act.by
    with transaction.atomic():
        from_status = _claim(obj, workflow, rule, act.version)
        # Asked again after the claim: a role or an acting period may have ended meanwhile.
        roles.forget_what_was_read(by)
        if not act.may(obj):
            raise PermissionDenied
        data_hash = data_hash_of(obj)
        period = _period_of(obj, workflow, act, data_hash)
        missing = missing_for(obj, rule.name)
        if missing:
            raise RequirementsMissing(missing)
        if act.expected_hash and data_hash != act.expected_hash:
            raise AlreadyChanged(obj)
        log = write_log(obj, rule, by, from_status, act.comment, data_hash, period, act.signature)
        # Titles and notices are for others to read: in the portal's language, not the person's.
        with translation.override(settings.LANGUAGE_CODE):
            for effect in rule.effects:
                effect(obj, log)
        audit_step(obj, log)
    return log


def _period_of(obj, workflow: Workflow, act: _Act, data_hash: str) -> ActingPeriod | None:
    """Return in whose place the person acts; refuse a decision out of turn or on other content.

    A decision meets the request that is open after the claim: it must have been submitted with
    the same data, and endorsed where the office wants that. Raises ContentChanged, AlreadyChanged
    or RequirementsMissing.
    """
    agency, outcome = workflow.agency_of(obj), outcome_of(act.rule)
    if outcome not in DECISIONS:
        is_asking = open_request in act.rule.effects or outcome
        return None if is_asking else roles.directors_period_of(act.by, agency, None, workflow.kind)
    request = open_request_of(obj)
    if request is None:
        if act.rule.target in act.rule.sources:
            raise AlreadyChanged(obj)
        return roles.directors_period_of(act.by, agency, None, workflow.kind)
    if outcome == RequestStatus.APPROVED and request.data_hash != data_hash:
        raise ContentChanged(obj)
    desk = Desk(agency)
    if not act.is_on_paper and desk.lies_with_endorser(request):
        endorsers = desk.endorsers(request)
        if outcome == RequestStatus.APPROVED or act.by.pk not in endorsers:
            raise RequirementsMissing([_("It waits for endorsement first.")])
        return endorsers[act.by.pk]
    if act.is_on_paper:
        return None
    deciders = desk.deciders(request)
    if act.by.pk == request.endorsed_by_id and act.by.pk not in deciders:
        raise PermissionDenied
    return deciders.get(act.by.pk)


def void(obj: models.Model, by: User) -> TransitionLog | None:
    """Void the open request of an object whose data is not what was submitted.

    The object goes back to where it can be submitted again, by its own withdrawal, whoever met
    the change; who submitted it is told. None when the request is closed, or its data the same.
    """
    workflow = workflow_of(obj)
    with transaction.atomic():
        rule = withdrawal_of(workflow, getattr(obj, workflow.status_field))
        request = open_request_of(obj)
        if rule is None or request is None:
            return None
        from_status = _claim(obj, workflow, rule, None)
        data_hash = data_hash_of(obj)
        if data_hash == request.data_hash:
            transaction.set_rollback(True)
            return None
        with translation.override(settings.LANGUAGE_CODE):
            words = _("The content changed after it was submitted. Submit it again.")
            voiding = replace(VOID, target=rule.target)
            log = write_log(obj, voiding, by, from_status, words, data_hash)
            close(obj, log, RequestStatus.VOID)
            for effect in rule.effects:
                effect(obj, log)
            _tell_void(obj, workflow, request, log)
        audit_step(obj, log)
    return log


def _tell_void(obj, workflow: Workflow, request, log: TransitionLog) -> None:
    sender = request.requested_by
    here = sender.is_active and roles.role_of(sender, log.agency)
    notify(
        log.agency,
        [sender] if here else roles.officers_of(log.agency),
        rule="approval_void",
        kind=NoticeKind.RETURNED,
        obj=obj,
        title=_("%(title)s was not decided: its content changed") % {"title": request.title},
        body=log.comment,
        url=workflow.url_of(obj),
        occurrence=str(log.pk),
    )


def _claim(obj, workflow: Workflow, rule: Transition, version: int | None) -> str:
    """Move the row's state by one conditional UPDATE; return the state it had."""
    field = workflow.status_field
    from_status = getattr(obj, field)
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    changes: dict = {field: rule.target}
    conditions: dict = {field: from_status}
    if _counts_versions(obj):
        changes["version"] = F("version") + 1
        if version is not None:
            conditions["version"] = version
    if from_status not in rule.sources or not rows.filter(**conditions).update(**changes):
        obj.refresh_from_db()
        raise AlreadyChanged(obj)
    obj.refresh_from_db()
    return from_status


def _counts_versions(obj) -> bool:
    """Return whether the row counts its changes (a cycle's `version` is its SOP, no count)."""
    return any(
        item.name == "version" and isinstance(item, models.IntegerField)
        for item in obj._meta.get_fields()
    )


def write_log(
    obj: models.Model,
    rule: Transition,
    by: User,
    from_status: str,
    comment: str,
    data_hash: str,
    period: ActingPeriod | None = None,
    signature: PaperSignature | None = None,
) -> TransitionLog:
    """Write one step of an object's life, with both names where a place was taken."""
    agency = workflow_of(obj).agency_of(obj)
    return TransitionLog.objects.create(
        agency=agency,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        transition=rule.name,
        from_status=from_status,
        to_status=rule.target,
        by=by,
        on_behalf_of=period.absent if period else None,
        acting_kind=period.kind if period else "",
        position=roles.signing_position(by, period, agency.head_position)[:600],
        at=clock.now(),
        comment=comment,
        data_hash=data_hash,
        signed_on=signature.signed_on if signature else None,
        scan=signature.scan if signature else None,
    )


def audit_step(obj: models.Model, log: TransitionLog) -> None:
    """Write the step into the office's audit chain."""
    audit.record(
        log.agency,
        log.by,
        f"{obj._meta.model_name}.{log.transition}",
        obj,
        summary=log.comment,
        before={"status": log.from_status},
        after={"status": log.to_status, "data": log.data_hash},
    )
