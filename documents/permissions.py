"""Who may stop a paper that is being made, and who issues papers."""

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.permissions import can_manage_office
from agencies.roles import has_role
from documents.models import PaperJob


def can_cancel_paper(user: User, job: PaperJob) -> bool:
    """Return whether the person asked for the paper, or runs the office."""
    return user.pk == job.requested_by_id or can_manage_office(user, job.agency)


def can_issue_papers(user: User, agency: Agency) -> bool:
    """Return whether the person may give an official number to papers nobody decides on."""
    return has_role(user, agency, OfficeRole.OFFICER, OfficeRole.DIRECTOR)
