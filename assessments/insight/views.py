"""Pages that look at an assessment as a whole, and at all of them."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.enums import AssessmentStatus
from assessments.insight import listing, page

PAGE = 50


@require_GET
def insight(request, agency_code, year):
    """Show charts, years, levels, heat map and themes of the year's assessment."""
    context = page.present(request.agency, year)
    if context is None:
        raise Http404
    return render(request, "assessments/insight/page.html", context)


@require_GET
def assessment_list(request, agency_code, year):
    """List the assessments of all years: search, narrow, sort."""
    wanted = listing.Wanted.from_query(request.GET)
    found = listing.find(request.user, request.agency, wanted)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown.object_list = listing.with_words(shown.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page_obj": shown,
        "wanted": wanted,
        "found": shown.paginator.count,
        "query": f"{query.urlencode()}&" if query else "",
        "statuses": AssessmentStatus.choices,
    }
    return render(request, "assessments/insight/list.html", context)
