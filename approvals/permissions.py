"""Who decides, and who may record a decision that was signed on paper."""

from agencies.models import Agency, User
from agencies.roles import is_officer, may_decide_as_director


def can_decide(user: User, agency: Agency) -> bool:
    """The director, and whoever acts for the director today."""
    return may_decide_as_director(user, agency)


def can_record_paper(user: User, agency: Agency) -> bool:
    """The officer keeps the books: records date and scan of what was signed on paper."""
    return is_officer(user, agency)
