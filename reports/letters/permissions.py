"""Who writes the office's letters, and who may read those that are secret."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import is_officer, role_of
from reports.enums import LetterStatus
from reports.models import Letter

# Whose role lets them read what bears a mark of secrecy.
TRUSTED = (OfficeRole.OFFICER, OfficeRole.DEPUTY, OfficeRole.DIRECTOR)


def can_write_letters(user: User, agency: Agency) -> bool:
    """The officer writes memos and announcements and enters what the register gave them."""
    return is_officer(user, agency)


def knows_secret(user: User, agency: Agency) -> bool:
    """Return whether the person reads the office's secret letters."""
    return role_of(user, agency) in TRUSTED


def can_write(user: User, letter: Letter) -> bool:
    """Return whether the person writes letters of its office, whatever its state."""
    return can_write_letters(user, letter.agency)


def is_editable(letter: Letter) -> bool:
    """Return whether its words may still change: while it is a draft."""
    return letter.status == LetterStatus.DRAFT
