"""Who enters official results: officers. Reading is for the whole office."""

from agencies.models import Agency, User
from agencies.roles import is_officer


def can_enter(user: User, agency: Agency) -> bool:
    return is_officer(user, agency)
