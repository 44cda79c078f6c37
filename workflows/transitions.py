"""The changes of state a step knows. Start and finish are called through `workflows.steps`.

Higher apps add what they demand before a step may finish with
`approvals.registry.add_requirement(Step, "finish", …)`.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from approvals.models import TransitionLog
from approvals.registry import Transition, Workflow, register
from workflows.enums import StepStatus
from workflows.models import Step
from workflows.permissions import can_reopen, can_work_on


def step_url(step: Step) -> str:
    """Return the address of the step's page."""
    return reverse(
        "workflows:step-detail",
        kwargs={
            "agency_code": step.cycle.agency.code,
            "year": step.cycle.fiscal_year,
            "pk": step.pk,
        },
    )


def _canonical(step: Step) -> dict:
    return {
        "step": [step.cycle_id, step.number],
        "due_on": str(step.due_on or ""),
        "started_on": str(step.started_on or ""),
        "done_on": str(step.done_on or ""),
        "remark": step.remark,
    }


def _forget_done_day(step: Step, log: TransitionLog) -> None:
    Step.objects.filter(pk=step.pk).update(done_on=None, done_by=None)
    step.done_on = step.done_by = None


STEP = Workflow(
    model=Step,
    agency_of=lambda step: step.cycle.agency,
    fiscal_year_of=lambda step: step.cycle.fiscal_year,
    url_of=step_url,
    title_of=str,
    canonical=_canonical,
    transitions={
        "start": Transition(
            name="start",
            sources=(StepStatus.NOT_STARTED,),
            target=StepStatus.IN_PROGRESS,
            may=can_work_on,
            label=_("Start this step"),
        ),
        "finish": Transition(
            name="finish",
            sources=(StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS),
            target=StepStatus.DONE,
            may=can_work_on,
            label=_("Mark as done"),
        ),
        "reopen": Transition(
            name="reopen",
            sources=(StepStatus.DONE,),
            target=StepStatus.IN_PROGRESS,
            may=can_reopen,
            label=_("Open again"),
            needs_comment=True,
            effects=[_forget_done_day],
        ),
    },
)
register(STEP)
