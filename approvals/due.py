"""Decisions that wait, as due items of whose turn it is."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from agencies import page_figures
from agencies.models import Agency, User
from approvals.addressees import Desk, waits_for
from approvals.enums import RequestStage
from approvals.models import ApprovalRequest
from approvals.registry import Workflow, workflow_of
from approvals.requests import is_decided_on_its_page, page_of, pending_requests, subjects
from notifications.due_items import DueItem


def decisions_due(agency: Agency, user: User | None = None) -> Iterator[DueItem]:
    """Yield each open request for who has to endorse it or to decide on it today.

    Chains, acting periods and delegations limited to kinds are heeded. A request that names its
    person is told by the app that made it. At most 4 queries, whatever the number of requests.
    """
    if user is not None and page_figures.known(user, agency, "may_have_turns") is False:
        return
    desk = Desk(agency)
    turns = [
        (row, _people(row, desk, user))
        for row in pending_requests(agency)
        if row.addressed_to_id is None
    ]
    turns = [(row, people) for row, people in turns if people]
    own_pages = [row for row, _people in turns if is_decided_on_its_page(row)]
    if own_pages:
        prefetch_related_objects(own_pages, subjects())
    for row, people in turns:
        yield _item(agency, row, people)


def _people(row: ApprovalRequest, desk: Desk, user: User | None) -> tuple[int, ...]:
    if user is not None:
        return (user.pk,) if waits_for(user, row, desk) else ()
    return tuple(sorted(desk.turn(row)))


def _item(agency: Agency, row: ApprovalRequest, people: tuple[int, ...]) -> DueItem:
    return DueItem(
        object_type="approvals.approvalrequest",
        object_id=str(row.pk),
        title=row.title,
        why=_("Submitted by %(person)s") % {"person": row.requested_by},
        due_on=row.due_on,
        url=page_of(agency, row),
        action=_("Endorse") if row.stage == RequestStage.ENDORSE else _("Decide"),
        people=people,
        icon=_workflow(row).icon,
    )


def _workflow(row: ApprovalRequest) -> Workflow:
    return workflow_of(row.content_type.model_class())
