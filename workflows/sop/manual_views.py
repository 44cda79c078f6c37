"""The manuals: their list, one to read and print, and the form that makes them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.revisions import SaveConflict
from workflows.permissions import can_edit_manuals
from workflows.queries import manuals_visible_to, procedures_visible_to
from workflows.sop.manual_forms import ManualForm
from workflows.sop.manuals import (
    delete_manual,
    new_manual,
    paragraphs,
    parts_of,
    save_manual,
    with_counts,
)


@require_GET
def manual_list(request, agency_code, year):
    """Show the office's manuals."""
    manuals = manuals_visible_to(request.user).filter(agency=request.agency)
    context = {
        "manuals": with_counts(manuals),
        "may_edit": can_edit_manuals(request.user, request.agency),
    }
    return render(request, "sop/manuals/list.html", context)


@require_POST
def manual_add(request, agency_code, year):
    """Make a manual and open its form."""
    _editor_or_403(request)
    manual = new_manual(request.agency, request.user)
    return redirect("sop:manual-edit", agency_code, year, manual.pk)


@require_GET
def manual_detail(request, agency_code, year, pk):
    """Show what the manual holds, ready to print."""
    manual = _manual_or_404(request, pk)
    context = {
        "manual": manual,
        "parts": parts_of(manual),
        "foreword": paragraphs(manual.foreword),
        "may_edit": can_edit_manuals(request.user, request.agency),
    }
    return render(request, "sop/manuals/detail.html", context)


@require_http_methods(["GET", "POST"])
def manual_edit(request, agency_code, year, pk):
    """Change a manual. Buttons named `do` rearrange the form without saving."""
    manual = _manual_or_404(request, pk)
    _editor_or_403(request)
    procedures = procedures_visible_to(request.user).filter(agency=request.agency)
    form = ManualForm(request.POST or None, manual=manual, procedures=procedures.order_by("name"))
    doing, status, conflict = request.POST.get("do", ""), 200, None
    if request.method == "POST" and doing:
        form.rearrange(doing, request.POST.get("wanted", ""))
    elif request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        version = form.cleaned_data["version"]
        try:
            save_manual(manual, form.changes(), form.bound(), version=version, by=request.user)
        except SaveConflict as error:
            conflict, status = error, 409
        else:
            messages.success(request, _("Saved."))
            return redirect("sop:manual-detail", agency_code, year, manual.pk)
    context = {"manual": manual, "form": form, "doing": doing, "conflict": conflict}
    return render(request, "sop/manuals/edit.html", context, status=status)


@require_POST
def manual_delete(request, agency_code, year, pk):
    """Delete a manual; its SOPs stay."""
    manual = _manual_or_404(request, pk)
    _editor_or_403(request)
    title = manual.title
    delete_manual(manual, request.user)
    messages.success(request, _("%(manual)s was deleted.") % {"manual": title})
    return redirect("sop:manual-list", agency_code, year)


def _manual_or_404(request, pk):
    manuals = manuals_visible_to(request.user).filter(agency=request.agency)
    return get_object_or_404(manuals.select_related("agency", "unit"), pk=pk)


def _editor_or_403(request):
    if not can_edit_manuals(request.user, request.agency):
        raise PermissionDenied
