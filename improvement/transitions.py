"""The life of an improvement plan: draft → submitted → approved or returned."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies import audit_actions
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
from core.templatetags.pmqa import baht
from improvement import returning
from improvement.enums import UNDER_WAY, ActionStatus, PlanStatus
from improvement.models import Action, ImprovementPlan
from improvement.permissions import can_decide, can_record_decision, can_start, can_submit
from improvement.planning import QUARTERS
from improvement.queries import actions_of, totals
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.transitions import cycle_is_open


def url_of(plan: ImprovementPlan) -> str:
    cycle = plan.cycle
    return reverse("improvement:plan", args=[cycle.agency.code, cycle.fiscal_year])


def title_of(plan: ImprovementPlan) -> str:
    return _("Improvement plan, fiscal year %(year)s") % {"year": plan.cycle.fiscal_year}


def canonical(plan: ImprovementPlan) -> list:
    """Return the data that an approval approves: every action with all that binds the office.

    What an action does not say is left away, so that the hash of a plan written before these
    fields existed stays the same.
    """
    rows = plan.actions.select_related("point", "project").order_by("order", "pk")
    return [_binding(action) for action in rows]


def _binding(action: Action) -> list:
    point = action.point
    row = [
        action.order,
        action.category_number,
        action.title,
        action.owner_id,
        action.unit_id,
        action.starts_on,
        action.ends_on,
        action.measure,
        action.target,
        _cents(action.budget),
        point.finding_id if point else None,
    ]
    further = {
        "project": action.project.name if action.project else None,
        "point": point.text if point and not point.finding_id else None,
        "indicator": action.indicator_id,
        "quarters": [_cents(getattr(action, name)) for name in QUARTERS],
        "risk": action.risk,
    }
    if further["quarters"] == [None] * 4:
        del further["quarters"]
    said = {name: value for name, value in further.items() if value}
    return [*row, said] if said else row


def _cents(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount.quantize(Decimal("0.01")))


def summary_of(plan: ImprovementPlan) -> list[dict]:
    """Return the three figures a director asks for first."""
    figures = totals(plan)
    return [
        {
            "value": str(figures["actions"]),
            "label": ngettext("action", "actions", figures["actions"]),
        },
        {"value": str(figures["findings"]), "label": _("from OFI")},
        {"value": baht(figures["budget"]), "label": _("baht")},
    ]


def has_complete_actions(plan: ImprovementPlan) -> list[str]:
    """Require at least one action, and an owner and a measure for each."""
    actions = list(actions_of(plan))
    if not actions:
        return [_("The plan has no action yet.")]
    missing = []
    for action in actions:
        if action.owner_id is None:
            missing.append(_("“%(action)s” has nobody responsible.") % {"action": action.title})
        if not action.measure:
            missing.append(_("“%(action)s” has no measure.") % {"action": action.title})
    return missing


def has_settled_actions(plan: ImprovementPlan) -> list[str]:
    """Require that each action is done, cancelled or carried into another year's plan."""
    settled = (ActionStatus.DONE, ActionStatus.CANCELLED)
    rows = plan.actions.exclude(status__in=settled).filter(carried_to=None)
    words = _("“%(action)s” is neither done, cancelled nor carried to the next year.")
    return [words % {"action": title} for title in rows.values_list("title", flat=True)]


def _tell_director(plan, log):
    words = _("%(title)s waits for your decision")
    tell_whose_turn(plan, log, f"plan_{log.transition}", words, url_of(plan))


def _tell_approved(plan, log):
    _tell(plan, log, officers_of(plan.cycle.agency), _("%(title)s was approved"))
    _tell_owners(plan, log)


def _tell_owners(plan, log):
    """Tell each owner once what the approved plan gives him or her to do."""
    actions: dict[User, list[Action]] = {}
    for action in actions_of(plan):
        if action.owner and action.owner.is_active:
            actions.setdefault(action.owner, []).append(action)
    for owner, own in actions.items():
        notify(
            plan.cycle.agency,
            [owner],
            rule="action_assigned",
            kind=NoticeKind.ASSIGNED,
            obj=plan,
            title=ngettext(
                "You carry out %(count)d action of %(plan)s",
                "You carry out %(count)d actions of %(plan)s",
                len(own),
            )
            % {"count": len(own), "plan": title_of(plan)},
            body=" · ".join(action.title for action in own)[:1000],
            url=url_of(plan),
            occurrence=str(log.pk),
        )


