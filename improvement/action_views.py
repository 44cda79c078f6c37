"""Writing actions: adding, editing, removing, and their order."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.address_values import whole_number
from documents.autosave import is_autosave
from improvement import editing, permissions, planning
from improvement.forms import ActionForm
from improvement.lookup import action_or_404, categories, conflict, plan_or_404


@require_http_methods(["GET", "POST"])
def action_add(request, agency_code, year):
    """Add an action, usually to a point (?point=)."""
    plan = plan_or_404(request, year)
    own = categories(request, year)
    if not own or not permissions.is_editable(plan):
        raise PermissionDenied
    point = plan.points.filter(pk=whole_number(request.GET.get("point"))).first()
    initial = {}
    if point:
        initial = {"point": point, "category_number": point.category_number}
        initial |= {"indicator": point.indicator_id}
    form = ActionForm(request.POST or None, plan=plan, categories=own, initial=initial)
    return editing.add(
        request,
        form,
        plan,
        save=lambda fields: planning.add_action(plan, fields, request.user),
        page=_page(request, point=point, action=None),
        done=_("The action was added."),
        to="improvement:plan",
    )


def _page(request, **context):
    def show(form, more, status=200):
        return editing.form_page(
            request, "improvement/action_form.html", form, context | more, status
        )

    return show


@require_http_methods(["GET", "POST"])
def action_edit(request, agency_code, year, pk):
    """Edit an action; a newer save by somebody else is shown, and nothing typed is lost."""
    action = action_or_404(request, year, pk)
    may = permissions.can_edit_action(request.user, action)
    if not may or not permissions.is_editable(action.plan):
        raise PermissionDenied
    own = categories(request, year)
    form = ActionForm(request.POST or None, instance=action, plan=action.plan, categories=own)
    return editing.edit(
        request,
        form,
        action,
        save=lambda fields, version: planning.save_action(action, fields, version, request.user),
        page=_page(request, action=action),
        done=_("The action was saved."),
        to="improvement:plan",
    )


@require_POST
def action_remove(request, agency_code, year, pk):
    """Take an action out of the plan."""
    action = action_or_404(request, year, pk)
    if not permissions.can_edit_action(request.user, action):
        raise PermissionDenied
    try:
        planning.remove_action(action, request.user)
    except planning.PlanLocked:
        return conflict(request, action.plan)
    messages.success(request, _("The action was removed."))
    return redirect("improvement:plan", agency_code, year)


@require_POST
def action_move(request, agency_code, year, pk, direction):
    """Move an action up or down."""
    action = action_or_404(request, year, pk)
    if not permissions.can_manage_plan(request.user, request.agency):
        raise PermissionDenied
    try:
        planning.move_action(action, up=direction == "up")
    except planning.PlanLocked:
        return conflict(request, action.plan)
    return redirect("improvement:plan", agency_code, year)


@require_POST
def action_place(request, agency_code, year, pk):
    """Put an action to the place where it was dropped (1 = first of its project)."""
    action = action_or_404(request, year, pk)
    if not permissions.can_manage_plan(request.user, request.agency):
        raise PermissionDenied
    try:
        planning.place_action(action, whole_number(request.POST.get("place")) or 1)
    except planning.PlanLocked:
        return conflict(request, action.plan)
    if is_autosave(request):
        return JsonResponse({"saved": True})
    return redirect("improvement:plan", agency_code, year)
