"""The page of one step, and what is done there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.transitions import AlreadyChanged, RequirementsMissing, missing_for
from core import clock
from core.refusals import already_changed
from workflows.calendar import step_row
from workflows.enums import CycleStatus, StepStatus
from workflows.forms import (
    AddDocumentForm,
    AttachForm,
    DaysForm,
    FinishForm,
    NoteForm,
    ReopenForm,
    StartForm,
)
from workflows.models import StepDocument, StepShift
from workflows.panels import panels_for
from workflows.permissions import can_reopen, can_set_days, can_shift, can_work_on
from workflows.queries import steps_visible_to
from workflows.responsible import Resolver
from workflows.shift_plans import last_shift, shifts_of
from workflows.step_screen import step_facts, with_neighbours
from workflows.steps import (
    DayRefused,
    add_document,
    attach_document,
    finish_step,
    note_step,
    open_windows,
    reopen_step,
    set_window,
    start_step,
)
from workflows.transitions import step_url


def _step_or_404(request, year, pk):
    steps = (
        with_neighbours(steps_visible_to(request.user))
        .filter(cycle__agency=request.agency, cycle__fiscal_year=year)
        .select_related(
            *("cycle__agency", "cycle__version__procedure", "procedure_step__version", "done_by")
        )
        .prefetch_related(
            *("windows", "procedure_step__windows"),
            Prefetch("documents", StepDocument.objects.select_related("file", "uploaded_by")),
            Prefetch("shifts", StepShift.objects.select_related("moved_by", "caused_by__step")),
        )
    )
    return get_object_or_404(steps, pk=pk)


@require_GET
def step_detail(request, agency_code, year, pk):
    """Show what the step asks, by when, of whom, and what was done."""
    return _step_page(request, _step_or_404(request, year, pk))


def _step_page(request, step, *, forms=None, missing=(), status=200):
    """Render the step's page; `forms` are refused forms by name, shown open."""
    today = clock.today()
    forms = forms or {}
    resolver = Resolver(request.agency, [step.cycle.fiscal_year])
    is_open = step.cycle.status == CycleStatus.OPEN
    may_work = is_open and can_work_on(request.user, step)
    is_done = step.status == StepStatus.DONE
    finish_missing = [] if is_done or not may_work else missing_for(step, "finish")
    context = {
        "step": step,
        "row": step_row(step, resolver, today),
        "source": step.procedure_step,
        **step_facts(step, today),
        "today": today,
        "is_done": is_done,
        "is_started": step.status == StepStatus.IN_PROGRESS,
        "may_work": may_work,
        "is_closed": not is_open,
        "may_reopen": is_open and is_done and can_reopen(request.user, step),
        "open_windows": open_windows(step) if can_set_days(request.user, step) else [],
        **_shifts(request, step),
        "missing": missing or finish_missing,
        "is_refused": bool(missing),
        **_forms(step, forms, today),
        "refused": next(iter(forms), ""),
        "attach_error": forms.get("attach"),
        "panels": panels_for(step, request.user),
    }
    return render(request, "workflows/step_detail.html", context, status=status)


def _forms(step, forms, today):
    """Return the page's forms: refused ones as they were sent, the others as the step stands."""
    first_day = {"version": step.version, "started_on": step.started_on or today}
    return {
        "start_form": forms.get("start") or StartForm(initial=first_day),
        "finish_form": forms.get("finish")
        or FinishForm(
            initial={
                "version": step.version,
                "started_on": step.started_on,
                "done_on": today,
                "remark": step.remark,
            }
        ),
        "note_form": forms.get("note")
        or NoteForm(initial={"version": step.version, "remark": step.remark}),
        "reopen_form": forms.get("reopen") or ReopenForm(initial={"version": step.version}),
        "add_form": forms.get("add") or AddDocumentForm(auto_id="add_%s"),
    }


def _shifts(request, step):
    """Return the windows that may be shifted, the shifts so far, and whether one is taken back."""
    may_shift = can_shift(request.user, step)
    own = list(step.shifts.all())
    # Without a shift of its own the step has none to take back, whatever the others have.
    last = last_shift(shifts_of(step.cycle)) if own and may_shift else None
    return {
        "shiftable": [row for row in step.windows.all() if row.ends_on] if may_shift else [],
        "shifts": own,
        "may_undo": may_shift and last is not None and last.step_id == step.pk,
    }


def _conflict(request, step):
    message = _("Somebody has changed this step in the meantime.")
    return already_changed(request, message, step_url(step))


