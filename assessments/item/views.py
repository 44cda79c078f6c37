"""An item's page; answers to its lines, its percentage, the mark that it is written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments import answering, permissions, queries
from assessments.addresses import item_address
from assessments.forms import LineForm, PercentForm
from assessments.item import last_year, page
from assessments.models import ItemAnswer
from assessments.scores.bands import dimensions_of
from core.refusals import already_changed
from core.shared_reads import shared_reads
from documents.revisions import NotEditable


@require_GET
def item_detail(request, agency_code, year, pk):
    """Show an item: what it asks, checklist, score, narrative, findings, last year."""
    return item_page(request, state_or_404(request, year, pk))


@require_GET
def item_compare(request, agency_code, year, pk):
    """Show what changed in the narrative since last year, word by word."""
    state = state_or_404(request, year, pk)
    context = page.head(page.item_page(state, request.user))
    context |= {"comparison": last_year.compare(state.answer), "last_year": year - 1}
    return render(request, "assessments/item/compare.html", context)


@require_GET
def item_claims(request, agency_code, year, pk):
    """Answer the page's script with the list of what does not fit together, as it now stands."""
    shown = page.item_page(state_or_404(request, year, pk), request.user)
    context = page.narrative_card(shown) | {"can_edit": shown.can_edit, "answer": shown.answer}
    return render(request, "assessments/item/_claims.html", context)


@require_POST
def line_answer(request, agency_code, year, pk, line_pk):
    """Store the answer to one line; htmx gets the checklist back, others the page."""
    state = writable_or_refuse(request, year, pk)
    line = get_object_or_404(state.answer.item.lines, pk=line_pk)
    form = LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        stored = answering.answer_line(
            state.answer, line, form.cleaned_data["answer"], request.user
        )
    except NotEditable:
        return already_locked(request, state.answer)
    if request.htmx:
        fresh = page.item_page(stored, request.user)
        context = page.levels_card(fresh) | {"open_level": line.level}
        return render(request, "assessments/item/_levels.html", context)
    return redirect(item_address(state.answer, f"line-{line.pk}"))


@require_POST
def percent_save(request, agency_code, year, pk):
    """Store percentage and, by the officer, the unknown points of an item."""
    state = writable_or_refuse(request, year, pk)
    bands = state.edition.scoring_data.get("bands", [])
    if not bands:
        raise Http404
    form = PercentForm(request.POST, bands=bands, dimensions=_dimensions(state))
    if not form.is_valid():
        return item_page(request, state, percent_form=form, status=422)
    assessment = state.category_assessment.assessment
    sets_points = state.answer.item.points is None and permissions.can_manage(
        request.user, assessment
    )
    try:
        answering.set_percent(
            state.answer,
            form.cleaned_data["percent"],
            request.user,
            dimensions=form.dimensions(),
        )
        if sets_points:
            answering.set_points(state.answer, form.cleaned_data["points"], request.user)
    except NotEditable:
        return already_locked(request, state.answer)
    messages.success(request, _("The percentage was saved."))
    return redirect(item_address(state.answer))


@require_POST
def written_mark(request, agency_code, year, pk):
    """Mark the item as written, or take the mark back."""
    state = writable_or_refuse(request, year, pk)
    try:
        answering.set_written(state.answer, request.POST.get("written") == "1")
    except NotEditable:
        return already_locked(request, state.answer)
    return redirect(item_address(state.answer))


def item_page(request, state, *, status=200, typed=None, other=None, error="", **forms):
    """Render the item's page; `typed`, `other`, `error` and forms show what was refused."""
    answer = state.answer
    with shared_reads():
        context = page.present(page.item_page(state, request.user, **(typed or {})))
    bands = state.edition.scoring_data.get("bands", [])
    percent = forms.get("percent_form") or (_percent_form(state) if bands else None)
    context |= {
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


def _dimensions(state):
    return dimensions_of(state.edition, is_result=state.is_result)


def _percent_form(state):
    answer = state.answer
    initial = {"percent": answer.percent, "points": answer.points}
    initial |= {f"dimension_{code}": step for code, step in answer.dimensions.items()}
    bands = state.edition.scoring_data["bands"]
    return PercentForm(initial=initial, bands=bands, dimensions=_dimensions(state))


def state_or_404(request, year, pk):
    """Return the state of the office's answer of the year."""
    answers = queries.answers_visible_to(request.user).filter(
        category_assessment__assessment__cycle__agency=request.agency,
        category_assessment__assessment__cycle__fiscal_year=year,
    )
    state = page.state_of(answers, pk)
    if state is None:
        raise Http404
    return state


def writable_or_refuse(request, year, pk):
    """Return the item's state, or refuse who does not write its category (403)."""
    state = state_or_404(request, year, pk)
    if not permissions.can_write(request.user, state.category_assessment):
        raise PermissionDenied
    return state


def already_locked(request, answer: ItemAnswer):
    """Answer 409: the category was locked before the change came."""
    message = _("The category was submitted, accepted or closed; nothing was changed.")
    return already_changed(request, message, item_address(answer))
