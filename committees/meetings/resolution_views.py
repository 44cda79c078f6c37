"""มติที่ต้องติดตาม: the year's list, a resolution with its progress, and closing it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from approvals.models import TransitionLog
from approvals.registry import workflow_of
from approvals.transitions import AlreadyChanged, CommentNeeded, perform
from committees.enums import ResolutionStatus
from committees.meetings import resolutions
from committees.meetings.minutes_permissions import can_close_resolution, can_finish
from committees.meetings.minutes_screen import RESOLUTION_CHIPS
from committees.meetings.numbering import title_of
from committees.meetings.resolution_queries import (
    FILTERS,
    followed,
    in_state,
    matching,
    of_person,
    resolutions_visible_to,
)
from committees.meetings.resolution_sheet import write_sheet
from committees.models import Committee
from core import clock, excel_files
from core.address_values import whole_number
from core.fiscal_year import to_be
from core.form_fields import BuddhistDateField
from core.refusals import already_changed
from core.thai_text import normalize

PAGE = 30
BLANK = dict.fromkeys(("note", "finish", "done_on", "reason"), "")


def _chosen(request, year):
    """Return the rows that the address asks for, and the choices that were made."""
    state = request.GET.get("state", "open")
    choice = {
        "state": state if state in FILTERS else "open",
        "mine": request.GET.get("mine") == "1",
        "committee": whole_number(request.GET.get("committee")),
        "q": normalize(request.GET.get("q", "")).strip()[:100],
    }
    rows = in_state(followed(request.agency, year), choice["state"])
    if choice["mine"]:
        rows = of_person(rows, request.user)
    if choice["committee"]:
        rows = rows.filter(item__meeting__committees=choice["committee"])
    if choice["q"]:
        rows = matching(rows, choice["q"])
    return rows, choice


def _query(choice) -> str:
    kept = {name: value for name, value in choice.items() if value}
    if "mine" in kept:
        kept["mine"] = "1"
    return urlencode(kept) + "&" if kept else ""


@require_GET
def resolution_list(request, agency_code, year):
    """List the year's resolutions to be followed up."""
    rows, choice = _chosen(request, year)
    printed = request.GET.get("print") == "1"
    page_obj = Paginator(rows, 1000 if printed else PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    shown = [
        (
            row,
            resolutions.words_of(row),
            title_of(row.item.meeting),
            "overdue"
            if row.status == ResolutionStatus.OPEN and row.due_on and row.due_on < today
            else RESOLUTION_CHIPS[row.status],
        )
        for row in page_obj
    ]
    context = {
        "rows": shown,
        "page_obj": page_obj,
        "choice": choice,
        "query": _query(choice),
        "states": [
            ("open", pgettext("resolution", "Open")),
            ("overdue", _("Overdue")),
            ("done", _("Done")),
            ("dropped", _("Dropped")),
            ("all", _("All")),
        ],
        "committees": Committee.objects.filter(agency=request.agency, fiscal_year=year),
        "printed": printed,
    }
    return render(request, "meetings/resolution_list.html", context)


@require_GET
def resolution_export(request, agency_code, year):
    """Return the same list as an Excel sheet."""
    rows, _choice = _chosen(request, year)
    return excel_files.answer(write_sheet(rows), f"resolutions-{year}.xlsx")


def _resolution_or_404(request, year, pk):
    rows = resolutions_visible_to(request.user).filter(
        item__meeting__agency=request.agency, item__meeting__fiscal_year=year
    )
    return get_object_or_404(rows.exclude(status=ResolutionStatus.DRAFT), pk=pk)


@require_GET
def resolution_detail(request, agency_code, year, pk):
    """Show a resolution: its words, who and until when, notes, history, and what can be done."""
    return _show(request, _resolution_or_404(request, year, pk))


def _show(request, row, *, status=200, errors=None, typed=None):
    today = clock.today()
    is_open = row.status == ResolutionStatus.OPEN
    late = is_open and row.due_on and row.due_on < today
    words = resolutions.words_of(row)
    context = {
        "row": row,
        "words": words,
        "meeting_title": title_of(row.item.meeting),
        "chip": "overdue" if late else RESOLUTION_CHIPS[row.status],
        "chip_words": _("Overdue") if late else row.get_status_display(),
        "notes": row.notes.select_related("by"),
        "history": _history(row),
        "may_finish": is_open and can_finish(request.user, row),
        "may_close": can_close_resolution(request.user, row),
        "reminder": resolutions.reminder_text(row, request.build_absolute_uri(request.path)),
        "today": today,
        "today_typed": f"{today.day}/{today.month}/{to_be(today.year)}",
        "errors": BLANK | (errors or {}),
        "typed": BLANK | (typed or {}),
    }
    return render(request, "meetings/resolution_detail.html", context, status=status)


def _history(row):
    """Return (what was done, log row) of each change of state, newest first."""
    rules = workflow_of(row).transitions
    logs = TransitionLog.objects.filter(
        content_type__app_label="committees",
        content_type__model="resolution",
        object_id=row.pk,
    )
    return [(rules[log.transition].label, log) for log in logs.select_related("by")]


def _to(row):
    meeting = row.item.meeting
    return redirect("meetings:resolution", meeting.agency.code, meeting.fiscal_year, row.pk)


@require_POST
def resolution_note(request, agency_code, year, pk):
    """Keep a word on how far the resolution is."""
    row = _resolution_or_404(request, year, pk)
    if not can_finish(request.user, row):
        raise PermissionDenied
    text = request.POST.get("text", "")
    try:
        resolutions.add_note(row, text, by=request.user)
    except ValidationError as error:
        return _show(
            request, row, errors={"note": error.messages[0]}, typed={"note": text}, status=422
        )
    messages.success(request, _("Saved."))
    return _to(row)


@require_POST
def resolution_finish(request, agency_code, year, pk):
    """Record that the resolution was carried out."""
    row = _resolution_or_404(request, year, pk)
    if not can_finish(request.user, row):
        raise PermissionDenied
    typed = {
        "done_on": request.POST.get("done_on", ""),
        "finish": normalize(request.POST.get("text", "")),
    }
    try:
        day = BuddhistDateField().clean(typed["done_on"])
        if day > clock.today():
            raise ValidationError(_("The day cannot lie in the future."))
        if len(typed["finish"]) > resolutions.LONGEST_NOTE:
            raise ValidationError(_("Too long."))
    except ValidationError as error:
        return _show(request, row, errors={"done_on": error.messages[0]}, typed=typed, status=422)
    return _close(
        request,
        row,
        lambda: resolutions.finish(row, by=request.user, done_on=day, note=typed["finish"]),
    )


@require_POST
def resolution_drop(request, agency_code, year, pk):
    """Drop a resolution that is not wanted any more, with the reason."""
    row = _resolution_or_404(request, year, pk)
    reason = normalize(request.POST.get("reason", ""))[:2000]
    return _close(request, row, lambda: perform(row, "drop", request.user, comment=reason))


@require_POST
def resolution_reopen(request, agency_code, year, pk):
    """Open a resolution again that was not done after all."""
    row = _resolution_or_404(request, year, pk)
    return _close(request, row, lambda: perform(row, "reopen", request.user))


def _close(request, row, act):
    try:
        act()
    except CommentNeeded:
        return _show(request, row, errors={"reason": _("Give a reason.")}, status=422)
    except AlreadyChanged:
        words = _("The resolution has changed since this page was opened.")
        return already_changed(request, words, request.path.rsplit("/", 2)[0] + "/")
    messages.success(request, _("Saved."))
    return _to(row)
