"""Certificates of recognition: the list, writing one with its recipients, its paper."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import already_changed
from core.thai_text import normalize
from documents.revisions import SaveConflict
from reports.certificates import writing
from reports.certificates.forms import CertificateForm, VersionForm, initial_of
from reports.certificates.permissions import can_make_certificates
from reports.certificates.queries import certificates_visible_to, found_certificates
from reports.models import Certificate

PAGE = 20
MOST_SHOWN = 100
MOST_NAMED = 5


@require_GET
def certificate_list(request, agency_code, year):
    """List the year's certificates, narrowed to those that hold the typed words."""
    words = normalize(request.GET.get("words", "")).strip()[:100]
    rows = found_certificates(request.user, request.agency, year, words)
    context = {
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "words": words,
        "query": f"{urlencode({'words': words})}&" if words else "",
        "can_add": can_make_certificates(request.user, request.agency),
    }
    return render(request, "certificates/list.html", context)


def _or_404(request, year, pk) -> Certificate:
    rows = certificates_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows, pk=pk)


def _writer_or_refuse(request) -> None:
    if not can_make_certificates(request.user, request.agency):
        raise PermissionDenied


def _to(found: Certificate):
    return redirect("certificates:certificate", found.agency.code, found.fiscal_year, found.pk)


def _saved(request, found: Certificate, recipients):
    """Lead to the certificate; names that were pasted twice are told."""
    messages.success(request, _("Saved."))
    if twice := writing.named_twice(recipients):
        names = ", ".join(twice[:MOST_NAMED])
        messages.warning(request, _("Named more than once: %(names)s") % {"names": names})
    return _to(found)


@require_GET
def certificate(request, agency_code, year, pk):
    """Show a certificate with its recipients and signers."""
    found = _or_404(request, year, pk)
    people = list(found.recipients.all()[: MOST_SHOWN + 1])
    context = {
        "certificate": found,
        "people": people[:MOST_SHOWN],
        "count": found.recipients.count(),
        "most": MOST_SHOWN,
        "can_write": can_make_certificates(request.user, request.agency),
    }
    return render(request, "certificates/certificate.html", context)


@require_http_methods(["GET", "POST"])
def certificate_new(request, agency_code, year):
    """Write a certificate with its recipients."""
    _writer_or_refuse(request)
    usual = {
        "title": "เกียรติบัตร",
        "reason": "",
        "given_on": None,
        "signers": writing.usual_signers(request.agency),
    }
    form = CertificateForm(request.POST or None, initial=initial_of(usual))
    if request.method == "POST" and form.is_valid():
        recipients = form.cleaned_data["recipients"]
        made = writing.begin(request.agency, year, form.words(), recipients, request.user)
        return _saved(request, made, recipients)
    context = {"form": form, "certificate": None, "newer": None, "most": writing.MOST_RECIPIENTS}
    return render(request, "certificates/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def certificate_edit(request, agency_code, year, pk):
    """Change text, signers and recipients."""
    found = _or_404(request, year, pk)
    _writer_or_refuse(request)
    words = {name: getattr(found, name) for name in (*writing.WRITTEN, "version")}
    form = CertificateForm(request.POST or None, initial=initial_of(words, writing.as_lines(found)))
    newer = None
    if request.method == "POST" and form.is_valid():
        recipients, version = form.cleaned_data["recipients"], form.cleaned_data["version"] or 0
        try:
            writing.save(found, form.words(), recipients, version=version, by=request.user)
        except SaveConflict as error:
            newer = error.current
            form.data = form.data.copy()
            form.data["version"] = str(newer.version)
        else:
            return _saved(request, found, recipients)
    status = 409 if newer else 422 if form.errors else 200
    context = {"form": form, "certificate": found, "newer": newer, "most": writing.MOST_RECIPIENTS}
    return render(request, "certificates/edit.html", context, status=status)


@require_POST
def certificate_remove(request, agency_code, year, pk):
    """Delete a certificate."""
    found = _or_404(request, year, pk)
    _writer_or_refuse(request)
    form = VersionForm(request.POST)
    if not form.is_valid() or not writing.remove(
        found, version=form.cleaned_data["version"], by=request.user
    ):
        message = _("The certificate has changed since this page was opened.")
        return already_changed(request, message, request.path.removesuffix("remove/"))
    messages.success(request, _("The certificate was deleted."))
    return redirect("certificates:list", agency_code, year)
