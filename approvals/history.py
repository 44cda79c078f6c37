"""What has happened to an object: every step with who, in whose place, when and why.

`approvals/_history.html` shows the list; any page may use both.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from approvals.models import ApprovalRequest, TransitionLog
from approvals.registry import Workflow, label_of, workflow_of


@dataclass(frozen=True)
class Entry:
    """One step: its log row and what it is called."""

    log: TransitionLog
    label: Any


def history_of(obj: models.Model) -> list[Entry]:
    """Return the steps of the object's life, oldest first; one query."""
    kind = ContentType.objects.get_for_model(obj)
    return _entries(workflow_of(obj), kind.pk, obj.pk)


def history_of_request(row: ApprovalRequest) -> list[Entry]:
    """Return the same for what a request is about, without fetching it."""
    workflow = workflow_of(row.content_type.model_class())
    return _entries(workflow, row.content_type_id, row.object_id)


def _entries(workflow: Workflow, content_type_id: int, object_id: int) -> list[Entry]:
    logs = TransitionLog.objects.filter(content_type=content_type_id, object_id=object_id)
    return [
        Entry(log, label_of(workflow, log.transition))
        for log in logs.select_related("by", "on_behalf_of", "scan").order_by("at", "pk")
    ]
