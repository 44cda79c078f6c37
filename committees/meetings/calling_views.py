"""Calling a meeting: the form, its proposals, and the changes of the meeting's state."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.transitions import AlreadyChanged, RequirementsMissing, perform
from committees.enums import MeetingKind, MeetingStatus
from committees.meetings import agenda_templates, calling, numbering
from committees.meetings.forms import AUTO, CancelForm, FactsForm, MeetingForm, initial_of
from committees.meetings.lookup import caller_or_403, meeting_or_404, writer_or_403
from committees.meetings.transitions import url_of
from committees.meetings.views import show_meeting
from committees.models import Committee, Meeting
from core import clock
from core.address_values import whole_number
from core.fiscal_year import to_be
from core.refusals import already_changed
from core.thai_dates import ThaiDateError, parse_thai_date
from documents.revisions import NotEditable, SaveConflict


def _page_of(meeting):
    return redirect("meetings:detail", meeting.agency.code, meeting.fiscal_year, meeting.pk)


def _too_late(request, meeting):
    message = _("The meeting's state has changed since this page was opened.")
    return already_changed(request, message, url_of(meeting))


@require_http_methods(["GET", "POST"])
def meeting_new(request, agency_code, year):
    """Call a meeting: new, or as the next one after another (`?from=`)."""
    caller_or_403(request)
    source = whole_number(request.GET.get("from"))
    copied = meeting_or_404(request, year, source) if source is not None else None
    meeting = Meeting(agency=request.agency, fiscal_year=year)
    form = MeetingForm(
        request.POST or None, meeting=meeting, copy_of=copied, initial=_begin(request, year, copied)
    )
    if request.method == "POST" and form.is_valid():
        made = _create(request, form, meeting, copied)
        if made:
            messages.success(request, _("The meeting is in the list. Write its agenda next."))
            _warn_of_day(request, made)
            return redirect("meetings:agenda", agency_code, year, made.pk)
    context = {"form": form, "copied": copied and numbering.title_of(copied)}
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


def _begin(request, year, copied):
    """Return what an untouched form shows: the proposals for the committee asked for."""
    first = {"kind": MeetingKind.COMMITTEE, "agenda": "six", "previous": AUTO}
    committees = list(Committee.objects.filter(agency=request.agency, fiscal_year=year))
    if copied:
        chosen = list(copied.committees.all())
        first |= calling.next_of(copied) | {"agenda": "copy"}
    else:
        wanted = whole_number(request.GET.get("committee"))
        chosen = [each for each in committees if each.pk == wanted or len(committees) == 1]
    if chosen:
        number = numbering.next_number(request.agency, chosen, to_be(clock.today().year))
        title = numbering.proposed_title(first["kind"], chosen, year)
        first |= {"committees": [each.pk for each in chosen], "number": number}
        first |= {"proposed_number": number, "proposed_title": title}
        first.setdefault("title", title)
    return first


def _create(request, form, meeting, copied):
    """Save the new meeting and return it, or None with the refusal at its field."""
    for name, value in form.facts().items():
        setattr(meeting, name, value)
    meeting.previous = form.previous_of(meeting)
    choice = form.cleaned_data["agenda"]
    if choice == "copy":
        headings = calling.headings_like(copied)
    else:
        headings = agenda_templates.headings_of(request.agency, choice)
    committees = list(form.cleaned_data["committees"])
    try:
        return calling.call_meeting(meeting, committees, headings, by=request.user)
    except calling.NumberTaken as error:
        form.number_is_taken(error.meeting, error.free)
        return None


def _warn_of_day(request, meeting):
    for words in calling.day_warnings(request.agency, calling.day_of(meeting), meeting.fiscal_year):
        messages.warning(request, words)


@require_http_methods(["GET", "POST"])
def meeting_edit(request, agency_code, year, pk):
    """Change when, where and how a meeting is held."""
    meeting = meeting_or_404(request, year, pk)
    caller_or_403(request)
    if meeting.status == MeetingStatus.CANCELLED:
        return _page_of(meeting)
    form = MeetingForm(request.POST or None, meeting=meeting, initial=initial_of(meeting))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, form, meeting)
        except SaveConflict as error:
            conflict = error.current
        except NotEditable:
            return _too_late(request, meeting)
        except calling.NumberTaken as error:
            form.number_is_taken(error.meeting, error.free)
        else:
            meeting.refresh_from_db()
            messages.success(request, _("Saved."))
            _warn_of_day(request, meeting)
            return _page_of(meeting)
    context = {
        "form": form,
        "meeting": meeting,
        "title": numbering.title_of(meeting),
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "meetings/form.html", context, status=status)


def _change(request, form, meeting):
    changes = form.facts()
    moved = Meeting(pk=meeting.pk, agency=meeting.agency, starts_at=changes["starts_at"])
    changes["previous_id"] = getattr(form.previous_of(moved), "pk", None)
    calling.change_meeting(
        meeting,
        changes,
        list(form.cleaned_data["committees"]),
        version=form.cleaned_data["version"] or 0,
        by=request.user,
    )


@require_GET
def proposal(request, agency_code, year):
    """Say the number and title that the chosen committees and day would get, and what is odd."""
    caller_or_403(request)
    wanted = [pk for pk in map(whole_number, request.GET.getlist("committees")) if pk is not None]
    kind = request.GET.get("kind", "")
    committees = list(
        Committee.objects.filter(agency=request.agency, fiscal_year=year, pk__in=wanted)
    )
    if kind in numbering.TITLES:
        committees = []
    try:
        day = parse_thai_date(request.GET.get("day", ""))
    except ThaiDateError:
        day = None
    calendar_year = to_be((day or clock.today()).year)
    but = whole_number(request.GET.get("but"))
    number = numbering.next_number(request.agency, committees, calendar_year, but)
    return JsonResponse(
        {
            "title": numbering.proposed_title(kind, committees, year),
            "number": number if committees else "",
            "agenda": agenda_templates.default_for(kind),
            "warnings": calling.day_warnings(request.agency, day, year) if day else [],
        }
    )


@require_http_methods(["GET", "POST"])
def facts(request, agency_code, year, pk):
    """Keep how people were identified, and the recording."""
    meeting = meeting_or_404(request, year, pk)
    writer_or_403(request, meeting)
    names = ("identified_by", "recording_url")
    initial = {name: getattr(meeting, name) for name in (*names, "version")}
    form = FactsForm(request.POST or None, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in names}
        version = form.cleaned_data["version"]
        try:
            calling.save_facts(meeting, changes, version=version, by=request.user)
        except SaveConflict as error:
            conflict = error.current
        except NotEditable:
            return _too_late(request, meeting)
        else:
            messages.success(request, _("Saved."))
            return _page_of(meeting)
    context = {"form": form, "meeting": meeting, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "meetings/facts.html", context, status=status)


_DONE = {
    "call": gettext_lazy("The invitations are on their way."),
    "hold": gettext_lazy("The meeting is marked as held."),
    "reopen": gettext_lazy("The meeting is open again."),
    "restore": gettext_lazy("The meeting is being prepared again."),
}


def _step(request, year, pk, name):
    """Carry out a change of state; refusals stand on the meeting's page."""
    meeting = meeting_or_404(request, year, pk)
    try:
        perform(meeting, name, request.user)
    except RequirementsMissing as error:
        return show_meeting(request, meeting, missing=error.missing, status=422)
    except AlreadyChanged:
        return _too_late(request, meeting)
    messages.success(request, _DONE[name])
    return _page_of(meeting)


@require_POST
def call(request, agency_code, year, pk):
    """Send the invitations; open resolutions come onto the agenda first."""
    return _step(request, year, pk, "call")


@require_POST
def hold(request, agency_code, year, pk):
    """Mark a meeting as held."""
    return _step(request, year, pk, "hold")


@require_POST
def reopen(request, agency_code, year, pk):
    """Open a held meeting again while its minutes are being written."""
    return _step(request, year, pk, "reopen")


@require_POST
def restore(request, agency_code, year, pk):
    """Prepare a cancelled meeting again."""
    return _step(request, year, pk, "restore")


@require_http_methods(["GET", "POST"])
def cancel(request, agency_code, year, pk):
    """Cancel a meeting, with the reason."""
    meeting = meeting_or_404(request, year, pk)
    caller_or_403(request)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            perform(meeting, "cancel", request.user, comment=form.cleaned_data["comment"])
        except AlreadyChanged:
            return _too_late(request, meeting)
        messages.success(request, _("The meeting is cancelled."))
        return _page_of(meeting)
    context = {"form": form, "meeting": meeting, "title": numbering.title_of(meeting)}
    return render(request, "meetings/cancel.html", context, status=422 if form.errors else 200)