def _change(request, step, name, form, act, done_message):
    """Carry out `act(data)` for a valid form and answer for every refusal."""
    if not form.is_valid():
        return _step_page(request, step, forms={name: form}, status=422)
    try:
        act(form.cleaned_data)
    except DayRefused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _step_page(request, step, forms={name: form}, status=422)
    except RequirementsMissing as refusal:
        step.refresh_from_db()
        return _step_page(request, step, forms={name: form}, missing=refusal.missing, status=422)
    except AlreadyChanged:
        return _conflict(request, step)
    messages.success(request, done_message)
    return redirect(step_url(step))


@require_POST
def step_start(request, agency_code, year, pk):
    """Mark the step as in progress."""
    step = _step_or_404(request, year, pk)
    if not can_work_on(request.user, step):
        raise PermissionDenied

    def act(data):
        start_step(step, request.user, data["started_on"], data["version"])

    return _change(request, step, "start", StartForm(request.POST), act, _("Step started."))


@require_POST
def step_finish(request, agency_code, year, pk):
    """Mark the step as done, on its day, with a remark."""
    step = _step_or_404(request, year, pk)
    if not can_work_on(request.user, step):
        raise PermissionDenied

    def act(data):
        finish_step(
            step,
            request.user,
            data["done_on"],
            data["version"],
            remark=data["remark"],
            started_on=data["started_on"],
        )

    form = FinishForm(request.POST)
    return _change(request, step, "finish", form, act, _("Step marked as done."))


@require_POST
def step_reopen(request, agency_code, year, pk):
    """Take a done step back into work, with a reason."""
    step = _step_or_404(request, year, pk)
    if not can_reopen(request.user, step):
        raise PermissionDenied

    def act(data):
        reopen_step(step, request.user, data["reason"], data["version"])

    return _change(
        request, step, "reopen", ReopenForm(request.POST), act, _("The step is open again.")
    )


@require_POST
def step_note(request, agency_code, year, pk):
    """Write how the step goes, or why it is not done."""
    step = _step_or_404(request, year, pk)
    if not can_work_on(request.user, step):
        raise PermissionDenied

    def act(data):
        note_step(step, request.user, data["remark"], data["version"])

    return _change(request, step, "note", NoteForm(request.POST), act, _("Remark saved."))


@require_http_methods(["GET", "POST"])
def step_days(request, agency_code, year, pk, order):
    """Set the days of a window that the SOP leaves unknown."""
    step = _step_or_404(request, year, pk)
    window = next((row for row in open_windows(step) if row.order == order), None)
    if window is None or not can_set_days(request.user, step):
        raise PermissionDenied
    form = DaysForm(
        request.POST or None,
        initial={
            "version": step.version,
            "starts_on": window.starts_on,
            "ends_on": window.ends_on,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_window(step, order, by=request.user, **form.cleaned_data)
        except DayRefused as refusal:
            form.add_error(refusal.field, refusal.message)
        except AlreadyChanged:
            return _conflict(request, step)
        else:
            messages.success(request, _("The date is set."))
            return redirect(step_url(step))
    context = {"step": step, "window": window, "form": form, "step_url": step_url(step)}
    status = 422 if form.is_bound else 200
    return render(request, "workflows/step_days.html", context, status=status)


@require_POST
def document_attach(request, agency_code, year, pk, document_pk):
    """Put a file in the place of a document that the SOP names."""
    step = _step_or_404(request, year, pk)
    slot = get_object_or_404(
        StepDocument.objects.select_related("step__cycle__agency", "step__procedure_step"),
        pk=document_pk,
        step=step,
    )
    if not can_work_on(request.user, step):
        raise PermissionDenied
    form = AttachForm(request.POST, request.FILES)

    def store(data):
        attach_document(slot, data["file"], request.user)

    return _upload(request, step, form, store, "attach")


@require_POST
def document_add(request, agency_code, year, pk):
    """Add a paper that the SOP does not name."""
    step = _step_or_404(request, year, pk)
    if not can_work_on(request.user, step):
        raise PermissionDenied
    form = AddDocumentForm(request.POST, request.FILES, auto_id="add_%s")

    def store(data):
        add_document(step, data["name"], data["file"], request.user)

    return _upload(request, step, form, store, "add")


def _upload(request, step, form, store, name):
    if form.is_valid():
        try:
            store(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        except AlreadyChanged:
            return _conflict(request, step)
        else:
            messages.success(request, _("File attached."))
            return redirect(step_url(step))
    return _step_page(request, step, forms={name: form}, status=422)
