"""Due days that the holidays now move: shown first, written when confirmed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from approvals.transitions import AlreadyChanged
from core.refusals import already_changed
from workflows import postponing
from workflows.permissions import can_postpone


@require_http_methods(["GET", "POST"])
def postpone(request, agency_code, year):
    """Show which due days would move, and from where; move them when that is confirmed."""
    if not can_postpone(request.user, request.agency):
        raise PermissionDenied
    if request.method == "POST":
        return _apply(request, year)
    rows = postponing.plan_postponements(request.agency, year)
    context = {"rows": rows, "token": postponing.token_of(rows)}
    return render(request, "workflows/postpone.html", context)


def _apply(request, year):
    try:
        count = postponing.apply_postponements(
            request.agency, year, request.user, request.POST.get("token", "")
        )
    except AlreadyChanged:
        message = _("The year or its holidays have changed since you looked: nothing was moved.")
        return already_changed(request, message, request.path)
    messages.success(
        request,
        ngettext("%(n)s due day was moved.", "%(n)s due days were moved.", count) % {"n": count},
    )
    return redirect(reverse("workflows:calendar", args=[request.agency.code, year]))
