"""What an SOP was: its versions, the saves of a draft, and two of them side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.address_values import whole_number
from core.refusals import already_changed
from workflows.enums import EDITABLE
from workflows.permissions import can_edit_sop
from workflows.queries import procedures_visible_to
from workflows.sop.compare import by_place, differences
from workflows.sop.editing import (
    NoSuchSave,
    NotEditable,
    SaveConflict,
    parts_of,
    restore,
    saves_of,
    states_at,
)
from workflows.sop.life_screen import events_of, sittings
from workflows.sop.lookup import version_or_404
from workflows.sop.transitions import url_of

PAGE = 30


@require_GET
def history(request, agency_code, year, slug, number):
    """Show all versions of the SOP with what happened to them, and this version's saves."""
    version = version_or_404(request, slug, number)
    procedure = version.procedure
    events = events_of(procedure)
    versions = list(procedure.versions.select_related("created_by").order_by("-number"))
    found = sittings(saves_of(version).order_by("version"))
    editable = version.status in EDITABLE and can_edit_sop(request.user, procedure)
    context = {
        "version": version,
        "procedure": procedure,
        "versions": [(row, events.get(row.pk, [])) for row in versions],
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_restore": editable,
        "newest": found[0].last if found else None,
    }
    return render(request, "sop/life/history.html", context)


@require_GET
def compare_versions(request, agency_code, year, slug):
    """Show what differs between two versions of the SOP (?old=1&new=2)."""
    procedure = get_object_or_404(
        procedures_visible_to(request.user).filter(agency=request.agency), slug=slug
    )
    versions = {
        row.number: row
        for row in procedure.versions.select_related("procedure", "own_layout", "created_by")
    }
    old = versions.get(whole_number(request.GET.get("old")))
    new = versions.get(whole_number(request.GET.get("new")))
    if old is None or new is None:
        raise Http404
    context = {
        "procedure": procedure,
        "old": old,
        "new": new,
        "versions": [(row, []) for row in sorted(versions.values(), key=lambda row: -row.number)],
        "places": by_place(differences(parts_of(old), parts_of(new))),
    }
    return render(request, "sop/life/compare_versions.html", context)


@require_GET
def compare_saves(request, agency_code, year, slug, number):
    """Show what differs between two saves of a version (?old=3&new=7)."""
    version = version_or_404(request, slug, number)
    old, new = (whole_number(request.GET.get(name)) for name in ("old", "new"))
    if old is None or new is None:
        raise Http404
    try:
        found = differences(*states_at(version, old, new))
    except NoSuchSave as error:
        raise Http404 from error
    context = {
        "version": version,
        "procedure": version.procedure,
        **_who_saved(version, old=old, new=new),
        "places": by_place(found),
    }
    return render(request, "sop/life/compare_saves.html", context)


def _who_saved(version, **numbers):
    """Return for each name the last save up to its number."""
    saves = list(saves_of(version).defer("data"))
    return {
        name: next((save for save in saves if save.version <= number), None)
        for name, number in numbers.items()
    }


@require_POST
def restore_save(request, agency_code, year, slug, number):
    """Make the draft what it was at an earlier save; what stands now stays in its history."""
    version = version_or_404(request, slug, number)
    if not can_edit_sop(request.user, version.procedure):
        raise PermissionDenied
    save, read = (whole_number(request.POST.get(name)) for name in ("save", "version"))
    try:
        restore(version, save or 0, read=read or 0, by=request.user)
    except NoSuchSave as error:
        raise Http404 from error
    except (NotEditable, SaveConflict):
        message = _("The version's state has changed since this page was opened.")
        return already_changed(request, message, url_of(version))
    messages.success(request, _("The draft is again as it was."))
    args = (agency_code, year, slug, number)
    return redirect("sop:version-history", *args)
