"""Meetings of a year: the list, and one meeting with its agenda."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from approvals.transitions import available_to
from committees.enums import MeetingKind, MeetingStatus
from committees.meetings import agendas, calling, screen
from committees.meetings.cards import cards_of
from committees.meetings.lookup import meeting_or_404
from committees.meetings.numbering import title_of
from committees.meetings.permissions import can_call_meetings, can_take_minutes
from committees.models import Committee

PAGE = 20
MOST_COMING = 100


@require_GET
def meeting_list(request, agency_code, year):
    """Show the year's meetings: those to come, then those held, narrowed by filters."""
    filters = screen.filters_of(request.GET)
    rows = screen.found_meetings(request.agency, year, filters)
    page = Paginator(screen.past(rows), PAGE).get_page(request.GET.get("page"))
    query = {
        "q": filters.words,
        "committee": filters.committee,
        "kind": filters.kind,
        "status": filters.status,
    }
    context = {
        "filters": filters,
        "coming": [screen.line_of(row) for row in screen.coming(rows)[:MOST_COMING]],
        "page_obj": page,
        "held": [screen.line_of(row) for row in page.object_list],
        "committees": Committee.objects.filter(agency=request.agency, fiscal_year=year),
        "kinds": MeetingKind.choices,
        "statuses": MeetingStatus.choices,
        "may_call": can_call_meetings(request.user, request.agency),
        "page_query": urlencode(query) + "&" if filters else "",
    }
    return render(request, "meetings/list.html", context)


@require_GET
def meeting_detail(request, agency_code, year, pk):
    """Show a meeting: when and where, its agenda, and the cards of its parts."""
    return show_meeting(request, meeting_or_404(request, year, pk))


def show_meeting(request, meeting, *, missing=(), status=200):
    """Render a meeting's page; `missing` says why a change of state was refused."""
    rows = agendas.numbered(meeting)
    may_write = can_take_minutes(request.user, meeting)
    warnings = []
    if meeting.status == MeetingStatus.PLANNED and may_write:
        warnings = calling.day_warnings(
            request.agency, calling.day_of(meeting), meeting.fiscal_year
        )
    context = {
        "meeting": meeting,
        "line": screen.line_of(meeting),
        "previous_title": title_of(meeting.previous) if meeting.previous else "",
        "rows": rows,
        "item_count": len(agendas.flat(rows)),
        "cards": cards_of(meeting, request.user),
        "actions": {rule.name for rule in available_to(request.user, meeting)},
        "may_call": can_call_meetings(request.user, request.agency),
        "may_write": may_write,
        "may_build": may_write and meeting.status in agendas.PREPARING,
        "warnings": warnings,
        "missing": missing,
    }
    return render(request, "meetings/detail.html", context, status=status)
