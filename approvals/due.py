"""Decisions that wait, as due items of who decides."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.roles import acting_director, director_of, may_decide_as_director
from approvals.models import ApprovalRequest
from approvals.registry import Workflow, workflow_of
from approvals.requests import pending_requests
from notifications.due_items import DueItem


def decisions_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield each open request for the director and whoever acts for the director today.

    A request that names its person is told by the app that made it.
    """
    if user is not None:
        people = {user.pk} if may_decide_as_director(user, agency) else set()
    else:
        period = acting_director(agency)
        people = {person.pk for person in (director_of(agency), period and period.acting) if person}
    if not people:
        return
    rows = [row for row in pending_requests(agency) if row.addressed_to_id is None]
    own_pages = [row for row in rows if _workflow(row).own_decision_page]
    prefetch_related_objects(own_pages, "subject")
    for row in rows:
        workflow = _workflow(row)
        if workflow.own_decision_page:
            url = workflow.url_of(row.subject)
        else:
            url = reverse("approvals:request", args=[agency.code, row.fiscal_year, row.pk])
        yield DueItem(
            object_type="approvals.approvalrequest",
            object_id=str(row.pk),
            title=row.title,
            why=_("Submitted by %(person)s") % {"person": row.requested_by},
            due_on=row.due_on,
            url=url,
            action=_("Decide"),
            people=tuple(sorted(people)),
            icon=workflow.icon,
        )


def _workflow(row: ApprovalRequest) -> Workflow:
    return workflow_of(row.content_type.model_class())
