"""How the forms of points, projects and actions save: nothing typed is ever lost."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.address_values import whole_number
from documents.revisions import NotEditable, SaveConflict
from improvement.lookup import conflict
from improvement.planning import PlanLocked


def form_page(request, template: str, form, context: dict, status: int = 200) -> HttpResponse:
    """Show a form; one with errors answers 422."""
    status = 422 if form.errors else status
    return render(request, template, {"form": form, **context}, status=status)


def add(request, form, plan, *, save: Callable, page: Callable, done: str, to: str) -> HttpResponse:
    """Show an empty form, or store what was sent by save(fields) and go to the page `to`."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except PlanLocked:
            return conflict(request, plan)
        messages.success(request, done)
        return redirect(to, plan.agency.code, plan.cycle.fiscal_year)
    return page(form, {})


def edit(request, form, row, *, save: Callable, page: Callable, done: str, to: str) -> HttpResponse:
    """Show a row's form, or store what was sent by save(fields, version).

    When somebody else saved since that version, the page shows the newest row beside what was
    typed (409), and saves over it when it is sent again.
    """
    plan, version = row.plan, row.version
    if request.method == "POST":
        version = whole_number(request.POST.get("version")) or 0
        if form.is_valid():
            try:
                save(form.cleaned_data, version)
            except SaveConflict as newer:
                return page(form, _newest(newer), 409)
            except NotEditable:
                return conflict(request, plan)
            messages.success(request, done)
            return redirect(to, plan.agency.code, plan.cycle.fiscal_year)
    return page(form, {"version": version})


def _newest(newer: SaveConflict) -> dict:
    return {
        "version": newer.current.version,
        "newest": newer.current,
        "saved_by": newer.last.saved_by if newer.last else None,
    }
