"""Opening a year: choose, look at the days, open; then record what was done before."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from approvals.transitions import AlreadyChanged, RequirementsMissing
from core import clock
from core import fiscal_year as fiscal
from core.refusals import already_changed
from workflows.calendar import planned_rows
from workflows.forms import BackfillForm, OpenCycleForm
from workflows.opening import OpeningRefused, open_cycle, overdue_at_opening, plan_opening
from workflows.permissions import can_backfill, can_open_cycle
from workflows.queries import cycles_visible_to
from workflows.responsible import Resolver
from workflows.steps import DayRefused, backfill

_YEARS_BACK, _YEARS_AHEAD = 3, 2


@require_http_methods(["GET", "POST"])
def cycle_open(request, agency_code, year):
    """Choose SOP, year and start; the days are shown before anything is written."""
    if not can_open_cycle(request.user, request.agency):
        raise PermissionDenied
    running = fiscal.fiscal_year_of(clock.today())
    years = sorted({year, *range(running - _YEARS_BACK, running + _YEARS_AHEAD + 1)})
    form = OpenCycleForm(
        request.POST or _asked_for(request, year),
        agency=request.agency,
        years=years,
        initial={"year": year},
    )
    if not form.fields["sop"].queryset.exists():
        return render(request, "workflows/cycle_open.html", {"form": None, "plan": None})
    plan = None
    if form.is_bound and form.is_valid():
        version, chosen, start = (form.cleaned_data[key] for key in ("sop", "year", "start"))
        try:
            plan = plan_opening(request.agency, version, chosen, start)
            if "open" in request.POST:
                cycle = open_cycle(request.agency, version, chosen, request.user, start)
                return _opened(request, cycle)
        except OpeningRefused as refusal:
            form.add_error(refusal.field, refusal.message)
    context = {"form": form, "plan": plan}
    if plan:
        resolver = Resolver(request.agency, [form.cleaned_data["year"]])
        context |= {
            "rows": planned_rows(plan, resolver, form.cleaned_data["year"]),
            "plan_year": form.cleaned_data["year"],
            "today": clock.today(),
        }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "workflows/cycle_open.html", context, status=status)


def _asked_for(request, year):
    """Return the form's data of an address that names the SOP (the next year of a cycle)."""
    return {"sop": request.GET["sop"], "year": year} if "sop" in request.GET else None


def _opened(request, cycle):
    messages.success(request, _("Fiscal year %(year)s is open.") % {"year": cycle.fiscal_year})
    if can_backfill(request.user, cycle) and overdue_at_opening(cycle).exists():
        return redirect(
            "workflows:cycle-backfill", request.agency.code, cycle.fiscal_year, cycle.pk
        )
    return redirect("workflows:calendar", request.agency.code, cycle.fiscal_year)


@require_http_methods(["GET", "POST"])
def cycle_backfill(request, agency_code, year, pk):
    """List the steps that were due before the opening; record what was done, all at once."""
    cycles = cycles_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    cycle = get_object_or_404(cycles.select_related("agency", "version__procedure"), pk=pk)
    if not can_backfill(request.user, cycle):
        raise PermissionDenied
    steps = (
        overdue_at_opening(cycle)
        .select_related("cycle__agency", "procedure_step")
        .prefetch_related("documents__file", "windows")
    )
    forms = [BackfillForm(request.POST or None, request.FILES or None, step=step) for step in steps]
    status = 200
    if request.method == "POST":
        # Every row is checked, so that all faults are shown together.
        if all([form.is_valid() for form in forms]):
            response = _save_backfill(request, cycle, forms)
            if response:
                return response
        status = 422
    context = {"cycle": cycle, "forms": forms, "calendar_url": _calendar_url(request, year)}
    return render(request, "workflows/cycle_backfill.html", context, status=status)


def _save_backfill(request, cycle, forms):
    """Save the filled rows; on a refusal mark the row and return None."""
    by_step = {form.step.pk: form for form in forms}
    entries = [entry for entry in (form.entry() for form in forms) if entry]
    try:
        count = backfill(cycle, entries, request.user)
    except DayRefused as refusal:
        by_step[refusal.step.pk].add_error(refusal.field, refusal.message)
        return None
    except (RequirementsMissing, ValidationError) as refusal:
        lines = getattr(refusal, "missing", None) or refusal.messages
        for line in lines:
            by_step[refusal.step.pk].add_error(None, line)
        return None
    except AlreadyChanged:
        message = _("Somebody has changed one of these steps in the meantime.")
        return already_changed(request, message, request.path)
    messages.success(
        request,
        ngettext("%(count)s step recorded.", "%(count)s steps recorded.", count) % {"count": count},
    )
    return redirect(_calendar_url(request, cycle.fiscal_year))


def _calendar_url(request, year):
    return reverse("workflows:calendar", args=[request.agency.code, year])
