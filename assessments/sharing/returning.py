"""A category returned with remarks on its items, and its history of decisions."""

from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from agencies.models import Agency, User
from approvals.models import TransitionLog
from approvals.transitions import perform
from assessments.models import CategoryAssessment, Comment, ItemAnswer
from assessments.sharing import comments
from assessments.sharing.gathering import remarks_of


def return_category(
    category_assessment: CategoryAssessment,
    by: User,
    reason: str,
    remarks: Mapping[ItemAnswer, str],
) -> TransitionLog:
    """Return the category with a reason and remarks on any number of its items, all or nothing.

    Raises what `perform` raises; then no remark is written either.
    """
    with transaction.atomic():
        log = perform(category_assessment, "return", by, comment=reason)
        for answer, text in remarks.items():
            if text.strip():
                answer.category_assessment = category_assessment
                comments.post(answer, text, by, is_from_review=True)
    return log


def review_remarks(category_assessment: CategoryAssessment, agency: Agency) -> list[dict]:
    """Return the remarks of reviews on the items, the open ones first; 1 query, 2 with any."""
    rows = Comment.objects.filter(
        item_answer__category_assessment=category_assessment, is_from_review=True, parent=None
    )
    items = {
        pk: (answer, code)
        for pk, answer, code in rows.order_by().values_list(
            "pk", "item_answer", "item_answer__item__code"
        )
    }
    if not items:
        return []
    found = [
        {"row": row, "answer": items[row.pk][0], "code": items[row.pk][1]}
        for row in remarks_of(rows, agency)
    ]
    return sorted(found, key=lambda one: (one["row"].ended_at is not None, one["code"]))


def history_of(obj: models.Model) -> list[TransitionLog]:
    """Return every change of the row's state, the newest first; 1 query."""
    return list(
        TransitionLog.objects.filter(
            content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk
        ).select_related("by", "on_behalf_of")
    )
