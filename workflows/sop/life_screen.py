"""What the screens of an SOP's life show: buttons and notices of a version, its saves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from agencies.models import User
from approvals.models import TransitionLog
from approvals.registry import workflow_of
from approvals.requests import last_return_reason, open_request_of
from approvals.transitions import available_to, missing_for
from documents.models import TextRevision
from workflows.enums import EDITABLE, IN_WORK, VersionStatus
from workflows.models import Procedure, ProcedureVersion
from workflows.permissions import (
    can_decide_version,
    can_edit_sop,
    can_import_sop,
    can_manage_version,
)
from workflows.sop.drafts import can_be_deleted
from workflows.sop.parts import step_pk

# Saves of one person that follow one another within this time are told as one.
ONE_SITTING = dt.timedelta(minutes=30)


def life_context(
    user: User, version: ProcedureVersion, versions: Iterable[ProcedureVersion]
) -> dict[str, Any]:
    """Return what the version's page says of its state, and what the person may do with it."""
    others = [row for row in versions if row.pk != version.pk]
    in_work = next((row for row in others if row.status in IN_WORK), None)
    editable = version.status in EDITABLE
    manages = can_manage_version(user, version)
    may_edit = can_edit_sop(user, version.procedure)
    waits = version.status == VersionStatus.SUBMITTED
    returned = version.status == VersionStatus.RETURNED
    return {
        "may": {rule.name for rule in available_to(user, version)},
        "may_edit": editable and may_edit,
        "may_draft": may_edit and not in_work and version.status not in IN_WORK,
        "may_copy": can_import_sop(user, version.procedure.agency),
        "may_delete": may_edit and can_be_deleted(version),
        "in_work": in_work,
        "used": next((row for row in others if row.status == VersionStatus.IN_USE), None),
        "missing": missing_for(version, "submit") if editable and may_edit else [],
        "approval": open_request_of(version)
        if waits and (manages or can_decide_version(user, version))
        else None,
        "return_comment": last_return_reason(version) if returned else "",
    }


@dataclass
class Sitting:
    """What one person saved at one sitting: first and last save, and which parts."""

    by: User
    first_at: dt.datetime
    last_at: dt.datetime
    before: int | None  # the save before, None for the beginning
    last: int
    saves: int = 1
    told: dict[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> list[str]:
        """Return the changed parts in words, each once, as they were called at last."""
        return list(dict.fromkeys(self.told.values()))


def sittings(saves: Iterable[TextRevision]) -> list[Sitting]:
    """Return the saves (oldest first) gathered by person and time, newest first."""
    found: list[Sitting] = []
    titles: dict[int, str] = {}
    for save in saves:
        told = _told(save.data, titles)
        if not found:
            told = {"": _("Beginning of the draft")}
        last = found[-1] if found else None
        if (
            last
            and last.before is not None
            and last.by == save.saved_by
            and save.saved_at - last.last_at <= ONE_SITTING
        ):
            last.last_at, last.last, last.saves = save.saved_at, save.version, last.saves + 1
            last.told |= told
        else:
            before = last.last if last else None
            moment = (save.saved_at, save.saved_at)
            found.append(Sitting(save.saved_by, *moment, before, save.version, told=told))
    return found[::-1]


def _told(data: dict[str, Any], titles: dict[int, str]) -> dict[str, str]:
    """Return the changed parts in words; `titles` learns what the steps are called."""
    fixed = {"head": _("Head of the SOP"), "sections": _("Sections"), "order": _("Order of steps")}
    told = {}
    for part, value in data.items():
        pk = step_pk(part)
        if pk is None:
            told[part] = fixed[part]
        elif value is None:
            told[part] = _("removed “%s”") % titles.get(pk, "")
        else:
            titles[pk] = value["title"]
            told[part] = _("step “%s”") % value["title"] if value["title"] else _("a new step")
    return told


@dataclass
class Event:
    """A change of state, as the history tells it."""

    label: str
    log: TransitionLog


def events_of(procedure: Procedure) -> dict[int, list[Event]]:
    """Return version → what happened to it, oldest first. One query for all versions."""
    workflow = workflow_of(ProcedureVersion)
    logs = TransitionLog.objects.filter(
        content_type=ContentType.objects.get_for_model(ProcedureVersion),
        object_id__in=procedure.versions.values("pk"),
    )
    found: dict[int, list[Event]] = {}
    for log in logs.select_related("by", "on_behalf_of").order_by("at", "pk"):
        rule = workflow.transitions.get(log.transition)
        label = str(rule.label) if rule else log.transition
        found.setdefault(log.object_id, []).append(Event(label, log))
    return found
