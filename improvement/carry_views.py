"""Screens of carrying actions on, and of what became of each point."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from core.address_values import whole_number
from core.refusals import already_changed
from improvement import carrying, permissions
from improvement.lineage import history_of
from improvement.lookup import plan_or_404
from improvement.planning import PlanLocked
from workflows.enums import CycleStatus


@require_http_methods(["GET", "POST"])
def carry(request, agency_code, year):
    """Choose which actions go on in next year's plan."""
    plan = plan_or_404(request, year)
    if not permissions.can_manage_plan(request.user, request.agency):
        raise PermissionDenied
    cycle = carrying.next_cycle(plan)
    if request.method == "POST":
        keys = {whole_number(key) for key in request.POST.getlist("action")} - {None}
        try:
            count = carrying.carry(plan, keys, request.user)
        except PlanLocked:
            message = _("Next year's plan cannot take actions now: its cycle is missing or closed, "
                        "or the plan was submitted.")  # fmt: skip
            back = reverse("improvement:carry", args=[agency_code, year])
            return already_changed(request, message, back)
        words = ngettext(
            "%(count)d action was carried to next year's plan.",
            "%(count)d actions were carried to next year's plan.",
            count,
        )
        messages.success(request, words % {"count": count})
        return redirect("improvement:carry", agency_code, year)
    context = {
        "plan": plan,
        "rows": list(carrying.may_be_carried(plan)),
        "carried": plan.actions.exclude(carried_to=None),
        "unfinished": carrying.UNFINISHED,
        "next_year": year + 1,
        "is_open": cycle is not None and cycle.status == CycleStatus.OPEN,
    }
    return render(request, "improvement/carry.html", context)


@require_GET
def history(request, agency_code, year):
    """Show what became of each point: OFI → action → result of the later year."""
    plan = plan_or_404(request, year)
    context = {"plan": plan, "lines": history_of(plan)}
    return render(request, "improvement/history.html", context)
