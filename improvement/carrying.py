"""Carrying actions into next year's plan, each with where it came from.

A copy starts anew: its days a year later, without money, state and outcome. What it answered
becomes a point of next year's plan, so that the line from the OFI to the later result stays.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet

from agencies import audit
from agencies.models import Unit, User
from agencies.queries import people_of
from assessments.models import Indicator
from improvement.enums import DECIDED, ActionStatus
from improvement.models import Action, ImprovementPlan, PlanPoint, Project
from improvement.planning import PlanLocked, claim_open, start_plan
from workflows.models import Cycle
from workflows.queries import main_cycle

UNFINISHED = (ActionStatus.PLANNED, ActionStatus.RUNNING)
COPIED = ("title", "category_number", "measure", "target", "risk")


def next_cycle(plan: ImprovementPlan) -> Cycle | None:
    """Return the cycle whose plan takes the actions; None while the year has none."""
    return main_cycle(plan.agency, plan.cycle.fiscal_year + 1)


def may_be_carried(plan: ImprovementPlan) -> QuerySet[Action]:
    """Return the actions of a decided plan that were not carried yet, unfinished or done."""
    if plan.status not in DECIDED:
        return Action.objects.none()
    return (
        plan.actions.filter(carried_to=None)
        .exclude(status=ActionStatus.CANCELLED)
        .select_related("owner", "unit", "project", "point")
    )


def carry(plan: ImprovementPlan, keys: Iterable[int], by: User) -> int:
    """Copy the chosen actions into next year's plan; return how many. Raises PlanLocked.

    What was carried before is not carried again: next year's plan is claimed first, so that two
    people who carry at once do not double an action.
    """
    cycle = next_cycle(plan)
    if cycle is None:
        raise PlanLocked
    with transaction.atomic():
        target = start_plan(cycle, by)
        claim_open(target)
        rows = list(may_be_carried(plan).filter(pk__in=list(keys)))
        last = target.actions.aggregate(last=Max("order"))["last"] or 0
        copies = _Copies(target)
        Action.objects.bulk_create(
            copies.of(action, order) for order, action in enumerate(rows, start=last + 1)
        )
        if rows:
            summary = "; ".join(action.title for action in rows)[:500]
            audit.record(plan.agency, by, "plan.carry", target, summary=summary)
    return len(rows)


class _Copies:
    """Makes copies of actions for a plan, with the points and projects they need."""

    def __init__(self, target: ImprovementPlan):
        self.target = target
        self.points: dict[int, PlanPoint] = {}
        # Who left the office carries nothing on: the plan then says that somebody is missing.
        self.people = set(people_of(target.agency).values_list("pk", flat=True))
        units = Unit.objects.filter(agency=target.agency, is_active=True)
        self.units = set(units.values_list("pk", flat=True))
        self.projects = {project.name: project for project in target.projects.all()}
        self.indicators = {
            row.copied_from_id: row
            for row in Indicator.objects.filter(cycle=target.cycle, copied_from__isnull=False)
        }

    def of(self, action: Action, order: int) -> Action:
        return Action(
            plan=self.target,
            order=order,
            **{name: getattr(action, name) for name in COPIED},
            owner_id=_if_here(action.owner_id, self.people),
            unit_id=_if_here(action.unit_id, self.units),
            starts_on=a_year_later(action.starts_on),
            ends_on=a_year_later(action.ends_on),
            point=self._point(action.point) if action.point else None,
            project=self._project(action.project) if action.project else None,
            indicator=self.indicators.get(action.indicator_id),
            carried_from=action,
        )

    def _point(self, point: PlanPoint) -> PlanPoint:
        if point.pk not in self.points:
            kept = None
            if point.finding_id:
                kept = self.target.points.filter(finding=point.finding_id).first()
            self.points[point.pk] = kept or PlanPoint.objects.create(
                plan=self.target,
                kind=point.kind,
                category_number=point.category_number,
                text=point.text,
                finding_id=point.finding_id,
                impact=point.impact,
                effort=point.effort,
                order=self.target.points.count() + 1,
            )
        return self.points[point.pk]

    def _project(self, project: Project) -> Project:
        if project.name not in self.projects:
            self.projects[project.name] = Project.objects.create(
                plan=self.target,
                name=project.name,
                objective=project.objective,
                owner_id=_if_here(project.owner_id, self.people),
                order=len(self.projects) + 1,
            )
        return self.projects[project.name]


def _if_here(key: int | None, here: set[int]) -> int | None:
    return key if key in here else None


def a_year_later(day: dt.date) -> dt.date:
    """Return the same day of the next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
