"""Shifting a step: first what would move, then the shift; and taking the last one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.transitions import AlreadyChanged
from core.refusals import already_changed
from workflows.calendar_forms import ShiftForm, UndoForm
from workflows.permissions import can_shift
from workflows.queries import steps_visible_to
from workflows.shift_plans import last_shift, plan_shift, plan_undo, shifts_of
from workflows.shifting import apply_shift, undo_shift
from workflows.steps import DayRefused, is_fixed, open_windows
from workflows.transitions import step_url


def _step(request, year, pk):
    """Return the step, when the person may shift it."""
    steps = (
        steps_visible_to(request.user)
        .filter(cycle__agency=request.agency, cycle__fiscal_year=year)
        .select_related("cycle__agency", "cycle__version__procedure", "procedure_step")
        .prefetch_related("windows", "procedure_step__windows")
    )
    step = get_object_or_404(steps, pk=pk)
    if not can_shift(request.user, step):
        raise PermissionDenied
    return step


def _conflict(request, step):
    message = _("The year has changed since you looked: nothing was shifted.")
    return already_changed(request, message, step_url(step))


@require_http_methods(["GET", "POST"])
def step_shift(request, agency_code, year, pk, order):
    """Show what a shift would move; shift when that is confirmed."""
    step = _step(request, year, pk)
    window = next((row for row in step.windows.all() if row.order == order), None)
    if window is None or window.ends_on is None:
        raise Http404
    days = {"starts_on": window.starts_on, "ends_on": window.ends_on}
    form = ShiftForm(request.POST or None, initial=days)
    plan = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan = plan_shift(step, order, data["starts_on"], data["ends_on"])
            if "apply" in request.POST and data["seen"] == form.days:
                return _apply(request, step, order, data)
        except DayRefused as refusal:
            form.add_error(refusal.field, refusal.message)
        except AlreadyChanged:
            return _conflict(request, step)
    context = {
        "step": step,
        "window": window,
        "form": form,
        "plan": plan,
        "is_fixed": is_fixed(step, order),
        "is_open": any(row.order == order for row in open_windows(step)),
        "step_url": step_url(step),
    }
    if plan:
        data = form.data.copy()
        data["seen"], data["token"] = form.days, plan.token
        form.data = data
    return render(request, "workflows/step_shift.html", context, status=422 if form.errors else 200)


def _apply(request, step, order, data):
    apply_shift(
        step,
        order,
        data["starts_on"],
        data["ends_on"],
        request.user,
        reason=data["reason"],
        token=data["token"],
    )
    messages.success(request, _("The days are shifted. Everybody concerned was told."))
    return redirect(step_url(step))


@require_http_methods(["GET", "POST"])
def step_shift_undo(request, agency_code, year, pk):
    """Show what taking the year's last shift back would move; do it when confirmed."""
    step = _step(request, year, pk)
    shift = last_shift(shifts_of(step.cycle).select_related("step__cycle__agency"))
    if shift is None or shift.step_id != step.pk:
        return _conflict(request, step)
    plan = plan_undo(shift)
    form = UndoForm(
        request.POST or None,
        initial={"reason": _("The earlier days hold again."), "token": plan.token},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            undo_shift(shift, request.user, reason=data["reason"], token=data["token"])
        except AlreadyChanged:
            return _conflict(request, step)
        messages.success(request, _("The shift was taken back."))
        return redirect(step_url(step))
    context = {"step": step, "shift": shift, "form": form, "plan": plan, "step_url": step_url(step)}
    return render(
        request, "workflows/step_shift_undo.html", context, status=422 if form.errors else 200
    )
