"""What the improvement plan asks of people: returned plans to mend, actions to finish."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships, is_officer
from improvement.enums import PlanStatus
from improvement.models import Action, ImprovementPlan
from notifications.due_items import DueItem
from workflows.enums import CycleStatus


def actions_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield returned plans for the officers and running actions for who is responsible.

    One query for actions, and one for returned plans where an officer may be concerned.
    """
    actions = Action.objects.filter(
        plan__cycle__agency=agency,
        plan__cycle__status=CycleStatus.OPEN,
        plan__status=PlanStatus.APPROVED,
        owner__isnull=False,
    ).select_related("plan__cycle")
    if user is not None:
        actions = actions.filter(owner=user)
    for action in actions:
        yield _running(agency, action)
    if user is not None and not is_officer(user, agency):
        return
    # Asked for by itself: a returned plan may have lost all its actions meanwhile.
    for plan in ImprovementPlan.objects.filter(
        cycle__agency=agency, cycle__status=CycleStatus.OPEN, status=PlanStatus.RETURNED
    ).select_related("cycle"):
        yield _to_correct(agency, plan)


def _running(agency: Agency, action: Action) -> DueItem:
    return DueItem(
        object_type="improvement.action",
        object_id=str(action.pk),
        title=action.title,
        why=_("Action of the improvement plan"),
        due_on=action.ends_on,
        url=reverse("improvement:plan", args=[agency.code, action.plan.cycle.fiscal_year]),
        action=_("Open"),
        people=(action.owner_id,),
        icon="signpost-2",
    )


def _to_correct(agency: Agency, plan: ImprovementPlan) -> DueItem:
    return DueItem(
        object_type="improvement.improvementplan",
        object_id=str(plan.pk),
        title=_("Correct the improvement plan and submit it again"),
        why=_("The director returned it with a reason"),
        due_on=plan.decision_due_on,
        url=reverse("improvement:plan", args=[agency.code, plan.cycle.fiscal_year]),
        action=_("Correct"),
        people=tuple(
            row.user_id for row in active_memberships(agency) if row.role == OfficeRole.OFFICER
        ),
        icon="arrow-counterclockwise",
    )
