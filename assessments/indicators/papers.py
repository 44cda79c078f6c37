"""The indicator report on paper: totals, every result of the round, charts of the years."""

from django.utils.translation import gettext_lazy as _

from assessments.indicators.charts import chart_of
from assessments.indicators.forecast import forecast_of
from assessments.indicators.listing import chip_of, target_words
from assessments.indicators.reading import ResultRow
from assessments.indicators.result_sheet import result_sheet
from assessments.indicators.totals import overview
from assessments.rounds.words import round_label
from documents.enums import PaperGroup
from documents.paper_digits import uses_thai_digits
from documents.papers import PaperKind, register
from workflows.models import Cycle
from workflows.queries import cycles_visible_to

# A paper of more charts would not be drawn in time; the pages have every one.
MOST_CHARTS = 60


def report_context(cycle: Cycle) -> dict:
    """Return what the report prints of the round that is open, or was last."""
    found = overview(cycle)
    agency = cycle.agency
    thai = uses_thai_digits(agency)
    charted = [row for row in found.rows if len(row.history) + (row.value is not None) > 1]
    return {
        "agency": agency,
        "year": cycle.fiscal_year,
        "found": found,
        "round_label": round_label(found.round) if found.round else f"ผล {found.months} เดือน",
        "earlier": [row.months for row in found.rounds if row.months < found.months][-2:],
        "lines": [_line(row, found) for row in found.rows],
        "parts": [
            ("หัวข้อหมวด 7", found.groups),
            ("ประเภท", found.kinds),
            ("มุมมอง", found.perspectives),
        ],
        "charts": [
            {"row": row, "svg": chart_of(row, for_print=True, thai_digits=thai)}
            for row in charted[:MOST_CHARTS]
        ],
        "charts_left": len(charted[MOST_CHARTS:]),
    }


def _line(row: ResultRow, found) -> dict:
    ahead = forecast_of(row)
    earlier = [one.months for one in found.rounds if one.months < found.months][-2:]
    return {
        "row": row,
        "indicator": row.indicator,
        "last_year": row.history[-1][1] if row.history else None,
        "earlier": [row.of_rounds.get(months) for months in earlier],
        "chip": chip_of(row)["label"],
        "target_words": target_words(row),
        "forecast": ahead,
    }


register(
    PaperKind(
        kind="indicator-report",
        has_signatures=True,
        group=PaperGroup.RESULTS,
        model=Cycle,
        label=_("Indicator report"),
        template="pdf/indicator_report.html",
        stylesheets=("pdf/indicator_report.css",),
        context=report_context,
        title=lambda cycle: f"รายงานผลตัวชี้วัด ปีงบประมาณ พ.ศ. {cycle.fiscal_year}",
        agency_of=lambda cycle: cycle.agency,
        fiscal_year_of=lambda cycle: cycle.fiscal_year,
        visible_to=lambda user: cycles_visible_to(user).select_related("agency"),
        xlsx=lambda cycle: result_sheet(overview(cycle)),
    )
)
