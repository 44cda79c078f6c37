"""Whom a meeting calls: the list, the invitations, replies told by phone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.enums import MeetingStatus, Reply, ResolutionStatus
from committees.meetings import agendas, attendance, called_people, ics, inviting, people_cards
from committees.meetings.inviting import meeting_path
from committees.meetings.lookup import caller_or_403, meeting_or_404, writer_or_403
from committees.meetings.people_forms import PersonForm, RecordForm
from committees.meetings.permissions import can_call_meetings
from committees.meetings.replies import ReplyRefused, record, standing_substitute
from committees.meetings.resolutions import words_of
from committees.models import Meeting, Resolution
from core.refusals import already_changed

LIST_IS_OPEN = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
# A resolution that is still being worded is not for the chat group.
DECIDED = (ResolutionStatus.OPEN, ResolutionStatus.DONE)


def _to_take(request, year: int, pk: int) -> Meeting:
    meeting = meeting_or_404(request, year, pk)
    writer_or_403(request, meeting)
    return meeting


def _to_call(request, year: int, pk: int) -> Meeting:
    meeting = meeting_or_404(request, year, pk)
    caller_or_403(request)
    return meeting


def _list_url(meeting: Meeting):
    return f"{meeting_path(meeting)}people/"


def _closed(request, meeting: Meeting):
    """Return 409 when the list of a held or cancelled meeting is to be changed, else None."""
    if meeting.status in LIST_IS_OPEN:
        return None
    message = _("The meeting is over or cancelled: its list of people no longer changes.")
    return already_changed(request, message, _list_url(meeting))


@require_GET
def people(request, agency_code, year, pk):
    """Show the list of people with their replies, and the texts for a chat group."""
    meeting = _to_take(request, year, pk)
    return _people_page(request, meeting, PersonForm())


def _people_page(request, meeting, form, status=200):
    rows = people_cards.people_on(meeting)
    agenda = [(row.number, row.title) for row in agendas.numbered(meeting)]
    may_send = can_call_meetings(request.user, meeting.agency)
    context = people_cards.head_of(meeting) | {
        "people": rows,
        "figures": people_cards.reply_figures(rows),
        "form": form,
        "colleagues": people_cards.colleague_names(meeting) if may_send else [],
        "may_send": may_send,
        "is_open": meeting.status in LIST_IS_OPEN,
        "is_called": meeting.status == MeetingStatus.CALLED,
        "texts": people_cards.chat_texts(meeting, rows, agenda, _resolutions(meeting)),
    }
    return render(request, "meetings/people.html", context, status=status)


def _resolutions(meeting) -> list[str]:
    if meeting.status != MeetingStatus.HELD:
        return []
    decided = Resolution.objects.filter(item__meeting=meeting, status__in=DECIDED)
    return [words_of(row) for row in decided]


@require_POST
def people_fill(request, agency_code, year, pk):
    """Put on the list whom the committees, or the briefing, call by themselves."""
    meeting = _to_call(request, year, pk)
    if refused := _closed(request, meeting):
        return refused
    count = called_people.fill(meeting, by=request.user)
    words = ngettext("%(count)d person was added.", "%(count)d people were added.", count)
    messages.success(request, words % {"count": count})
    return redirect(_list_url(meeting))


@require_POST
def person_add(request, agency_code, year, pk):
    """Put one more person on the list."""
    meeting = _to_call(request, year, pk)
    if refused := _closed(request, meeting):
        return refused
    form = PersonForm(request.POST, people=people_cards.colleague_names(meeting))
    if form.is_valid():
        data = form.cleaned_data
        words = {"user": form.person} if form.person else {}
        words |= {key: data[key] for key in ("name", "position", "email", "is_member")}
        row = called_people.add(meeting, by=request.user, **words)
        if row is not None:
            messages.success(request, _("%(name)s is on the list.") % {"name": row.name})
            return redirect(_list_url(meeting))
        form.add_error("name", _("This person is already on the list."))
    return _people_page(request, meeting, form, status=422)


@require_POST
def people_change(request, agency_code, year, pk):
    """Move somebody up or down the list, or take somebody off it: do=<pk>:up|down|remove."""
    meeting = _to_call(request, year, pk)
    if refused := _closed(request, meeting):
        return refused
    key, _colon, what = request.POST.get("do", "").partition(":")
    attendee = attendee_in(meeting, key)
    if what in ("up", "down"):
        called_people.move(attendee, what)
    elif what == "remove" and not called_people.remove(attendee, by=request.user):
        message = _("This person has already come and stays on the list.")
        return already_changed(request, message, _list_url(meeting))
    return redirect(f"{_list_url(meeting)}#people")


def attendee_in(meeting: Meeting, key: str):
    """Return the row of the meeting's list, or 404."""
    if not (key.isascii() and key.isdecimal() and len(key) < 16):
        raise Http404
    attendee = get_object_or_404(meeting.attendees.select_related("user", "substitute"), pk=key)
    attendee.meeting = meeting
    return attendee


