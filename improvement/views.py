"""Screens of the improvement plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.freezing import frozen_papers
from approvals.requests import last_return_reason, open_request_of
from approvals.transitions import (
    AlreadyChanged,
    RequirementsMissing,
    available_to,
    missing_for,
    perform,
)
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import NotEditable, SaveConflict
from improvement import permissions, planning, queries
from improvement.enums import PlanStatus
from improvement.forms import ActionForm
from improvement.transitions import url_of
from workflows.queries import cycles_visible_to, main_cycle


def _cycle(request, year):
    return main_cycle(request.agency, year)


def _plan_or_404(request, year):
    rows = queries.plans_visible_to(request.user).filter(cycle__agency=request.agency)
    return get_object_or_404(rows, cycle__fiscal_year=year)


@require_GET
def plan(request, agency_code, year):
    """Show the year's plan, its actions and the OFI that still wait for one."""
    cycle = _cycle(request, year)
    found = queries.plans_visible_to(request.user).filter(cycle=cycle).first() if cycle else None
    context = {
        "cycle": cycle,
        "plan": found,
        "waiting": queries.waiting_findings(cycle) if cycle else [],
        "may_add": permissions.can_add_action(request.user, request.agency, year),
    }
    if found:
        context |= _plan_context(request, found)
    return render(request, "improvement/plan.html", context)


def _follows_request(request, plan) -> bool:
    """The open request is linked for those who may open it: who keeps the plan, who decides."""
    return plan.status == PlanStatus.SUBMITTED and (
        permissions.can_manage_plan(request.user, request.agency)
        or permissions.can_decide(request.user, plan)
    )


def _plan_context(request, plan, missing=()):
    actions = list(queries.actions_of(plan))
    is_returned = plan.status == PlanStatus.RETURNED
    return {
        "actions": actions,
        "totals": queries.totals(plan),
        "is_editable": permissions.is_editable(plan),
        "categories": _categories(request, plan.cycle.fiscal_year),
        "may_manage": permissions.can_manage_plan(request.user, request.agency),
        "transitions": available_to(request.user, plan),
        "frozen": frozen_papers(plan),
        "approval": open_request_of(plan) if _follows_request(request, plan) else None,
        "return_comment": last_return_reason(plan) if is_returned else "",
        "missing": missing or (missing_for(plan, "submit") if actions else []),
    }


@require_POST
def plan_start(request, agency_code, year):
    """Start the year's plan."""
    cycle = get_object_or_404(
        cycles_visible_to(request.user), pk=getattr(_cycle(request, year), "pk", None)
    )
    if not permissions.can_add_action(request.user, request.agency, year):
        raise PermissionDenied
    try:
        planning.start_plan(cycle, request.user)
    except planning.PlanLocked:
        message = _("The cycle of the year is closed")
        return already_changed(
            request, message, reverse("improvement:plan", args=[agency_code, year])
        )
    messages.success(request, _("The plan is started. Add an action for each OFI."))
    return redirect("improvement:plan", agency_code, year)


@require_POST
def plan_transition(request, agency_code, year, name):
    """Submit the plan, or take it back."""
    plan = _plan_or_404(request, year)
    if name not in {"submit", "withdraw"}:
        raise Http404
    try:
        perform(plan, name, request.user)
    except RequirementsMissing as error:
        context = {
            "cycle": plan.cycle,
            "plan": plan,
            "waiting": queries.waiting_findings(plan.cycle),
            "may_add": True,
        }
        plan.refresh_from_db()
        context |= _plan_context(request, plan, error.missing)
        return render(request, "improvement/plan.html", context, status=422)
    except AlreadyChanged:
        return _conflict(request, plan)
    done = {
        "submit": _("The plan was submitted to the director."),
        "withdraw": _("The plan is a draft again."),
    }
    messages.success(request, done[name])
    return redirect("improvement:plan", agency_code, year)


def _conflict(request, plan):
    message = _("The plan's state has changed since this page was opened.")
    return already_changed(request, message, url_of(plan))


def _categories(request, year):
    return [
        number
        for number in range(1, 8)
        if permissions.can_write_category(request.user, request.agency, year, number)
    ]


@require_http_methods(["GET", "POST"])
def action_add(request, agency_code, year):
    """Add an action, usually from an OFI (?finding=)."""
    plan = _plan_or_404(request, year)
    categories = _categories(request, year)
    if not categories or not permissions.is_editable(plan):
        raise PermissionDenied
    finding_pk = whole_number(request.GET.get("finding"))
    finding = queries.findings_of(plan.cycle).filter(pk=finding_pk).first()
    initial = {}
    if finding:
        initial = {
            "finding": finding,
            "category_number": finding.item_answer.category_assessment.category.number,
        }
    form = ActionForm(request.POST or None, plan=plan, categories=categories, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            planning.add_action(plan, form.cleaned_data, request.user)
        except planning.PlanLocked:
            return _conflict(request, plan)
        messages.success(request, _("The action was added."))
        return redirect("improvement:plan", agency_code, year)
    return _action_page(request, form, {"finding": finding, "action": None})


def _action_page(request, form, context, status=200):
    status = 422 if form.errors else status
    return render(request, "improvement/action.html", {"form": form, **context}, status=status)


def _action_or_404(request, year, pk):
    rows = queries.actions_visible_to(request.user).filter(
        plan__cycle__agency=request.agency, plan__cycle__fiscal_year=year
    )
    return get_object_or_404(
        rows.select_related("plan__cycle__agency", "finding__item_answer__item"), pk=pk
    )


@require_http_methods(["GET", "POST"])
def action_edit(request, agency_code, year, pk):
    """Edit an action; a newer save by somebody else is shown, and nothing typed is lost."""
    action = _action_or_404(request, year, pk)
    if not permissions.can_edit_action(request.user, action) or not permissions.is_editable(
        action.plan
    ):
        raise PermissionDenied
    form = ActionForm(
        request.POST or None,
        instance=action,
        plan=action.plan,
        categories=_categories(request, year),
    )
    version = action.version
    if request.method == "POST":
        version = whole_number(request.POST.get("version")) or 0
        if form.is_valid():
            try:
                planning.save_action(action, form.cleaned_data, version, request.user)
            except SaveConflict as conflict:
                context = {
                    "finding": None,
                    "action": action,
                    "version": conflict.current.version,
                    "newest": conflict.current,
                    "saved_by": conflict.last.saved_by if conflict.last else None,
                }
                return _action_page(request, form, context, status=409)
            except NotEditable:
                return _conflict(request, action.plan)
            messages.success(request, _("The action was saved."))
            return redirect("improvement:plan", agency_code, year)
    return _action_page(request, form, {"finding": None, "action": action, "version": version})


@require_POST
def action_remove(request, agency_code, year, pk):
    """Take an action out of the plan."""
    action = _action_or_404(request, year, pk)
    if not permissions.can_edit_action(request.user, action):
        raise PermissionDenied
    try:
        planning.remove_action(action, request.user)
    except planning.PlanLocked:
        return _conflict(request, action.plan)
    messages.success(request, _("The action was removed."))
    return redirect("improvement:plan", agency_code, year)


@require_POST
def action_move(request, agency_code, year, pk, direction):
    """Move an action up or down."""
    action = _action_or_404(request, year, pk)
    if not permissions.can_manage_plan(request.user, request.agency):
        raise PermissionDenied
    try:
        planning.move_action(action, up=direction == "up")
    except planning.PlanLocked:
        return _conflict(request, action.plan)
    return redirect("improvement:plan", agency_code, year)
