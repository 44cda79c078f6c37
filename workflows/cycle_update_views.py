"""Taking a running cycle over to the SOP version in use: looked at first, then confirmed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.transitions import AlreadyChanged
from core.refusals import already_changed
from workflows.calendar import shown_window
from workflows.cycle_going_over import update_cycle
from workflows.cycle_update import UpdateRefused, plan_update
from workflows.models import ProcedureStep
from workflows.permissions import can_update_cycle
from workflows.queries import cycles_visible_to


@require_http_methods(["GET", "POST"])
def cycle_update(request, agency_code, year, pk):
    """Show what would change; change it when what was shown is confirmed."""
    cycles = cycles_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    cycle = get_object_or_404(cycles.select_related("agency", "version__procedure"), pk=pk)
    if not can_update_cycle(request.user, cycle):
        raise PermissionDenied
    try:
        if request.method == "POST":
            update_cycle(cycle, request.user, request.POST.get("token", ""))
            messages.success(request, _("The cycle now runs the version in use."))
            return redirect("workflows:calendar", agency_code, year)
        plan = plan_update(cycle)
    except AlreadyChanged:
        message = _("The cycle or the SOP has changed since you looked: nothing was changed.")
        return already_changed(request, message, request.path)
    except UpdateRefused as refusal:
        context = {"cycle": cycle, "plan": None, "why": str(refusal)}
        return render(request, "workflows/cycle_update.html", context)
    context = {"cycle": cycle, "plan": plan, "groups": _groups(plan), "why": ""}
    return render(request, "workflows/cycle_update.html", context)


def _groups(plan) -> list[dict]:
    """Return the plan's lines by what happens to them, as the page shows them."""
    headings = (
        ("added", _("Added"), "plus-circle"),
        ("moved", _("Days change"), "calendar-event"),
        ("changed", _("Words change"), "pencil"),
        ("held", _("Not in the new version, but stays because work hangs on it"), "pin-angle"),
        ("done", _("Done: its record stays as it is"), "check-circle"),
        ("same", _("Stays the same"), "dash-circle"),
    )
    return [
        {"key": key, "heading": heading, "icon": icon, "lines": [_shown(row) for row in rows]}
        for key, heading, icon in headings
        if (rows := plan.of_kind(key))
    ]


def _shown(line) -> dict:
    fields = ProcedureStep._meta
    before = [shown_window(row) for row in line.step.windows.all()] if line.step else []
    after = [shown_window(row) for row in line.windows] if line.windows is not None else []
    return {
        "number": line.number,
        "title": line.title,
        "old_title": line.step.title if line.step and line.step.title != line.title else "",
        "words": [str(fields.get_field(name).verbose_name) for name in line.words],
        "held": line.held,
        "before": before if line.kind == "moved" else [],
        "after": after,
    }
