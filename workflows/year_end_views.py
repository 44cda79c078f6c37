"""The record of a cycle: plan against actual, closing it, and what comes after."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from approvals.transitions import AlreadyChanged, RequirementsMissing, available_to
from core import clock
from core.refusals import already_changed
from workflows.closing import close_cycle, reopen_cycle
from workflows.closing_forms import CloseForm, ReopenCycleForm
from workflows.enums import CycleStatus, StepStatus
from workflows.following import following_of
from workflows.next_version import draft_from_record
from workflows.permissions import can_close_cycle, can_edit_sop, can_open_cycle
from workflows.queries import cycles_visible_to
from workflows.sop.drafts import DraftExists
from workflows.transitions import cycle_url
from workflows.year_end import record_of


def _cycle(request, year, pk):
    cycles = cycles_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(
        cycles.select_related(
            *("agency", "version__procedure__agency", "version__procedure__unit", "closed_by")
        ),
        pk=pk,
    )


@require_GET
def year_end(request, agency_code, year, pk):
    """Show the year's plan beside what happened, with its figures."""
    return _page(request, _cycle(request, year, pk))


def _page(request, cycle, *, close_form=None, reopen_form=None, missing=(), status=200):
    today = clock.today()
    record = record_of(cycle, today)
    may = {rule.name for rule in available_to(request.user, cycle)}
    open_steps = [result.row.step for result in record.results if not result.is_done]
    context = {
        "cycle": cycle,
        "record": record,
        "today": today,
        "is_closed": cycle.status == CycleStatus.CLOSED,
        "may_close": "close" in may,
        "may_reopen": "reopen" in may,
        "may_open": can_open_cycle(request.user, request.agency),
        "open_steps": open_steps,
        "close_form": close_form or CloseForm(steps=open_steps),
        "reopen_form": reopen_form or ReopenCycleForm(),
        "is_refused": bool(close_form or reopen_form),
        "missing": missing,
        "following": following_of(cycle),
        "may_draft": can_edit_sop(request.user, cycle.version.procedure),
    }
    return render(request, "workflows/year_end.html", context, status=status)


@require_POST
def cycle_close(request, agency_code, year, pk):
    """Close the cycle, with the reasons of what was left undone."""
    cycle = _cycle(request, year, pk)
    if not can_close_cycle(request.user, cycle):
        raise PermissionDenied
    steps = cycle.steps.exclude(status=StepStatus.DONE).select_related(
        "cycle__agency", "procedure_step"
    )
    form = CloseForm(request.POST, steps=list(steps))
    if not form.is_valid():
        return _page(request, cycle, close_form=form, status=422)
    try:
        close_cycle(cycle, request.user, form.explanations())
    except RequirementsMissing as refusal:
        return _page(request, cycle, close_form=form, missing=refusal.missing, status=422)
    except AlreadyChanged:
        cycle.refresh_from_db(fields=["status"])
        if cycle.status == CycleStatus.CLOSED:
            return _conflict(request, cycle)
        return _look_again(request, cycle)
    messages.success(
        request, _("The cycle of fiscal year %(year)s is closed.") % {"year": cycle.fiscal_year}
    )
    return redirect(cycle_url(cycle))


@require_POST
def cycle_reopen(request, agency_code, year, pk):
    """Take a closed cycle back into work, with a reason."""
    cycle = _cycle(request, year, pk)
    if not can_close_cycle(request.user, cycle):
        raise PermissionDenied
    form = ReopenCycleForm(request.POST)
    if not form.is_valid():
        return _page(request, cycle, reopen_form=form, status=422)
    try:
        reopen_cycle(cycle, request.user, form.cleaned_data["reason"])
    except AlreadyChanged:
        return _conflict(request, cycle)
    messages.success(request, _("The cycle is open again."))
    return redirect(cycle_url(cycle))


def _look_again(request, cycle):
    """Show the steps as they stand now, with every reason that was typed."""
    typed = {name: text for name, text in request.POST.items() if name.startswith("remark")}
    steps = list(cycle.steps.exclude(status=StepStatus.DONE))
    message = _("Somebody changed a step in the meantime. Look at the reasons again, then close.")
    form = CloseForm(initial=typed, steps=steps)
    return _page(request, cycle, close_form=form, missing=[message], status=409)


@require_POST
def cycle_draft(request, agency_code, year, pk):
    """Begin the SOP's next version with what this year has taught."""
    cycle = _cycle(request, year, pk)
    if not can_edit_sop(request.user, cycle.version.procedure):
        raise PermissionDenied
    try:
        draft = draft_from_record(cycle, request.user, clock.today())
        messages.success(
            request, _("Version %(number)s is a draft now.") % {"number": draft.number}
        )
    except DraftExists as refusal:
        draft = refusal.version
        messages.info(
            request, _("Version %(number)s is already in work.") % {"number": draft.number}
        )
    slug = cycle.version.procedure.slug
    return redirect("sop:version-detail", agency_code, year, slug, draft.number)


def _conflict(request, cycle):
    message = _("Somebody has changed this cycle or one of its steps in the meantime.")
    return already_changed(request, message, cycle_url(cycle))
