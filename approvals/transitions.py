"""The one door through which an object changes its state.

Order inside one transaction: permission, claim (a conditional UPDATE that exactly one caller
wins), requirements, log, effects, audit. Any refusal rolls everything back.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import translation

from agencies import audit, roles
from agencies.models import User
from approvals.models import TransitionLog
from approvals.registry import Transition, Workflow, workflow_of
from core import clock
from documents.models import StoredFile


class AlreadyChanged(Exception):
    """Somebody else changed the object first; nothing was done."""

    def __init__(self, current: models.Model):
        super().__init__("the object has already changed")
        self.current = current


class RequirementsMissing(Exception):
    """The transition's conditions are not met; `missing` says what is, in words."""

    def __init__(self, missing: list[str]):
        super().__init__("; ".join(str(line) for line in missing))
        self.missing = missing


class CommentNeeded(Exception):
    """The transition needs a reason and none was given."""


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
    return [
        rule
        for rule in workflow.transitions.values()
        if status in rule.sources and rule.may(user, obj)
    ]


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
    may = rule.may_record if signature and rule.may_record else rule.may
    if not may(by, obj):
        raise PermissionDenied
    comment = comment.strip()
    if rule.needs_comment and not comment:
        raise CommentNeeded
    try:
        return _carry_out(obj, workflow, rule, by, comment, version, signature, expected_hash)
    except (AlreadyChanged, RequirementsMissing):
        # What the transaction took back, the object in memory takes back too.
        obj.refresh_from_db()
        raise


def _carry_out(
    obj, workflow: Workflow, rule: Transition, by: User, comment, version, signature, expected_hash
) -> TransitionLog:
    with transaction.atomic():
        from_status = _claim(obj, workflow, rule, version)
        missing = missing_for(obj, rule.name)
        if missing:
            raise RequirementsMissing(missing)
        data_hash = data_hash_of(obj)
        if expected_hash and data_hash != expected_hash:
            raise AlreadyChanged(obj)
        log = _log(obj, workflow, rule, by, from_status, comment, signature, data_hash)
        # Titles and notices are for others to read: in the portal's language, not the person's.
        with translation.override(settings.LANGUAGE_CODE):
            for effect in rule.effects:
                effect(obj, log)
        audit.record(
            log.agency,
            by,
            f"{obj._meta.model_name}.{rule.name}",
            obj,
            summary=comment,
            before={"status": from_status},
            after={"status": rule.target, "data": data_hash},
        )
    return log


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


def _log(obj, workflow, rule, by, from_status, comment, signature, data_hash) -> TransitionLog:
    agency = workflow.agency_of(obj)
    period = roles.acting_director(agency)
    return TransitionLog.objects.create(
        agency=agency,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        transition=rule.name,
        from_status=from_status,
        to_status=rule.target,
        by=by,
        on_behalf_of=period.absent if period and period.acting_id == by.pk else None,
        at=clock.now(),
        comment=comment,
        data_hash=data_hash,
        signed_on=signature.signed_on if signature else None,
        scan=signature.scan if signature else None,
    )
