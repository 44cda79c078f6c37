"""Who has a failed paper drawn again, and who sets how many steps an approval takes.

Whose turn a request is depends on periods and chains: `approvals.deciding`.
"""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import has_role


def can_retry_paper(user: User, agency: Agency) -> bool:
    """The officer, who answers for the papers, and the administrator, who mends the machine."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)


def can_set_chains(user: User, agency: Agency) -> bool:
    """How many steps an approval takes is set by who runs the office's settings."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.ADMINISTRATOR)