@require_POST
def people_send(request, agency_code, year, pk):
    """Send the invitation to those added after the meeting was called."""
    meeting = _to_call(request, year, pk)
    if meeting.status != MeetingStatus.CALLED:
        message = _("Invitations go out when the meeting is called.")
        return already_changed(request, message, _list_url(meeting))
    count = inviting.send_invitations(meeting)
    words = ngettext("%(count)d invitation is sent.", "%(count)d invitations are sent.", count)
    messages.success(request, words % {"count": count})
    return redirect(_list_url(meeting))


@require_http_methods(["GET", "POST"])
def person(request, agency_code, year, pk, attendee_pk):
    """Record a reply told by phone, a substitute in the room, a reason of absence."""
    meeting = _to_take(request, year, pk)
    attendee = attendee_in(meeting, str(attendee_pk))
    colleagues = people_cards.colleague_names(meeting)
    form = RecordForm(
        request.POST or None,
        initial=_recorded(attendee),
        people=[user for user in colleagues if user.pk != attendee.user_id],
        knows_office=True,
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and _keep(form, attendee, request.user):
            messages.success(request, _("Kept: %(name)s") % {"name": attendee.name})
            return redirect(f"{meeting_path(meeting)}{_back(request)}/")
        status = 422
    context = people_cards.head_of(meeting) | {
        "attendee": attendee,
        "form": form,
        "colleagues": colleagues,
        "may_mark": meeting.status in attendance.MARKED_WHILE,
        "back": _back(request),
    }
    return render(request, "meetings/person.html", context, status=status)


def _back(request) -> str:
    """Return the list that the person came from."""
    wanted = request.POST.get("back") or request.GET.get("back")
    return "attendance" if wanted == "attendance" else "people"


def _recorded(attendee) -> dict:
    fields = ("reply", "attendance", "absence_reason", "substitute_name", "substitute_position")
    found = {name: getattr(attendee, name) for name in fields} | {"note": attendee.reply_note}
    if not attendee.substitute_name and (standing := standing_substitute(attendee)):
        found["substitute_name"] = standing.get_full_name()
        found["substitute_position"] = standing.position
    return found


def _keep(form, attendee, by) -> bool:
    """Store reply and attendance; False with a word at the form when the meeting refuses."""
    data = form.cleaned_data
    changed = {"reply", "note", "substitute_name", "substitute_position"} & set(form.changed_data)
    answer = form.answer()
    try:
        if answer.reply and (changed or answer.reply != attendee.reply):
            record(attendee, answer, by=by)
    except ReplyRefused as refused:
        form.add_error(None, str(refused))
        return False
    if "attendance" not in form.changed_data and "absence_reason" not in form.changed_data:
        return True
    if data["attendance"] == attendee.attendance == "":
        return True
    if attendance.mark(attendee, data["attendance"], data["absence_reason"]):
        return True
    form.add_error("attendance", _("Attendance is marked once the invitations are sent."))
    return False


@require_GET
def calendar(request, agency_code, year, pk):
    """Send the meeting as a calendar file to people of the office."""
    meeting = meeting_or_404(request, year, pk)
    is_called = meeting.attendees.filter(
        user=request.user, reply__in=[Reply.ATTEND, Reply.SUBSTITUTE]
    ).exists()
    content = ics.meeting_file(meeting, path=meeting_path(meeting), shows_link=is_called)
    response = HttpResponse(content, content_type=ics.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{ics.file_name(meeting)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
