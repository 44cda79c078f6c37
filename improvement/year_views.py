"""The plan over its year: chart, money by quarter, Excel file."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock, excel_files
from core.address_values import whole_number
from improvement.lookup import plan_or_404
from improvement.plan_sheet import write_sheet
from improvement.year_plan import Filter, choices, year_plan

NAMES = ("project", "unit", "person", "category")


@require_GET
def year_view(request, agency_code, year):
    """Show the Gantt chart and the budget by quarter, of all or of some actions."""
    plan = plan_or_404(request, year)
    asked = {name: whole_number(request.GET.get(name)) for name in NAMES}
    today = clock.today()
    context = {
        "plan": plan,
        "shown": year_plan(plan, today, only=Filter(**asked)),
        "asked": asked,
        "is_filtered": any(value is not None for value in asked.values()),
        "categories": range(1, 8),
        "today": today,
        **choices(plan),
    }
    return render(request, "improvement/year.html", context)


@require_GET
def plan_excel(request, agency_code, year):
    """Hand out the whole plan as an Excel file."""
    plan = plan_or_404(request, year)
    content = write_sheet(year_plan(plan, clock.today(), language="th"))
    return excel_files.answer(content, f"improvement-plan-{year}.xlsx")
