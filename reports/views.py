"""รายงานและเอกสาร: what can be printed of the year, and what is still missing for it."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documents import year_list
from reports.year_papers import add_made_and_issued, listed, places

PAGE = 40
LONGEST_SEARCH = 100


@require_GET
def index(request, agency_code, year):
    """List the papers of the year, a group at a time, with what each still lacks."""
    group = request.GET.get("group", "")
    if group and group not in year_list.groups():
        raise Http404
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = listed(request.user, request.agency, year, group, words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    add_made_and_issued(page.object_list, request.agency)
    context = {
        "page_obj": page,
        "group": group,
        "groups": year_list.groups(),
        "places": places(group),
        "words": words,
        "page_query": urlencode({"group": group, "q": words}) + "&",
    }
    return render(request, "reports/index.html", context)
