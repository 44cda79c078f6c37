"""Approved plans come into progress by themselves on the first day of their first action."""

from django.db.models import Min

from agencies.roles import officers_of
from approvals.transitions import AlreadyChanged, RequirementsMissing, perform
from core import clock
from improvement.enums import PlanStatus
from improvement.models import ImprovementPlan
from workflows.enums import CycleStatus

REASON = "ถึงวันเริ่มกิจกรรมแรกของแผน"


def start_due_plans() -> int:
    """Start the plans whose first day has come, in the name of an officer; return how many.

    May run as often as one likes; each plan starts once.
    """
    rows = (
        ImprovementPlan.objects.filter(
            status=PlanStatus.APPROVED,
            cycle__status=CycleStatus.OPEN,
            cycle__agency__is_active=True,
        )
        .annotate(first_day=Min("actions__starts_on"))
        .filter(first_day__lte=clock.today())
        .select_related("cycle__agency")
    )
    return sum(_start(plan) for plan in rows.order_by("cycle__fiscal_year", "pk"))


def _start(plan: ImprovementPlan) -> bool:
    officer = officers_of(plan.agency).order_by("pk").first()
    if officer is None:
        return False
    try:
        perform(plan, "start", officer, comment=REASON)
    except (AlreadyChanged, RequirementsMissing):
        return False
    return True
