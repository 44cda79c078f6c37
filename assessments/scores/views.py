"""The scores of an item: the private sheet, the spread, consensus and outside assessor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.answering import AnswerRefused
from assessments.enums import Level
from assessments.forms import LineForm
from assessments.item.views import state_or_404
from assessments.models import ItemScore
from assessments.scores import concluding, page, permissions, sheets
from assessments.scores.forms import HandInForm, percent_form
from assessments.scores.summary import is_open_for_members
from core.refusals import already_changed
from core.shared_reads import shared_reads
from documents.revisions import NotEditable


@require_GET
def item_scores(request, agency_code, year, pk):
    """Show self, consensus and outside score side by side, the spread, and the history."""
    item = state_or_404(request, year, pk)
    with shared_reads():
        context = page.present(item, request.user)
    return render(request, "assessments/scores/item.html", context)


@require_GET
def my_scores(request, agency_code, year, pk):
    """Show the person's own private sheet, blank at first."""
    item = _scorable_or_refuse(request, year, pk)
    return _sheet_page(request, item)


@require_POST
def my_line(request, agency_code, year, pk, line_pk):
    """Store the own yes or no to one line; htmx gets the sheet back."""
    item = _scorable_or_refuse(request, year, pk)
    line = get_object_or_404(item.answer.item.lines, pk=line_pk)
    form = LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        sheets.set_line(item, line, form.cleaned_data["answer"], request.user)
    except (sheets.HandedIn, NotEditable) as refusal:
        return _too_late(request, item, refusal)
    if request.htmx:
        context = _sheet_context(request, item)
        return render(request, "assessments/scores/_sheet.html", context)
    return redirect(_mine(item, f"line-{line.pk}"))


@require_POST
def my_percent(request, agency_code, year, pk):
    """Store the own percentage and dimensions."""
    item = _scorable_or_refuse(request, year, pk)
    if item.is_by_levels:
        raise Http404
    form = percent_form(item, request.POST)
    if not form.is_valid():
        return _sheet_page(request, item, status=422, percent=form)
    try:
        data = form.cleaned_data
        sheets.set_percent(item, data["percent"], form.dimensions(), request.user)
    except AnswerRefused as refusal:
        form.add_error("percent", str(refusal))
        return _sheet_page(request, item, status=422, percent=form)
    except (sheets.HandedIn, NotEditable) as refusal:
        return _too_late(request, item, refusal)
    messages.success(request, _("Your score was saved. Nobody sees it before you hand it in."))
    return redirect(_mine(item))


@require_POST
def my_hand_in(request, agency_code, year, pk):
    """Hand the own sheet in: it is closed, and the others' scores are shown."""
    item = _scorable_or_refuse(request, year, pk)
    form = HandInForm(request.POST)
    if not form.is_valid():
        return _sheet_page(request, item, status=422, hand_in=form)
    try:
        sheets.hand_in(item, request.user, form.cleaned_data["reason"])
    except sheets.Incomplete:
        form.add_error(None, _("Choose everything on the sheet before you hand it in."))
        return _sheet_page(request, item, status=422, hand_in=form)
    except (sheets.HandedIn, NotEditable) as refusal:
        return _too_late(request, item, refusal)
    messages.success(request, _("Your score was handed in."))
    return redirect("assessments:item-scores", agency_code, year, pk)


@require_POST
def consensus_open(request, agency_code, year, pk):
    """The champion opens the consensus."""
    item = state_or_404(request, year, pk)
    if not permissions.can_open_consensus(request.user, item.category_assessment):
        raise PermissionDenied
    if not sheets.is_scored_by_people(item):
        raise Http404
    try:
        concluding.open_consensus(item, request.user)
    except NotEditable:
        message = _("The cycle of the year is closed.")
        return already_changed(request, message, scores_address(item))
    messages.success(request, _("The consensus is open. Talk it over and record what you agree."))
    return redirect("assessments:item-scores", agency_code, year, pk)


def scores_address(item) -> str:
    """Return the address of the item's scores."""
    cycle = item.category_assessment.assessment.cycle
    return reverse(
        "assessments:item-scores", args=[cycle.agency.code, cycle.fiscal_year, item.answer.pk]
    )


def _mine(item, part: str = "") -> str:
    address = f"{scores_address(item)}mine/"
    return f"{address}#{part}" if part else address


def _scorable_or_refuse(request, year, pk):
    """Return the item, or refuse who does not score it (403); 404 where no people score."""
    item = state_or_404(request, year, pk)
    if not permissions.can_score(request.user, item.category_assessment):
        raise PermissionDenied
    if not sheets.is_scored_by_people(item):
        raise Http404
    return item


def _too_late(request, item, refusal):
    message = (
        _("Your score was handed in already; it is not changed any more.")
        if isinstance(refusal, sheets.HandedIn)
        else _("The assessment was accepted or closed; nothing was changed.")
    )
    return already_changed(request, message, scores_address(item))


def _sheet_page(request, item, *, status=200, percent=None, hand_in=None):
    context = _sheet_context(request, item, percent)
    context["hand_in_form"] = hand_in or HandInForm()
    return render(request, "assessments/scores/mine.html", context, status=status)


def _sheet_context(request, item, percent=None):
    own = ItemScore.objects.filter(
        item_answer=item.answer, user=request.user, kind="member"
    ).first()
    given = own.lines if own else {}
    initial = {"percent": own.percent if own else None}
    initial |= {f"dimension_{code}": step for code, step in (own.dimensions if own else {}).items()}
    lines = sheets.lines_of(item)
    levels: dict[str, list] = {}
    for line in lines:
        rows = levels.setdefault(line.level, [])
        rows.append({"line": line, "given": given.get(line.code, ""), "number": len(rows) + 1})
    return page.head(item) | {
        "own": own,
        "is_done": bool(own and own.is_handed_in),
        "is_open": is_open_for_members(item),
        "levels": [{"label": Level(code).label, "rows": rows} for code, rows in levels.items()],
        "answered": len(given),
        "line_count": len(lines),
        "percent_form": None if item.is_by_levels else percent or percent_form(item, None, initial),
        "mine_url": _mine(item),
        "hand_in_form": HandInForm(),
    }
