"""The changes of state that a step and a cycle know.

Steps change through `workflows.steps`, cycles through `workflows.closing`.

Higher apps add what they demand before a step may finish with
`approvals.registry.add_requirement(Step, "finish", …)`.
"""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.models import TransitionLog
from approvals.registry import Transition, Workflow, register
from core import clock
from workflows.enums import CycleStatus, StepStatus
from workflows.models import Cycle, Step
from workflows.permissions import can_close_cycle, can_reopen, can_work_on


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


def cycle_url(cycle: Cycle) -> str:
    """Return the address of the cycle's page: plan against actual, and its close."""
    return reverse(
        "workflows:year-end",
        kwargs={"agency_code": cycle.agency.code, "year": cycle.fiscal_year, "pk": cycle.pk},
    )


def cycle_is_open(obj) -> list[str]:
    """Demand, of a plan or an assessment, that its cycle is open."""
    if obj.cycle.status == CycleStatus.CLOSED:
        return [gettext("The cycle of the year is closed")]
    return []


def unexplained_steps(cycle: Cycle) -> list[Step]:
    """Return the steps that are neither done nor have a remark."""
    return [step for step in cycle.steps.exclude(status=StepStatus.DONE) if not step.remark.strip()]


def _steps_without_words(cycle: Cycle) -> list[str]:
    return [
        gettext("Step %(number)s %(title)s is not done, and no remark says why")
        % {"number": step.number, "title": step.title}
        for step in unexplained_steps(cycle)
    ]


def _cycle_canonical(cycle: Cycle) -> dict:
    rows = cycle.steps.order_by("number").values_list("number", "status", "done_on", "remark")
    return {"cycle": [cycle.version_id, cycle.fiscal_year], "steps": [list(row) for row in rows]}


def _stamp_closing(cycle: Cycle, log: TransitionLog) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=clock.now(), closed_by=log.by)
    cycle.refresh_from_db()


def _forget_closing(cycle: Cycle, log: TransitionLog) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=None, closed_by=None)
    cycle.refresh_from_db()


CYCLE = Workflow(
    model=Cycle,
    agency_of=lambda cycle: cycle.agency,
    fiscal_year_of=lambda cycle: cycle.fiscal_year,
    url_of=cycle_url,
    title_of=str,
    canonical=_cycle_canonical,
    transitions={
        "close": Transition(
            name="close",
            sources=(CycleStatus.OPEN,),
            target=CycleStatus.CLOSED,
            may=can_close_cycle,
            label=_("Close the cycle"),
            requirements=[_steps_without_words],
            effects=[_stamp_closing],
        ),
        "reopen": Transition(
            name="reopen",
            sources=(CycleStatus.CLOSED,),
            target=CycleStatus.OPEN,
            may=can_close_cycle,
            label=_("Open the cycle again"),
            needs_comment=True,
            effects=[_forget_closing],
        ),
    },
)
register(CYCLE)
