"""The plan's page, and its way from draft to the end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from approvals.freezing import frozen_papers
from approvals.requests import last_return_reason, open_request_of
from approvals.transitions import (
    AlreadyChanged,
    RequirementsMissing,
    available_to,
    missing_for,
    perform,
)
from core.refusals import already_changed
from improvement import permissions, planning, points, queries, returning
from improvement.enums import DECIDED, PlanStatus
from improvement.lookup import categories, conflict, plan_or_404
from workflows.queries import cycles_visible_to, main_cycle


@require_GET
def plan(request, agency_code, year):
    """Show the year's plan: its projects and actions, and the points that wait for an action."""
    cycle = main_cycle(request.agency, year)
    found = queries.plans_visible_to(request.user).filter(cycle=cycle).first() if cycle else None
    return render(request, "improvement/plan.html", _context(request, year, cycle, found))


def _context(request, year, cycle, plan, missing=()):
    context = {
        "cycle": cycle,
        "plan": plan,
        "may_add": permissions.can_add_action(request.user, request.agency, year),
    }
    if plan is None:
        return context
    actions = list(queries.actions_of(plan))
    groups = queries.by_project(plan.projects.select_related("owner"), actions)
    is_editable = permissions.is_editable(plan)
    is_returned = plan.status == PlanStatus.RETURNED
    if is_returned:
        reasons = returning.reasons_of(plan)
        for action in actions:
            action.return_reason = reasons.get(action.pk, "")
    is_decided = plan.status in DECIDED
    may_change = is_editable and context["may_add"]
    return context | {
        "groups": groups,
        "is_decided": is_decided,
        "columns": 5 + (1 if is_decided or may_change else 0),
        "has_actions": bool(actions),
        "waiting": list(queries.waiting_points(plan)) if is_editable else [],
        "totals": queries.totals(plan),
        "is_editable": is_editable,
        "categories": categories(request, year),
        "may_manage": permissions.can_manage_plan(request.user, request.agency),
        "transitions": available_to(request.user, plan),
        "frozen": frozen_papers(plan),
        "approval": open_request_of(plan) if _follows_request(request, plan) else None,
        "return_comment": last_return_reason(plan) if is_returned else "",
        "missing": missing or (missing_for(plan, "submit") if actions and is_editable else []),
    }


def _follows_request(request, plan) -> bool:
    """The open request is linked for those who may open it: who keeps the plan, who decides."""
    return plan.status == PlanStatus.SUBMITTED and (
        permissions.can_manage_plan(request.user, request.agency)
        or permissions.can_decide(request.user, plan)
    )


@require_POST
def plan_start(request, agency_code, year):
    """Start the year's plan and gather its points."""
    cycle = main_cycle(request.agency, year)
    cycle = get_object_or_404(cycles_visible_to(request.user), pk=getattr(cycle, "pk", None))
    if not permissions.can_add_action(request.user, request.agency, year):
        raise PermissionDenied
    try:
        plan = planning.start_plan(cycle, request.user)
        points.gather(plan, request.user)
    except planning.PlanLocked:
        message = _("The cycle of the year is closed")
        return already_changed(
            request, message, reverse("improvement:plan", args=[agency_code, year])
        )
    messages.success(request, _("The plan is started. Place its points, then add actions."))
    return redirect("improvement:plan", agency_code, year)


@require_POST
def plan_transition(request, agency_code, year, name):
    """Submit the plan or take it back; start its work, and close it."""
    plan = plan_or_404(request, year)
    try:
        perform(plan, name, request.user)
    except RequirementsMissing as error:
        plan.refresh_from_db()
        context = _context(request, year, plan.cycle, plan, error.missing)
        return render(request, "improvement/plan.html", context, status=422)
    except AlreadyChanged:
        return conflict(request, plan)
    done = {
        "submit": _("The plan was submitted to the director."),
        "withdraw": _("The plan is a draft again."),
        "start": _("The plan is in progress."),
        "close": _("The plan is closed."),
    }
    messages.success(request, done[name])
    return redirect("improvement:plan", agency_code, year)
