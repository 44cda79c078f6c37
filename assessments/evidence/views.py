"""The evidence library as a list, what it lacks, and both in Excel."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from agencies.roles import active_memberships
from assessments.enums import EvidenceKind
from assessments.evidence import gaps, library
from assessments.evidence.forms import wanted_from
from assessments.evidence.permissions import can_use
from assessments.evidence.sheets import gap_sheet, library_sheet
from assessments.queries import answers_visible_to
from core import excel_files

PAGE = 30


@require_GET
def evidence_library(request, agency_code, year):
    """List the year's evidence: search, narrow, sort; choose some to link or to hand over."""
    wanted = wanted_from(request.GET)
    found = library.find(request.user, request.agency, year, wanted)
    page = Paginator(list(found), PAGE).get_page(request.GET.get("page"))
    part = {key: found[key] for key in page.object_list}
    page.object_list = library.fetch(request.user, request.agency, year, part)
    query = request.GET.copy()
    query.pop("page", None)
    assessment, places = _places(request.user, request.agency, year)
    context = {
        "page_obj": page,
        "wanted": wanted,
        "to": request.GET.get("to", "")[:40],
        "found": len(found),
        "query": f"{query.urlencode()}&" if query else "",
        "places": places,
        "kinds": EvidenceKind.choices,
        "people": [row.user for row in active_memberships(request.agency)],
        "assessment": assessment,
        "may_write": can_use(request.user, request.agency, year),
    }
    return render(request, "assessments/evidence/library.html", context)


def _places(user, agency, year) -> tuple[int | None, list[tuple[str, list[str]]]]:
    """Return the year's assessment (its key) and its categories with their items; 1 query."""
    rows = list(
        answers_visible_to(user)
        .filter(
            category_assessment__assessment__cycle__agency=agency,
            category_assessment__assessment__cycle__fiscal_year=year,
        )
        .values_list(
            "category_assessment__assessment",
            "category_assessment__category__number",
            "item__code",
        )
    )
    first = min((row[0] for row in rows), default=None)
    found: dict[str, list[str]] = {}
    for assessment, number, code in sorted(rows):
        if assessment == first:
            found.setdefault(str(number), []).append(code)
    return first, list(found.items())


@require_GET
def library_excel(request, agency_code, year):
    """Hand out the library, narrowed as on the screen, as an Excel file."""
    found = library.find(request.user, request.agency, year, wanted_from(request.GET))
    rows = library.fetch(request.user, request.agency, year, found)
    return excel_files.answer(library_sheet(rows), f"evidence-{year}.xlsx")


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
    return excel_files.answer(content, f"evidence-gaps-{year}.xlsx")
