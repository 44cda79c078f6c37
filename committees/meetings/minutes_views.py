"""The minutes while they are typed: items, ticks, facts of the meeting, resolutions below items."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from approvals.freezing import frozen_papers
from approvals.registry import workflow_of
from approvals.requests import last_return_reason
from approvals.transitions import (
    AlreadyChanged,
    RequirementsMissing,
    data_hash_of,
    perform,
)
from committees.enums import MinutesStatus, ResolutionKind
from committees.meetings import agendas, calling, minutes, minutes_screen, resolutions
from committees.meetings.minutes_screen import page_url
from committees.meetings.permissions import can_take_minutes
from committees.meetings.queries import meetings_visible_to
from committees.models import AgendaItem, Meeting, Resolution
from core.address_values import whole_number
from core.clock import hour_and_minute
from core.form_fields import ThaiTimeField
from core.refusals import already_changed
from core.rich_text import MAX_BYTES, clean_html, plain_words
from core.thai_dates import format_short
from core.thai_text import normalize
from documents import autosave
from documents.revisions import NotEditable, SaveConflict

LONGEST_TITLE = 500


def meeting_or_404(request, year, pk):
    rows = meetings_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(minutes_screen.read_meeting(rows), pk=pk)


def written_meeting(request, year, pk):
    """Return the meeting as the person may write its minutes: 404 invisible, 403 refused."""
    meeting = meeting_or_404(request, year, pk)
    if not can_take_minutes(request.user, meeting):
        raise PermissionDenied
    return meeting


def item_of(meeting: Meeting, pk) -> AgendaItem:
    item = get_object_or_404(meeting.agenda, pk=pk)
    item.meeting = meeting
    return item


@require_GET
def minutes_page(request, agency_code, year, pk):
    """Show the minutes: to be typed, to be checked, or to be read."""
    return show(request, meeting_or_404(request, year, pk))


def show(request, meeting, *, item=None, typed=None, status=200, **more):
    """Return the page with what an answer adds: errors, conflicts, what was typed."""
    item = item or whole_number(request.GET.get("item"))
    context = minutes_screen.page(meeting, request.user, item=item, typed=typed)
    held = context["minutes"]
    context |= {
        "refused": [],
        "item_error": "",
        "item_other": None,
        "item_text": None,
        "facts_errors": dict.fromkeys((*FACTS, "version"), ""),
        "facts": None,
        "new_title": "",
        "opened": "",
        "return_error": "",
        "return_comment": "",
        "frozen": frozen_papers(held) if held.status == MinutesStatus.CONFIRMED else [],
        "data_hash": data_hash_of(held) if context["may_check"] else "",
        "circulation": (
            minutes_screen.circulation(held, request.user)
            if held.status == MinutesStatus.CIRCULATING
            else None
        ),
    }
    if context["may_check"]:
        context["return_reasons"] = workflow_of(held).return_reasons
    if held.status == MinutesStatus.CHECKED and context["may_write"]:
        context["later_meetings"] = minutes_screen.later_meetings(meeting)
    if held.status == MinutesStatus.WRITING and held.pk:
        context["return_comment"] = last_return_reason(held)
    return render(request, "meetings/minutes.html", context | more, status=status)


@require_POST
def item_text(request, agency_code, year, pk, item_pk):
    """Save what was said about an item; the script and a plain form send the same."""
    meeting = written_meeting(request, year, pk)
    item = item_of(meeting, item_pk)
    by_script = autosave.is_autosave(request)
    text = request.POST.get("minutes_text", "")
    version = whole_number(request.POST.get("version"))
    if version is None or len(text.encode()) > MAX_BYTES:
        message = (
            _("The page is out of date: open it again.") if version is None else _("Too long.")
        )
        if by_script:
            return autosave.refused(message, 422)
        return show(request, meeting, item=item.pk, item_error=message, item_text=text, status=422)
    try:
        saved = minutes.save_item(
            item,
            normalize(text),
            version=version,
            by=request.user,
            request_id=normalize(request.POST.get("request_id", ""))[:60],
        )
    except SaveConflict as newer:
        return _text_conflict(request, meeting, item, newer, text)
    except NotEditable:
        message = _("The minutes are not being written now.")
        if by_script:
            return autosave.refused(message, 423)
        return already_changed(request, message, page_url(meeting))
    if by_script:
        return autosave.saved(saved)
    if "done" in request.POST:
        minutes.tick(item, True)
    messages.success(request, _("Saved."))
    return redirect(page_url(meeting, whole_number(request.POST.get("go")) or item.pk))


def _text_conflict(request, meeting, item, newer, text):
    other = autosave.newest(newer, "minutes_text")
    if autosave.is_autosave(request):
        shown = {"shown": plain_words(other["text"])}
        return JsonResponse(other | shown, status=409)
    return show(
        request,
        meeting,
        item=item.pk,
        item_other=other,
        item_text=clean_html(minutes.as_paragraphs(text)),
        status=409,
    )


@require_POST
def item_done(request, agency_code, year, pk, item_pk):
    """Tick an item off, or take the tick away, and go on to the item that was asked for."""
    meeting = written_meeting(request, year, pk)
    item = item_of(meeting, item_pk)
    try:
        minutes.begin(meeting, by=request.user)
        minutes.tick(item, request.POST.get("done") == "1")
    except NotEditable:
        return gone(request, meeting)
    return redirect(page_url(meeting, whole_number(request.POST.get("go")) or item.pk))


@require_POST
def item_add(request, agency_code, year, pk):
    """Add a matter that came up: a sub-item of a heading, or a heading at the end."""
    meeting = written_meeting(request, year, pk)
    title = normalize(request.POST.get("title", "")).strip()
    if not title or len(title) > LONGEST_TITLE:
        words = _("Write what the matter is called, at most 500 characters.")
        messages.error(request, words)
        return show(request, meeting, new_title=title, opened="add", status=422)
    parent = None
    if request.POST.get("parent"):
        pk = whole_number(request.POST["parent"])
        parent = get_object_or_404(meeting.agenda.filter(parent=None), pk=pk)
    if minutes.of_meeting(meeting).status != MinutesStatus.WRITING:
        return gone(request, meeting)
    try:
        item = agendas.add_item(meeting, parent, title, by=request.user)
    except NotEditable:
        return gone(request, meeting)
    minutes.begin(meeting, by=request.user)
    return redirect(page_url(meeting, item.pk))


@require_POST
def facts_save(request, agency_code, year, pk):
    """Save when the meeting opened and closed, and what an electronic meeting must keep."""
    meeting = written_meeting(request, year, pk)
    facts, errors = _read_facts(request.POST)
    version = whole_number(request.POST.get("version"))
    typed = {name: request.POST.get(name, "") for name in FACTS}
    if any(errors.values()) or version is None:
        return show(request, meeting, facts=typed, facts_errors=errors, status=422)
    try:
        minutes.save_facts(meeting, facts, version=version, by=request.user)
    except SaveConflict:
        meeting.refresh_from_db()
        words = _("Somebody saved other times meanwhile. Compare, then save again.")
        errors = dict.fromkeys(FACTS, "") | {"version": words}
        return show(request, meeting, facts=typed, facts_errors=errors, status=409)
    except NotEditable:
        return gone(request, meeting)
    messages.success(request, _("Saved."))
    return redirect(page_url(meeting, whole_number(request.POST.get("stay"))))


FACTS = ("opened_at", "closed_at", "identified_by", "recording_url")


def _read_facts(post):
    facts, errors = {}, dict.fromkeys((*FACTS, "version"), "")
    for name in ("opened_at", "closed_at"):
        try:
            facts[name] = ThaiTimeField(required=False).clean(post.get(name, ""))
        except ValidationError as error:
            errors[name] = error.messages[0]
    opened, closed = facts.get("opened_at"), facts.get("closed_at")
    if opened and closed and closed <= opened:
        errors["closed_at"] = _("The meeting closes after it opened")
    if "identified_by" in post:
        facts["identified_by"] = normalize(post["identified_by"]).strip()[:250]
        try:
            field = Meeting._meta.get_field("recording_url")
            facts["recording_url"] = field.clean(post.get("recording_url", "").strip(), None)
        except ValidationError as error:
            errors["recording_url"] = error.messages[0]
    return facts, errors


def gone(request, meeting):
    words = _("The minutes are not being written now.")
    return already_changed(request, words, page_url(meeting))


@require_POST
def resolution_add(request, agency_code, year, pk, item_pk):
    """Put a resolution to be worded below an item."""
    meeting = written_meeting(request, year, pk)
    item = item_of(meeting, item_pk)
    kind = request.POST.get("kind", "")
    kind = kind if kind in ResolutionKind.values else ResolutionKind.NOTED
    try:
        minutes.begin(meeting, by=request.user)
        made = resolutions.add_resolution(item, kind, by=request.user)
    except NotEditable:
        return gone(request, meeting)
    return redirect(f"{page_url(meeting, item.pk).partition('#')[0]}#resolution-{made.pk}")


@require_POST
def resolution_save(request, agency_code, year, pk, resolution_pk):
    """Save a resolution's wording; `do` says what else: confirm it, take it away, reword it."""
    meeting = written_meeting(request, year, pk)
    resolution = get_object_or_404(
        Resolution.objects.filter(item__meeting=meeting).select_related("item"), pk=resolution_pk
    )
    resolution.item.meeting = meeting
    do = request.POST.get("do", "save")
    try:
        if do == "remove":
            resolutions.remove_draft(resolution, by=request.user)
            messages.success(request, _("Taken away."))
        elif do == "reword":
            perform(resolution, "reword", request.user)
        else:
            return _save_wording(request, meeting, resolution, do)
    except (NotEditable, AlreadyChanged):
        return gone(request, meeting)
    except RequirementsMissing as error:
        return show(request, meeting, item=resolution.item_id, refused=error.missing, status=422)
    return redirect(page_url(meeting, resolution.item_id))


