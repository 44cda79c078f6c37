"""Finding what an address names: 404 for other offices' rows, 403 for who may not."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from committees.meetings.permissions import can_call_meetings, can_take_minutes
from committees.meetings.queries import items_visible_to, meetings_visible_to
from committees.models import AgendaItem, Meeting


def meeting_or_404(request, year: int, pk: int) -> Meeting:
    """Return the meeting of the address with its office and the one it confirms."""
    rows = meetings_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows.select_related("agency", "previous"), pk=pk)


def item_or_404(request, year: int, pk: int, item_pk: int) -> AgendaItem:
    """Return an agenda item of the meeting of the address."""
    rows = items_visible_to(request.user).filter(
        meeting__agency=request.agency, meeting__fiscal_year=year, meeting=pk
    )
    return get_object_or_404(
        rows.select_related("meeting__agency", "meeting__previous", "parent"), pk=item_pk
    )


def caller_or_403(request) -> None:
    if not can_call_meetings(request.user, request.agency):
        raise PermissionDenied


def writer_or_403(request, meeting: Meeting) -> None:
    """Let officers and the committees' secretaries pass: they keep agenda and minutes."""
    if not can_take_minutes(request.user, meeting):
        raise PermissionDenied
