"""Screens of the rounds: the year's rounds, one round, its days and its life."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.freezing import frozen_papers
from approvals.requests import last_return_reason, open_request_of
from approvals.transitions import AlreadyChanged, CommentNeeded, RequirementsMissing, perform
from assessments.enums import RoundStatus
from assessments.rounds import making
from assessments.rounds.permissions import can_keep, can_keep_rounds
from assessments.rounds.queries import rounds_of, rounds_visible_to
from assessments.rounds.words import round_label
from core.address_values import whole_number
from core.refusals import already_changed
from core.thai_text import normalize
from documents import autosave
from documents.revisions import NotEditable, SaveConflict
from improvement.monitoring import page
from improvement.monitoring.comparison import compared
from improvement.monitoring.figures import figures_now, unreported
from improvement.monitoring.forms import DaysForm, ProposalsForm, RoundForm
from improvement.monitoring.permissions import is_reportable
from improvement.monitoring.traffic import rule_in_words
from improvement.monitoring.transitions import WORKFLOW, missing_entries, url_of
from workflows.queries import main_cycle


def _rounds(request, year):
    return rounds_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year
    )


def round_or_404(request, year, months):
    """Return the year's round of these months, as far as the person sees it."""
    rows = _rounds(request, year).select_related("cycle__agency", "cycle__version__procedure")
    return get_object_or_404(rows.order_by("cycle"), months=int(months))


def _keeper(request, year, months):
    row = round_or_404(request, year, months)
    if not can_keep(request.user, row):
        raise PermissionDenied
    return row


@require_GET
def round_list(request, agency_code, year):
    """List the year's rounds with their days and states."""
    cycle = main_cycle(request.agency, year)
    rounds = list(rounds_of(cycle)) if cycle else []
    context = {
        "cycle": cycle,
        "rounds": [(row, round_label(row), page.STATES[row.status]) for row in rounds],
        "lacking": cycle and making.lacks_rounds(cycle, rounds),
        "may_keep": can_keep_rounds(request.user, request.agency),
    }
    return render(request, "rounds/list.html", context)


@require_POST
def make(request, agency_code, year):
    """Make the rounds of the office's settings that the year lacks."""
    cycle = main_cycle(request.agency, year)
    if not can_keep_rounds(request.user, request.agency):
        raise PermissionDenied
    if cycle is None:
        return _refused(request, year, _("The year has no cycle yet"))
    try:
        count = making.make_rounds(cycle, request.user)
    except making.RoundRefused as refusal:
        here = reverse("rounds:list", args=[agency_code, year])
        return already_changed(request, str(refusal), here)
    words = ngettext("%(count)s round was made.", "%(count)s rounds were made.", count)
    messages.success(request, words % {"count": count})
    return redirect("rounds:list", agency_code, year)


def _refused(request, year, words):
    messages.error(request, words)
    return redirect("rounds:list", request.agency.code, year)


@require_http_methods(["GET", "POST"])
def add(request, agency_code, year):
    """Add a round of other months."""
    if not can_keep_rounds(request.user, request.agency):
        raise PermissionDenied
    cycle = main_cycle(request.agency, year)
    if cycle is None:
        return _refused(request, year, _("The year has no cycle yet"))
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = making.add_round(cycle, request.user, **form.cleaned_data)
        except making.RoundRefused as refusal:
            form.add_error("months", str(refusal))
        else:
            messages.success(request, _("The round was added."))
            return redirect("rounds:round", agency_code, year, row.months)
    status = 422 if form.errors else 200
    return render(request, "rounds/edit.html", {"form": form, "row": None}, status=status)


@require_http_methods(["GET", "POST"])
def edit(request, agency_code, year, months):
    """Change name and days of a round that is planned or open."""
    row = _keeper(request, year, months)
    initial = {"name": row.name, "opens_on": row.opens_on, "due_on": row.due_on}
    form = DaysForm(request.POST or None, initial=initial)
    context = {"form": form, "row": row, "label": round_label(row), "version": row.version}
    if request.method == "POST":
        version = whole_number(request.POST.get("version")) or 0
        context["version"] = version
        if form.is_valid():
            try:
                making.save_round(row, form.cleaned_data, version, request.user)
            except SaveConflict as newer:
                context |= {"newest": newer.current, "version": newer.current.version}
                return render(request, "rounds/edit.html", context, status=409)
            except NotEditable:
                return _too_late(request, row)
            messages.success(request, _("The round was saved."))
            return redirect("rounds:round", agency_code, year, row.months)
    status = 422 if form.errors else 200
    return render(request, "rounds/edit.html", context, status=status)


@require_POST
def remove(request, agency_code, year, months):
    """Take away a round that nobody has reported to."""
    row = _keeper(request, year, months)
    try:
        making.remove_round(row, request.user)
    except making.RoundRefused as refusal:
        return already_changed(request, str(refusal), url_of(row))
    messages.success(request, _("The round was removed."))
    return redirect("rounds:list", agency_code, year)


