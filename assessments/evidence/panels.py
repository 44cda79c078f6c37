"""The evidence of a step, on the step's page."""

from agencies.models import User
from assessments.evidence.permissions import mark_readable
from assessments.models import EvidenceUse
from workflows.enums import CycleStatus
from workflows.models import Step
from workflows.permissions import can_work_on


def step_panel(step: Step, user: User) -> tuple[str, dict] | None:
    """Return the panel with the step's evidence; nothing where there is none to see or add."""
    may_add = step.cycle.status == CycleStatus.OPEN and can_work_on(user, step)
    uses = list(EvidenceUse.objects.filter(step=step).select_related("evidence"))
    if not uses and not may_add:
        return None
    rows = [use.evidence for use in uses]
    mark_readable(rows, user, step.cycle.agency, step.cycle.fiscal_year)
    context = {"uses": uses, "may_add": may_add, "step": step}
    return "assessments/evidence/_step_panel.html", context
