"""Who came: one tap a person, the QR at the door, units of a briefing, feedback."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.enums import Attendance, MeetingKind
from committees.meetings import attendance as rules
from committees.meetings import door, people_cards
from committees.meetings import feedback as feedback_rules
from committees.meetings.inviting import meeting_path
from committees.meetings.lookup import meeting_or_404, writer_or_403
from committees.meetings.people_forms import FeedbackForm
from committees.meetings.people_views import attendee_in
from committees.meetings.permissions import can_call_meetings
from committees.models import Meeting
from core.refusals import already_changed

# What one tap stores: attendance, and the reason where somebody is absent.
MARKS = {
    "present": (Attendance.PRESENT, ""),
    "substitute": (Attendance.SUBSTITUTE, ""),
    "duty": (Attendance.ABSENT, rules.REASONS["duty"]),
    "leave": (Attendance.ABSENT, rules.REASONS["leave"]),
    "clear": ("", ""),
}


def _to_take(request, year: int, pk: int) -> Meeting:
    meeting = meeting_or_404(request, year, pk)
    writer_or_403(request, meeting)
    return meeting


@require_GET
def attendance(request, agency_code, year, pk):
    """Show everybody called, each with one tap for coming and for the usual absences."""
    meeting = _to_take(request, year, pk)
    people = people_cards.people_on(meeting)
    context = (
        people_cards.head_of(meeting)
        | people_cards.came_figures(meeting, people)
        | {
            "rows": people,
            "may_mark": meeting.status in rules.MARKED_WHILE,
            "may_take": True,
            "units": people_cards.by_unit(people) if meeting.kind != MeetingKind.COMMITTEE else [],
            "reasons": rules.REASONS,
        }
    )
    return render(request, "meetings/attendance.html", context)


def _too_late(request, meeting: Meeting):
    message = _("Attendance is marked once the invitations are sent, and not when cancelled.")
    return already_changed(request, message, f"{meeting_path(meeting)}attendance/")


@require_POST
def mark(request, agency_code, year, pk):
    """Mark one person: mark=<pk>:present|substitute|duty|leave|clear."""
    meeting = _to_take(request, year, pk)
    key, _colon, what = request.POST.get("mark", "").partition(":")
    attendee = attendee_in(meeting, key)
    if what not in MARKS:
        return HttpResponse(status=400)
    value, reason = MARKS[what]
    if not rules.mark(attendee, value, reason):
        return _too_late(request, meeting)
    if not request.htmx:
        return redirect(f"{meeting_path(meeting)}attendance/#person-{attendee.pk}")
    people = people_cards.people_on(meeting)
    context = people_cards.came_figures(meeting, people) | {
        "meeting": meeting,
        "rows": [row for row in people if row.pk == attendee.pk],
        "may_mark": True,
        "reasons": rules.REASONS,
    }
    return render(request, "meetings/_attendance_marked.html", context)


@require_POST
def mark_all(request, agency_code, year, pk):
    """Mark everybody present of whom nothing is said yet."""
    meeting = _to_take(request, year, pk)
    if meeting.status not in rules.MARKED_WHILE:
        return _too_late(request, meeting)
    count = rules.mark_all(meeting, by=request.user)
    words = ngettext("%(count)d person is marked.", "%(count)d people are marked.", count)
    messages.success(request, words % {"count": count})
    return redirect(f"{meeting_path(meeting)}attendance/")


@require_GET
def door_poster(request, agency_code, year, pk):
    """Show the QR big enough for the door or the first slide, and to print."""
    meeting = _to_take(request, year, pk)
    opens, closes = door.window(meeting)
    context = people_cards.head_of(meeting) | {
        "address": _door_address(meeting),
        "opens": opens,
        "closes": closes,
        "closed": door.closed_because(meeting),
    }
    return render(request, "meetings/door_poster.html", context)


@require_GET
def door_code(request, agency_code, year, pk):
    """Send the QR as a picture that our own code drew."""
    meeting = _to_take(request, year, pk)
    response = HttpResponse(door.qr_svg(_door_address(meeting)), content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _door_address(meeting: Meeting) -> str:
    return settings.BASE_URL + reverse("invitation:door", args=[meeting.door_token])


@require_http_methods(["GET", "POST"])
def feedback(request, agency_code, year, pk):
    """Ask those who were there what they thought; officers read the answers without names."""
    meeting = meeting_or_404(request, year, pk)
    may_answer = feedback_rules.may_answer(meeting, request.user)
    may_read = meeting.kind != MeetingKind.COMMITTEE and can_call_meetings(
        request.user, meeting.agency
    )
    if not (may_answer or may_read) or (request.method == "POST" and not may_answer):
        raise PermissionDenied
    own = meeting.feedback.filter(user=request.user).first() if may_answer else None
    initial = {"rating": own.rating, "text": own.text} if own else None
    form = FeedbackForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        feedback_rules.save(meeting, request.user, data["rating"], data["text"])
        messages.success(request, _("Thank you. You may change your answer any time."))
        return redirect(f"{meeting_path(meeting)}feedback/")
    context = people_cards.head_of(meeting) | {
        "form": form if may_answer else None,
        "result": feedback_rules.result_of(meeting) if may_read else None,
    }
    return render(request, "meetings/feedback.html", context, status=422 if form.errors else 200)
