"""The office's SOPs: list, a version with its flow chart, files in and out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from approvals.freezing import frozen_papers
from workflows import permissions
from workflows.enums import VersionStatus
from workflows.queries import procedures_visible_to
from workflows.sop import screen as sop_screen
from workflows.sop.cells import ACCOUNTABLE, phase_cells
from workflows.sop.files import DraftExists, export_sop, import_draft
from workflows.sop.forms import SopImportForm
from workflows.sop.layouts import columns_of
from workflows.sop.life_screen import life_context
from workflows.sop.lookup import version_or_404
from workflows.sop.sections import sections_of

PAGE = 30


@require_GET
def procedure_list(request, agency_code, year):
    """Show the SOPs of the office, narrowed by words and unit."""
    words, unit = request.GET.get("q", "").strip(), request.GET.get("unit", "")
    found = sop_screen.searched_procedures(request.user, request.agency, words, unit)
    context = {
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "words": words,
        "unit": unit,
        "units": request.agency.units.filter(procedures__isnull=False).distinct(),
        "may_import": permissions.can_import_sop(request.user, request.agency),
        "page_query": urlencode({"q": words, "unit": unit}) + "&",
    }
    return render(request, "sop/procedure_list.html", context)


@require_GET
def procedure_detail(request, agency_code, year, slug):
    """Show the version in use, or the newest one when none is."""
    procedure = get_object_or_404(
        procedures_visible_to(request.user)
        .filter(agency=request.agency)
        .select_related("agency", "unit"),
        slug=slug,
    )
    versions = procedure.versions.order_by("-number")
    version = versions.filter(status=VersionStatus.IN_USE).first() or versions.first()
    return _show(request, get_object_or_404(versions, pk=version.pk if version else None))


@require_GET
def version_detail(request, agency_code, year, slug, number):
    """Show one version of an SOP as it stood."""
    return _show(request, version_or_404(request, slug, number))


@require_GET
def version_export(request, agency_code, year, slug, number):
    """Send one version of an SOP as a YAML file."""
    version = version_or_404(request, slug, number)
    response = HttpResponse(export_sop(version), content_type="text/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.yaml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def import_file(request, agency_code, year):
    """Take an SOP file; a file with faults is refused whole and shown with them."""
    if not permissions.can_import_sop(request.user, request.agency):
        raise PermissionDenied
    form = SopImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.sop is not None:
        try:
            version = import_draft(form.sop, request.agency, request.user)
        except DraftExists as error:
            message = _("Version %s of this SOP is already in work. Finish or delete it first.")
            form.add_error(None, message % error.version.number)
        else:
            messages.success(
                request,
                _("%(name)s: version %(number)s is a draft. Read it through, then submit it.")
                % {"name": version.printed_name, "number": version.number},
            )
            return redirect(
                "sop:version-detail", agency_code, year, version.procedure.slug, version.number
            )
    refused = bool(form.faults or form.errors)
    return render(request, "sop/import_file.html", {"form": form}, status=422 if refused else 200)


def _show(request, version):
    versions = list(version.procedure.versions.order_by("-number"))
    context = {
        "life": life_context(request.user, version, versions),
        "version": version,
        "procedure": version.procedure,
        "columns": columns_of(version),
        "rows": sop_screen.shown_rows(version),
        "sections": sections_of(version),
        "accountable": ACCOUNTABLE,
        "phase_cells": phase_cells(columns_of(version)),
        "versions": versions,
        "frozen": frozen_papers(version),
    }
    return render(request, "sop/version_detail.html", context)
