"""Which assessments, categories and answers somebody may see: those of the own offices."""

from django.db.models import Q, QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from assessments.models import (
    Assessment,
    CategoryAssessment,
    CriteriaEdition,
    Finding,
    Indicator,
    ItemAnswer,
    ItemLink,
    ProfileAnswer,
)


def editions_visible_to(user: User) -> QuerySet[CriteriaEdition]:
    """Return the editions for every office and those of the person's own offices."""
    return CriteriaEdition.objects.filter(Q(agency=None) | Q(agency__in=agencies_visible_to(user)))


def current_editions(agency: Agency) -> QuerySet[CriteriaEdition]:
    """Return the editions an assessment of the office may start with, newest kind first.

    Where the office corrected an edition, its own revision stands in place of the common one.
    """
    own = CriteriaEdition.objects.filter(agency=agency, is_current=True)
    return (
        CriteriaEdition.objects.filter(is_current=True)
        .filter(Q(agency=agency) | Q(agency=None) & ~Q(code__in=own.values("code")))
        .order_by("-code")
    )


def assessments_visible_to(user: User) -> QuerySet[Assessment]:
    return Assessment.objects.filter(cycle__agency__in=agencies_visible_to(user)).select_related(
        "cycle__agency", "edition"
    )


def assessment_of(agency: Agency, year: int) -> Assessment | None:
    """Return the office's self-assessment of the fiscal year (B.E.), if it has started."""
    return (
        Assessment.objects.filter(cycle__agency=agency, cycle__fiscal_year=year)
        .select_related("cycle__agency", "edition")
        .order_by("cycle_id")
        .first()
    )


def category_assessments_visible_to(user: User) -> QuerySet[CategoryAssessment]:
    return CategoryAssessment.objects.filter(
        assessment__cycle__agency__in=agencies_visible_to(user)
    ).select_related("assessment__cycle__agency", "assessment__edition", "category")


def answers_visible_to(user: User) -> QuerySet[ItemAnswer]:
    return ItemAnswer.objects.filter(
        category_assessment__assessment__cycle__agency__in=agencies_visible_to(user)
    ).select_related(
        "item",
        "category_assessment__category",
        "category_assessment__assessment__edition",
        "category_assessment__assessment__cycle__agency",
    )


def findings_visible_to(user: User) -> QuerySet[Finding]:
    return Finding.objects.filter(
        item_answer__category_assessment__assessment__cycle__agency__in=agencies_visible_to(user)
    ).select_related(
        "item_answer__item",
        "item_answer__category_assessment__category",
        "item_answer__category_assessment__assessment__cycle__agency",
        "item_answer__category_assessment__assessment__edition",
    )


def item_links_visible_to(user: User) -> QuerySet[ItemLink]:
    return ItemLink.objects.filter(
        item_answer__category_assessment__assessment__cycle__agency__in=agencies_visible_to(user)
    ).select_related(
        "item_answer__item",
        "item_answer__category_assessment__category",
        "item_answer__category_assessment__assessment__cycle__agency",
    )


def indicators_visible_to(user: User) -> QuerySet[Indicator]:
    return Indicator.objects.filter(cycle__agency__in=agencies_visible_to(user)).select_related(
        "cycle__agency",
        "item_answer__item",
        "item_answer__category_assessment__category",
        "item_answer__category_assessment__assessment__cycle__agency",
    )


def profile_answers_visible_to(user: User) -> QuerySet[ProfileAnswer]:
    return ProfileAnswer.objects.filter(
        assessment__cycle__agency__in=agencies_visible_to(user)
    ).select_related("topic", "owner", "image", "assessment__cycle__agency")
