"""Targets of announced totals by year, and the named levels of each scale."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.models import OfficialTarget
from assessments.official import levels, targets
from assessments.official.forms import BandForm, TargetForm, VersionForm
from assessments.official.permissions import can_enter
from assessments.official.queries import bands_visible_to
from assessments.official.views import refuse_others
from core.refusals import already_changed
from documents.revisions import NotEditable

# The page holds two forms, whose fields must not share their ids.
BAND_ID = "band_%s"


@require_GET
def settings(request, agency_code, year):
    """Show the office's targets and levels."""
    return _page(request, year)


@require_POST
def target_save(request, agency_code, year):
    """Set, change or take away the target of a year and scale."""
    refuse_others(request)
    form = TargetForm(request.POST)
    if not form.is_valid():
        return _page(request, year, target_form=form)
    data = form.cleaned_data
    try:
        targets.set_target(
            request.agency,
            data["fiscal_year"],
            data["scale"],
            data["target"],
            version=data["version"] or _version_of(request, data),
            by=request.user,
        )
    except NotEditable:
        return _changed(request, year)
    messages.success(request, _("Saved."))
    return redirect(_address(request, year))


@require_POST
def band_add(request, agency_code, year):
    """Add a level."""
    refuse_others(request)
    form = BandForm(request.POST, auto_id=BAND_ID)
    if not form.is_valid():
        return _page(request, year, band_form=form)
    levels.add_band(request.agency, form.columns(), request.user)
    messages.success(request, _("The level was added."))
    return redirect(_address(request, year))


@require_http_methods(["GET", "POST"])
def band_edit(request, agency_code, year, pk):
    """Change a level."""
    band = _band_or_404(request, pk)
    refuse_others(request)
    names = ("scale", "name", "lowest", "highest", "version")
    form = BandForm(request.POST or None, initial={name: getattr(band, name) for name in names})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            levels.save_band(band, form.columns(), version=version, by=request.user)
        except NotEditable:
            return _changed(request, year)
        messages.success(request, _("Saved."))
        return redirect(_address(request, year))
    status = 422 if form.errors else 200
    context = {"form": form, "band": band}
    return render(request, "assessments/official/band_form.html", context, status=status)


@require_POST
def band_remove(request, agency_code, year, pk):
    """Remove a level."""
    band = _band_or_404(request, pk)
    refuse_others(request)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _changed(request, year)
    try:
        levels.remove_band(band, version=form.cleaned_data["version"], by=request.user)
    except NotEditable:
        return _changed(request, year)
    messages.success(request, _("The level was removed."))
    return redirect(_address(request, year))


def _page(request, year, *, target_form=None, band_form=None):
    bands = bands_visible_to(request.user).filter(agency=request.agency)
    context = {
        "targets": OfficialTarget.objects.filter(agency=request.agency),
        "bands": [{"band": band, "range": levels.range_words(band)} for band in bands],
        "target_form": target_form or TargetForm(initial={"fiscal_year": year, "scale": "0-5"}),
        "band_form": band_form or BandForm(initial={"scale": "0-5"}, auto_id=BAND_ID),
        "form": target_form or band_form,
        "can_enter": can_enter(request.user, request.agency),
    }
    status = 422 if target_form or band_form else 200
    return render(request, "assessments/official/settings.html", context, status=status)


def _version_of(request, data) -> int:
    """Return the version of a target that is set anew from the open form, 0 where none is."""
    rows = OfficialTarget.objects.filter(
        agency=request.agency, fiscal_year=data["fiscal_year"], scale=data["scale"]
    )
    return rows.values_list("version", flat=True).first() or 0


def _band_or_404(request, pk):
    return get_object_or_404(bands_visible_to(request.user).filter(agency=request.agency), pk=pk)


def _address(request, year) -> str:
    return reverse("assessments:official-settings", args=[request.agency.code, year])


def _changed(request, year):
    message = _("Somebody changed this in the meantime; nothing was saved.")
    return already_changed(request, message, _address(request, year))
