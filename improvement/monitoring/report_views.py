"""The report of one action in a round: typed on its page or in the round's table, and proven."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.evidence.permissions import mark_readable, readable
from assessments.evidence.queries import evidence_visible_to
from assessments.rounds.words import round_label
from core.address_values import whole_number
from core.clock import hour_and_minute
from core.refusals import already_changed
from core.templatetags.pmqa import STATUS_ICONS
from core.thai_text import normalize
from documents import autosave
from documents.revisions import NotEditable, SaveConflict
from improvement.monitoring import page, reporting
from improvement.monitoring.figures import figures_now
from improvement.monitoring.forms import LONGEST_TEXT, ReportForm
from improvement.monitoring.permissions import can_report, is_reportable
from improvement.monitoring.queries import reported_actions
from improvement.monitoring.transitions import url_of
from improvement.monitoring.views import round_or_404

# What a page asks for first, with its rows on the screen.
WORDS = (("result", 3), ("problem", 2), ("obstacle", 2), ("risk", 2), ("remedy", 2))
MOST_EVIDENCE = 300


def _action_or_404(row, pk):
    return get_object_or_404(reported_actions(row.cycle), pk=pk)


@require_http_methods(["GET", "POST"])
def report(request, agency_code, year, months, pk):
    """Show an action's report, and save it: the whole page's, or fields of the round's table."""
    row = round_or_404(request, year, months)
    action = _action_or_404(row, pk)
    if request.method == "POST":
        if not can_report(request.user, row, action):
            raise PermissionDenied
        return _save(request, row, action)
    return _page(request, row, action)


def _save(request, row, action):
    by_script = autosave.is_autosave(request)
    form = ReportForm(request.POST)
    if not form.is_valid():
        if by_script:
            words = [f"{form.fields[name].label}: {said[0]}" for name, said in form.errors.items()]
            return autosave.refused(" · ".join(words), 422)
        return _page(request, row, action, form=form, status=422)
    version = whole_number(request.POST.get("version")) or 0
    request_id = normalize(request.POST.get("request_id", ""))[:64]
    try:
        done = reporting.save_report(
            row, action, form.cleaned_data, version, request.user, request_id
        )
    except SaveConflict as newer:
        if by_script:
            return JsonResponse(_newest(newer, form.cleaned_data), status=409)
        return _page(request, row, action, form=form, newer=newer, status=409)
    except NotEditable:
        message = _("The round is not open any more.")
        if by_script:
            return autosave.refused(message, 423)
        return already_changed(request, message, url_of(row))
    if by_script:
        return JsonResponse(_answer(row, action, done))
    messages.success(request, _("The report was saved."))
    return redirect(f"{url_of(row)}#action-{action.pk}")


def _newest(newer, names) -> dict:
    """Return the newest texts of the fields that were sent, who saved them and when."""
    said = autosave.newest(newer, "result")
    del said["text"]
    fields = {name: _typed(getattr(newer.current, name)) for name in names}
    return said | {"fields": fields}


def _answer(row, action, done) -> dict:
    """Return the row's figures and the head figures as they are after the save."""
    figures = figures_now(row, is_whole=False)
    shown = next(each for each in page.shown_rows(figures["actions"]) if each["id"] == action.pk)
    return {
        "version": done.version,
        "saved_at": hour_and_minute(done.saved_at),
        "ratio": shown["ratio"] or "",
        "word": str(shown["label"]),
        "chip": shown["chip"],
        "icon": STATUS_ICONS[shown["chip"]],
        "totals": figures["totals"],
    }


def _typed(value) -> str:
    return "" if value is None else str(value)


