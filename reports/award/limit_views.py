"""The page on which officers enter how long papers may be."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from approvals.transitions import AlreadyChanged
from reports.award.limit_forms import LimitsForm
from reports.award.limits import copy_limits, mark_of, save_limits
from reports.award.permissions import can_set_limits
from reports.award.queries import own_limits


@require_http_methods(["GET", "POST"])
def limits(request, agency_code, year):
    """Show the year's limits to everybody; officers change them."""
    may_change = can_set_limits(request.user, request.agency)
    if request.method == "GET":
        form = LimitsForm(rows=own_limits(request.agency, year))
        return _page(request, year, form, may_change)
    if not may_change:
        raise PermissionDenied
    form = LimitsForm(request.POST, rows=[])
    if not form.is_valid():
        return _page(request, year, form, may_change, 422)
    try:
        seen = request.POST.get("seen", "")
        save_limits(request.agency, year, form.limits(), request.user, seen=seen)
    except AlreadyChanged:
        form.add_error(None, _("Somebody changed the limits meanwhile. Check and save again."))
        return _page(request, year, form, may_change, 409)
    messages.success(request, _("The limits were saved."))
    return redirect("award:limits", agency_code, year)


@require_POST
def limits_copy(request, agency_code, year):
    """Take over last year's limits."""
    if not can_set_limits(request.user, request.agency):
        raise PermissionDenied
    count = copy_limits(request.agency, year, request.user)
    if count:
        words = ngettext("%(count)d limit was copied.", "%(count)d limits were copied.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Last year has no limits that are missing here."))
    return redirect("award:limits", agency_code, year)


def _page(request, year, form, may_change, status=200):
    context = {
        "form": form,
        "groups": form.groups() if may_change else form.entered(),
        "seen": mark_of(request.agency, year),
        "may_change": may_change,
        "last_year": year - 1,
    }
    return render(request, "award/limits.html", context, status=status)
