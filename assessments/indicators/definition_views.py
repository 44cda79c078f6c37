"""Screens of what is measured: the list, one definition, its versions."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.indicators import permissions
from assessments.indicators.definition_listing import found
from assessments.indicators.filter_forms import DefinitionFilterForm
from assessments.indicators.queries import cycle_of, indicators_of_year

PAGE = 50


@require_GET
def definitions(request, agency_code, year):
    """Show the year's indicators as wanted: what is measured, by whom, with which target."""
    cycle = cycle_of(request.agency, year)
    rows = list(indicators_of_year(request.user, request.agency, year))
    form = DefinitionFilterForm(rows, request.GET)
    shown = found(rows, form.wanted())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "cycle": cycle,
        "filter_form": form,
        "page_obj": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "query": f"{query.urlencode()}&" if query else "",
        "is_empty": not rows,
        "can_define": cycle is not None and permissions.can_define(request.user, cycle),
        "can_add": cycle is not None and permissions.can_define_results(request.user, cycle),
    }
    return render(request, "indicators/definitions.html", context)
