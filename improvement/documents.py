"""The improvement plan on paper."""

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.roles import director_of
from core import clock
from core.drawing.flow_chart_layers import data_uri
from core.fiscal_year import fiscal_year_of
from core.thai_dates import format_long
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from improvement.changes import revision_of
from improvement.plan_sheet import write_sheet
from improvement.queries import totals
from improvement.year_plan import year_plan
from workflows.action_plan import heads
from workflows.models import Cycle
from workflows.queries import cycles_visible_to


def cycles_with_plan(user: User):
    """Return the visible cycles that have a plan to print."""
    return cycles_visible_to(user).filter(improvement_plan__isnull=False)


def plan_context(cycle: Cycle) -> dict:
    """Return what the plan's paper shows; the number of queries is fixed."""
    plan = cycle.improvement_plan
    today = clock.today()
    shown = year_plan(plan, today, language="th", for_print=True)
    return {
        "plan": plan,
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "shown": shown,
        "heads": heads(shown.year),
        "ground": f"url('{data_uri(shown.ground)}') 0 0 / 100% 100% no-repeat",
        "read_on": format_long(today, "th") if fiscal_year_of(today) == shown.year else "",
        "totals": totals(plan),
        "revision": revision_of(plan),
        "director": director_of(cycle.agency),
    }


def plan_xlsx(cycle: Cycle) -> bytes:
    """Return the plan as an Excel file, a row an action."""
    return write_sheet(year_plan(cycle.improvement_plan, clock.today(), language="th"))


register(
    PaperKind(
        kind="improvement-plan",
        has_signatures=True,
        group=PaperGroup.PLAN,
        model=Cycle,
        label=_("Improvement plan"),
        template="pdf/improvement_plan.html",
        stylesheets=("pdf/improvement_plan.css",),
        context=plan_context,
        title=lambda cycle: f"แผนปรับปรุงองค์การ ประจำปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        agency_of=lambda cycle: cycle.agency,
        fiscal_year_of=lambda cycle: cycle.fiscal_year,
        visible_to=cycles_with_plan,
        previews_whole=True,
        xlsx=plan_xlsx,
    )
)
