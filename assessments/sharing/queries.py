"""Which hand-outs, remarks and questions somebody may see: those of the own offices."""

from django.db.models import Q, QuerySet

from agencies.models import User
from agencies.queries import agencies_visible_to
from assessments.models import CategoryAssessment, Comment, ItemAssignment, UnitQuestion

_CATEGORY = "item_answer__category_assessment"
_WHOLE = f"{_CATEGORY}__assessment__cycle__agency"
_WITH_ITEM = ("item_answer__item", f"{_CATEGORY}__category", _WHOLE)


def assignments_visible_to(user: User) -> QuerySet[ItemAssignment]:
    rows = ItemAssignment.objects.filter(**{f"{_WHOLE}__in": agencies_visible_to(user)})
    return rows.select_related("user", *_WITH_ITEM)


def questions_visible_to(user: User) -> QuerySet[UnitQuestion]:
    rows = UnitQuestion.objects.filter(**{f"{_WHOLE}__in": agencies_visible_to(user)})
    return rows.select_related("unit__head", "asked_by", "answered_by", "answer_file", *_WITH_ITEM)


def comments_visible_to(user: User) -> QuerySet[Comment]:
    """Return the remarks on items, topics and categories of the person's offices."""
    offices = agencies_visible_to(user)
    return Comment.objects.filter(
        Q(**{f"{_WHOLE}__in": offices})
        | Q(profile_answer__assessment__cycle__agency__in=offices)
        | Q(category_assessment__assessment__cycle__agency__in=offices)
    ).select_related(
        "author",
        "resolved_by",
        *_WITH_ITEM,
        "profile_answer__topic",
        "profile_answer__assessment__cycle__agency",
        "category_assessment__category",
        "category_assessment__assessment__cycle__agency",
    )


def of_year(agency, year: int) -> Q:
    """Return the condition on remarks that stand on the office's year."""
    found = Q()
    for start in (_CATEGORY, "profile_answer", "category_assessment"):
        found |= Q(
            **{
                f"{start}__assessment__cycle__agency": agency,
                f"{start}__assessment__cycle__fiscal_year": year,
            }
        )
    return found


def of_category(category_assessment: CategoryAssessment) -> Q:
    """Return the condition on remarks on the category or one of its items."""
    return Q(category_assessment=category_assessment) | Q(
        item_answer__category_assessment=category_assessment
    )