def _page(request, row, action, *, form=None, newer=None, status=200):
    found = reporting.report_of(row, action)
    may_write = is_reportable(row) and can_report(request.user, row, action)
    typed = form.data if form else {}
    values = {
        name: typed[name] if name in typed else _typed(getattr(found, name))
        for name in reporting.FIELDS
    }
    if form:
        version = whole_number(typed.get("version")) or 0
    figures = {name: values[name] for name in ("planned_pct", "actual_pct", "spent")}
    labels = ReportForm.base_fields
    evidence = _evidence(request, row, found)
    context = {
        "row": row,
        "label": round_label(row),
        "action": action,
        "may_write": may_write,
        "values": figures,
        "words": [(name, labels[name].label, values[name], lines) for name, lines in WORDS],
        "longest": LONGEST_TEXT,
        "errors": {name: said[0] for name, said in form.errors.items()} if form else {},
        "error_lines": [(name, labels[name].label, said[0]) for name, said in form.errors.items()]
        if form
        else [],
        "version": newer.current.version if newer else version if form else found.version,
        "newest": _conflict(newer, form) if newer else None,
        "entered": found if found.entered_at else None,
        "evidence": evidence,
        "choices": _choices(request, row, evidence) if may_write else [],
        "neighbours": _neighbours(request, row, action),
        "request_id": uuid4().hex,
    }
    return render(request, "rounds/report.html", context, status=status)


def _conflict(newer, form) -> dict:
    fields = ReportForm.base_fields
    said = _newest(newer, form.cleaned_data)
    return said | {"lines": [(fields[name].label, text) for name, text in said["fields"].items()]}


def _evidence(request, row, found):
    """Return the evidence of the report; a confidential piece shows its code only."""
    if found.pk is None:
        return []
    rows = list(
        evidence_visible_to(request.user)
        .filter(action_reports__report=found)
        .order_by("action_reports__pk")
    )
    mark_readable(rows, request.user, row.cycle.agency, row.cycle.fiscal_year)
    return rows


def _choices(request, row, taken):
    """Return the year's evidence that may be laid on the report, by code."""
    agency, year = row.cycle.agency, row.cycle.fiscal_year
    rows = evidence_visible_to(request.user).filter(
        readable(request.user, agency, year), cycle=row.cycle
    )
    free = rows.exclude(pk__in=[each.pk for each in taken]).order_by("code", "pk")
    return list(free.values_list("pk", "code", "title")[:MOST_EVIDENCE])


def _neighbours(request, row, action) -> dict:
    """Return the actions before and after that the person reports on, or all for reading."""
    rows = list(reported_actions(row.cycle))
    own = [each for each in rows if can_report(request.user, row, each)] or rows
    if action not in own:
        own = rows
    place = own.index(action)
    return {
        "previous": own[place - 1] if place else None,
        "next": own[place + 1] if place + 1 < len(own) else None,
        "number": rows.index(action) + 1,
        "count": len(rows),
    }


def _writer(request, year, months, pk):
    row = round_or_404(request, year, months)
    action = _action_or_404(row, pk)
    if not can_report(request.user, row, action):
        raise PermissionDenied
    return row, action


@require_POST
def attach(request, agency_code, year, months, pk):
    """Lay a piece of the year's evidence on the report."""
    row, action = _writer(request, year, months, pk)
    agency, fiscal_year = row.cycle.agency, row.cycle.fiscal_year
    rows = evidence_visible_to(request.user).filter(
        readable(request.user, agency, fiscal_year), cycle=row.cycle
    )
    chosen = get_object_or_404(rows, pk=whole_number(request.POST.get("evidence")))
    return _after(request, row, action, reporting.attach, chosen)


@require_POST
def detach(request, agency_code, year, months, pk, evidence):
    """Take a piece of evidence off the report."""
    row, action = _writer(request, year, months, pk)
    rows = evidence_visible_to(request.user).filter(cycle=row.cycle)
    return _after(request, row, action, reporting.detach, get_object_or_404(rows, pk=evidence))


def _after(request, row, action, change, evidence):
    try:
        change(row, action, evidence, request.user)
    except NotEditable:
        return already_changed(request, _("The round is not open any more."), url_of(row))
    return redirect(
        "rounds:report", request.agency.code, row.cycle.fiscal_year, row.months, action.pk
    )
