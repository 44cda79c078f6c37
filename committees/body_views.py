"""A year's committees as bodies: setting up, copying, adding, naming, order of precedence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import audit
from committees import bodies, copying, seats
from committees.forms import CommitteeForm, NewCommitteeForm, PlacesForm
from committees.models import Committee
from committees.permissions import can_edit_committees
from committees.queries import committees_visible_to
from documents.revisions import SaveConflict, save_text


def editor_or_403(request):
    """Refuse whoever may not edit the office's committees."""
    if not can_edit_committees(request.user, request.agency):
        raise PermissionDenied


def committee_or_404(request, year, pk):
    """Return the year's committee of that key, or raise Http404."""
    rows = committees_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows.select_related("agency"), pk=pk)


def to_committee(request, committee):
    """Go back to the committee's list of members."""
    address = reverse("committees:overview", args=[request.agency.code, committee.fiscal_year])
    return redirect(f"{address}?committee={committee.pk}#members")


@require_POST
def start(request, agency_code, year):
    """Create the year's committees with standard names and duties."""
    editor_or_403(request)
    shape = request.POST.get("shape", "")
    if shape in seats.SHAPES:
        if seats.start_committees(request.agency, year, shape, by=request.user):
            messages.success(request, _("The committees are set up. Add their members next."))
        else:
            messages.error(request, _("This year already has committees."))
    else:
        messages.error(request, _("Choose two committees or one single committee."))
    return redirect("committees:overview", agency_code, year)


@require_http_methods(["GET", "POST"])
def copy(request, agency_code, year):
    """Copy last year's committees; before that, list who comes along and who has left."""
    editor_or_403(request)
    if request.method == "POST":
        plan = copying.copy_committees(request.agency, year - 1, year, by=request.user)
        if plan is None:
            messages.error(request, _("This year already has committees."))
        else:
            words = _("Copied %(count)d seats from %(year)d.")
            messages.success(request, words % {"count": len(plan.staying), "year": year - 1})
        return redirect("committees:overview", agency_code, year)
    context = {
        "plan": copying.plan_copy(request.agency, year - 1),
        "last_year": year - 1,
        "has_committees": Committee.objects.filter(
            agency=request.agency, fiscal_year=year
        ).exists(),
    }
    return render(request, "committees/copy.html", context)


@require_http_methods(["GET", "POST"])
def committee_edit(request, agency_code, year, pk):
    """Change a committee's name and duties."""
    committee = committee_or_404(request, year, pk)
    editor_or_403(request)
    form = CommitteeForm(
        request.POST or None, instance=committee, initial={"version": committee.version}
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in ("name", "duties")}
        version = form.cleaned_data["version"]
        try:
            save_text(committee, changes, version=version, by=request.user, agency=request.agency)
        except SaveConflict as error:
            conflict = error.current
        else:
            audit.record(request.agency, request.user, "committee.change", committee, after=changes)
            messages.success(request, _("Saved."))
            return to_committee(request, committee)
    return render(
        request,
        "committees/committee_edit.html",
        {
            "committee": committee,
            "form": form,
            "conflict": conflict,
            "is_used": bodies.is_used(committee),
        },
        status=409 if conflict else 422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def committee_add(request, agency_code, year):
    """Add a committee that is missing, or another one (ITA, KRS …)."""
    editor_or_403(request)
    others = list(Committee.objects.filter(agency=request.agency, fiscal_year=year))
    kinds = bodies.addable_kinds(others)
    initial = {"kind": kinds[-1].value}
    form = NewCommitteeForm(request.POST or None, kinds=kinds, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            committee = bodies.add_committee(request.agency, year, **data, by=request.user)
        except IntegrityError:
            form.add_error("kind", _("This year already has a committee of this kind."))
        else:
            messages.success(request, _("The committee is set up. Add its members next."))
            return to_committee(request, committee)
    status = 422 if form.errors else 200
    return render(request, "committees/committee_add.html", {"form": form}, status=status)


@require_POST
def committee_remove(request, agency_code, year, pk):
    """Remove a committee that no order and no meeting depends on."""
    committee = committee_or_404(request, year, pk)
    editor_or_403(request)
    if not bodies.remove_committee(committee, by=request.user):
        messages.error(
            request, _("An order or a meeting names this committee, so it cannot be removed.")
        )
        return to_committee(request, committee)
    messages.success(request, _("%(name)s is removed.") % {"name": committee.name})
    return redirect("committees:overview", agency_code, year)


@require_http_methods(["GET", "POST"])
def places(request, agency_code, year, pk):
    """Set the order of precedence: typed places, and one seat a place up or down."""
    committee = committee_or_404(request, year, pk)
    editor_or_403(request)
    members = list(committee.members.select_related("user"))
    form = PlacesForm(request.POST or None, seats=members)
    if request.method == "POST" and form.is_valid():
        changed = seats.place_members(committee, form.changed(), by=request.user)
        if _step(request, committee):
            return redirect("committees:places", agency_code, year, pk)
        if changed:
            messages.success(request, _("The order of precedence is saved."))
        return to_committee(request, committee)
    rows = list(zip(members, form, strict=True))
    context = {"committee": committee, "form": form, "rows": rows}
    status = 422 if form.errors else 200
    return render(request, "committees/places.html", context, status=status)


def _step(request, committee):
    """Move the seat whose arrow was pressed; False when none was."""
    for direction in ("up", "down"):
        pressed = request.POST.get(direction, "")
        if pressed.isdecimal():
            seat = committee.members.filter(pk=int(pressed[:18])).first()
            if seat and not seats.move_member(seat, direction, by=request.user):
                messages.error(request, _("There is no place further in that direction."))
            return True
    return False
