"""The profile on paper: the summary of the award forms, landscape in three columns."""

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.profile import tables
from assessments.profile.summary_docx import summary_docx
from assessments.profile.writing import parts
from assessments.queries import assessments_visible_to
from documents.enums import PaperGroup
from documents.papers import PaperKind, register


def printed_parts(assessment: Assessment) -> list[dict]:
    """Return parts, groups and topics; each topic with its paragraphs, table and picture."""
    answers = list(assessment.profile_answers.select_related("topic"))
    for answer in answers:
        columns = tables.form_of(answer.topic.number).columns
        answer.paragraphs = [line for line in answer.text.splitlines() if line.strip()]
        answer.columns = columns
        answer.lines = tables.lines(columns, answer.rows) if columns else []
        answer.total = tables.total_line(columns, answer.rows) if columns else []
    return parts(answers)


def summary_context(assessment: Assessment) -> dict:
    """Return what the summary shows."""
    return {
        "agency": assessment.cycle.agency,
        "year": assessment.cycle.fiscal_year,
        "parts": printed_parts(assessment),
    }


def summary_title(assessment: Assessment) -> str:
    return f"สรุปลักษณะสำคัญขององค์การ ปีงบประมาณ พ.ศ. {assessment.cycle.fiscal_year}"


register(
    PaperKind(
        kind="profile-summary",
        has_signatures=True,
        group=PaperGroup.AWARD,
        model=Assessment,
        label=_("Summary of the organisational profile"),
        template="pdf/profile_summary.html",
        stylesheets=("pdf/profile_summary.css",),
        context=summary_context,
        title=summary_title,
        agency_of=lambda assessment: assessment.cycle.agency,
        fiscal_year_of=lambda assessment: assessment.cycle.fiscal_year,
        visible_to=assessments_visible_to,
        previews_whole=True,
        docx=lambda row: summary_docx(row, summary_title(row), printed_parts(row)),
    )
)
