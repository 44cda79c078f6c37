"""The papers of a round, registered with the one paper door."""

from django.utils.translation import gettext_lazy as _

from assessments.models import MonitoringRound
from assessments.rounds.queries import rounds_visible_to
from documents.enums import PaperGroup
from documents.papers import PaperKind, register
from improvement.monitoring.memo_paper import memo_context
from improvement.monitoring.report_docx import memo_docx, report_docx
from improvement.monitoring.report_paper import memo_title, report_data, report_title
from improvement.monitoring.report_sheet import report_xlsx

SHARED = {
    "model": MonitoringRound,
    "agency_of": lambda row: row.cycle.agency,
    "fiscal_year_of": lambda row: row.cycle.fiscal_year,
    "visible_to": rounds_visible_to,
}

register(
    PaperKind(
        kind="round-report",
        has_signatures=True,
        group=PaperGroup.PLAN,
        label=_("Report of a monitoring round"),
        template="pdf/round_report.html",
        stylesheets=("pdf/round_report.css",),
        context=report_data,
        title=report_title,
        docx=report_docx,
        xlsx=report_xlsx,
        **SHARED,
    )
)
register(
    PaperKind(
        kind="round-memo",
        group=PaperGroup.PLAN,
        is_official=True,
        label=_("Covering memo of a monitoring round"),
        template="pdf/round_memo.html",
        stylesheets=("pdf/official.css", "pdf/round_memo.css"),
        context=memo_context,
        title=memo_title,
        docx=memo_docx,
        **SHARED,
    )
)
