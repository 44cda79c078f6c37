"""Deciding several requests of one kind at once: a page that asks, then what came of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.addressees import Desk, waits_for
from approvals.deciding import MOST_AT_ONCE, decide_several
from approvals.forms import ReturnForm
from approvals.inbox import chosen_of_one_kind
from approvals.queries import requests_visible_to
from approvals.registry import workflow_of
from core.address_values import whole_number


@require_http_methods(["GET", "POST"])
def several(request, agency_code, year):
    """Ask, with the titles listed, then decide each request by itself and tell what came of it."""
    given = request.POST if request.method == "POST" else request.GET
    act = "return" if given.get("act") == "return" else "approve"
    keys = {whole_number(value) for value in given.getlist("row")[:MOST_AT_ONCE]}
    rows = list(
        requests_visible_to(request.user)
        .filter(agency=request.agency, pk__in=keys - {None})
        .order_by("requested_at", "pk")
    )
    if not rows:
        messages.error(request, _("Choose at least one matter."))
        return redirect("approvals:inbox", agency_code, year)
    desk = Desk(request.agency)
    if not all(waits_for(request.user, row, desk) for row in rows):
        raise PermissionDenied
    if not chosen_of_one_kind(rows):
        messages.error(request, _("Only matters of one kind can be decided together."))
        return redirect("approvals:inbox", agency_code, year)
    return _answer(request, act, rows, desk)


def _answer(request, act, rows, desk):
    reasons = workflow_of(rows[0].content_type.model_class()).return_reasons
    form = ReturnForm(request.POST or None, reasons=reasons) if act == "return" else None
    context = {
        "act": act,
        "rows": rows,
        "form": form,
        "endorses": desk.lies_with_endorser(rows[0]),
        "workflow": workflow_of(rows[0].content_type.model_class()),
    }
    if request.method == "GET":
        context["form"] = ReturnForm(reasons=reasons) if form else None
        return render(request, "approvals/several.html", context)
    if form and not form.is_valid():
        return render(request, "approvals/several.html", context, status=422)
    outcome = decide_several(rows, request.user, form.reason_text() if form else None)
    return render(request, "approvals/several_done.html", context | {"outcome": outcome})
