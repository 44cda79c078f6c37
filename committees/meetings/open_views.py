"""The invitation by link, open to whoever holds it; and the door, for people who sign in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.middleware import public
from agencies.queries import people_of
from agencies.roles import role_of
from committees.enums import MeetingMode, Reply
from committees.meetings import door as doors
from committees.meetings import ics, replies
from committees.meetings.inviting import meeting_path, reply_path
from committees.meetings.people_cards import head_of
from committees.meetings.people_forms import ReplyForm
from committees.meetings.queries import meetings_visible_to
from core.tokens import LONGEST_TOKEN
from documents import secret_links


@public
@require_http_methods(["GET", "POST"])
def reply(request, token):
    """Show one invitation and take its reply; nothing of anybody else is shown."""
    attendee, refused = _invitation(request, token)
    if refused is not None:
        return refused
    if request.method == "POST":
        return _take_reply(request, attendee)
    return _page(request, attendee, _form(request, attendee))


def _invitation(request, token):
    """Return (attendee, None), or (None, the answer to an unknown link)."""
    attendee = replies.attendee_of(token)
    if attendee is not None:
        return attendee, None
    return None, secret_links.unknown_link(request, "meetings/reply_unknown.html")


def _take_reply(request, attendee):
    if not replies.may_reply_now(attendee):
        return secret_links.wait(request)
    form = _form(request, attendee, request.POST)
    if not form.is_valid():
        return _page(request, attendee, form, status=422)
    by = request.user if request.user.is_authenticated else None
    try:
        replies.give(attendee, form.answer(), by=by)
    except replies.ReplyRefused:
        return _page(request, attendee, _form(request, attendee), status=409)
    if request.POST.get("from") == "meeting" and _is_colleague(request, attendee):
        messages.success(request, _("Your reply is kept. Thank you."))
        return redirect(meeting_path(attendee.meeting))
    return redirect(f"{reply_path(attendee)}?kept=1")


def _is_colleague(request, attendee) -> bool:
    agency = attendee.meeting.agency
    return request.user.is_authenticated and role_of(request.user, agency) != ""


def _form(request, attendee, data=None):
    is_colleague = _is_colleague(request, attendee)
    standing = replies.standing_substitute(attendee)
    initial = {
        "note": attendee.reply_note,
        "substitute_name": attendee.substitute_name,
        "substitute_position": attendee.substitute_position,
    }
    if standing and not attendee.substitute_name:
        initial["substitute_name"] = standing.get_full_name()
        initial["substitute_position"] = standing.position
    people = [standing] if standing else []
    if is_colleague:
        others = people_of(attendee.meeting.agency).exclude(pk=attendee.user_id)
        people = list(others)
    return ReplyForm(data, initial=initial, people=people, knows_office=is_colleague)


def _page(request, attendee, form, status=200):
    meeting = attendee.meeting
    is_coming = attendee.reply in (Reply.ATTEND, Reply.SUBSTITUTE)
    context = head_of(meeting) | {
        "attendee": attendee,
        "form": form,
        "refusal": replies.refusal(meeting),
        "is_late": replies.is_late(meeting),
        "is_coming": is_coming,
        "is_online": meeting.mode != MeetingMode.ON_SITE,
        "online_url": meeting.online_url if is_coming else "",
        "was_kept": "kept" in request.GET and bool(attendee.reply),
        "meeting_url": meeting_path(meeting) if _is_colleague(request, attendee) else "",
        "opens_substitute": bool(form.errors) or attendee.reply == Reply.SUBSTITUTE,
    }
    return secret_links.unlisted(render(request, "meetings/reply.html", context, status=status))


@public
@require_GET
def calendar(request, token):
    """Send the meeting as a calendar file to whoever holds the invitation."""
    attendee, refused = _invitation(request, token)
    if refused is not None:
        return refused
    is_coming = attendee.reply in (Reply.ATTEND, Reply.SUBSTITUTE)
    content = ics.meeting_file(attendee.meeting, path=reply_path(attendee), shows_link=is_coming)
    response = HttpResponse(content, content_type=ics.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{ics.file_name(attendee.meeting)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return secret_links.unlisted(response)


@require_http_methods(["GET", "POST"])
def door(request, token):
    """Check in at the door with one button; a person of another office sees nothing (404)."""
    if len(token) > LONGEST_TOKEN:
        raise Http404
    rows = meetings_visible_to(request.user).select_related("agency")
    meeting = get_object_or_404(rows, door_token=token)
    place, closed, status = None, "", 200
    if request.method == "POST":
        try:
            place = doors.check_in(meeting, request.user)
        except doors.DoorClosed as refused:
            closed, status = str(refused), 409
        else:
            return redirect("invitation:door", token)
    place = place or doors.place_of(meeting, request.user)
    context = head_of(meeting) | {
        "place": place,
        "is_in": place is not None and place.attendance in doors.HERE,
        "closed": closed or doors.closed_because(meeting),
        "may_come": doors.may_come(meeting, place),
        "replaces": place is not None and place.user_id != request.user.pk,
        "meeting_url": meeting_path(meeting),
    }
    return secret_links.unlisted(render(request, "meetings/door.html", context, status=status))
