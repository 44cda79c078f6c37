"""The total of the self-assessment now: beside last year's, the announced one and the target.

All on one scale: that of the year's target, else that of last year's announcement, else 0 to 5.
Only the showing is converted; what was announced is shown as it was received.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import CharField, F, Value

from agencies.models import Agency
from assessments.enums import ScoreScale
from assessments.models import OfficialResult, OfficialTarget
from assessments.official.checks import MAXIMA
from assessments.official.shown import states_of
from assessments.progress import AssessmentState
from assessments.scoring import to_five

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


def score_now(agency: Agency, year: int) -> tuple[ScoreNow, AssessmentState | None]:
    """Return the figures and the state of the year's assessment; 4 queries."""
    states = states_of(agency, (year, year - 1))
    this, last = states.get(year), states.get(year - 1)
    targets, announced = _received(agency, year)
    scale = next(iter(targets), announced[0][1] if announced else ScoreScale.FIVE)
    comparable = last if this and last and _has_one_scale(this, last) else None
    found = next((row for row in announced if row[1] == scale), None)
    return (
        ScoreNow(
            maximum=MAXIMA[scale],
            own=_shown(this, scale),
            last_own=_shown(comparable, scale),
            target=targets.get(scale),
            announced=found[2] if found else None,
            announced_by=found[3] if found else "",
            announced_key=found[4] if found else None,
        ),
        this,
    )


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


def _has_one_scale(this: AssessmentState, last: AssessmentState) -> bool:
    return (this.edition.scoring, this.edition.total_points) == (
        last.edition.scoring,
        last.edition.total_points,
    )


def _shown(state: AssessmentState | None, scale: str) -> Decimal | None:
    if state is None:
        return None
    full = Fraction(state.edition.total_points)
    return to_five(Fraction(state.total) * Fraction(MAXIMA[scale]) / full)
