"""Screens of the office settings: home, units, acting periods, office, audit log."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import acting, permissions, units
from agencies.audit_actions import ACTIONS, label_of
from agencies.audit_hiding import shown_words
from agencies.decision_kinds import words_for
from agencies.forms import ActingForm, AgencyForm, AuditFilterForm, UnitForm
from agencies.holidays import missing_years
from agencies.people_views import require_manager
from agencies.queries import (
    acting_periods_visible_to,
    agencies_visible_to,
    audit_entries_visible_to,
    units_visible_to,
)
from core import clock

AUDIT_PAGE_SIZE = 50


@require_GET
def settings_home(request, agency_code):
    if not permissions.can_open_settings(request.user, request.agency):
        raise PermissionDenied
    today = clock.today()
    return render(
        request,
        "agencies/settings.html",
        {
            "can_manage": permissions.can_manage_office(request.user, request.agency),
            "missing_years": missing_years(today, today.replace(year=today.year + 1, day=1)),
        },
    )


@require_GET
def unit_list(request, agency_code):
    require_manager(request)
    return render(
        request,
        "agencies/unit_list.html",
        {"units": request.agency.units.select_related("head")},
    )


def _unit(request, pk):
    require_manager(request)
    return get_object_or_404(units_visible_to(request.user).filter(agency=request.agency), pk=pk)


@require_http_methods(["GET", "POST"])
def unit_add(request, agency_code):
    require_manager(request)
    return _unit_form(request, None)


@require_http_methods(["GET", "POST"])
def unit_edit(request, agency_code, pk):
    return _unit_form(request, _unit(request, pk))


def _unit_form(request, unit):
    form = UnitForm(request.agency, request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        units.save_unit(form.save(commit=False), request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:unit-list", request.agency.code)
    return render(request, "agencies/unit_form.html", {"form": form, "unit": unit})


@require_POST
def unit_move(request, agency_code, pk):
    unit = _unit(request, pk)
    units.move_unit(unit, request.user, -1 if request.POST.get("to") == "up" else 1)
    return redirect("agencies:unit-list", agency_code)


@require_POST
def unit_switch(request, agency_code, pk):
    """Close an open unit or reopen a closed one."""
    unit = _unit(request, pk)
    try:
        units.set_unit_active(unit, request.user, request.POST.get("active") == "1")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("agencies:unit-list", agency_code)


@require_GET
def acting_list(request, agency_code):
    require_manager(request)
    page = Paginator(request.agency.acting_periods.select_related("absent", "acting"), 30).get_page(
        request.GET.get("page")
    )
    context = {
        "page_obj": page,
        "periods": [(period, words_for(period.scopes)) for period in page],
        "today": clock.today(),
    }
    return render(request, "agencies/acting_list.html", context)


@require_http_methods(["GET", "POST"])
def acting_add(request, agency_code):
    require_manager(request)
    form = ActingForm(request.agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.add_period(request.agency, request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("agencies:acting-list", agency_code)
    return render(request, "agencies/acting_form.html", {"form": form})


@require_POST
def acting_end(request, agency_code, pk):
    require_manager(request)
    period = get_object_or_404(
        acting_periods_visible_to(request.user).filter(agency=request.agency), pk=pk
    )
    acting.end_period(period, request.user)
    messages.success(request, _("The acting period was ended."))
    return redirect("agencies:acting-list", agency_code)


@require_http_methods(["GET", "POST"])
def office_edit(request, agency_code):
    require_manager(request)
    # A copy of its own, so that a refused form does not change the page around it.
    agency = agencies_visible_to(request.user).get(pk=request.agency.pk)
    form = AgencyForm(request.POST or None, instance=agency)
    if request.method == "POST" and form.is_valid():
        units.save_settings(form.save(commit=False), request.user, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("agencies:office-edit", agency_code)
    return render(request, "agencies/office_form.html", {"form": form})


@require_GET
def audit_log(request, agency_code):
    if not permissions.can_read_audit(request.user, request.agency):
        raise PermissionDenied
    form = AuditFilterForm(
        request.agency, sorted(ACTIONS.items(), key=lambda row: str(row[1])), request.GET or None
    )
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    entries = audit_entries_visible_to(request.user).filter(agency=request.agency)
    lookups = {"action": "action", "actor": "actor", "since": "at__date__gte"}
    for name, lookup in {**lookups, "until": "at__date__lte"}.items():
        if wanted.get(name):
            entries = entries.filter(**{lookup: wanted[name]})
    page = Paginator(
        entries.select_related("actor").order_by("-sequence"), AUDIT_PAGE_SIZE
    ).get_page(request.GET.get("page"))
    words = shown_words(request.user, request.agency, page)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "agencies/audit_log.html",
        {
            "filter_form": form,
            "page_obj": page,
            "rows": [(entry, label_of(entry.action), words[entry.pk]) for entry in page],
            "query": f"{query.urlencode()}&" if query else "",
        },
    )