def _save_wording(request, meeting, resolution, do):
    post, by_script = request.POST, autosave.is_autosave(request)
    fields = {name: post.get(name, "") for name in ("kind", "text", "owner", "due_on")}
    version = whole_number(post.get("version")) or 0
    try:
        held_on = calling.day_of(meeting)
        wording = resolutions.wording_of(request.agency, **fields, held_on=held_on)
        saved = resolutions.save_wording(
            resolution,
            wording,
            version=version,
            by=request.user,
            request_id=normalize(post.get("request_id", ""))[:60],
        )
    except ValidationError as error:
        errors = {name: lines[0] for name, lines in error.message_dict.items()}
        if by_script:
            return JsonResponse({"errors": errors}, status=422)
        return _typed_again(request, meeting, resolution, fields, version, errors=errors)
    except SaveConflict as newer:
        told = _newer_wording(newer)
        if by_script:
            return JsonResponse(told, status=409)
        return _typed_again(
            request, meeting, resolution, fields, told["version"], newer=told, status=409
        )
    except NotEditable:
        if by_script:
            return autosave.refused(_("This resolution is confirmed already."), 423)
        return gone(request, meeting)
    if by_script:
        return autosave.saved(saved)
    if do == "confirm":
        return _confirm(request, meeting, resolution)
    messages.success(request, _("Saved."))
    return redirect(page_url(meeting, resolution.item_id))


