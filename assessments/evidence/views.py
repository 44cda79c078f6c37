"""The evidence library as a list, what it lacks, and both in Excel."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from assessments.enums import EvidenceKind
from assessments.evidence import gaps, library
from assessments.evidence.forms import people_of, wanted_from
from assessments.evidence.permissions import can_use
from assessments.evidence.sheets import gap_sheet, library_sheet
from assessments.models import ItemAnswer
from assessments.queries import assessment_of

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def evidence_library(request, agency_code, year):
    """List the year's evidence: search, narrow, sort; choose some to link or to hand over."""
    wanted = wanted_from(request.GET)
    keys = library.find(request.user, request.agency, year, wanted)
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    page.object_list = library.fetch(request.user, request.agency, year, list(page.object_list))
    query = request.GET.copy()
    query.pop("page", None)
    assessment = assessment_of(request.agency, year)
    context = {
        "page_obj": page,
        "wanted": wanted,
        "to": request.GET.get("to", "")[:40],
        "found": len(keys),
        "query": f"{query.urlencode()}&" if query else "",
        "places": _places(assessment),
        "kinds": EvidenceKind.choices,
        "people": people_of(request.agency),
        "assessment": assessment,
        "may_write": can_use(request.user, request.agency, year),
    }
    return render(request, "assessments/evidence/library.html", context)


def _places(assessment) -> list[tuple[str, list[str]]]:
    """Return the categories and their items, as the filter offers them."""
    if assessment is None:
        return []
    found: dict[str, list[str]] = {}
    codes = ItemAnswer.objects.filter(category_assessment__assessment=assessment).values_list(
        "category_assessment__category__number", "item__code"
    )
    for number, code in sorted(codes):
        found.setdefault(str(number), []).append(code)
    return list(found.items())


@require_GET
def library_excel(request, agency_code, year):
    """Hand out the library, narrowed as on the screen, as an Excel file."""
    keys = library.find(request.user, request.agency, year, wanted_from(request.GET))
    rows = library.fetch(request.user, request.agency, year, keys)
    return _excel(library_sheet(rows), f"evidence-{year}.xlsx")


@require_GET
def gap_list(request, agency_code, year):
    """Show what the evidence of the year still lacks, each with the way to mend it."""
    number = request.GET.get("category", "")
    groups = gaps.gaps_of(request.user, request.agency, year)
    if number in "1234567" and len(number) == 1:
        for group in groups:
            group.gaps = [gap for gap in group.gaps if gap.category == int(number)]
    else:
        number = ""
    context = {
        "groups": [group for group in groups if group.gaps],
        "count": sum(len(group.gaps) for group in groups),
        "number": number,
        "categories": [str(row) for row in range(1, 8)],
    }
    return render(request, "assessments/evidence/gaps.html", context)


@require_GET
def gap_excel(request, agency_code, year):
    """Hand out the gap list as an Excel file, in Thai as papers are."""
    with override("th"):
        content = gap_sheet(gaps.gaps_of(request.user, request.agency, year))
    return _excel(content, f"evidence-gaps-{year}.xlsx")


def _excel(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)
