"""What a category's page shows of shared work: hand-outs, the review's remarks, talk, history."""

from agencies.models import User
from assessments.enums import CategoryStatus
from assessments.models import CategoryAssessment
from assessments.permissions import can_write
from assessments.sharing import cards, permissions
from assessments.sharing.returning import history_of, review_remarks


def category_cards(row: CategoryAssessment, user: User, *, may_settle: bool) -> dict:
    """Return the context of the cards; 4 queries, 5 where a review left remarks.

    `may_settle`: whether the person reviews the category, as far as the page knows.
    """
    cycle = row.assessment.cycle
    history = history_of(row)
    may = may_settle or can_write(user, row)
    return {
        "sharing": cards.sharing_of_category(row, user),
        "can_assign": permissions.can_assign(user, row),
        "review_remarks": review_remarks(row, cycle.agency),
        "may_settle": may and permissions.can_comment(user, cycle.agency),
        "talk": cards.talk_of(row, user, may_settle=may),
        "history": history,
        "log": history[0] if history and row.status == CategoryStatus.RETURNED else None,
    }
