"""Writing actions: adding, editing, removing, and their order."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.address_values import whole_number
from documents.autosave import is_autosave
from documents.revisions import NotEditable, SaveConflict
from improvement import permissions, planning
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
    if request.method == "POST" and form.is_valid():
        try:
            planning.add_action(plan, form.cleaned_data, request.user)
        except planning.PlanLocked:
            return conflict(request, plan)
        messages.success(request, _("The action was added."))
        return redirect("improvement:plan", agency_code, year)
    return _action_page(request, form, {"point": point, "action": None})


def _action_page(request, form, context, status=200):
    status = 422 if form.errors else status
    return render(request, "improvement/action_form.html", {"form": form, **context}, status=status)


@require_http_methods(["GET", "POST"])
def action_edit(request, agency_code, year, pk):
    """Edit an action; a newer save by somebody else is shown, and nothing typed is lost."""
    action = action_or_404(request, year, pk)
    if not permissions.can_edit_action(request.user, action) or not permissions.is_editable(
        action.plan
    ):
        raise PermissionDenied
    form = ActionForm(
        request.POST or None,
        instance=action,
        plan=action.plan,
        categories=categories(request, year),
    )
    version = action.version
    if request.method == "POST":
        version = whole_number(request.POST.get("version")) or 0
        if form.is_valid():
            try:
                planning.save_action(action, form.cleaned_data, version, request.user)
            except SaveConflict as newer:
                context = {
                    "action": action,
                    "version": newer.current.version,
                    "newest": newer.current,
                    "saved_by": newer.last.saved_by if newer.last else None,
                }
                return _action_page(request, form, context, status=409)
            except NotEditable:
                return conflict(request, action.plan)
            messages.success(request, _("The action was saved."))
            return redirect("improvement:plan", agency_code, year)
    return _action_page(request, form, {"action": action, "version": version})


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
