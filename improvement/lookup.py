"""What the plan's screens share: finding rows of the office's year, and late answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.refusals import already_changed
from improvement import permissions, queries
from improvement.models import Action, ImprovementPlan, PlanPoint, Project
from improvement.transitions import url_of


def plan_or_404(request, year: int) -> ImprovementPlan:
    rows = queries.plans_visible_to(request.user).filter(cycle__agency=request.agency)
    return get_object_or_404(rows, cycle__fiscal_year=year)


def action_or_404(request, year: int, pk: int) -> Action:
    return _of_year(queries.actions_visible_to(request.user), request, year, pk)


def point_or_404(request, year: int, pk: int) -> PlanPoint:
    return _of_year(queries.points_visible_to(request.user), request, year, pk)


def project_or_404(request, year: int, pk: int) -> Project:
    return _of_year(queries.projects_visible_to(request.user), request, year, pk)


def _of_year(rows, request, year: int, pk: int):
    here = rows.filter(plan__cycle__agency=request.agency, plan__cycle__fiscal_year=year)
    return get_object_or_404(here, pk=pk)


def conflict(request, plan: ImprovementPlan) -> HttpResponse:
    """Say that nothing was written because the plan is not what the page showed."""
    message = _("The plan's state has changed since this page was opened.")
    return already_changed(request, message, url_of(plan))


def categories(request, year: int) -> list[int]:
    """Return the categories whose actions the person writes."""
    return [
        number
        for number in range(1, 8)
        if permissions.can_write_category(request.user, request.agency, year, number)
    ]
