"""The fiscal year calendar as Gantt chart, month grid, agenda and list."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.roles import is_officer
from core import clock
from core import fiscal_year as fiscal
from workflows import calendar as presenter
from workflows.agenda import agenda
from workflows.award_stages import stages_in
from workflows.calendar_filters import Filters, choices, narrowed
from workflows.following import cycle_links
from workflows.gantt import chart
from workflows.month_grid import month_grid, month_offset, weeks_of
from workflows.permissions import can_backfill, can_open_cycle, can_postpone
from workflows.postponing import moved_by

SHOWN = ("gantt", "month", "agenda", "list")


@require_GET
def calendar(request, agency_code, year):
    """Show the year's steps with plan and actual dates, in one of four ways."""
    today = clock.today()
    show = request.GET.get("show")
    show = show if show in SHOWN else "gantt"
    filters = Filters.read(request.GET)
    groups, resolver = presenter.load_rows(request.agency, year, today)
    own = [group for group in groups if not group.is_of_other_year]
    stages = list(stages_in(request.agency, year))
    context = {
        "show": show,
        "filters": filters,
        "ways": [(way, filters.query(show=way)) for way in SHOWN],
        "today": today,
        "groups": narrowed(groups, resolver, filters, request.user),
        "own_cycles": [group.cycle for group in own],
        "stages": [] if filters.is_active else stages,
        "may_open": can_open_cycle(request.user, request.agency),
        "may_set_days": is_officer(request.user, request.agency),
    }
    if groups or stages:
        context |= choices(groups, resolver)
        context |= _details(request, context, own)
    return render(request, "workflows/calendar.html", context)


def _details(request, shown, own):
    """Return what the page needs beyond the rows."""
    year, groups, today = request.fiscal_year, shown["groups"], shown["today"]
    context = {
        "next_due": presenter.next_due(groups, today),
        "cycle_links": cycle_links(request.user, [group.cycle for group in own]),
        "beyond": [row for group in groups for row in group.rows if _is_beyond(row, year)],
        "undated": [row for group in groups for row in group.rows if row.undated],
        "backfill_cycles": [
            group.cycle
            for group in own
            if can_backfill(request.user, group.cycle) and presenter.has_past_steps(group)
        ],
        "postponed": 0,
    }
    offset = month_offset(year, request.GET.get("month", ""), today)
    days = [weeks[0] for weeks in weeks_of(year, offset)]
    holidays = presenter.read_holidays(request.agency, year, [*groups, *own], days)
    if can_postpone(request.user, request.agency):
        steps = [row.step for group in own for row in group.rows]
        observed = {row.date: row for row in holidays if row.is_observed}
        context["postponed"] = len(moved_by(steps, observed))
    return context | _drawn(shown, year, offset, holidays)


def _drawn(shown, year, offset, holidays):
    """Return the way that was asked for."""
    groups, today = shown["groups"], shown["today"]
    if shown["show"] == "month":
        return {"month": month_grid(year, offset, groups, shown["stages"], holidays)}
    context = {"unknown_years": presenter.years_without_holidays(groups, year, holidays)}
    if shown["show"] == "gantt":
        context["chart"] = chart(groups, shown["stages"], year, today)
    elif shown["show"] == "agenda":
        context["agenda"] = agenda(groups, shown["stages"], today)
    return context


def _is_beyond(row, year):
    return row.ends_on is not None and row.ends_on > fiscal.last_day(year)
