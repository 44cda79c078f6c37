"""What an SOP asks of the officers: returned versions to mend, approved ones to put in use."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import Agency, User
from agencies.roles import active_memberships, is_officer
from notifications.due_items import DueItem
from workflows.enums import VersionStatus
from workflows.models import ProcedureVersion
from workflows.sop.transitions import url_of


def versions_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield the decided versions that wait for an officer; one query where one may be concerned."""
    if user is not None and not is_officer(user, agency):
        return
    versions = (
        ProcedureVersion.objects.filter(
            procedure__agency=agency, status__in=(VersionStatus.RETURNED, VersionStatus.APPROVED)
        )
        .select_related("procedure__agency")
        .order_by("procedure__name", "number")
    )
    for version in versions:
        yield _item(agency, version)


def _item(agency: Agency, version: ProcedureVersion) -> DueItem:
    if version.status == VersionStatus.RETURNED:
        title = _("Correct the SOP “%(name)s” and submit it again")
        why, action = _("The director returned it with a reason"), _("Correct")
        icon = "arrow-counterclockwise"
    else:
        title = _("Put the SOP “%(name)s” in use")
        why, action, icon = _("The director approved it"), _("Open"), "check-lg"
    return DueItem(
        object_type="workflows.procedureversion",
        object_id=str(version.pk),
        title=title % {"name": version.procedure.name},
        why=why,
        due_on=None,
        url=url_of(version),
        action=action,
        people=tuple(
            row.user_id for row in active_memberships(agency) if row.role == OfficeRole.OFFICER
        ),
        icon=icon,
    )
