"""Doing what the plan says: an action is started, done or cancelled by who is responsible.

Each step is one conditional UPDATE on the action's state and on a plan that is under way, with
its audit entry; the wording of the action (its version) does not change by it. The first step
puts an approved plan in progress.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from agencies import audit
from agencies.models import User
from approvals.transitions import AlreadyChanged, perform
from improvement.enums import UNDER_WAY, ActionStatus, PlanStatus
from improvement.models import Action, ImprovementPlan
from workflows.enums import CycleStatus

PLAN_UNDER_WAY = Q(plan__status__in=UNDER_WAY, plan__cycle__status=CycleStatus.OPEN)
# Step → the states it leaves. What is done may be done again, to correct day or outcome.
SOURCES = {
    "begin": (ActionStatus.PLANNED,),
    "finish": (ActionStatus.PLANNED, ActionStatus.RUNNING, ActionStatus.DONE),
    "cancel": (ActionStatus.PLANNED, ActionStatus.RUNNING),
    "reopen": (ActionStatus.DONE, ActionStatus.CANCELLED),
}


class ActionChanged(Exception):
    """The action is not in a state for this step, or its plan is not under way."""


def begin(action: Action, day: dt.date, by: User) -> None:
    """Note that work on the action began on the day. Raises ActionChanged."""
    _step("begin", action, {"status": ActionStatus.RUNNING, "started_on": day}, by)


def finish(action: Action, day: dt.date, outcome: str, by: User) -> None:
    """Note that the action was done on the day and what came of it. Raises ActionChanged."""
    changes = {"status": ActionStatus.DONE, "done_on": day, "outcome": outcome}
    if action.started_on is None or action.started_on > day:
        changes["started_on"] = min(action.starts_on, day)
    _step("finish", action, changes, by)


def cancel(action: Action, reason: str, by: User) -> None:
    """Note that the action will not be done, and why. Raises ActionChanged."""
    _step("cancel", action, {"status": ActionStatus.CANCELLED, "outcome": reason}, by)


def reopen(action: Action, by: User) -> None:
    """Take back that the action was done or cancelled; its words stay. Raises ActionChanged."""
    status = ActionStatus.RUNNING if action.started_on else ActionStatus.PLANNED
    _step("reopen", action, {"status": status, "done_on": None}, by)


def _step(name: str, action: Action, changes: dict, by: User) -> None:
    with transaction.atomic():
        rows = Action.objects.filter(pk=action.pk, status__in=SOURCES[name])
        # A subquery keeps the UPDATE to one table though the plan's state is asked.
        claim = rows.filter(pk__in=Action.objects.filter(PLAN_UNDER_WAY, pk=action.pk).values("pk"))
        before = {"status": action.status, "outcome": action.outcome}
        if not claim.update(**changes):
            raise ActionChanged
        _put_in_progress(action.plan, by)
        audit.record(
            action.plan.agency,
            by,
            f"action.{name}",
            action,
            summary=action.title,
            before=before,
            after={field: str(value) for field, value in changes.items()},
        )
    action.refresh_from_db()


def _put_in_progress(plan: ImprovementPlan, by: User) -> None:
    if ImprovementPlan.objects.filter(pk=plan.pk, status=PlanStatus.APPROVED).exists():
        try:
            perform(plan, "start", by)
        except AlreadyChanged:
            return  # somebody else's first step was a moment faster
