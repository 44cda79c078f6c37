"""ภาพรวมผล: the director's screen, what is red in full and in Excel, units, own indicators."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.rounds.words import round_label
from core.address_values import whole_number
from core.excel_files import answer
from core.shared_reads import shared_reads
from reports.dashboards import director, mine
from reports.dashboards import unit as unit_page
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
    """List everything that is at risk or overdue, or what of it is a unit's; the worst first."""
    found = the_year(request.agency, year)
    items = _red(found)
    unit = whole_number(request.GET.get("unit"))
    if unit is not None:
        items = [item for item in items if item.unit == unit]
    context = {
        "the_year": found,
        "round_label": _label(found),
        "page_obj": Paginator(items, PAGE).get_page(request.GET.get("page")),
        "query": "" if unit is None else f"unit={unit}&",
        "overdue": sum(item.is_overdue for item in items),
    }
    return render(request, "dashboards/red.html", context)


@require_GET
def red_export(request, agency_code, year):
    """Hand out in Excel what is at risk or overdue."""
    return answer(write_sheet(_red(the_year(request.agency, year))), f"red-items-{year}.xlsx")


@require_GET
def unit(request, agency_code, year):
    """Show all units in figures, and the work of one: the person's own unless another is asked."""
    found = the_year(request.agency, year)
    units = unit_page.units_of(request.agency)
    asked = whole_number(request.GET.get("unit"))
    shown = unit_page.chosen(units, asked, request.membership.unit_id)
    context = {"the_year": found, "units": units, "unit": shown, "round_label": _label(found)}
    if found:
        context |= unit_page.present(found, units, shown)
    return render(request, "dashboards/unit.html", context)


@require_GET
def my_indicators(request, agency_code, year):
    """Show the indicators that the person enters or checks."""
    found = the_year(request.agency, year)
    context = {
        "the_year": found,
        "round_label": _label(found),
        "mine": mine.present(request.user, request.agency, found) if found else None,
    }
    return render(request, "dashboards/mine.html", context)


def _label(year: TheYear | None) -> str:
    return round_label(year.round) if year and year.round else ""


def _red(year: TheYear | None) -> list[RedItem]:
    return red_items(year, action_lines(year), indicator_lines(year)) if year else []
