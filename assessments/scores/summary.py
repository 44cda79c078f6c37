"""What the item's own page tells of its scores."""

from agencies.models import User
from assessments.enums import AssessmentStatus
from assessments.models import ItemAnswer, ItemScore
from assessments.progress import ItemState
from assessments.scores.permissions import can_score
from assessments.scores.seeing import look
from assessments.scores.sheets import is_scored_by_people
from workflows.enums import CycleStatus


def scores_of(answer: ItemAnswer) -> list[ItemScore]:
    """Return all scores of the item with their people; 1 query."""
    return list(ItemScore.objects.filter(item_answer=answer).select_related("user"))


def is_open_for_members(item: ItemState) -> bool:
    """Return whether members may score now: the year is open and the whole not yet accepted."""
    assessment = item.category_assessment.assessment
    return (
        is_scored_by_people(item)
        and assessment.cycle.status == CycleStatus.OPEN
        and assessment.status == AssessmentStatus.IN_PROGRESS
    )


def summary(item: ItemState, user: User) -> dict:
    """Return who handed in, the person's own sheet, consensus and outside score; 1 query."""
    category = item.category_assessment
    return {
        "seen": look(user, category, scores_of(item.answer)),
        "by_people": is_scored_by_people(item),
        "can_score": is_open_for_members(item) and can_score(user, category),
    }
