"""รายงานและเอกสาร: what can be printed of the year, and what is still missing for it."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from reports.year_papers import papers_of_year


@require_GET
def index(request, agency_code, year):
    """List the papers of the year with what each still lacks."""
    return render(
        request,
        "reports/index.html",
        {"papers": papers_of_year(request.user, request.agency, year)},
    )
