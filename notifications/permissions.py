"""Who may look after messages."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role


def can_operate_deliveries(user: User, agency: Agency) -> bool:
    """Officers and administrators see what could not be sent, and may send it again."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)
