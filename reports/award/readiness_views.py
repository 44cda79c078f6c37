"""Screens of the readiness assessment: the sheet, the items of a category, their scores."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.progress import load
from assessments.queries import answers_visible_to
from documents import autosave
from documents.paper_limits import limit_of, limits_of
from documents.revisions import NotEditable, SaveConflict
from reports.award.forms import ScoreForm, TextForm
from reports.award.lengths import count_of
from reports.award.permissions import can_write_award, is_open
from reports.award.readiness import SCALE, readiness_of, save_readiness
from reports.award.topics import READINESS
from reports.award.views import cycle_or_404, words_of, writable_or_refuse


@require_GET
def readiness(request, agency_code, year):
    """Show the sheet: every item with its score beside the own assessment."""
    cycle = cycle_or_404(request, year)
    context = {"cycle": cycle, "sheet": _sheet(cycle)}
    return render(request, "award/readiness.html", context)


@require_GET
def category(request, agency_code, year, number):
    """Show the items of a category with a box for each score and its reason."""
    return _category_page(request, cycle_or_404(request, year), number)


@require_POST
def score_save(request, agency_code, year, pk):
    """Store the score of an item."""
    return _save(request, year, pk, "score", ScoreForm(request.POST))


@require_POST
def reason_save(request, agency_code, year, pk):
    """Store the reason of an item's score."""
    return _save(request, year, pk, "text", TextForm(request.POST))


def _save(request, year, pk, field, form):
    cycle = writable_or_refuse(request, year)
    answer = get_object_or_404(
        answers_visible_to(request.user).filter(category_assessment__assessment__cycle=cycle),
        pk=pk,
    )
    number = answer.category_assessment.category.number
    typed = request.POST.get(field, "")
    if not form.is_valid():
        return _refused(request, cycle, number, pk, {field: typed}, words_of(form), 422)
    data = form.cleaned_data
    try:
        saved = save_readiness(
            cycle,
            answer.item,
            {field: data[field]},
            version=data["version"],
            by=request.user,
            request_id=data["request_id"],
        )
    except SaveConflict as conflict:
        return _conflict(request, cycle, number, pk, field, typed, conflict)
    except NotEditable:
        message = _("The year is closed; the text was not saved.")
        return _refused(request, cycle, number, pk, {field: typed}, message, 409, 423)
    if autosave.is_autosave(request):
        return autosave.saved(saved)
    messages.success(request, _("Saved."))
    return redirect("award:readiness-category", request.agency.code, year, number)


def _refused(request, cycle, number, pk, typed, message, status, script_status=None):
    if autosave.is_autosave(request):
        return autosave.refused(message, script_status or status)
    return _category_page(request, cycle, number, {pk: typed | {"error": message}}, status)


def _conflict(request, cycle, number, pk, field, typed, conflict):
    other = autosave.newest(conflict, field)
    other["text"] = "" if other["text"] is None else str(other["text"])
    if autosave.is_autosave(request):
        return JsonResponse(other, status=409)
    failed = {pk: {field: typed, "version": conflict.current.version, "other": other}}
    return _category_page(request, cycle, number, failed, 409)


def _sheet(cycle):
    assessment = getattr(cycle, "assessment", None)
    if assessment is None:
        return None
    assessment.cycle = cycle
    return readiness_of(cycle, load(assessment)[assessment.pk])


def _category_page(request, cycle, number, failed=None, status=200):
    sheet = _sheet(cycle)
    rows = sheet.categories if sheet else []
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise Http404
    limits = limits_of(cycle.agency, cycle.fiscal_year)
    limit = limit_of(limits, READINESS, "reason")
    failed = failed or {}
    context = {
        "cycle": cycle,
        "found": found,
        "items": [_item(row, failed.get(row.answer_pk, {}), limit) for row in found.items],
        "scale": SCALE,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < len(rows) else None,
        "can_edit": can_write_award(request.user, cycle) and is_open(cycle),
    }
    return render(request, "award/readiness_category.html", context, status=status)


def _item(row, refused, limit) -> dict:
    text = refused.get("text", row.text)
    return {
        "row": row,
        "score": refused.get("score", "" if row.score is None else str(row.score)),
        "text": text,
        "version": refused.get("version", row.version),
        "count": count_of([text], limit),
        "error": refused.get("error", ""),
        "other": refused.get("other"),
    }
