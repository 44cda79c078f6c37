"""Who makes certificates."""

from agencies.models import Agency, User
from agencies.roles import is_officer


def can_make_certificates(user: User, agency: Agency) -> bool:
    """The officer writes certificates; everybody of the office sees them."""
    return is_officer(user, agency)
