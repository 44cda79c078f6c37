"""The page of one action: all that is known of it, and what is done with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.refusals import already_changed
from improvement import changes, doing, permissions
from improvement.enums import ActionStatus
from improvement.forms import StepForm
from improvement.lookup import action_or_404

STEPS = {
    ActionStatus.PLANNED: ("begin", "finish", "cancel"),
    ActionStatus.RUNNING: ("finish", "cancel"),
    ActionStatus.DONE: ("finish", "reopen"),
    ActionStatus.CANCELLED: ("reopen",),
}


@require_GET
def action_detail(request, agency_code, year, pk):
    """Show an action with its history: returns, changes, and where it came from."""
    return _page(request, action_or_404(request, year, pk))


def _page(request, action, *, form=None, status=200):
    under_way = permissions.is_under_way(action.plan)
    may_do = under_way and permissions.can_do_action(request.user, action)
    asked = list(action.change_requests.select_related("requested_by"))
    lines = changes.lines_of(*asked)
    open_change = next((row for row in asked if row.status in changes.OPEN), None)
    forms = []
    for step in STEPS[action.status] if may_do else ():
        initial = {"day": action.done_on or clock.today(), "outcome": action.outcome}
        fresh = StepForm(step=step, initial=initial, prefix=step)
        forms.append(form if form is not None and form.step == step else fresh)
    context = {
        "action": action,
        "plan": action.plan,
        "steps": forms,
        "failed": form.step if form is not None else "",
        "changes": [(row, lines[row.pk]) for row in asked],
        "open_change": open_change,
        "may_ask": under_way and permissions.can_ask_change(request.user, action),
        "may_edit": permissions.is_editable(action.plan)
        and permissions.can_edit_action(request.user, action),
        "returns": list(action.returns.select_related("log__by")),
        "carried_to": action.carried_to.select_related("plan__cycle").first(),
        "quarters": [getattr(action, f"budget_q{number}") for number in range(1, 5)],
    }
    return render(request, "improvement/action.html", context, status=status)


@require_POST
def action_step(request, agency_code, year, pk, step):
    """Note that the action began, was done, was cancelled, or is taken up again."""
    action = action_or_404(request, year, pk)
    if not permissions.can_do_action(request.user, action):
        raise PermissionDenied
    form = StepForm(request.POST, step=step, prefix=step)
    if not form.is_valid():
        return _page(request, action, form=form, status=422)
    data = form.cleaned_data
    try:
        if step == "begin":
            doing.begin(action, data["day"], request.user)
        elif step == "finish":
            doing.finish(action, data["day"], data["outcome"], request.user)
        elif step == "cancel":
            doing.cancel(action, data["outcome"], request.user)
        else:
            doing.reopen(action, request.user)
    except doing.ActionChanged:
        message = _("The state of the action has changed since this page was opened.")
        back = reverse("improvement:action-detail", args=[agency_code, year, pk])
        return already_changed(request, message, back)
    messages.success(request, _("The state of the action is saved."))
    return redirect("improvement:action-detail", agency_code, year, pk)
