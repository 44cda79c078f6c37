"""Committees of a fiscal year: overview, setting up, seats, rules set aside."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import audit
from committees import composition, overrides, seats
from committees.forms import CommitteeForm, OverrideForm, SeatForm
from committees.models import Committee, CommitteeMember
from committees.permissions import can_edit_committees, can_override_rules
from committees.queries import (
    committees_of,
    committees_visible_to,
    members_visible_to,
    orders_of,
)
from committees.roles import CHAMPION_CATEGORIES, WORKING_KINDS
from documents.revisions import SaveConflict, save_text

# Short names of the categories for the grid; an assessment shows its own edition's titles.
CATEGORY_NAMES = {
    1: "การนำองค์การ",
    2: "การวางแผนเชิงยุทธศาสตร์",
    3: "ผู้รับบริการและผู้มีส่วนได้ส่วนเสีย",
    4: "การวัด การวิเคราะห์ และการจัดการความรู้",
    5: "การมุ่งเน้นบุคลากร",
    6: "การมุ่งเน้นระบบปฏิบัติการ",
}


@require_GET
def overview(request, agency_code, year):
    """Show the year's committees, one at a time, with checks and orders beside."""
    agency = request.agency
    committees = committees_of(agency, year)
    context = {
        "committees": committees,
        "may_edit": can_edit_committees(request.user, agency),
        "may_override": can_override_rules(request.user, agency),
    }
    if not committees:
        return render(request, "committees/start.html", context | _start_context(agency, year))
    shown = _shown(committees, request.GET.get("committee", ""))
    members = list(shown.members.all())
    found = composition.checks(agency, year)
    context |= {
        "shown": shown,
        "members": members,
        "champions": _champion_cells(members) if shown.kind in WORKING_KINDS else [],
        "checks": found,
        "open_checks": sum(check.state == composition.WARNING for check in found),
        "orders": list(orders_of(agency, year)),
    }
    return render(request, "committees/overview.html", context)


def _start_context(agency, year):
    last_year = year - 1
    return {
        "last_year": last_year,
        "has_last_year": Committee.objects.filter(agency=agency, fiscal_year=last_year).exists(),
    }


def _shown(committees, wanted):
    return next((item for item in committees if str(item.pk) == wanted), committees[0])


def _champion_cells(members):
    cells = []
    for number in CHAMPION_CATEGORIES:
        people = composition.team(members, number)
        champion = next((seat for seat in people if seat.champion_of == number), None)
        cells.append(
            {
                "number": number,
                "name": CATEGORY_NAMES[number],
                "champion": champion,
                "count": len(people),
                "is_short": len(people) < composition.LEAST_TEAM,
            }
        )
    return cells


def _editor_or_403(request):
    if not can_edit_committees(request.user, request.agency):
        raise PermissionDenied


def _committee_or_404(request, year, pk):
    rows = committees_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows.select_related("agency"), pk=pk)


def _seat_or_404(request, year, pk, member_pk):
    rows = members_visible_to(request.user).filter(
        committee__agency=request.agency, committee__fiscal_year=year, committee=pk
    )
    return get_object_or_404(rows.select_related("user", "committee__agency"), pk=member_pk)


def _to_committee(request, committee):
    address = reverse("committees:overview", args=[request.agency.code, committee.fiscal_year])
    return redirect(f"{address}?committee={committee.pk}#members")


@require_POST
def start(request, agency_code, year):
    """Create the year's committees with standard names and duties."""
    _editor_or_403(request)
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
    _editor_or_403(request)
    if request.method == "POST":
        plan = seats.copy_committees(request.agency, year - 1, year, by=request.user)
        if plan is None:
            messages.error(request, _("This year already has committees."))
        else:
            words = _("Copied %(count)d seats from %(year)d.")
            messages.success(request, words % {"count": len(plan.staying), "year": year - 1})
        return redirect("committees:overview", agency_code, year)
    context = {
        "plan": seats.plan_copy(request.agency, year - 1),
        "last_year": year - 1,
        "has_committees": Committee.objects.filter(
            agency=request.agency, fiscal_year=year
        ).exists(),
    }
    return render(request, "committees/copy.html", context)


