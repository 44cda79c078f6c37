"""The improvement plan on paper."""

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.roles import director_of
from documents.papers import PaperKind, register
from improvement.queries import actions_of, totals
from workflows.models import Cycle
from workflows.queries import cycles_visible_to


def cycles_with_plan(user: User):
    """Return the visible cycles that have a plan to print."""
    return cycles_visible_to(user).filter(improvement_plan__isnull=False)


def plan_context(cycle: Cycle) -> dict:
    """Return what the plan's paper shows."""
    plan = cycle.improvement_plan
    return {
        "plan": plan,
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "actions": list(actions_of(plan)),
        "totals": totals(plan),
        "director": director_of(cycle.agency),
    }


register(
    PaperKind(
        kind="improvement-plan",
        model=Cycle,
        label=_("Improvement plan"),
        template="pdf/improvement_plan.html",
        stylesheets=("pdf/improvement_plan.css",),
        context=plan_context,
        title=lambda cycle: f"แผนปรับปรุงองค์การ ประจำปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        agency_of=lambda cycle: cycle.agency,
        fiscal_year_of=lambda cycle: cycle.fiscal_year,
        visible_to=cycles_with_plan,
    )
)
