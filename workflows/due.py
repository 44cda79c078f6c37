"""The due items of the year's steps: what waits for whom, by when."""

from collections.abc import Iterable

from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from core import clock
from notifications.due_items import DueItem
from workflows.enums import CycleStatus, StepStatus
from workflows.models import Step
from workflows.responsible import Resolver
from workflows.transitions import step_url


def due_items(agency: Agency, user: User | None) -> Iterable[DueItem]:
    """Return the open steps of the office's open cycles; at any number of steps one query,
    and those of the resolver.

    A step with several windows is due at the next of them, then at the last. An undated step
    is listed once it is in progress.
    """
    steps = list(
        Step.objects.filter(cycle__agency=agency, cycle__status=CycleStatus.OPEN)
        .exclude(status=StepStatus.DONE)
        .exclude(status=StepStatus.NOT_STARTED, due_on=None)
        .select_related("cycle__agency", "cycle__version__procedure", "procedure_step")
        .order_by("cycle__fiscal_year", "cycle", "number")  # grouping drops the model's own order
        .annotate(
            next_due_on=Coalesce(
                Min("windows__due_on", filter=Q(windows__due_on__gte=clock.today())), F("due_on")
            )
        )
    )
    resolver = Resolver(agency, {step.cycle.fiscal_year for step in steps})
    items = []
    for step in steps:
        people = tuple(person.pk for person in resolver.of_step(step).people)
        if user is None or user.pk in people:
            items.append(_item(step, people))
    return items


def _item(step: Step, people: tuple[int, ...]) -> DueItem:
    return DueItem(
        object_type="workflows.step",
        object_id=str(step.pk),
        title=step.title,
        why=_("Step %(number)s of the SOP %(name)s")
        % {"number": step.number, "name": step.cycle.version.procedure.name},
        due_on=step.next_due_on,
        url=step_url(step),
        action=_("Go on") if step.status == StepStatus.IN_PROGRESS else _("Open the step"),
        people=people,
        icon="diagram-3",
        remind_from=timezone.localdate(step.cycle.opened_at),
    )
