"""Screens of the changes of an approved plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.freezing import frozen_papers
from approvals.requests import last_return_reason, open_request_of
from approvals.transitions import AlreadyChanged, RequirementsMissing, available_to, perform
from core.address_values import whole_number
from core.refusals import already_changed
from documents.revisions import SaveConflict
from improvement import changes, permissions, queries
from improvement.enums import ChangeStatus
from improvement.forms import ChangeForm
from improvement.lookup import action_or_404, plan_or_404


def _change_or_404(request, year, pk):
    rows = queries.changes_visible_to(request.user).filter(
        action__plan__cycle__agency=request.agency, action__plan__cycle__fiscal_year=year
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def change_list(request, agency_code, year):
    """List the changes asked for in the year's plan."""
    plan = plan_or_404(request, year)
    rows = list(changes.changes_of(plan))
    lines = changes.lines_of(*rows)
    context = {"plan": plan, "rows": [(row, lines[row.pk]) for row in rows]}
    return render(request, "improvement/changes.html", context)


@require_GET
def change_detail(request, agency_code, year, pk):
    """Show one change with its state."""
    change = _change_or_404(request, year, pk)
    may_follow = permissions.can_submit_change(
        request.user, change
    ) or permissions.can_decide_change(request.user, change)
    own = ("submit", "withdraw", "drop")
    is_returned = change.status == ChangeStatus.RETURNED
    context = {
        "change": change,
        "lines": changes.lines_of(change)[change.pk],
        "transitions": [rule for rule in available_to(request.user, change) if rule.name in own],
        "may_edit": change.status in changes.WRITABLE
        and permissions.can_ask_change(request.user, change.action),
        "approval": open_request_of(change) if may_follow else None,
        "return_comment": last_return_reason(change) if is_returned else "",
        "frozen": frozen_papers(change),
    }
    return render(request, "improvement/change.html", context)


@require_http_methods(["GET", "POST"])
def action_change(request, agency_code, year, pk):
    """Ask for a change of an approved action; a returned request is written anew."""
    action = action_or_404(request, year, pk)
    may = permissions.can_ask_change(request.user, action)
    if not may or not permissions.is_under_way(action.plan):
        raise PermissionDenied
    waiting = action.change_requests.filter(status__in=changes.OPEN).first()
    if request.method == "GET" and waiting and waiting.status not in changes.WRITABLE:
        return redirect("improvement:change-detail", agency_code, year, waiting.pk)
    initial = _initial(waiting) if waiting else {}
    # The form writes into its instance; what the action says now is asked of a row of its own.
    form = ChangeForm(
        request.POST or None,
        instance=action_or_404(request, year, pk),
        plan=action.plan,
        initial=initial,
    )
    version = whole_number(request.POST.get("version")) or action.version
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change = changes.ask(
                action, form.cleaned_data, form.cleaned_data["reason"], version, request.user
            )
        except changes.NothingChanges:
            form.add_error(None, _("Nothing is different from the plan."))
        except SaveConflict:
            status, version = 409, action.version
        except (changes.ChangeWaits, AlreadyChanged):
            message = _("Another change of this action waits for a decision.")
            back = reverse("improvement:action-detail", args=[agency_code, year, pk])
            return already_changed(request, message, back)
        else:
            messages.success(request, _("The change was submitted to the director."))
            return redirect("improvement:change-detail", agency_code, year, change.pk)
    context = {
        "form": form,
        "action": action,
        "version": version,
        "newest": action if status == 409 else None,
        "waiting": waiting,
    }
    status = 422 if form.errors else status
    return render(request, "improvement/change_form.html", context, status=status)


def _initial(change):
    values = {name: changes.value_of(name, wanted) for name, (_o, wanted) in change.changes.items()}
    return values | {"reason": change.reason}


@require_POST
def change_transition(request, agency_code, year, pk, name):
    """Submit a change again, take it back, or give it up."""
    change = _change_or_404(request, year, pk)
    here = reverse("improvement:change-detail", args=[agency_code, year, pk])
    try:
        perform(change, name, request.user)
    except RequirementsMissing as error:
        return already_changed(request, " ".join(error.missing), here)
    except AlreadyChanged as error:
        return already_changed(request, error.words, here)
    done = {
        "submit": _("The change was submitted to the director."),
        "withdraw": _("The change is a draft again."),
        "drop": _("The change was given up."),
    }
    messages.success(request, done[name])
    return redirect("improvement:change-detail", agency_code, year, pk)
