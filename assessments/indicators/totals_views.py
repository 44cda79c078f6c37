"""Weighted totals of a round, results read by LeTCI, and both in Excel."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.enums import IndicatorKind
from assessments.indicators.charts import chart_of
from assessments.indicators.letci import facts_of, proofs_of
from assessments.indicators.queries import cycle_of, indicators_of_year
from assessments.indicators.reading import current_months, rows_of
from assessments.indicators.result_sheet import result_sheet
from assessments.indicators.totals import overview
from assessments.rounds.queries import rounds_of, rules_of
from core.address_values import whole_number
from core.excel_files import answer

# Charts on one page; the others are one click away on the pages of their items.
MOST_CHARTS = 30


@require_GET
def totals(request, agency_code, year):
    """Show the weighted totals of a round: in all, by item, kind, perspective and unit."""
    cycle = cycle_of(request.agency, year)
    found = overview(cycle, _asked(request)) if cycle else None
    context = {"cycle": cycle, "overview": found}
    if found:
        context |= {"months": found.months, "rounds": found.rounds}
    return render(request, "indicators/totals.html", context)


@require_GET
def letci(request, agency_code, year):
    """Show what the figures of category 7 say under LeTCI, item by item."""
    cycle = cycle_of(request.agency, year)
    rounds = list(rounds_of(cycle)) if cycle else []
    months = _asked(request) or current_months(rounds)
    indicators = (
        indicators_of_year(request.user, request.agency, year)
        .filter(kind=IndicatorKind.CATEGORY_7)
        .order_by("group", "order", "pk")
    )
    rows = rows_of(indicators, cycle, months, rules_of(request.agency), rounds) if cycle else []
    codes = sorted({row.indicator.group for row in rows})
    group = request.GET.get("group", codes[0] if codes else "")
    rows = [row for row in rows if row.indicator.group == group]
    proofs = proofs_of(rows)
    context = {
        "cycle": cycle,
        "rounds": rounds,
        "months": months,
        "codes": codes,
        "group": group,
        "lines": [
            {
                "facts": facts_of(row, proofs.get(row.indicator.pk, [])),
                "row": row,
                "chart": chart_of(row) if place < MOST_CHARTS else "",
            }
            for place, row in enumerate(rows)
        ],
    }
    return render(request, "indicators/letci.html", context)


@require_GET
def export(request, agency_code, year):
    """Hand the results of a round out in Excel, with scores and words."""
    cycle = cycle_of(request.agency, year)
    found = overview(cycle, _asked(request)) if cycle else None
    return answer(result_sheet(found), f"indicator-results-{year}.xlsx")


def _asked(request) -> int | None:
    months = whole_number(request.GET.get("round"))
    return months if months and 1 <= months <= 24 else None