def _confirm(request, meeting, resolution):
    resolution.refresh_from_db()
    resolution.item.meeting = meeting
    try:
        resolutions.confirm(resolution, by=request.user)
    except AlreadyChanged:
        return gone(request, meeting)
    except RequirementsMissing as error:
        return show(request, meeting, item=resolution.item_id, refused=error.missing, status=422)
    messages.success(request, _("The resolution stands."))
    return redirect(page_url(meeting, resolution.item_id))


def _newer_wording(newer):
    row, last = newer.current, newer.last
    owner = row.owner or row.owner_unit
    parts = [resolutions.words_of(row), str(owner) if owner else "", row.due_on]
    return {
        "version": row.version,
        "by": str(last.saved_by) if last else "",
        "at": hour_and_minute(last.saved_at) if last else "",
        "shown": " · ".join(
            format_short(each) if hasattr(each, "year") else each for each in parts if each
        ),
    }


def _typed_again(
    request, meeting, resolution, fields, version, *, errors=None, newer=None, status=422
):
    """Show the page with what was typed, and what is wrong with it or newer than it."""
    typed = minutes_screen.ShownResolution(
        resolution,
        0,
        "",
        "",
        "",
        fields | {"echo": ""},
        dict.fromkeys(minutes_screen.FIELDS, "") | (errors or {}),
        newer,
        version,
    )
    return show(request, meeting, item=resolution.item_id, typed=typed, status=status)
