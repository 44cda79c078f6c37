"""Who marks a remark as settled; a topic's writers are known to the rules of the profile."""

from agencies.models import User
from agencies.roles import is_officer
from assessments.models import Comment
from assessments.permissions import can_review, can_write
from assessments.profile.writing import can_write as can_write_topic
from assessments.sharing.permissions import can_comment


def can_settle(user: User, comment: Comment) -> bool:
    """Return whether the person marks a remark as settled or opens it again.

    Its author, who writes the thing it stands on, and who reviews the category.
    """
    if comment.profile_answer_id:
        agency = comment.profile_answer.assessment.cycle.agency
        may = can_write_topic(user, comment.profile_answer) or is_officer(user, agency)
    else:
        category_assessment = comment.category_assessment or comment.item_answer.category_assessment
        agency = category_assessment.assessment.cycle.agency
        may = can_write(user, category_assessment) or can_review(user, category_assessment)
    return can_comment(user, agency) and (may or comment.author_id == user.pk)
