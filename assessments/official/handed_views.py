"""Typing our figures into another body's system field by field, and the record of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.official import handing_in
from assessments.official.copying import fields_to_copy
from assessments.official.forms import AroundForm, CopyForm, VersionForm
from assessments.official.permissions import can_enter
from assessments.official.queries import handed_in_visible_to, results_visible_to
from assessments.official.views import file_of, refuse_others
from core import clock
from core.refusals import already_changed
from documents.revisions import NotEditable


@require_GET
def handed_list(request, agency_code, year):
    """List what the office handed in, of all years."""
    context = {
        "rows": handed_in_visible_to(request.user).filter(agency=request.agency),
        "can_enter": can_enter(request.user, request.agency),
    }
    return render(request, "assessments/official/handed_list.html", context)


@require_http_methods(["GET", "POST"])
def handed_add(request, agency_code, year):
    """Show every field to copy; record them as handed in."""
    refuse_others(request)
    wanted = CopyForm(request.POST if request.method == "POST" else request.GET or None)
    scale, months = "0-5", 12
    if wanted.is_bound and wanted.is_valid():
        scale, months = wanted.cleaned_data["scale"], wanted.cleaned_data["months"]
    fields = fields_to_copy(request.agency, year, scale, months)
    initial = {"handed_in_on": clock.today(), "handed_in_by": str(request.user)}
    form = AroundForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        copied = handing_in.as_copied(fields, request.POST)
        receipt = file_of(request, form)
        if not copied:
            form.add_error(None, _("No field has a value; there is nothing to record."))
        if not form.errors:
            columns = {"fiscal_year": year, "months": months, "scale": scale, "receipt": receipt}
            row = handing_in.record(request.agency, form.columns() | columns, copied, request.user)
            messages.success(request, _("Recorded as handed in, with the fields as copied."))
            return redirect(_address(request, year, row))
    context = {
        "form": form,
        "wanted": wanted if wanted.is_bound else CopyForm(),
        "scale": scale,
        "months": months,
        "rows": _rows(fields, request.POST if request.method == "POST" else None),
        "total": len(fields),
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/official/copy.html", context, status=status)


@require_GET
def handed_detail(request, agency_code, year, pk):
    """Show what was handed in beside what was announced and our own figures of today."""
    row = _row_or_404(request, pk)
    fields = fields_to_copy(request.agency, row.fiscal_year, row.scale, row.months)
    results = results_visible_to(request.user).filter(
        agency=request.agency, fiscal_year=row.fiscal_year, scale=row.scale
    )
    result = results.first()
    context = {
        "row": row,
        "result": result,
        "compared": handing_in.compare(row, fields, result),
        "can_enter": can_enter(request.user, request.agency),
    }
    return render(request, "assessments/official/handed_detail.html", context)


@require_http_methods(["GET", "POST"])
def handed_edit(request, agency_code, year, pk):
    """Change day, person, receipt or note of a record."""
    row = _row_or_404(request, pk)
    refuse_others(request)
    names = ("system", "handed_in_on", "handed_in_by", "note", "version")
    initial = {name: getattr(row, name) for name in names}
    form = AroundForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        receipt = file_of(request, form)
        if not form.errors:
            columns = form.columns() | ({"receipt": receipt} if receipt else {})
            version = form.cleaned_data["version"] or 0
            try:
                handing_in.save_around(row, columns, version=version, by=request.user)
            except NotEditable:
                return _changed(request, year, row)
            messages.success(request, _("Saved."))
            return redirect(_address(request, year, row))
    status = 422 if form.errors else 200
    context = {"form": form, "row": row}
    return render(request, "assessments/official/handed_form.html", context, status=status)


@require_POST
def handed_remove(request, agency_code, year, pk):
    """Remove a record."""
    row = _row_or_404(request, pk)
    refuse_others(request)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _changed(request, year, row)
    try:
        handing_in.remove(row, version=form.cleaned_data["version"], by=request.user)
    except NotEditable:
        return _changed(request, year, row)
    messages.success(request, _("The record was removed."))
    return redirect("assessments:handed-list", agency_code, year)


def _rows(fields, typed):
    """Return the fields in their groups, each with what was typed where the form came back."""
    groups = {}
    for field in fields:
        value = field.value if typed is None else typed.get(f"field-{field.key}", "")
        groups.setdefault(field.group, []).append({"field": field, "value": value})
    return groups


def _row_or_404(request, pk):
    rows = handed_in_visible_to(request.user).filter(agency=request.agency)
    return get_object_or_404(rows, pk=pk)


def _address(request, year, row) -> str:
    return reverse("assessments:handed-detail", args=[request.agency.code, year, row.pk])


def _changed(request, year, row):
    message = _("Somebody changed this in the meantime; nothing was saved.")
    return already_changed(request, message, _address(request, year, row))
