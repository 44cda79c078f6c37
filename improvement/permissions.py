"""Who writes the improvement plan, who submits it, who decides on it."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role, is_officer, may_decide_as_director
from committees.roles import champion_categories
from improvement.enums import UNDER_WAY, PlanStatus
from improvement.models import Action, ChangeRequest, ImprovementPlan
from workflows.enums import CycleStatus

EDITABLE = (PlanStatus.DRAFT, PlanStatus.RETURNED)


def is_editable(plan: ImprovementPlan) -> bool:
    """A plan may be written while it is a draft or was returned, in an open cycle."""
    return plan.status in EDITABLE and plan.cycle.status == CycleStatus.OPEN


def can_manage_plan(user: User, agency: Agency) -> bool:
    """The officer and the deputy (chair of the Working Team) keep the whole plan."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.DEPUTY)


def can_add_action(user: User, agency: Agency, year: int) -> bool:
    """Whoever keeps the plan, and champions for their own categories."""
    return can_manage_plan(user, agency) or bool(champion_categories(user, agency, year))


def can_write_category(user: User, agency: Agency, year: int, category: int) -> bool:
    """Whether the person may write actions of the category (champions: their own, and 7)."""
    if can_manage_plan(user, agency):
        return True
    own = champion_categories(user, agency, year)
    return category in own or (category == 7 and bool(own))


def can_edit_action(user: User, action: Action) -> bool:
    """Whoever writes the action's category."""
    cycle = action.plan.cycle
    return can_write_category(user, cycle.agency, cycle.fiscal_year, action.category_number)


def can_submit(user: User, plan: ImprovementPlan) -> bool:
    """Whoever keeps the plan submits it, and takes it back."""
    return can_manage_plan(user, plan.cycle.agency)


def can_decide(user: User, plan: ImprovementPlan) -> bool:
    """The director, or whoever acts for the director today."""
    return may_decide_as_director(user, plan.cycle.agency, kind=plan._meta.label_lower)


def can_record_decision(user: User, plan: ImprovementPlan) -> bool:
    """The officer records what the director signed on paper."""
    return is_officer(user, plan.cycle.agency)


def is_under_way(plan: ImprovementPlan) -> bool:
    """A plan is carried out from its approval to its end, in an open cycle."""
    return plan.status in UNDER_WAY and plan.cycle.status == CycleStatus.OPEN


def can_start(user: User, plan: ImprovementPlan) -> bool:
    """Whoever keeps or decided the plan, and who is responsible for one of its actions."""
    return (
        can_submit(user, plan) or can_decide(user, plan) or plan.actions.filter(owner=user).exists()
    )


def can_do_action(user: User, action: Action) -> bool:
    """Who is responsible says what came of the action; who keeps the plan may in their place.

    Owners who left the office or only observe do not.
    """
    agency = action.plan.cycle.agency
    if action.owner_id == user.pk:
        return not has_role(user, agency, OfficeRole.OBSERVER, "")
    return can_manage_plan(user, agency)


def can_ask_change(user: User, action: Action) -> bool:
    """Who is responsible for the action, and who writes its category."""
    return can_do_action(user, action) or can_edit_action(user, action)


def can_submit_change(user: User, change: ChangeRequest) -> bool:
    """Who asked and may still ask, and whoever keeps the plan."""
    if can_manage_plan(user, change.action.plan.cycle.agency):
        return True
    return change.requested_by_id == user.pk and can_ask_change(user, change.action)


def can_decide_change(user: User, change: ChangeRequest) -> bool:
    """The director, or whoever acts for the director today."""
    return may_decide_as_director(
        user, change.action.plan.cycle.agency, kind=change._meta.label_lower
    )


def can_record_change(user: User, change: ChangeRequest) -> bool:
    """The officer records what the director signed on paper."""
    return is_officer(user, change.action.plan.cycle.agency)
