"""The total of the self-assessment now: beside last year's, the announced one and the target.

All on one scale: that of the year's target, else that of last year's announcement, else 0 to 5.
Only the showing is converted; what was announced is shown as it was received.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from django.db.models import CharField, F, FilteredRelation, Q, Value

from agencies.models import Agency
from assessments.enums import ScoreScale
from assessments.models import (
    WHOLE_YEAR,
    Assessment,
    Indicator,
    OfficialResult,
    OfficialTarget,
)
from assessments.official.checks import MAXIMA
from assessments.progress import AssessmentState, ScoredIndicator, load
from assessments.scoring import score_indicator, to_five
from reports.dashboards.the_year import TheYear

# A target has no body that announced it.
TARGET = ""


@dataclass(frozen=True)
class ScoreNow:
    """Figures on one scale; None where there is none."""

    maximum: Decimal
    own: Decimal | None
    last_own: Decimal | None
    target: Decimal | None
    announced: Decimal | None = None
    announced_by: str = ""
    announced_key: int | None = None

    @property
    def to_target(self) -> Decimal | None:
        """Return by how much the own total lies above the target; below 0 where it is short."""
        return None if self.own is None or self.target is None else self.own - self.target

    @property
    def to_last(self) -> Decimal | None:
        """Return the own total minus last year's announced one."""
        if self.own is None or self.announced is None:
            return None
        return self.own - self.announced

    @property
    def percent(self) -> Decimal:
        return Decimal(0) if self.own is None else 100 * self.own / self.maximum


class _Weight(NamedTuple):
    """What the score of an item needs of an indicator."""

    item_answer_id: int
    weight: Decimal


def score_now(year: TheYear) -> tuple[ScoreNow, AssessmentState | None]:
    """Return the figures and the state of the year's assessment; 4 queries.

    Last year's own total is the one that was accepted, as it was kept then.
    """
    agency = year.agency
    this, last = _assessments(year)
    state = load(this, scored=partial(_scored, year))[this.pk] if this else None
    targets, announced = _received(agency, year.year)
    scale = next(iter(targets), announced[0][1] if announced else ScoreScale.FIVE)
    found = next((row for row in announced if row[1] == scale), None)
    return (
        ScoreNow(
            maximum=MAXIMA[scale],
            own=_shown(state.total, state.edition.total_points, scale) if state else None,
            last_own=_last_own(this, last, scale),
            target=targets.get(scale),
            announced=found[2] if found else None,
            announced_by=found[3] if found else "",
            announced_key=found[4] if found else None,
        ),
        state,
    )


def _assessments(year: TheYear) -> tuple[Assessment | None, Assessment | None]:
    """Return the assessments of the year and of the year before, the accepted total with each."""
    rows = (
        Assessment.objects.filter(
            cycle__agency=year.agency, cycle__fiscal_year__in=(year.year, year.year - 1)
        )
        .select_related("edition", "cycle__agency")
        .defer("snapshot")
        .annotate(accepted=F("snapshot__total"))
        .order_by("-cycle_id")
    )
    found = {row.cycle.fiscal_year: row for row in rows}
    return found.get(year.year), found.get(year.year - 1)


def _scored(year: TheYear, answers: Iterable[int]) -> list[ScoredIndicator]:
    """Return the scores of the answers' indicators by the rule of the self-assessment; 1 query."""
    now = Q(values__fiscal_year=year.year, values__months=WHOLE_YEAR)
    rows = (
        Indicator.objects.filter(item_answer__in=list(answers))
        .annotate(now=FilteredRelation("values", condition=now))
        .order_by("order", "pk")
        .values_list(
            *("item_answer_id", "weight", "rule", "direction", "target", "now__value"),
            *("lower_bound", "upper_bound", "thresholds"),
        )
    )
    return [
        ScoredIndicator(
            _Weight(answer, weight),
            value,
            score_indicator(
                rule,
                direction,
                target,
                value,
                lower,
                upper,
                thresholds=thresholds,
                floor=year.rules.floor,
            ),
            year.rules.missing,
        )
        for answer, weight, rule, direction, target, value, lower, upper, thresholds in rows
    ]


def _received(agency: Agency, year: int) -> tuple[dict[str, Decimal], list[tuple]]:
    """Return the year's targets by scale, and what was announced of the year before; 1 query."""
    nobody = Value(TARGET, output_field=CharField(max_length=160))
    targets = OfficialTarget.objects.filter(agency=agency, fiscal_year=year).order_by()
    results = OfficialResult.objects.filter(
        agency=agency, fiscal_year=year - 1, total__isnull=False
    ).order_by()
    rows = targets.annotate(amount=F("target"), by=nobody).values_list(
        "fiscal_year", "scale", "amount", "by", "pk"
    )
    further = results.annotate(amount=F("total"), by=F("body")).values_list(
        "fiscal_year", "scale", "amount", "by", "pk"
    )
    found = sorted(rows.union(further, all=True), key=lambda row: (row[1], row[3], row[4]))
    return (
        {scale: amount for at, scale, amount, _by, _pk in found if at == year},
        [row for row in found if row[0] == year - 1],
    )


def _last_own(this: Assessment | None, last: Assessment | None, scale: str) -> Decimal | None:
    """Return last year's accepted total; None where both years are not on one scale."""
    if this is None or last is None or last.accepted is None:
        return None
    editions = [(row.edition.scoring, row.edition.total_points) for row in (this, last)]
    if editions[0] != editions[1]:
        return None
    return _shown(Decimal(last.accepted), last.edition.total_points, scale)


def _shown(total: Fraction | Decimal, full: Decimal, scale: str) -> Decimal:
    return to_five(Fraction(total) * Fraction(MAXIMA[scale]) / Fraction(full))
