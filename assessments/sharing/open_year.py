"""Remarks, hand-outs and questions are taken as long as the cycle of the year is open."""

from django.db.models import F

from assessments.models import Assessment
from documents.revisions import NotEditable
from workflows.enums import CycleStatus
from workflows.models import Cycle


def hold_open(assessment: Assessment) -> None:
    """Hold the cycle open until the transaction ends. Raises NotEditable when it is closed."""
    rows = Cycle.objects.filter(pk=assessment.cycle_id, status=CycleStatus.OPEN)
    if not rows.update(status=F("status")):
        raise NotEditable
