"""Who may look after messages."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role


def can_operate_deliveries(user: User, agency: Agency) -> bool:
    """Officers and administrators see what could not be sent, and may send it again."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_see_operations(user: User, agency: Agency) -> bool:
    """Administrators see how background work does, and the office's stuck messages."""
    return user.is_superuser or has_role(user, agency, OfficeRole.ADMINISTRATOR)


def can_run_machinery(user: User) -> bool:
    """Only who runs the server pauses or starts what runs for all offices."""
    return user.is_superuser


def can_manage_webhooks(user: User, agency: Agency) -> bool:
    """Administrators say which other systems an office lets know of its notices."""
    return has_role(user, agency, OfficeRole.ADMINISTRATOR)
