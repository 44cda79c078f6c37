"""Where the pages of an assessment stand."""

from django.urls import reverse

from assessments.models import Assessment, CategoryAssessment, ItemAnswer


def overview_address(assessment: Assessment) -> str:
    """Return the address of the seven categories (assessment with cycle and office)."""
    cycle = assessment.cycle
    return reverse("assessments:overview", args=[cycle.agency.code, cycle.fiscal_year])


def category_address(category_assessment: CategoryAssessment) -> str:
    """Return the address of a category of one year."""
    cycle = category_assessment.assessment.cycle
    number = category_assessment.category.number
    return reverse(
        "assessments:category-detail", args=[cycle.agency.code, cycle.fiscal_year, number]
    )


def item_address(answer: ItemAnswer, part: str = "") -> str:
    """Return the address of an item's page, or of the part of it with that id."""
    cycle = answer.category_assessment.assessment.cycle
    address = reverse(
        "assessments:item-detail", args=[cycle.agency.code, cycle.fiscal_year, answer.pk]
    )
    return f"{address}#{part}" if part else address
