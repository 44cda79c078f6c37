"""The life of minutes: to the chair, checked or returned, confirmed in one of three ways."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.forms import ReturnForm
from approvals.registry import workflow_of
from approvals.transitions import AlreadyChanged, RequirementsMissing, perform
from committees.enums import CirculationReply, MeetingStatus, MinutesStatus
from committees.meetings import minutes
from committees.meetings.minutes_permissions import can_answer, can_check
from committees.meetings.minutes_screen import page_url
from committees.meetings.minutes_views import meeting_or_404, show, written_meeting
from committees.meetings.queries import meetings_visible_to
from committees.models import Minutes
from core import clock
from core.address_values import whole_number
from core.form_fields import BuddhistDateField
from core.refusals import already_changed
from core.thai_text import normalize

LONGEST_CORRECTIONS = 4000


def _minutes_or_404(meeting) -> Minutes:
    held = get_object_or_404(Minutes.objects.select_related("recorder", "checker"), meeting=meeting)
    held.meeting = meeting
    return held


def _carry_out(request, meeting, act, done):
    """Do one change of state and answer: done, 409 when somebody was first, 422 when not ready."""
    try:
        act()
    except AlreadyChanged:
        words = _("The minutes have changed since this page was opened.")
        return already_changed(request, words, page_url(meeting))
    except RequirementsMissing as error:
        return show(request, meeting, refused=error.missing, status=422)
    messages.success(request, done)
    return redirect(page_url(meeting))


@require_POST
def submit(request, agency_code, year, pk):
    """Send the minutes to the chair, or to the member chosen, for checking."""
    meeting = written_meeting(request, year, pk)
    people = minutes.possible_checkers(meeting.attendees.select_related("user"))
    chosen = whole_number(request.POST.get("checker"))
    checker = next((row.user for row in people if row.user_id == chosen), None)
    if checker is None or not checker.is_active:
        return show(request, meeting, refused=[_("Choose who checks the minutes")], status=422)
    held = minutes.begin(meeting, by=request.user)
    held.meeting = meeting
    return _carry_out(
        request,
        meeting,
        lambda: minutes.submit(held, by=request.user, checker=checker),
        _("The minutes are with %(person)s for checking.") % {"person": checker},
    )


@require_POST
def withdraw(request, agency_code, year, pk):
    """Take the minutes back from the chair."""
    meeting = written_meeting(request, year, pk)
    held = _minutes_or_404(meeting)
    words = _("The minutes are being written again.")
    return _carry_out(request, meeting, lambda: perform(held, "withdraw", request.user), words)


@require_POST
def rewrite(request, agency_code, year, pk):
    """Open checked minutes again, for corrections before they are confirmed."""
    meeting = written_meeting(request, year, pk)
    held = _minutes_or_404(meeting)
    words = _("The minutes are being written again.")
    return _carry_out(request, meeting, lambda: perform(held, "rewrite", request.user), words)


@require_POST
def approve(request, agency_code, year, pk):
    """Say that the minutes are right, exactly as the page showed them."""
    meeting = meeting_or_404(request, year, pk)
    held = _minutes_or_404(meeting)
    if not can_check(request.user, held):
        raise PermissionDenied
    seen = request.POST.get("data_hash", "")
    return _carry_out(
        request,
        meeting,
        lambda: perform(held, "approve", request.user, expected_hash=seen),
        _("The minutes are checked."),
    )


@require_POST
def return_(request, agency_code, year, pk):
    """Send the minutes back to the recorder with a reason."""
    meeting = meeting_or_404(request, year, pk)
    held = _minutes_or_404(meeting)
    if not can_check(request.user, held):
        raise PermissionDenied
    form = ReturnForm(request.POST, reasons=workflow_of(held).return_reasons)
    if not form.is_valid():
        words = form.errors["comment"][0] if "comment" in form.errors else _("Choose a reason.")
        return show(request, meeting, return_error=words, opened="return", status=422)
    reason = form.reason_text()
    return _carry_out(
        request,
        meeting,
        lambda: perform(held, "return_", request.user, comment=reason),
        _("Returned with your reason."),
    )


@require_POST
def confirm(request, agency_code, year, pk):
    """Record how the minutes were confirmed: `how` is here, next or circulation."""
    meeting = written_meeting(request, year, pk)
    how, text = request.POST.get("how", ""), _corrections(request)
    held = minutes.begin(meeting, by=request.user) if how == "here" else _minutes_or_404(meeting)
    held.meeting = meeting
    if how == "next":
        later = _later_meeting(request, meeting)
        if later is None:
            words = [_("Choose the meeting that confirmed the minutes")]
            return show(request, meeting, refused=words, status=422)
        act = lambda: minutes.confirm_next(held, later, by=request.user, corrections=text)  # noqa: E731
    elif how == "circulation":
        act = lambda: minutes.close_circulation(held, by=request.user, corrections=text)  # noqa: E731
    else:
        act = lambda: minutes.confirm_here(held, by=request.user, corrections=text)  # noqa: E731
    answer = _carry_out(request, meeting, act, _("The minutes are confirmed."))
    if how == "next" and answer.status_code == 302 and request.POST.get("back") == "later":
        return redirect(page_url(later, whole_number(request.POST.get("stay"))))
    return answer


def _corrections(request) -> str:
    return normalize(request.POST.get("corrections", "")).strip()[:LONGEST_CORRECTIONS]


def _later_meeting(request, meeting):
    """Return the meeting that confirms these minutes: one of the office that was held, or has
    begun, after this one.
    """
    now = Q(status=MeetingStatus.CALLED, starts_at__lte=clock.now())
    rows = meetings_visible_to(request.user).filter(agency=request.agency)
    return (
        rows.select_related("agency")
        .filter(now | Q(status=MeetingStatus.HELD))
        .filter(starts_at__gt=meeting.starts_at, pk=whole_number(request.POST.get("at")))
        .first()
    )


@require_POST
def circulate(request, agency_code, year, pk):
    """Send the minutes round, to be answered by a day."""
    meeting = written_meeting(request, year, pk)
    held = _minutes_or_404(meeting)
    try:
        until = BuddhistDateField().clean(request.POST.get("until", ""))
    except ValidationError as error:
        return show(request, meeting, refused=error.messages, opened="circulate", status=422)
    if until < clock.today():
        words = [_("The day for answers cannot have passed already")]
        return show(request, meeting, refused=words, opened="circulate", status=422)
    return _carry_out(
        request,
        meeting,
        lambda: minutes.circulate(held, by=request.user, until=until),
        _("The members are asked to confirm the minutes."),
    )


@require_POST
def answer(request, agency_code, year, pk):
    """Store a member's answer to minutes that go round: confirm, or what to correct."""
    meeting = meeting_or_404(request, year, pk)
    held = _minutes_or_404(meeting)
    if not can_answer(request.user, held):
        raise PermissionDenied
    reply, text = request.POST.get("reply", ""), normalize(request.POST.get("text", "")).strip()
    if reply not in CirculationReply.values:
        reply = CirculationReply.CORRECT
    if reply == CirculationReply.CORRECT and not text:
        words = [_("Write what should be corrected")]
        return show(request, meeting, refused=words, opened="answer", status=422)
    if held.status != MinutesStatus.CIRCULATING or not minutes.answer(
        held, request.user, reply, text
    ):
        words = _("The circulation is closed.")
        return already_changed(request, words, page_url(meeting))
    messages.success(request, _("Your answer is stored. Thank you."))
    return redirect(page_url(meeting))
