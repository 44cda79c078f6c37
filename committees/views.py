"""Committees of a fiscal year: overview, seats, rules set aside."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees import composition, overrides, seats
from committees.appointing import first_day_of, last_days
from committees.body_views import committee_or_404, editor_or_403, to_committee
from committees.forms import OverrideForm, SeatForm
from committees.models import Committee, CommitteeMember
from committees.pending import pending
from committees.permissions import can_edit_committees, can_override_rules
from committees.queries import (
    committees_of,
    members_visible_to,
    orders_of,
)
from committees.roles import CHAMPION_CATEGORIES, WORKING_KINDS

# Short names of the categories for the grid; an assessment shows its own edition's titles.
CATEGORY_NAMES = {
    1: "การนำองค์การ",
    2: "การวางแผนเชิงยุทธศาสตร์",
    3: "ผู้รับบริการและผู้มีส่วนได้ส่วนเสีย",
    4: "การวัด การวิเคราะห์ และการจัดการความรู้",
    5: "การมุ่งเน้นบุคลากร",
    6: "การมุ่งเน้นระบบปฏิบัติการ",
}
# A longer list gets a search box, and a page of its own for the order of precedence.
LONG_LIST = 20


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
    orders = list(orders_of(agency, year))
    search = request.GET.get("q", "").strip()
    waiting = pending(shown, members)
    context |= {
        "shown": shown,
        "members": members,
        "pending": waiting,
        "rows": _matching(waiting.rows, search),
        "search": search,
        "is_long": len(members) > LONG_LIST,
        "champions": _champion_cells(members) if shown.kind in WORKING_KINDS else [],
        "checks": found,
        "passed": [check for check in found if check.state == composition.OK],
        "open_checks": sum(check.state == composition.WARNING for check in found),
        "orders": orders,
        "order_rows": _order_rows(orders),
        "open_draft": next((row for row in orders if not row.signed_on), None),
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


def _matching(rows, search):
    """Return the rows whose name, position or role holds every word typed."""
    words = search.lower().split()
    return [
        row
        for row in rows
        if all(
            word in f"{row.seat.name} {row.seat.position} {row.seat.get_role_display()}".lower()
            for word in words
        )
    ]


def _order_rows(orders):
    """Return each order with the days from which and until which it holds."""
    ends = last_days(orders)
    return [
        {"order": row, "starts_on": first_day_of(row), "ends_on": ends.get(row.pk)}
        for row in orders
    ]


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


def _seat_or_404(request, year, pk, member_pk):
    rows = members_visible_to(request.user).filter(
        committee__agency=request.agency, committee__fiscal_year=year, committee=pk
    )
    return get_object_or_404(rows.select_related("user", "committee__agency"), pk=member_pk)


@require_http_methods(["GET", "POST"])
def member_add(request, agency_code, year, pk):
    """Seat a person of the office, or somebody from outside."""
    committee = committee_or_404(request, year, pk)
    editor_or_403(request)
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
    editor_or_403(request)
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
            return to_committee(request, context["committee"])
    found = composition.checks(request.agency, request.fiscal_year)
    context["open_checks"] = [check for check in found if check.state == composition.WARNING]
    status = 422 if context["form"].errors else 200
    return render(request, "committees/member_form.html", context, status=status)


@require_POST
def member_remove(request, agency_code, year, pk, member_pk):
    """Take a person out of a committee."""
    seat = _seat_or_404(request, year, pk, member_pk)
    editor_or_403(request)
    committee, name = seat.committee, seat.name
    seats.remove_member(seat, by=request.user)
    messages.success(request, _("%(name)s no longer sits on the committee.") % {"name": name})
    return to_committee(request, committee)


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
