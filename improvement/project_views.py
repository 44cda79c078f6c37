"""Screens of the projects."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.address_values import whole_number
from documents.revisions import NotEditable, SaveConflict
from improvement import permissions, projects
from improvement.forms import ProjectForm
from improvement.lookup import conflict, plan_or_404, project_or_404
from improvement.planning import PlanLocked


def _demand_keeper(request, plan=None):
    is_locked = plan is not None and not permissions.is_editable(plan)
    if is_locked or not permissions.can_manage_plan(request.user, request.agency):
        raise PermissionDenied


def _page(request, form, context, status=200):
    status = 422 if form.errors else status
    context = {"form": form, **context}
    return render(request, "improvement/project_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def project_add(request, agency_code, year):
    """Add a project."""
    plan = plan_or_404(request, year)
    _demand_keeper(request, plan)
    form = ProjectForm(request.POST or None, agency=request.agency)
    if request.method == "POST" and form.is_valid():
        try:
            projects.add_project(plan, form.cleaned_data, request.user)
        except PlanLocked:
            return conflict(request, plan)
        messages.success(request, _("The project was added."))
        return redirect("improvement:plan", agency_code, year)
    return _page(request, form, {"project": None})


@require_http_methods(["GET", "POST"])
def project_edit(request, agency_code, year, pk):
    """Edit a project; a newer save is shown, and nothing typed is lost."""
    project = project_or_404(request, year, pk)
    _demand_keeper(request, project.plan)
    form = ProjectForm(request.POST or None, instance=project, agency=request.agency)
    version = project.version
    if request.method == "POST":
        version = whole_number(request.POST.get("version")) or 0
        if form.is_valid():
            try:
                projects.save_project(project, form.cleaned_data, version, request.user)
            except SaveConflict as newer:
                context = {
                    "project": project,
                    "version": newer.current.version,
                    "newest": newer.current,
                    "saved_by": newer.last.saved_by if newer.last else None,
                }
                return _page(request, form, context, status=409)
            except NotEditable:
                return conflict(request, project.plan)
            messages.success(request, _("The project was saved."))
            return redirect("improvement:plan", agency_code, year)
    return _page(request, form, {"project": project, "version": version})


@require_POST
def project_remove(request, agency_code, year, pk):
    """Take a project away; its actions stay."""
    project = project_or_404(request, year, pk)
    _demand_keeper(request)
    try:
        projects.remove_project(project, request.user)
    except PlanLocked:
        return conflict(request, project.plan)
    messages.success(request, _("The project was removed; its actions stay in the plan."))
    return redirect("improvement:plan", agency_code, year)


@require_POST
def project_move(request, agency_code, year, pk, direction):
    """Move a project up or down."""
    project = project_or_404(request, year, pk)
    _demand_keeper(request)
    try:
        projects.move_project(project, up=direction == "up")
    except PlanLocked:
        return conflict(request, project.plan)
    return redirect("improvement:plan", agency_code, year)
