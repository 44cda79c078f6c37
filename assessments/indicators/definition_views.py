"""Screens of what is measured: the list, the form, the versions of a definition."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.indicators import permissions
from assessments.indicators.definition_forms import DefinitionForm
from assessments.indicators.definition_history import history, older_values
from assessments.indicators.definition_listing import found
from assessments.indicators.definition_words import LABELS, changes_between, names_in, words_of
from assessments.indicators.definitions import (
    CodeTaken,
    InUse,
    add_definition,
    columns_of,
    remove_definition,
    save_definition,
    state_of,
)
from assessments.indicators.filter_forms import DefinitionFilterForm
from assessments.indicators.queries import cycle_of, cycle_or_404, indicators_of_year
from assessments.indicators.values import ValuesChanged
from assessments.indicators.year_fields import changed_lines
from assessments.models import WHOLE_YEAR
from core.refusals import already_changed
from documents.revisions import NotEditable, SaveConflict

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


@require_http_methods(["GET", "POST"])
def definition_add(request, agency_code, year):
    """Add an indicator to the year."""
    cycle = cycle_or_404(request.agency, year)
    if not permissions.can_define_results(request.user, cycle):
        raise PermissionDenied
    defines_all = permissions.can_define(request.user, cycle)
    form = DefinitionForm(cycle, defines_all, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicator = add_definition(cycle, form.definition(), form.values(), request.user)
        except CodeTaken:
            form.add_error("code", _("Another indicator of this year has this code."))
        except NotEditable:
            return _locked(request)
        else:
            words = _("%(code)s %(name)s was added.")
            messages.success(request, words % {"code": indicator.code, "name": indicator.name})
            return redirect("indicators:definitions", agency_code, year)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def definition_edit(request, agency_code, year, pk):
    """Change a definition; a newer save by somebody else is shown, nothing typed is lost."""
    indicator = _indicator_or_404(request, year, pk)
    if not permissions.can_change(request.user, indicator):
        raise PermissionDenied
    cycle = indicator.cycle
    kept = {row.fiscal_year: row.value for row in indicator.values.filter(months=WHOLE_YEAR)}
    defines_all = permissions.can_define(request.user, cycle)
    form = DefinitionForm(cycle, defines_all, request.POST or None, instance=indicator, values=kept)
    newest = changed = None
    if request.method == "POST" and form.is_valid():
        try:
            save_definition(
                indicator,
                form.definition(),
                form.values(),
                version=form.cleaned_data["version"] or 0,
                by=request.user,
                read=form.read(),
            )
        except SaveConflict as conflict:
            newest = conflict.current
        except ValuesChanged as now:
            changed = now
        except CodeTaken:
            form.add_error("code", _("Another indicator of this year has this code."))
        except NotEditable:
            return _locked(request)
        else:
            messages.success(request, _("The definition was saved as a new version."))
            return redirect("indicators:definitions", agency_code, year)
    return _form_page(request, form, pk, newest, changed)


@require_GET
def definition_history(request, agency_code, year, pk):
    """Show a definition in full and its versions, field by field."""
    indicator = _indicator_or_404(request, year, pk)
    kept = history(indicator)
    context = {
        "indicator": indicator,
        "fields": [(LABELS[name], words_of(name, kept.state, kept.names)) for name in LABELS],
        "versions": kept.versions,
        "older_values": older_values(indicator),
        "can_change": permissions.can_change(request.user, indicator),
    }
    return render(request, "indicators/definition_history.html", context)


@require_POST
def definition_remove(request, agency_code, year, pk):
    """Take an indicator out of the year."""
    indicator = _indicator_or_404(request, year, pk)
    if not permissions.can_change(request.user, indicator):
        raise PermissionDenied
    try:
        remove_definition(indicator, request.user)
    except NotEditable:
        return _locked(request)
    except InUse:
        messages.error(
            request,
            _("The indicator has confirmed results this year or other records rest on it."),
        )
        return redirect("indicators:definition-history", agency_code, year, pk)
    messages.success(request, _("%(name)s was removed.") % {"name": indicator.name})
    return redirect("indicators:definitions", agency_code, year)


def _indicator_or_404(request, year, pk):
    return get_object_or_404(indicators_of_year(request.user, request.agency, year), pk=pk)


def _locked(request):
    message = _("The year or its category 7 is locked; definitions cannot change now.")
    place = [request.agency.code, request.fiscal_year]
    return already_changed(request, message, reverse("indicators:definitions", args=place))


def _form_page(request, form, pk=None, newest=None, changed=None):
    differences = []
    if newest is not None:  # a second press of the button is a decision made with open eyes
        form.data = form.data.copy()
        form.data["version"] = str(newest.version)
        before, typed = state_of(newest), columns_of(form.definition())
        differences = changes_between(before, typed, names_in([before, typed]))
    if changed is not None:
        form.show_changed(changed, {})
    context = {
        "form": form,
        "pk": pk,
        "newest": newest,
        "differences": differences,
        "changed": changed_lines(changed, {}) if changed else [],
    }
    status = 409 if newest or changed else 422 if form.errors else 200
    return render(request, "indicators/definition_form.html", context, status=status)
