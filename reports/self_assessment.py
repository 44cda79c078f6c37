"""รายงานการประเมินตนเอง: scores, texts and findings of a whole assessment or of one category.

The same figures and tables as the Application Report; without profile, plan and appendices.
"""

from decimal import Decimal

from assessments.models import Assessment, CategoryAssessment
from core.drawing.bars import bars_svg
from core.thai_numerals import format_decimal
from documents.paper_digits import uses_thai_digits
from reports.application_report import report_context
from reports.numbered import number_assessment

LONGEST_NAME = 60


def assessment_context(assessment: Assessment) -> dict:
    """Return everything the paper prints; the queries do not grow with the items."""
    context = report_context(assessment.cycle)
    context = number_assessment(context, is_whole=True)
    return context | {"bars": _bars(context), "is_whole": True}


def category_context(row: CategoryAssessment) -> dict:
    """As `assessment_context`, for one category."""
    context = assessment_context(row.assessment)
    number = row.category.number
    chosen = [part for part in context["categories"] if part["number"] == number]
    context = number_assessment(context | {"categories": chosen}, is_whole=False)
    return context | {"is_whole": False}


def assessment_title(assessment: Assessment) -> str:
    """Return the Thai title of the self-assessment report."""
    return f"รายงานการประเมินตนเอง ปีงบประมาณ พ.ศ. {assessment.cycle.fiscal_year}"


def category_title(row: CategoryAssessment) -> str:
    """Return the Thai title of the report of one category."""
    return f"{assessment_title(row.assessment)} หมวด {row.category.number}"


def _bars(context: dict) -> str:
    """Return the drawing of the categories in per cent of their full points."""
    rows = []
    for category in context["categories"]:
        share = category["share"]
        rows.append(
            (
                f"หมวด {category['number']} {category['title'][:LONGEST_NAME]}",
                None if share is None else Decimal(str(round(share * 100, 2))),
                format_decimal(category["score"], 2),
            )
        )
    return bars_svg(
        rows,
        title=f"คะแนนรายหมวด ปีงบประมาณ พ.ศ. {context['year']}",
        thai_digits=uses_thai_digits(context["agency"]),
        for_print=True,
    )
