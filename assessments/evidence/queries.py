"""Which evidence somebody may see, and how the library looks through it."""

from django.db.models import Count, Q, QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from assessments.models import Evidence, EvidenceLink
from core.address_values import whole_number


def evidence_visible_to(user: User) -> QuerySet[Evidence]:
    """Return the evidence of the person's own offices."""
    return Evidence.objects.filter(cycle__agency__in=agencies_visible_to(user)).select_related(
        "cycle__agency", "file", "created_by"
    )


def links_visible_to(user: User) -> QuerySet[EvidenceLink]:
    return EvidenceLink.objects.filter(
        evidence__cycle__agency__in=agencies_visible_to(user)
    ).select_related(
        "evidence__cycle__agency",
        "line",
        "item_answer__item",
        "item_answer__category_assessment__category",
        "item_answer__category_assessment__assessment__cycle__agency",
    )


def library(
    user: User, agency: Agency, year: int, *, text: str = "", category: str = "", use: str = ""
) -> QuerySet[Evidence]:
    """Return the year's evidence with `uses`, narrowed by words, category and use.

    `category` is a number 1–7 as text; `use` is "unused" or "".
    """
    rows = evidence_visible_to(user).filter(cycle__agency=agency, cycle__fiscal_year=year)
    rows = rows.annotate(uses=Count("links", distinct=True))
    if text:
        rows = rows.filter(
            Q(title__icontains=text) | Q(code__icontains=text) | Q(note__icontains=text)
        )
    if (number := whole_number(category)) is not None:
        rows = rows.filter(
            Q(code__startswith=f"{number}.")
            | Q(links__item_answer__category_assessment__category__number=number)
        )
    if use == "unused":
        rows = rows.filter(uses=0)
    return rows.order_by("code", "pk").distinct()
