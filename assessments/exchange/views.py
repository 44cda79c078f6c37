"""A self-assessment as Excel: hand it out, take it in with a preview of every change."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import answering, queries
from assessments.exchange.forms import WorkbookForm
from assessments.exchange.planning import (
    PlanOutdated,
    apply_plan,
    compare_words,
    plan_import,
)
from assessments.exchange.reading import Cell, read_workbook
from assessments.exchange.slots import slots_of, writable_numbers
from assessments.exchange.workbook import write_workbook
from assessments.models import Assessment
from core import excel_files
from core.signed_previews import confirmed, first_confirmation, signed

PREVIEW = "assessment-import"

_CHOICE = re.compile("take-([0-9]{1,4})")


@require_GET
def excel_export(request, agency_code, year):
    """Hand out the assessment as a workbook to fill."""
    content = write_workbook(slots_of(_assessment(request, year)))
    return excel_files.answer(content, f"self-assessment-{agency_code}-{year}.xlsx")


@require_http_methods(["GET", "POST"])
def excel_import(request, agency_code, year):
    """Offer the workbook; take a filled one and show every change it would make.

    Nothing is written yet. Who writes no category may only take the workbook along.
    """
    assessment = _assessment(request, year)
    may_write = bool(writable_numbers(request.user, assessment))
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            cells = read_workbook(form.cleaned_data["file"], assessment)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _preview(request, assessment, cells)
    status = 422 if form.errors else 200
    context = {"form": form, "may_write": may_write}
    return render(request, "assessments/exchange/file.html", context, status=status)


def _preview(request, assessment, cells, *, outdated=False):
    plan = plan_import(assessment, cells, request.user)
    compare_words(plan)
    payload = {"cells": [cell.plain() for cell in cells], "digest": plan.digest}
    context = {
        "plan": plan,
        "outdated": outdated,
        "payload": "" if plan.faults else signed(request, PREVIEW, [assessment.pk, payload]),
    }
    status = 422 if plan.faults else 409 if outdated else 200
    return render(request, "assessments/exchange/preview.html", context, status=status)


@require_POST
def excel_confirm(request, agency_code, year):
    """Write what the preview showed, all of it or nothing."""
    assessment = _assessment(request, year)
    if not writable_numbers(request.user, assessment):
        raise PermissionDenied
    text = request.POST.get("payload", "")
    pk, payload = confirmed(request, PREVIEW, text) or (None, None)
    if pk != assessment.pk:
        messages.error(request, _("The preview is too old. Choose the file again."))
        return redirect("assessments:excel-import", agency_code, year)
    if not first_confirmation(text):
        messages.info(request, _("This file was imported already; nothing was written twice."))
        return redirect("assessments:overview", agency_code, year)
    cells = [Cell.from_plain(row) for row in payload["cells"]]
    try:
        count = apply_plan(assessment, cells, payload["digest"], _takes(request), request.user)
    except PlanOutdated:
        return _preview(request, assessment, cells, outdated=True)
    except answering.FindingInUse:
        messages.error(
            request,
            _("An action of the improvement plan rests on a finding that the file removes."),
        )
        return redirect("assessments:excel-import", agency_code, year)
    messages.success(
        request, ngettext("%d change was imported.", "%d changes were imported.", count) % count
    )
    return redirect("assessments:overview", agency_code, year)


def _takes(request) -> dict[int, bool]:
    """Return number of the change → whether the file's text is taken."""
    found = ((_CHOICE.fullmatch(name), value) for name, value in request.POST.items())
    return {int(name[1]): value == "file" for name, value in found if name}


def _assessment(request, year) -> Assessment:
    rows = queries.assessments_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year
    )
    first = rows.order_by("cycle_id").first()
    if first is None:
        raise Http404
    return first
