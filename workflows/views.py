"""The fiscal year calendar as list, month grid and Gantt chart."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.roles import is_officer
from core import clock
from core import fiscal_year as fiscal
from workflows import calendar as presenter
from workflows.gantt import chart
from workflows.permissions import can_backfill, can_open_cycle

SHOWN = ("list", "month", "gantt")


@require_GET
def calendar(request, agency_code, year):
    """Show the year's steps with plan and actual dates, in one of three ways."""
    today = clock.today()
    show = request.GET.get("show")
    show = show if show in SHOWN else "gantt"
    who = request.GET.get("who", "")
    groups, resolver = presenter.load_rows(request.agency, year, today)
    own = [group for group in groups if not group.is_of_other_year]
    context = {
        "show": show,
        "who": who,
        "today": today,
        "groups": presenter.narrowed(groups, resolver, who),
        "has_cycle": bool(own),
        "may_open": can_open_cycle(request.user, request.agency),
        "may_set_days": is_officer(request.user, request.agency),
        "last_day": fiscal.last_day(year),
    }
    if groups:
        context |= presenter.filter_choices(resolver)
        context |= _details(request, show, context["groups"], own, today)
    return render(request, "workflows/calendar.html", context)


def _details(request, show, groups, own, today):
    """Return what one of the three ways needs beyond the rows."""
    year = request.fiscal_year
    context = {
        "next_due": presenter.next_due(groups, today),
        "beyond": [row for group in groups for row in group.rows if _is_beyond(row, year)],
        "undated": [row for group in groups for row in group.rows if row.undated],
        "backfill_cycles": [
            group.cycle
            for group in own
            if can_backfill(request.user, group.cycle) and presenter.has_past_steps(group)
        ],
    }
    if show == "month":
        offset = presenter.month_offset(year, request.GET.get("month", ""), today)
        context["month"] = presenter.month_grid(request.agency, year, offset, groups)
    else:
        context["unknown_years"] = presenter.years_without_holidays(groups, year)
    if show == "gantt":
        context["charts"] = [chart(group, year, today) for group in groups]
    return context


def _is_beyond(row, year):
    return row.ends_on is not None and row.ends_on > fiscal.last_day(year)
