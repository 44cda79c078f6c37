"""What the improvement plan asks of people: returned plans to mend, actions to finish."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships, is_officer
from improvement.enums import UNDER_WAY, ActionStatus, PlanStatus
from improvement.models import ImprovementPlan
from notifications.due_items import DueItem
from workflows.enums import CycleStatus

PLAN_FIELDS = ("pk", "status", "decision_due_on", "cycle__fiscal_year")
OPEN_ACTIONS = (ActionStatus.PLANNED, ActionStatus.RUNNING)
ACTION_FIELDS = ("actions__pk", "actions__title", "actions__ends_on", "actions__owner")


def actions_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield returned plans for the officers and running actions for who is responsible; 1 query.

    A returned plan is told even where it has lost all its actions meanwhile.
    """
    owned = Q(actions__owner=user) if user else Q(actions__owner__isnull=False)
    wanted = Q(status__in=UNDER_WAY, actions__status__in=OPEN_ACTIONS) & owned
    if user is None or is_officer(user, agency):
        wanted |= Q(status=PlanStatus.RETURNED)
    rows = (
        ImprovementPlan.objects.filter(wanted, cycle__agency=agency, cycle__status=CycleStatus.OPEN)
        .order_by("cycle__fiscal_year", "pk", "actions__order", "actions__pk")
        .values(*PLAN_FIELDS, *ACTION_FIELDS)
    )
    told = set()
    for row in rows:
        if row["status"] in UNDER_WAY:
            yield _running(agency, row)
        elif row["pk"] not in told:
            told.add(row["pk"])
            yield _to_correct(agency, row)


def _running(agency: Agency, row: dict) -> DueItem:
    return DueItem(
        object_type="improvement.action",
        object_id=str(row["actions__pk"]),
        title=row["actions__title"],
        why=_("Action of the improvement plan"),
        due_on=row["actions__ends_on"],
        url=reverse(
            "improvement:action-detail",
            args=[agency.code, row["cycle__fiscal_year"], row["actions__pk"]],
        ),
        action=_("Open"),
        people=(row["actions__owner"],),
        icon="signpost-2",
    )


def _to_correct(agency: Agency, row: dict) -> DueItem:
    return DueItem(
        object_type="improvement.improvementplan",
        object_id=str(row["pk"]),
        title=_("Correct the improvement plan and submit it again"),
        why=_("The director returned it with a reason"),
        due_on=row["decision_due_on"],
        url=reverse("improvement:plan", args=[agency.code, row["cycle__fiscal_year"]]),
        action=_("Correct"),
        people=tuple(
            each.user_id for each in active_memberships(agency) if each.role == OfficeRole.OFFICER
        ),
        icon="arrow-counterclockwise",
    )
