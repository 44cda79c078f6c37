"""The site-visit briefing and the executive page, registered with the one paper door."""

from django.utils.translation import gettext_lazy as _

from core.shared_reads import shared_reads
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from reports.briefing.one_page import page_context
from reports.briefing.site_visit import briefing_context
from workflows.models import Cycle
from workflows.queries import cycles_visible_to


def assessed_cycles(user):
    """Return the visible cycles that have a self-assessment."""
    rows = cycles_visible_to(user).filter(assessment__isnull=False)
    return rows.select_related("agency", "assessment__edition")


def _whole_briefing(cycle: Cycle) -> dict:
    with shared_reads():
        return briefing_context(cycle)


COMMON = {
    "group": PaperGroup.AWARD,
    "model": Cycle,
    "agency_of": lambda cycle: cycle.agency,
    "fiscal_year_of": lambda cycle: cycle.fiscal_year,
    "stylesheets": ("pdf/briefing.css",),
}

register(
    PaperKind(
        kind="site-visit-briefing",
        tells_evidence=True,
        label=_("Briefing for a site visit"),
        template="pdf/briefing/site_visit.html",
        context=_whole_briefing,
        title=lambda cycle: f"เอกสารสรุปสำหรับการตรวจเยี่ยม ปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        visible_to=assessed_cycles,
        **COMMON,
    )
)

register(
    PaperKind(
        kind="executive-page",
        label=_("The year on one page"),
        template="pdf/briefing/one_page.html",
        context=page_context,
        title=lambda cycle: f"สรุปหนึ่งหน้าสำหรับผู้บริหาร ปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        visible_to=lambda user: cycles_visible_to(user).select_related("agency"),
        **COMMON | {"group": PaperGroup.YEAR},
    )
)
