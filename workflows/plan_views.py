"""The action plan as an Excel file: of one cycle, or of all cycles of the year."""

import io

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from core import clock
from core.file_checks import XLSX
from workflows.action_plan import plans_of
from workflows.action_plan_sheet import workbook
from workflows.queries import cycles_visible_to


def _cycles(request, year):
    return (
        cycles_visible_to(request.user)
        .filter(agency=request.agency, fiscal_year=year)
        .select_related("agency", "version__procedure")
    )


@require_GET
def cycle_sheet(request, agency_code, year, pk):
    """Hand out the plan of one cycle."""
    cycle = get_object_or_404(_cycles(request, year), pk=pk)
    return _served(request, [cycle], f"แผนปฏิบัติงาน {cycle.version.procedure.name} {year}")


@require_GET
def year_sheet(request, agency_code, year):
    """Hand out the plans of the year, one sheet each."""
    return _served(request, _cycles(request, year).order_by("pk"), f"แผนปฏิบัติงาน {year}")


def _served(request, cycles, name):
    content = workbook(plans_of(cycles, clock.today()), request.agency)
    response = FileResponse(
        io.BytesIO(content),
        content_type=XLSX,
        as_attachment=True,
        filename=f"{name[:120].replace('/', '-')}.xlsx",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
