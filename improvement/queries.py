"""Which plans and actions somebody may see, and which OFI still have no action."""

from django.db.models import Count, QuerySet, Sum

from agencies.models import User
from agencies.queries import agencies_visible_to
from assessments.enums import FindingKind
from assessments.models import Finding
from improvement.models import Action, ImprovementPlan
from workflows.models import Cycle


def plans_visible_to(user: User) -> QuerySet[ImprovementPlan]:
    """Return the plans of the person's own offices."""
    return ImprovementPlan.objects.filter(
        cycle__agency__in=agencies_visible_to(user)
    ).select_related("cycle__agency", "cycle__version__procedure")


def actions_visible_to(user: User) -> QuerySet[Action]:
    """Return the actions of the person's own offices."""
    return Action.objects.filter(plan__cycle__agency__in=agencies_visible_to(user))


def actions_of(plan: ImprovementPlan) -> QuerySet[Action]:
    """Return the plan's actions in order, with what a list shows of each."""
    return plan.actions.select_related("owner", "unit", "finding__item_answer__item")


def findings_of(cycle: Cycle) -> QuerySet[Finding]:
    """Return all OFI of the cycle's self-assessment in the order of the items."""
    return (
        Finding.objects.filter(
            kind=FindingKind.OFI, item_answer__category_assessment__assessment__cycle=cycle
        )
        .select_related("item_answer__item", "item_answer__category_assessment__category")
        .order_by("item_answer__item__category__number", "item_answer__item__order", "pk")
    )


def waiting_findings(cycle: Cycle) -> QuerySet[Finding]:
    """Return the OFI that no action answers yet."""
    return findings_of(cycle).filter(actions=None)


def totals(plan: ImprovementPlan) -> dict:
    """Return the number of actions, the number of OFI they answer and the money in baht."""
    row = plan.actions.aggregate(
        actions=Count("pk"), findings=Count("finding", distinct=True), budget=Sum("budget")
    )
    return row | {"budget": row["budget"] or 0}
