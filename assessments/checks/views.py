"""The pages "check before submitting": of one category, and of the whole assessment."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments import queries
from assessments.checks import page
from assessments.sharing.lookup import category_or_404


@require_GET
def category_check(request, agency_code, year, number):
    """List what must be mended and what deserves a look in one category."""
    row = category_or_404(request, year, number)
    return _page(request, [page.of_category(row)], category=row.category)


@require_GET
def assessment_check(request, agency_code, year):
    """List the same of all seven categories."""
    rows = queries.assessments_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year
    )
    assessment = rows.order_by("cycle_id").first()
    if assessment is None:
        raise Http404
    return _page(request, page.of_whole(assessment), category=None)


def _page(request, parts, category):
    context = {
        "parts": parts,
        "category": category,
        "must_count": sum(len(part.musts) for part in parts),
        "look_count": sum(len(part.looks) for part in parts),
    }
    return render(request, "assessments/checks/list.html", context)
