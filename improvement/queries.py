"""Which plans, points and actions somebody may see, and what of a plan is still unanswered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from agencies.models import User
from agencies.queries import agencies_visible_to
from improvement.enums import PointKind
from improvement.models import Action, ChangeRequest, ImprovementPlan, PlanPoint, Project


def plans_visible_to(user: User) -> QuerySet[ImprovementPlan]:
    """Return the plans of the person's own offices."""
    return ImprovementPlan.objects.filter(
        cycle__agency__in=agencies_visible_to(user)
    ).select_related("cycle__agency", "cycle__version__procedure")


def points_visible_to(user: User) -> QuerySet[PlanPoint]:
    """Return the points of the person's own offices."""
    return PlanPoint.objects.filter(
        plan__cycle__agency__in=agencies_visible_to(user)
    ).select_related("plan__cycle__agency")


def projects_visible_to(user: User) -> QuerySet[Project]:
    """Return the projects of the person's own offices."""
    return Project.objects.filter(plan__cycle__agency__in=agencies_visible_to(user)).select_related(
        "plan__cycle__agency"
    )


def actions_visible_to(user: User) -> QuerySet[Action]:
    """Return the actions of the person's own offices, with what an action's pages show."""
    return Action.objects.filter(
        plan__cycle__agency__in=agencies_visible_to(user)
    ).select_related(
        "plan__cycle__agency", "owner", "unit", "project", "indicator",
        "point__finding__item_answer__item", "carried_from__plan__cycle",
    )  # fmt: skip


def changes_visible_to(user: User) -> QuerySet[ChangeRequest]:
    """Return the change requests of the person's own offices."""
    return ChangeRequest.objects.filter(
        action__plan__cycle__agency__in=agencies_visible_to(user)
    ).select_related("action__plan__cycle__agency", "requested_by")


def actions_of(plan: ImprovementPlan) -> QuerySet[Action]:
    """Return the plan's actions in order, with what a list shows of each."""
    return plan.actions.select_related(
        "owner", "unit", "project", "point__finding__item_answer__item"
    )


def points_of(plan: ImprovementPlan) -> QuerySet[PlanPoint]:
    """Return the plan's points in order, each with how many actions answer it."""
    return plan.points.select_related("finding__item_answer__item").annotate(
        answered=Count("actions")
    )


def waiting_points(plan: ImprovementPlan) -> QuerySet[PlanPoint]:
    """Return the points that should be answered and have no action; strengths may stay so."""
    return points_of(plan).filter(actions=None, is_left_out=False).exclude(kind=PointKind.STRENGTH)


@dataclass
class Group:
    """The actions of a project, or those without one (`project` None), and their money."""

    project: Project | None
    actions: list[Action] = field(default_factory=list)

    @property
    def budget(self) -> Decimal:
        return sum((action.budget for action in self.actions), Decimal(0))


def by_project(projects: Iterable[Project], actions: Iterable[Action]) -> list[Group]:
    """Return the actions by project, in the projects' order; those without one come last."""
    groups = {project.pk: Group(project) for project in projects}
    groups[None] = Group(None)
    for action in actions:
        groups[action.project_id].actions.append(action)
    return [group for group in groups.values() if group.project or group.actions]


def totals(plan: ImprovementPlan) -> dict:
    """Return the number of actions, the number of OFI they answer and the money in baht."""
    row = plan.actions.aggregate(
        actions=Count("pk"), findings=Count("point__finding", distinct=True), budget=Sum("budget")
    )
    return row | {"budget": row["budget"] or 0}
