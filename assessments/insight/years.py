"""Scores of an office's earlier years: as they were accepted; last year's at least as they stand.

An older year that nobody accepted has no score to compare with and is left out. Only years on the
same scale (kind of scoring and full points) form a trend; others are told apart.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from agencies.models import Agency
from assessments import scoring
from assessments.models import Assessment
from assessments.overview import Scale
from assessments.progress import AssessmentState, load

NUMBERS = range(1, 8)
MOST_YEARS = 6


@dataclass
class YearScores:
    """A year's total and categories on the edition's own scale."""

    year: int
    edition: str
    total_points: Decimal
    total: Decimal
    categories: dict[int, Decimal]
    is_accepted: bool
    state: AssessmentState | None = None


@dataclass
class Years:
    """The year looked at, all comparable years in order (it is the last), and the others."""

    this: YearScores
    scale: Scale
    comparable: list[YearScores] = field(default_factory=list)
    others: list[YearScores] = field(default_factory=list)

    @property
    def state(self) -> AssessmentState:
        return self.this.state


def years_of(agency: Agency, year: int) -> Years | None:
    """Return the year with up to five years before it; None without an assessment. 4 queries."""
    rows: dict[int, Assessment] = {}
    for row in _rows(agency, year):
        rows.setdefault(row.cycle.fiscal_year, row)
    if year not in rows:
        return None
    rows = {
        number: row
        for number, row in rows.items()
        if number >= year - 1 or row.old_total is not None
    }
    to_load = [row for number, row in rows.items() if number == year or row.old_total is None]
    states = load(*to_load)
    found = [_scores(row, states.get(row.pk)) for _year, row in sorted(rows.items())]
    years = Years(found[-1], Scale.of(rows[year].edition))
    edition = rows[year].edition
    for scores, row in zip(found, (row for _year, row in sorted(rows.items())), strict=True):
        alike = (row.edition.scoring, row.edition.total_points) == (
            edition.scoring,
            edition.total_points,
        )
        (years.comparable if alike else years.others).append(scores)
    return years


def _rows(agency: Agency, year: int):
    whole = KeyTransform("categories", "snapshot")
    parts = {
        f"old_{number}": KeyTextTransform("score", KeyTransform(number - 1, whole))
        for number in NUMBERS
    }
    return (
        Assessment.objects.filter(
            cycle__agency=agency, cycle__fiscal_year__range=(year - MOST_YEARS + 1, year)
        )
        .annotate(old_total=KeyTextTransform("total", "snapshot"), **parts)
        .select_related("edition", "cycle__agency")
        .defer("snapshot")
        .order_by("cycle_id")
    )


def _scores(row: Assessment, state: AssessmentState | None) -> YearScores:
    edition = row.edition
    if row.old_total is not None:
        total = Decimal(row.old_total)
        given = {number: getattr(row, f"old_{number}") for number in NUMBERS}
        categories = {number: Decimal(text) for number, text in given.items() if text is not None}
    else:
        total = scoring.to_five(state.total)
        categories = {part.number: scoring.to_five(part.score) for part in state.categories}
    return YearScores(
        row.cycle.fiscal_year,
        edition.short_name,
        edition.total_points,
        total,
        categories,
        row.old_total is not None,
        state,
    )
