"""ภาพรวมผล: the director's screen, and what is at risk or overdue in full and in Excel."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.rounds.words import round_label
from core.excel_files import answer
from core.shared_reads import shared_reads
from reports.dashboards import director
from reports.dashboards.action_lines import action_lines
from reports.dashboards.indicator_lines import indicator_lines
from reports.dashboards.red import RedItem, red_items
from reports.dashboards.red_sheet import write_sheet
from reports.dashboards.the_year import TheYear, the_year

PAGE = 50


@require_GET
def screen(request, agency_code, year):
    """Show the year on one screen: what waits, what is red, how far everything is."""
    with shared_reads():
        context = director.present(request.user, request.membership, request.agency, year)
        return render(request, "dashboards/director.html", context)


@require_GET
def red_list(request, agency_code, year):
    """List everything that is at risk or overdue, the worst first."""
    found = the_year(request.agency, year)
    items = _red(found)
    context = {
        "the_year": found,
        "round_label": round_label(found.round) if found and found.round else "",
        "page_obj": Paginator(items, PAGE).get_page(request.GET.get("page")),
        "overdue": sum(item.is_overdue for item in items),
    }
    return render(request, "dashboards/red.html", context)


@require_GET
def red_export(request, agency_code, year):
    """Hand out in Excel what is at risk or overdue."""
    return answer(write_sheet(_red(the_year(request.agency, year))), f"red-items-{year}.xlsx")


def _red(year: TheYear | None) -> list[RedItem]:
    return red_items(year, action_lines(year), indicator_lines(year)) if year else []