@require_GET
def round_page(request, agency_code, year, months):
    """Show a round: head figures, actions, indicators, and what can be done with it."""
    row = round_or_404(request, year, months)
    return render(request, "rounds/round.html", _context(request, row))


def _context(request, row, missing=(), typed=None):
    rounds = list(rounds_of(row.cycle))
    figures = row.snapshot or figures_now(row, rounds, is_whole=False)
    is_open = is_reportable(row)
    may_keep = can_keep(request.user, row)
    actions = page.action_rows(figures, request.user, row, is_open)
    rules = WORKFLOW.transitions.values()
    is_closed = row.status == RoundStatus.CLOSED
    has_paper = row.status == RoundStatus.ACCEPTED
    return {
        "row": row,
        "label": round_label(row),
        "state_chip": page.STATES[row.status],
        "figures": figures,
        "totals": figures["totals"],
        "mean_words": page.mean_words(figures["totals"]),
        "actions": actions,
        "own": [] if may_keep else [each for each in actions if each["may_write"]],
        "indicators": page.shown_rows(figures["indicators"]),
        "tabs": page.tabs_of(rounds, row.months),
        "rule_lines": rule_in_words(figures["on_plan_pct"]),
        "is_open": is_open,
        "may_keep": may_keep,
        "can_change": may_keep and row.status in making.CHANGEABLE,
        "steps": {rule.name for rule in rules if may_keep and row.status in rule.sources},
        "waiting_count": len(unreported(figures)) if is_open else 0,
        "missing": missing,
        "approval": open_request_of(row) if is_closed else None,
        "return_reason": last_return_reason(row) if is_open else "",
        "frozen": frozen_papers(row) if has_paper else [],
        "request_id": uuid4().hex,
        "comment_error": "",
        "proposals_error": "",
        "typed_proposals": None,
        "other": None,
        **(typed or {}),
    }


@require_POST
def proposals(request, agency_code, year, months):
    """Save what the report proposes; a script hears JSON, a form gets the page."""
    row = _keeper(request, year, months)
    form = ProposalsForm(request.POST)
    by_script = autosave.is_autosave(request)
    if not form.is_valid():
        words = form.errors["proposals"][0]
        if by_script:
            return autosave.refused(words, 422)
        typed = {"proposals_error": words, "typed_proposals": request.POST["proposals"]}
        return render(request, "rounds/round.html", _context(request, row, typed=typed), status=422)
    version = whole_number(request.POST.get("version")) or 0
    fields = {"proposals": form.cleaned_data["proposals"]}
    try:
        done = making.save_round(row, fields, version, request.user)
    except SaveConflict as newer:
        if by_script:
            return autosave.conflict(newer, "proposals")
        row.refresh_from_db()
        typed = {
            "typed_proposals": fields["proposals"],
            "other": autosave.newest(newer, "proposals"),
        }
        return render(request, "rounds/round.html", _context(request, row, typed=typed), status=409)
    except NotEditable:
        if by_script:
            return autosave.refused(_("The round is not open any more."), 423)
        return _too_late(request, row)
    if by_script:
        return autosave.saved(done)
    messages.success(request, _("The proposals were saved."))
    return redirect(url_of(row))


def _too_late(request, row):
    return already_changed(request, _("The round is not open any more."), url_of(row))


@require_POST
def transition(request, agency_code, year, months, name):
    """Open the round, close it with or without all entries, or take it back."""
    row = _keeper(request, year, months)
    comment = normalize(request.POST.get("comment", ""))[:2000]
    try:
        perform(row, name, request.user, comment=comment)
    except RequirementsMissing as error:
        context = _context(request, row, missing=error.missing)
        return render(request, "rounds/round.html", context, status=422)
    except CommentNeeded:
        typed = {"comment_error": _("Say why the round is closed although entries are missing.")}
        context = _context(request, row, missing=missing_entries(row), typed=typed)
        return render(request, "rounds/round.html", context, status=422)
    except AlreadyChanged:
        message = _("The round's state has changed since this page was opened.")
        return already_changed(request, message, url_of(row))
    told = {
        "open": _("The round is open. Whoever owns an action or indicator was told."),
        "withdraw": _("The round is open again."),
    }
    words = told.get(name, _("The round is closed and waits for the director."))
    messages.success(request, words)
    return redirect(url_of(row))


@require_GET
def compare(request, agency_code, year):
    """Show each action's and indicator's figures over the rounds of the year."""
    cycle = main_cycle(request.agency, year)
    rounds = list(rounds_of(cycle)) if cycle else []
    context = {"cycle": cycle, "tabs": page.tabs_of(rounds), "comparison": None}
    if rounds:
        for row in rounds:
            row.cycle = cycle
        context["comparison"] = compared(cycle, rounds)
    return render(request, "rounds/compare.html", context)
