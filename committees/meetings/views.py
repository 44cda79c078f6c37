"""Meetings of a year: the list, and one meeting with its agenda."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from committees.meetings import agendas
from committees.meetings.cards import cards_of
from committees.meetings.permissions import can_call_meetings
from committees.meetings.queries import meetings_of, meetings_visible_to


@require_GET
def meeting_list(request, agency_code, year):
    """Show the year's meetings."""
    context = {
        "meetings": meetings_of(request.agency, year),
        "may_call": can_call_meetings(request.user, request.agency),
    }
    return render(request, "meetings/list.html", context)


@require_GET
def meeting_detail(request, agency_code, year, pk):
    """Show a meeting: when and where, its agenda, and the cards of its parts."""
    rows = meetings_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    meeting = get_object_or_404(rows.select_related("agency", "previous"), pk=pk)
    context = {
        "meeting": meeting,
        "rows": agendas.numbered(meeting),
        "cards": cards_of(meeting, request.user),
    }
    return render(request, "meetings/detail.html", context)
