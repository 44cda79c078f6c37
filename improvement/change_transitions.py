"""The life of a change request: draft → submitted → approved or returned; or withdrawn."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import User
from agencies.roles import officers_of
from approvals.freezing import freeze_paper
from approvals.registry import Transition, Workflow, register
from approvals.requests import (
    close_approved,
    close_cancelled,
    close_returned,
    open_request,
    tell_whose_turn,
)
from improvement import changes
from improvement.enums import ChangeStatus
from improvement.models import ChangeRequest
from improvement.permissions import (
    can_decide_change,
    can_record_change,
    can_submit_change,
    is_under_way,
)
from notifications.enums import NoticeKind
from notifications.notices import notify


def url_of(change: ChangeRequest) -> str:
    cycle = change.action.plan.cycle
    here = [cycle.agency.code, cycle.fiscal_year, change.pk]
    return reverse("improvement:change-detail", args=here)


def title_of(change: ChangeRequest) -> str:
    return _("Change of the plan: %(action)s") % {"action": change.action.title}


def canonical(change: ChangeRequest) -> list:
    """Return what an approval approves: the fields from → to, why, and for which wording."""
    rows = [[name, *pair] for name, pair in sorted(change.changes.items())]
    return [change.action_id, change.action_version, rows, change.reason]


def plan_is_under_way(change: ChangeRequest) -> list[str]:
    """Require a plan that is being carried out, in an open cycle."""
    if is_under_way(change.action.plan):
        return []
    return [_("The plan is not under way, so it is not changed this way.")]


def _apply(change, log):
    changes.apply(change, log.by)


def _tell_director(change, log):
    words = _("%(title)s waits for your decision")
    tell_whose_turn(change, log, f"change_{log.transition}", words, url_of(change))


def _tell_approved(change, log):
    _tell(change, log, _("%(title)s was approved"))


def _tell_returned(change, log):
    _tell(change, log, _("%(title)s was returned"))


def _tell(change, log, sentence):
    action = change.action
    # Whoever was responsible before hears of it, too.
    keys = {change.requested_by_id, action.owner_id, *change.changes.get("owner", ())} - {None, ""}
    owners = User.objects.filter(pk__in=map(int, keys), is_active=True)
    people = {person.pk: person for person in (*officers_of(action.plan.cycle.agency), *owners)}
    notify(
        action.plan.cycle.agency,
        list(people.values()),
        rule=f"change_{log.transition}",
        kind=NoticeKind.RETURNED if log.to_status == ChangeStatus.RETURNED else NoticeKind.APPROVED,
        obj=change,
        title=sentence % {"title": title_of(change)},
        body=log.comment,
        url=url_of(change),
        occurrence=str(log.pk),
    )


def summary_of(change: ChangeRequest) -> list[dict]:
    """Return how many fields change."""
    count = len(change.changes)
    return [{"value": str(count), "label": ngettext("field changes", "fields change", count)}]


def context_of(change: ChangeRequest) -> dict:
    return {"change": change, "lines": changes.lines_of(change)[change.pk]}


WORKFLOW = Workflow(
    model=ChangeRequest,
    agency_of=lambda change: change.action.plan.cycle.agency,
    canonical=canonical,
    fiscal_year_of=lambda change: change.action.plan.cycle.fiscal_year,
    url_of=url_of,
    title_of=title_of,
    summary_of=summary_of,
    context_of=context_of,
    detail_template="improvement/_change_decision.html",
    select_related=("action__plan__cycle__agency",),
    paper_kind="improvement-plan",
    paper_pk_of=lambda change: change.action.plan.cycle_id,
    icon="pencil-square",
    return_reasons=(
        gettext_lazy("Budget"),
        gettext_lazy("Time"),
        gettext_lazy("Responsible person"),
        gettext_lazy("The reason does not convince"),
    ),
    transitions={
        rule.name: rule
        for rule in (
            Transition(
                name="submit",
                sources=(ChangeStatus.DRAFT, ChangeStatus.RETURNED),
                target=ChangeStatus.SUBMITTED,
                may=can_submit_change,
                label=gettext_lazy("Submit for approval"),
                requirements=[plan_is_under_way],
                effects=[open_request, _tell_director],
            ),
            Transition(
                name="withdraw",
                sources=(ChangeStatus.SUBMITTED,),
                target=ChangeStatus.DRAFT,
                may=can_submit_change,
                label=gettext_lazy("Take back to draft"),
                effects=[close_cancelled],
            ),
            Transition(
                name="drop",
                sources=(ChangeStatus.DRAFT, ChangeStatus.RETURNED),
                target=ChangeStatus.WITHDRAWN,
                may=can_submit_change,
                label=gettext_lazy("Give up the change"),
            ),
            Transition(
                name="approve",
                sources=(ChangeStatus.SUBMITTED,),
                target=ChangeStatus.APPROVED,
                may=can_decide_change,
                may_record=can_record_change,
                label=gettext_lazy("Approve the change"),
                requirements=[plan_is_under_way],
                effects=[_apply, close_approved, freeze_paper, _tell_approved],
            ),
            Transition(
                name="return_",
                sources=(ChangeStatus.SUBMITTED,),
                target=ChangeStatus.RETURNED,
                may=can_decide_change,
                label=gettext_lazy("Return for correction"),
                needs_comment=True,
                effects=[close_returned, _tell_returned],
            ),
        )
    },
)
register(WORKFLOW)
