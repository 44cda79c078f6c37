"""Writing the plan: its start, its actions, and their order."""

from django.db import transaction
from django.db.models import F, Max, Q

from agencies import audit
from agencies.models import User
from documents.revisions import NotEditable, save_text
from improvement.models import Action, ImprovementPlan
from improvement.permissions import EDITABLE
from workflows.enums import CycleStatus
from workflows.models import Cycle

OPEN_PLAN = Q(plan__status__in=EDITABLE, plan__cycle__status=CycleStatus.OPEN)
QUARTERS = ("budget_q1", "budget_q2", "budget_q3", "budget_q4")
RELATED = ("owner", "unit", "point", "project", "indicator")


class PlanLocked(Exception):
    """The plan was submitted or approved, or its cycle is closed."""


def start_plan(cycle: Cycle, by: User) -> ImprovementPlan:
    """Return the cycle's plan, made on the first call. Raises PlanLocked for a closed cycle."""
    with transaction.atomic():
        if not Cycle.objects.filter(pk=cycle.pk, status=CycleStatus.OPEN).exists():
            raise PlanLocked
        plan, is_new = ImprovementPlan.objects.get_or_create(cycle=cycle)
        if is_new:
            audit.record(cycle.agency, by, "plan.start", plan)
    return plan


def add_action(plan: ImprovementPlan, fields: dict, by: User) -> Action:
    """Add an action at the end of the plan. Raises PlanLocked when it may not change."""
    with transaction.atomic():
        claim_open(plan)
        last = plan.actions.aggregate(last=Max("order"))["last"] or 0
        action = Action.objects.create(plan=plan, order=last + 1, **fields)
        audit.record(plan.agency, by, "action.add", action, summary=action.title)
    return action


def as_columns(fields: dict) -> dict:
    """Return the form's values as an UPDATE wants them: the keys of related rows."""
    return {
        f"{name}_id" if name in RELATED else name: (
            (value.pk if value else None) if name in RELATED else value
        )
        for name, value in fields.items()
    }


def save_action(action: Action, fields: dict, version: int, by: User):
    """Save an action as one conditional UPDATE.

    Raises documents.revisions.SaveConflict when somebody saved since `version`, NotEditable
    when the plan is locked.
    """
    with transaction.atomic():
        try:
            claim_open(action.plan)
        except PlanLocked as error:
            raise NotEditable from error
        return save_text(
            action,
            as_columns(fields),
            version=version,
            by=by,
            agency=action.plan.agency,
            editable=OPEN_PLAN,
        )


def remove_action(action: Action, by: User) -> None:
    """Take an action out of an open plan; its text stays in its revisions and the audit log."""
    with transaction.atomic():
        claim_open(action.plan)
        audit.record(
            action.plan.agency,
            by,
            "action.remove",
            action,
            summary=action.title,
            before={"title": action.title, "budget": str(action.budget)},
        )
        action.delete()


def move_action(action: Action, up: bool) -> None:
    """Change places with the neighbour of the same project; nothing happens at the ends."""
    group = _ordered(action.plan.actions.filter(project=action.project_id))
    place_action(action, group.index(action) + (0 if up else 2))


def place_action(action: Action, place: int) -> None:
    """Put the action at the place (1 = first) of its project; beyond the ends is the end.

    Raises PlanLocked when the plan may not change.
    """
    with transaction.atomic():
        claim_open(action.plan)
        rows = _ordered(action.plan.actions.all())
        group = [row for row in rows if row.project_id == action.project_id and row != action]
        group.insert(max(place, 1) - 1, action)
        following = iter(group)
        for order, row in enumerate(rows, start=1):
            here = next(following) if row.project_id == action.project_id else row
            if here.order != order:
                Action.objects.filter(pk=here.pk).update(order=order)


def _ordered(rows) -> list[Action]:
    return list(rows.order_by("order", "pk"))


def claim_open(plan: ImprovementPlan) -> None:
    """Claim "the plan is open" by a conditional update, so that a submission cannot slip in."""
    claimed = ImprovementPlan.objects.filter(
        pk=plan.pk, status__in=EDITABLE, cycle__status=CycleStatus.OPEN
    )
    ids = list(claimed.values_list("pk", flat=True))
    if not ImprovementPlan.objects.filter(pk__in=ids, status__in=EDITABLE).update(
        version=F("version") + 1
    ):
        raise PlanLocked
