"""An item's page and its saves: lines one by one, narrative, percentage, findings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import answering, items, permissions, queries
from assessments.addresses import item_address
from assessments.enums import FindingKind
from assessments.forms import (
    FindingEditForm,
    FindingForm,
    LineForm,
    NarrativeForm,
    PercentForm,
)
from assessments.models import Finding, ItemAnswer
from core.refusals import already_changed
from documents import autosave
from documents.revisions import NotEditable, SaveConflict


@require_GET
def item_detail(request, agency_code, year, pk):
    """Show an item: what it asks, checklist, score, narrative, findings, last year."""
    return _page(request, _state(request, year, pk))


@require_POST
def line_answer(request, agency_code, year, pk, line_pk):
    """Store the answer to one line; htmx gets the checklist back, others the page."""
    state = _writable(request, year, pk)
    line = get_object_or_404(state.answer.item.lines, pk=line_pk)
    form = LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        answering.answer_line(state.answer, line, form.cleaned_data["answer"], request.user)
    except NotEditable:
        return already_locked(request, state.answer)
    if request.htmx:
        context = items.checklist(_state(request, year, pk), can_edit=True)
        context["open_level"] = line.level
        return render(request, "assessments/item/_levels.html", context)
    return redirect(item_address(state.answer, f"line-{line.pk}"))


@require_POST
def narrative_save(request, agency_code, year, pk):
    """Store the narrative on the version it was written on; both texts survive a conflict."""
    state = _writable(request, year, pk)
    is_script = autosave.is_autosave(request)
    form = NarrativeForm(request.POST)
    if not form.is_valid():
        message = " ".join(str(line) for errors in form.errors.values() for line in errors)
        if is_script:
            return autosave.refused(message, 422)
        text = request.POST.get("narrative", "")
        return _page(request, state, text=text, error=message, status=422)
    data = form.cleaned_data
    try:
        saved = answering.save_narrative(
            state.answer,
            data["narrative"],
            version=data["version"],
            by=request.user,
            request_id=data["request_id"],
        )
    except SaveConflict as conflict:
        return _narrative_conflict(request, state, data["narrative"], conflict)
    except NotEditable:
        if is_script:
            message = _("The category is locked; the text was not saved.")
            return autosave.refused(message, 423)
        return _page(
            request, state, text=data["narrative"], error=_("The category is locked."), status=409
        )
    if is_script:
        return autosave.saved(saved)
    messages.success(request, _("The narrative was saved."))
    return redirect(item_address(state.answer, "narrative"))


def _narrative_conflict(request, state, text, conflict: SaveConflict):
    """Answer 409 with the newest text beside the unsaved one."""
    if autosave.is_autosave(request):
        return autosave.conflict(conflict, "narrative")
    fresh = _state(request, request.fiscal_year, state.answer.pk)
    other = autosave.newest(conflict, "narrative")
    return _page(request, fresh, text=text, other=other, status=409)


@require_POST
def percent_save(request, agency_code, year, pk):
    """Store percentage and, by the officer, the unknown points of an item."""
    state = _writable(request, year, pk)
    bands = state.edition.scoring_data.get("bands", [])
    if not bands:
        raise Http404
    form = PercentForm(request.POST, bands=bands)
    if not form.is_valid():
        return _page(request, state, percent_form=form, status=422)
    assessment = state.category_assessment.assessment
    sets_points = state.answer.item.points is None and permissions.can_manage(
        request.user, assessment
    )
    try:
        answering.set_percent(state.answer, form.cleaned_data["percent"])
        if sets_points:
            answering.set_points(state.answer, form.cleaned_data["points"])
    except NotEditable:
        return already_locked(request, state.answer)
    messages.success(request, _("The percentage was saved."))
    return redirect(item_address(state.answer))


@require_POST
def written_mark(request, agency_code, year, pk):
    """Mark the item as written, or take the mark back."""
    state = _writable(request, year, pk)
    try:
        answering.set_written(state.answer, request.POST.get("written") == "1")
    except NotEditable:
        return already_locked(request, state.answer)
    return redirect(item_address(state.answer))


@require_POST
def finding_add(request, agency_code, year, pk):
    """Add a strength or an OFI to the item."""
    state = _writable(request, year, pk)
    form = FindingForm(request.POST)
    if not form.is_valid():
        if form.data.get("kind") not in FindingKind.values:
            raise Http404
        return _page(request, state, finding_form=form, status=422)
    try:
        answering.add_finding(
            state.answer, form.cleaned_data["kind"], form.cleaned_data["text"], request.user
        )
    except NotEditable:
        return already_locked(request, state.answer)
    return redirect(item_address(state.answer, "findings"))


@require_http_methods(["GET", "POST"])
def finding_edit(request, agency_code, year, pk):
    """Change the text of a strength or OFI."""
    finding = _finding(request, year, pk)
    initial = {"text": finding.text, "version": finding.version}
    form = FindingEditForm(request.POST or None, initial=initial)
    context = {"form": form, "finding": finding, "other": None}
    if request.method == "GET":
        return render(request, "assessments/finding.html", context)
    if not form.is_valid():
        return render(request, "assessments/finding.html", context, status=422)
    data = form.cleaned_data
    try:
        answering.edit_finding(finding, data["text"], version=data["version"], by=request.user)
    except SaveConflict as conflict:
        context["form"] = FindingEditForm(
            initial={"text": data["text"], "version": conflict.current.version}
        )
        context["other"] = conflict.current.text
        return render(request, "assessments/finding.html", context, status=409)
    except NotEditable:
        return already_locked(request, finding.item_answer)
    return redirect(item_address(finding.item_answer, "findings"))


@require_POST
def finding_remove(request, agency_code, year, pk):
    """Take a strength or OFI out."""
    finding = _finding(request, year, pk)
    answer = finding.item_answer
    try:
        answering.remove_finding(finding, request.user)
    except NotEditable:
        return already_locked(request, answer)
    except answering.FindingInUse:
        messages.error(
            request, _("An action of the improvement plan rests on this; it cannot be removed.")
        )
    return redirect(item_address(answer, "findings"))


def _page(request, state, *, status=200, text=None, other=None, error="", **forms):
    answer = state.answer
    context = items.present(state, request.user)
    bands = state.edition.scoring_data.get("bands", [])
    percent = forms.get("percent_form") or (
        PercentForm(initial={"percent": answer.percent, "points": answer.points}, bands=bands)
        if bands
        else None
    )
    context |= {
        "narrative": answer.narrative if text is None else text,
        "other": other,
        "narrative_error": error,
        "request_id": get_random_string(24),
        "percent_form": percent,
        "finding_form": forms.get("finding_form"),
        "enters_points": bool(bands)
        and answer.item.points is None
        and permissions.can_manage(request.user, state.category_assessment.assessment),
    }
    return render(request, "assessments/item.html", context, status=status)


def _answers(request, year):
    return queries.answers_visible_to(request.user).filter(
        category_assessment__assessment__cycle__agency=request.agency,
        category_assessment__assessment__cycle__fiscal_year=year,
    )


def _state(request, year, pk):
    state = items.state_of(_answers(request, year), pk)
    if state is None:
        raise Http404
    return state


def _writable(request, year, pk):
    """Return the item's state, or refuse who does not write its category (403)."""
    state = _state(request, year, pk)
    if not permissions.can_write(request.user, state.category_assessment):
        raise PermissionDenied
    return state


def _finding(request, year, pk) -> Finding:
    rows = queries.findings_visible_to(request.user).filter(
        item_answer__category_assessment__assessment__cycle__agency=request.agency,
        item_answer__category_assessment__assessment__cycle__fiscal_year=year,
    )
    finding = get_object_or_404(rows, pk=pk)
    if not permissions.can_write(request.user, finding.item_answer.category_assessment):
        raise PermissionDenied
    return finding


def already_locked(request, answer: ItemAnswer):
    """Answer 409: the category was locked before the change came."""
    message = _("The category was submitted, accepted or closed; nothing was changed.")
    return already_changed(request, message, item_address(answer))
