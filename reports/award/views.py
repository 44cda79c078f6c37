"""Screens of the award: the five forms, the texts of one, their history, the drafted summary."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from documents import autosave
from documents.revisions import NotEditable, SaveConflict
from reports.award import pages
from reports.award.drafting import draft_summary
from reports.award.forms import TextForm
from reports.award.permissions import can_write_award
from reports.award.queries import award_cycle
from reports.award.topics import SUMMARY, text_form
from reports.award.writing import save_award_text
from workflows.models import Cycle


@require_GET
def overview(request, agency_code, year):
    """Show the five forms with state, what is missing, and length against limits."""
    cycle = award_cycle(request.user, request.agency, year)
    context = pages.overview(cycle, request.user) if cycle else {"cycle": None}
    return render(request, "award/overview.html", context)


@require_GET
def form(request, agency_code, year, kind):
    """Show a text form with a box a topic."""
    found = _form_or_404(kind)
    return _form_page(request, cycle_or_404(request, year), found)


@require_POST
def text_save(request, agency_code, year, kind, topic):
    """Store a topic's text; on a conflict both texts stay."""
    cycle, found = writable_or_refuse(request, year), _form_or_404(kind)
    subject = _topic_or_404(found, topic)
    typed = TextForm(request.POST)
    if not typed.is_valid():
        return _refused(request, cycle, found, topic, words_of(typed), 422)
    data = typed.cleaned_data
    try:
        saved = save_award_text(
            cycle,
            found,
            subject,
            data["text"],
            version=data["version"],
            by=request.user,
            request_id=data["request_id"],
        )
    except SaveConflict as conflict:
        return _conflict(request, cycle, found, topic, data["text"], conflict)
    except NotEditable:
        message = _("The year is closed; the text was not saved.")
        return _refused(request, cycle, found, topic, message, 409, script_status=423)
    if autosave.is_autosave(request):
        return autosave.saved(saved)
    messages.success(request, _("The text was saved."))
    return redirect("award:form", agency_code, year, kind)


@require_GET
def history(request, agency_code, year, kind, topic):
    """Show what was saved on a topic, by whom and when."""
    cycle, found = cycle_or_404(request, year), _form_or_404(kind)
    context = pages.history_page(cycle, found, _topic_or_404(found, topic))
    return render(request, "award/history.html", context)


@require_POST
def summary_draft(request, agency_code, year):
    """Fill the empty topics of the executive summary from the record."""
    cycle = writable_or_refuse(request, year)
    if not hasattr(cycle, "assessment"):
        messages.error(request, _("The self-assessment has not started."))
        return redirect("award:form", agency_code, year, SUMMARY)
    try:
        filled = draft_summary(cycle, request.user)
    except NotEditable:
        messages.error(request, _("The year is closed; nothing was written."))
        return redirect("award:form", agency_code, year, SUMMARY)
    if filled:
        count = len(filled)
        words = ngettext(
            "%(count)d topic was drafted from the record. Go over it now.",
            "%(count)d topics were drafted from the record. Go over them now.",
            count,
        )
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Nothing was drafted: every topic has a text, or no record."))
    return redirect("award:form", agency_code, year, SUMMARY)


def cycle_or_404(request: HttpRequest, year: int) -> Cycle:
    """Return the office's main cycle of the year, or raise Http404."""
    cycle = award_cycle(request.user, request.agency, year)
    if cycle is None:
        raise Http404
    return cycle


def writable_or_refuse(request: HttpRequest, year: int) -> Cycle:
    """Return the cycle for who writes the award's forms; raises Http404 or PermissionDenied."""
    cycle = cycle_or_404(request, year)
    if not can_write_award(request.user, cycle):
        raise PermissionDenied
    return cycle


def words_of(form) -> str:
    """Return what a form refuses, in one line."""
    return " ".join(str(line) for errors in form.errors.values() for line in errors)


def _form_or_404(kind):
    found = text_form(kind)
    if found is None:
        raise Http404
    return found


def _topic_or_404(found, code):
    topic = found.topic(code)
    if topic is None:
        raise Http404
    return topic


def _form_page(request, cycle, found, failed=None, status=200):
    context = pages.form_page(cycle, found, request.user, failed)
    return render(request, "award/form.html", context, status=status)


def _refused(request, cycle, found, topic, message, status, *, script_status=None):
    if autosave.is_autosave(request):
        return autosave.refused(message, script_status or status)
    failed = {topic: {"text": request.POST.get("text", ""), "error": message}}
    return _form_page(request, cycle, found, failed, status)


def _conflict(request, cycle, found, topic, text, conflict):
    """Answer 409 with the newest text beside the unsaved one."""
    if autosave.is_autosave(request):
        return autosave.conflict(conflict, "text")
    failed = {
        topic: {
            "text": text,
            "version": conflict.current.version,
            "other": autosave.newest(conflict, "text"),
        }
    }
    return _form_page(request, cycle, found, failed, 409)
