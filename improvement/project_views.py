"""Screens of the projects."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from improvement import editing, permissions, projects
from improvement.forms import ProjectForm
from improvement.lookup import conflict, plan_or_404, project_or_404
from improvement.planning import PlanLocked


def _demand_keeper(request, plan=None):
    is_locked = plan is not None and not permissions.is_editable(plan)
    if is_locked or not permissions.can_manage_plan(request.user, request.agency):
        raise PermissionDenied


def _page(request, project):
    def show(form, more, status=200):
        context = {"project": project} | more
        return editing.form_page(request, "improvement/project_form.html", form, context, status)

    return show


@require_http_methods(["GET", "POST"])
def project_add(request, agency_code, year):
    """Add a project."""
    plan = plan_or_404(request, year)
    _demand_keeper(request, plan)
    return editing.add(
        request,
        ProjectForm(request.POST or None, agency=request.agency),
        plan,
        save=lambda fields: projects.add_project(plan, fields, request.user),
        page=_page(request, None),
        done=_("The project was added."),
        to="improvement:plan",
    )


@require_http_methods(["GET", "POST"])
def project_edit(request, agency_code, year, pk):
    """Edit a project; a newer save is shown, and nothing typed is lost."""
    project = project_or_404(request, year, pk)
    _demand_keeper(request, project.plan)
    return editing.edit(
        request,
        ProjectForm(request.POST or None, instance=project, agency=request.agency),
        project,
        save=lambda fields, version: projects.save_project(project, fields, version, request.user),
        page=_page(request, project),
        done=_("The project was saved."),
        to="improvement:plan",
    )


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
