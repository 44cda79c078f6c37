"""Saving an item's texts: narrative, explanations of lines, strengths and OFIs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import answering, permissions, queries
from assessments.addresses import item_address
from assessments.enums import FindingKind
from assessments.forms import FindingEditForm, FindingForm, LineNoteForm, NarrativeForm
from assessments.item.views import already_locked, item_page, state_or_404, writable_or_refuse
from assessments.models import Finding
from documents import autosave
from documents.revisions import NotEditable, SaveConflict


@require_POST
def narrative_save(request, agency_code, year, pk):
    """Store the narrative on the version it was written on; both texts survive a conflict."""
    state = writable_or_refuse(request, year, pk)
    is_script = autosave.is_autosave(request)
    form = NarrativeForm(request.POST)
    text = request.POST.get("narrative", "")
    if not form.is_valid():
        message = _words_of(form)
        if is_script:
            return autosave.refused(message, 422)
        return item_page(request, state, typed={"narrative": text}, error=message, status=422)
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
        if is_script:
            return autosave.conflict(conflict, "narrative")
        fresh = state_or_404(request, year, pk)
        other = autosave.newest(conflict, "narrative")
        return item_page(request, fresh, typed={"narrative": text}, other=other, status=409)
    except NotEditable:
        if is_script:
            return autosave.refused(_("The category is locked; the text was not saved."), 423)
        error = _("The category is locked.")
        return item_page(request, state, typed={"narrative": text}, error=error, status=409)
    if is_script:
        return autosave.saved(saved)
    messages.success(request, _("The narrative was saved."))
    return redirect(item_address(state.answer, "narrative"))


@require_POST
def line_note_save(request, agency_code, year, pk, line_pk):
    """Store what explains a line on the version it was written on."""
    state = writable_or_refuse(request, year, pk)
    line = get_object_or_404(state.answer.item.lines, pk=line_pk)
    is_script = autosave.is_autosave(request)
    form = LineNoteForm(request.POST)
    if not form.is_valid():
        message = _words_of(form)
        if is_script:
            return autosave.refused(message, 422)
        return _note_page(request, state, line, error=message, status=422)
    data = form.cleaned_data
    try:
        saved = answering.save_line_note(
            state.answer,
            line,
            data["text"],
            version=data["version"],
            by=request.user,
            request_id=data["request_id"],
        )
    except SaveConflict as conflict:
        if is_script:
            return autosave.conflict(conflict, "text")
        fresh, other = state_or_404(request, year, pk), autosave.newest(conflict, "text")
        return _note_page(request, fresh, line, other=other, status=409)
    except NotEditable:
        message = _("The category is locked; the text was not saved.")
        if is_script:
            return autosave.refused(message, 423)
        return _note_page(request, state, line, error=message, status=409)
    if is_script:
        return autosave.saved(saved)
    return redirect(item_address(state.answer, f"line-{line.pk}"))


def _note_page(request, state, line, *, status, error="", other=None):
    """Show the item with the typed explanation in its box and why it was not stored."""
    name = f"note-{line.pk}"
    typed = {name: request.POST.get("text", ""), f"{name}-error": error, f"{name}-other": other}
    return item_page(request, state, typed=typed, status=status)


def _words_of(form) -> str:
    return " ".join(str(line) for errors in form.errors.values() for line in errors)


@require_POST
def finding_add(request, agency_code, year, pk):
    """Add a strength or an OFI to the item."""
    state = writable_or_refuse(request, year, pk)
    form = FindingForm(request.POST)
    if not form.is_valid():
        if form.data.get("kind") not in FindingKind.values:
            raise Http404
        return item_page(request, state, finding_form=form, status=422)
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


def _finding(request, year, pk) -> Finding:
    rows = queries.findings_visible_to(request.user).filter(
        item_answer__category_assessment__assessment__cycle__agency=request.agency,
        item_answer__category_assessment__assessment__cycle__fiscal_year=year,
    )
    finding = get_object_or_404(rows, pk=pk)
    if not permissions.can_write(request.user, finding.item_answer.category_assessment):
        raise PermissionDenied
    return finding