@require_http_methods(["GET", "POST"])
def committee_edit(request, agency_code, year, pk):
    """Change a committee's name and duties."""
    committee = _committee_or_404(request, year, pk)
    _editor_or_403(request)
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
            return _to_committee(request, committee)
    return render(
        request,
        "committees/committee_edit.html",
        {"committee": committee, "form": form, "conflict": conflict},
        status=409 if conflict else 422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def member_add(request, agency_code, year, pk):
    """Seat a person of the office, or somebody from outside."""
    committee = _committee_or_404(request, year, pk)
    _editor_or_403(request)
    seat = CommitteeMember(committee=committee)
    search = "" if request.method == "POST" else request.GET.get("q", "").strip()
    wanted = {
        name: request.GET[name]
        for name in ("user", "role", "champion_of", "team_of")
        if request.GET.get(name)
    }
    form = SeatForm(request.POST or None, instance=seat, initial=wanted, search=search)
    context = {"committee": committee, "form": form, "search": search, "wanted": wanted}
    return _member_form(request, form, context)


@require_http_methods(["GET", "POST"])
def member_edit(request, agency_code, year, pk, member_pk):
    """Change role and categories of a seat."""
    seat = _seat_or_404(request, year, pk, member_pk)
    _editor_or_403(request)
    form = SeatForm(request.POST or None, instance=seat)
    context = {"committee": seat.committee, "form": form, "seat": seat}
    return _member_form(request, form, context)


def _member_form(request, form, context):
    if request.method == "POST" and form.is_valid():
        try:
            seat = seats.seat_member(form.save(commit=False), by=request.user)
        except IntegrityError:
            # Somebody seated the same person or champion a moment ago: the form now sees it.
            form = SeatForm(request.POST, instance=form.instance)
            form.is_valid()
            context["form"] = form
        else:
            messages.success(request, _("%(name)s is seated.") % {"name": seat.name})
            return _to_committee(request, context["committee"])
    status = 422 if context["form"].errors else 200
    return render(request, "committees/member_form.html", context, status=status)


@require_POST
def member_remove(request, agency_code, year, pk, member_pk):
    """Take a person out of a committee."""
    seat = _seat_or_404(request, year, pk, member_pk)
    _editor_or_403(request)
    committee, name = seat.committee, seat.name
    seats.remove_member(seat, by=request.user)
    messages.success(request, _("%(name)s no longer sits on the committee.") % {"name": name})
    return _to_committee(request, committee)


@require_POST
def member_move(request, agency_code, year, pk, member_pk):
    """Move a seat one place up or down in the order of precedence."""
    seat = _seat_or_404(request, year, pk, member_pk)
    _editor_or_403(request)
    direction = "up" if request.POST.get("direction") == "up" else "down"
    if not seats.move_member(seat, direction, by=request.user):
        messages.error(request, _("There is no place further in that direction."))
    return _to_committee(request, seat.committee)


@require_http_methods(["GET", "POST"])
def override(request, agency_code, year, code):
    """Set one composition rule aside, with a reason."""
    if not can_override_rules(request.user, request.agency):
        raise PermissionDenied
    check = overrides.find_check(request.agency, year, code)
    if check is None:
        raise Http404
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if overrides.override(request.agency, year, check, reason=reason, by=request.user):
            messages.success(request, _("The rule is set aside; your reason is kept."))
        else:
            messages.error(request, _("This rule needs no exception any more."))
        return redirect("committees:overview", agency_code, year)
    context = {"check": check, "form": form}
    status = 422 if form.errors else 200
    return render(request, "committees/override.html", context, status=status)


@require_POST
def override_undo(request, agency_code, year, code):
    """Let a rule hold again that was set aside."""
    if not can_override_rules(request.user, request.agency):
        raise PermissionDenied
    if overrides.undo_override(request.agency, year, code, by=request.user):
        messages.success(request, _("The rule holds again."))
    return redirect("committees:overview", agency_code, year)
