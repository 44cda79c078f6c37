"""The life of an improvement plan: draft → submitted → approved or returned."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
from improvement.enums import PlanStatus
from improvement.models import ImprovementPlan
from improvement.permissions import can_decide, can_record_decision, can_submit
from improvement.queries import actions_of, totals
from notifications.notices import notify
from workflows.transitions import cycle_is_open


def url_of(plan: ImprovementPlan) -> str:
    cycle = plan.cycle
    return reverse("improvement:plan", args=[cycle.agency.code, cycle.fiscal_year])


def title_of(plan: ImprovementPlan) -> str:
    return _("Improvement plan, fiscal year %(year)s") % {"year": plan.cycle.fiscal_year}


def canonical(plan: ImprovementPlan) -> list:
    """Return the data that an approval approves: every action with all that binds the office."""
    return [
        [
            action.order,
            action.category_number,
            action.title,
            action.owner_id,
            action.unit_id,
            action.starts_on,
            action.ends_on,
            action.measure,
            action.target,
            str(action.budget.quantize(Decimal("0.01"))),
            action.finding_id,
        ]
        for action in plan.actions.order_by("order", "pk")
    ]


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


def _tell_director(plan, log):
    words = _("%(title)s waits for your decision")
    tell_whose_turn(plan, log, f"plan_{log.transition}", words, url_of(plan))


def _tell_approved(plan, log):
    owners = [action.owner for action in actions_of(plan) if action.owner]
    _tell(plan, log, [*officers_of(plan.cycle.agency), *owners], _("%(title)s was approved"))


def _tell_returned(plan, log):
    _tell(plan, log, officers_of(plan.cycle.agency), _("%(title)s was returned"))


def _tell(plan, log, people, sentence):
    notify(
        plan.cycle.agency,
        people,
        rule=f"plan_{log.transition}",
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
    canonical=canonical,
    fiscal_year_of=lambda plan: plan.cycle.fiscal_year,
    url_of=url_of,
    title_of=title_of,
    summary_of=summary_of,
    context_of=context_of,
    detail_template="improvement/_decision.html",
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
        )
    },
)
register(WORKFLOW)
