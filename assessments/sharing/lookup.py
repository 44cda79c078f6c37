"""The rows that addresses of shared work name, for the person who asks; else 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments import queries
from assessments.models import CategoryAssessment, ItemAnswer

_WHOLE = "assessment__cycle"


def category_or_404(request, year: int, number: int) -> CategoryAssessment:
    """Return the office's category of the year by its number."""
    rows = queries.category_assessments_visible_to(request.user).filter(
        assessment__cycle__agency=request.agency, assessment__cycle__fiscal_year=year
    )
    first = rows.filter(category__number=number).order_by("assessment__cycle_id").first()
    if first is None:
        raise Http404
    return first


def answer_or_404(request, year: int, pk: int) -> ItemAnswer:
    """Return the office's answer of the year by its key."""
    rows = queries.answers_visible_to(request.user).filter(
        category_assessment__assessment__cycle__agency=request.agency,
        category_assessment__assessment__cycle__fiscal_year=year,
    )
    return get_object_or_404(rows, pk=pk)


def thing_or_404(request, year: int, on: str, pk: int):
    """Return what a remark stands on: "item", "topic" or "category"."""
    if on == "item":
        return answer_or_404(request, year, pk)
    office = {"assessment__cycle__agency": request.agency, "assessment__cycle__fiscal_year": year}
    if on == "topic":
        rows = queries.profile_answers_visible_to(request.user)
    elif on == "category":
        rows = queries.category_assessments_visible_to(request.user)
    else:
        raise Http404
    return get_object_or_404(rows.filter(**office), pk=pk)