def _tell_returned(plan, log):
    _tell(plan, log, officers_of(plan.cycle.agency), _("%(title)s was returned"))


_KINDS = {"approve": NoticeKind.APPROVED, "return_": NoticeKind.RETURNED}


def _tell(plan, log, people, sentence):
    notify(
        plan.cycle.agency,
        people,
        rule=f"plan_{log.transition}",
        kind=_KINDS.get(log.transition, NoticeKind.OTHER),
        obj=plan,
        title=sentence % {"title": title_of(plan)},
        body=log.comment,
        url=url_of(plan),
        occurrence=str(log.pk),
    )


def context_of(plan: ImprovementPlan) -> dict:
    return {"plan": plan, "actions": actions_of(plan).order_by("-budget", "order", "pk")}


WORKFLOW = Workflow(
    model=ImprovementPlan,
    agency_of=lambda plan: plan.cycle.agency,
    select_related=("cycle__agency",),
    canonical=canonical,
    fiscal_year_of=lambda plan: plan.cycle.fiscal_year,
    url_of=url_of,
    title_of=title_of,
    summary_of=summary_of,
    context_of=context_of,
    detail_template="improvement/_decision.html",
    return_extra=returning.read,
    paper_kind="improvement-plan",
    paper_pk_of=lambda plan: plan.cycle_id,
    icon="signpost-2",
    return_reasons=(
        gettext_lazy("Budget"),
        gettext_lazy("Time"),
        gettext_lazy("Responsible person"),
        gettext_lazy("Does not answer the OFI"),
    ),
    transitions={
        rule.name: rule
        for rule in (
            Transition(
                name="submit",
                sources=(PlanStatus.DRAFT, PlanStatus.RETURNED),
                target=PlanStatus.SUBMITTED,
                may=can_submit,
                label=gettext_lazy("Submit for approval"),
                requirements=[cycle_is_open, has_complete_actions],
                effects=[open_request, _tell_director],
            ),
            Transition(
                name="withdraw",
                sources=(PlanStatus.SUBMITTED,),
                target=PlanStatus.DRAFT,
                may=can_submit,
                label=gettext_lazy("Take back to draft"),
                requirements=[cycle_is_open],
                effects=[close_cancelled],
            ),
            Transition(
                name="approve",
                sources=(PlanStatus.SUBMITTED,),
                target=PlanStatus.APPROVED,
                may=can_decide,
                may_record=can_record_decision,
                label=gettext_lazy("Approve the plan"),
                requirements=[cycle_is_open, has_complete_actions],
                effects=[close_approved, freeze_paper, _tell_approved],
            ),
            Transition(
                name="return_",
                sources=(PlanStatus.SUBMITTED,),
                target=PlanStatus.RETURNED,
                may=can_decide,
                label=gettext_lazy("Return for correction"),
                requirements=[cycle_is_open],
                needs_comment=True,
                effects=[close_returned, _tell_returned],
            ),
            Transition(
                name="start",
                sources=(PlanStatus.APPROVED,),
                target=PlanStatus.IN_PROGRESS,
                may=can_start,
                label=gettext_lazy("Start the work"),
                requirements=[cycle_is_open],
            ),
            Transition(
                name="close",
                sources=UNDER_WAY,
                target=PlanStatus.CLOSED,
                may=can_submit,
                label=gettext_lazy("Close the plan"),
                requirements=[cycle_is_open, has_settled_actions],
            ),
        )
    },
)
register(WORKFLOW)
audit_actions.register(
    {
        "plan.gather": gettext_lazy("Points gathered for the plan"),
        "point.add": gettext_lazy("Point added to the plan"),
        "point.leave_out": gettext_lazy("Point left out of the plan"),
        "point.bring_back": gettext_lazy("Point taken back into the plan"),
        "project.add": gettext_lazy("Project added to the plan"),
        "project.remove": gettext_lazy("Project removed from the plan"),
        "action.begin": gettext_lazy("Action of the plan started"),
        "action.finish": gettext_lazy("Action of the plan done"),
        "action.cancel": gettext_lazy("Action of the plan cancelled"),
        "action.reopen": gettext_lazy("Action of the plan taken up again"),
        "plan.carry": gettext_lazy("Actions carried to the next year"),
    }
)
