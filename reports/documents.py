"""The papers that span apps, registered with the one paper door."""

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from assessments.models import Assessment, CategoryAssessment
from assessments.queries import assessments_visible_to, category_assessments_visible_to
from committees.meetings.queries import meetings_visible_to
from committees.models import Meeting
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from reports.application_report import cite_pages, report_context
from reports.application_report_docx import report_docx
from reports.meeting_pack import pack_context, pack_title
from reports.meeting_pack_files import lay_attached
from reports.self_assessment import (
    assessment_context,
    assessment_title,
    category_context,
    category_title,
)
from reports.self_assessment_docx import assessment_docx, category_docx
from workflows.models import Cycle
from workflows.queries import cycles_visible_to


def assessed_cycles(user: User):
    """Return the visible cycles that have a self-assessment to report."""
    return cycles_visible_to(user).filter(assessment__isnull=False).select_related("agency")


register(
    PaperKind(
        kind="application-report",
        tells_evidence=True,
        has_signatures=True,
        group=PaperGroup.AWARD,
        model=Cycle,
        label=_("Application Report"),
        template="pdf/application_report/report.html",
        stylesheets=("pdf/application_report.css",),
        context=report_context,
        title=lambda cycle: f"รายงานการพัฒนาองค์การ ปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        agency_of=lambda cycle: cycle.agency,
        fiscal_year_of=lambda cycle: cycle.fiscal_year,
        visible_to=assessed_cycles,
        refine=cite_pages,
        docx=report_docx,
    )
)


register(
    PaperKind(
        kind="meeting-pack",
        tells_evidence=True,
        group=PaperGroup.MEETINGS,
        model=Meeting,
        label=_("Meeting pack"),
        template="pdf/meeting_pack/pack.html",
        stylesheets=("pdf/meetings.css", "pdf/meeting_pack.css"),
        context=pack_context,
        title=pack_title,
        agency_of=lambda meeting: meeting.agency,
        fiscal_year_of=lambda meeting: meeting.fiscal_year,
        visible_to=lambda user: meetings_visible_to(user).select_related("agency", "previous"),
        finish=lay_attached,
    )
)


SELF_ASSESSMENT = {
    "template": "pdf/self_assessment.html",
    "stylesheets": ("pdf/application_report.css", "pdf/self_assessment.css"),
}

register(
    PaperKind(
        kind="self-assessment",
        tells_evidence=True,
        has_signatures=True,
        group=PaperGroup.ASSESSMENT,
        model=Assessment,
        label=_("Self-assessment report"),
        context=assessment_context,
        title=assessment_title,
        agency_of=lambda row: row.cycle.agency,
        fiscal_year_of=lambda row: row.cycle.fiscal_year,
        visible_to=assessments_visible_to,
        docx=assessment_docx,
        **SELF_ASSESSMENT,
    )
)


register(
    PaperKind(
        kind="category-report",
        tells_evidence=True,
        has_signatures=True,
        group=PaperGroup.ASSESSMENT,
        model=CategoryAssessment,
        label=_("Category report"),
        context=category_context,
        title=category_title,
        agency_of=lambda row: row.assessment.cycle.agency,
        fiscal_year_of=lambda row: row.assessment.cycle.fiscal_year,
        visible_to=category_assessments_visible_to,
        previews_whole=True,
        docx=category_docx,
        **SELF_ASSESSMENT,
    )
)
