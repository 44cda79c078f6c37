"""Results of a year's indicators as pages, totals and papers read them.

A fixed number of queries whatever the number of indicators and years: the indicators, their
values in one, the rounds and the office's rules. Scores are calculated, never stored.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from assessments.enums import Direction, ResultStatus, RoundStatus
from assessments.models import (
    WHOLE_YEAR,
    Indicator,
    IndicatorValue,
    MonitoringRound,
    MonitoringSettings,
)
from assessments.scoring import IndicatorScore, score_indicator
from core import clock
from workflows.models import Cycle

# The year itself and the four before it.
YEARS_READ = 5


class Figure(NamedTuple):
    """One value as it is stored, without the words beside it."""

    indicator: int
    year: int
    months: int
    value: Decimal | None
    planned: Decimal | None
    status: str
    version: int
    definition_version: int
    entered_by: int | None
    pk: int


_COLUMNS = (
    *("indicator_id", "fiscal_year", "months", "value", "planned", "status", "version"),
    *("definition_version", "entered_by_id", "pk"),
)


@dataclass
class ResultRow:
    """An indicator with its figures, seen at the end of `months` of its year.

    `round` is the monitoring round of those months, where the year has one.
    """

    indicator: Indicator
    year: int
    months: int
    rules: MonitoringSettings
    today: dt.date
    round: MonitoringRound | None = None
    figures: dict[tuple[int, int], Figure] = field(default_factory=dict)

    def take(self, values: Iterable[IndicatorValue]) -> None:
        """Take figures from rows that were fetched already."""
        for row in values:
            figure = Figure(*(getattr(row, name) for name in _COLUMNS))
            self.figures[figure.year, figure.months] = figure

    @property
    def figure(self) -> Figure | None:
        return self.figures.get((self.year, self.months))

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def version(self) -> int:
        return self.figure.version if self.figure else 0

    @cached_property
    def result(self) -> IndicatorScore:
        return score_of(self.indicator, self.value, self.rules)

    @property
    def score(self) -> Decimal | None:
        """Return the score on the scale 0 to 5, to 5 decimals."""
        return self.result.of_five

    @property
    def history(self) -> list[tuple[int, Decimal | None]]:
        """Return (fiscal year, value of the whole year) of the years before, the oldest first."""
        return sorted(
            (figure.year, figure.value)
            for figure in self.figures.values()
            if figure.year < self.year and figure.months == WHOLE_YEAR
        )

    @property
    def of_rounds(self) -> dict[int, Decimal | None]:
        """Return months → value of this year."""
        return {
            figure.months: figure.value
            for figure in sorted(self.figures.values(), key=lambda one: one.months)
            if figure.year == self.year
        }

    @property
    def is_lower_better(self) -> bool:
        return self.indicator.direction == Direction.LOWER

    @property
    def meets_target(self) -> bool | None:
        """Return whether the value is at its target or better; None without one of the two."""
        return meets(self.indicator, self.value)

    @property
    def days_late(self) -> int:
        """Return how many days the value has been due in vain; 0 while there is time."""
        if self.round is None or self.value is not None or self.round.status == RoundStatus.PLANNED:
            return 0
        return max(0, (self.today - self.round.due_on).days)

    @property
    def state(self) -> str:
        """Return missing, late, waiting (entered, not checked yet), returned or confirmed."""
        if self.figure and self.figure.status == ResultStatus.RETURNED:
            return "returned"
        if self.value is None:
            return "late" if self.days_late else "missing"
        return "confirmed" if self.figure.status == ResultStatus.CONFIRMED else "waiting"


def score_of(
    indicator: Indicator, value: Decimal | None, rules: MonitoringSettings
) -> IndicatorScore:
    """Return what the indicator's own rule and the office's floor make of a value."""
    return score_indicator(
        indicator.rule,
        indicator.direction,
        indicator.target,
        value,
        indicator.lower_bound,
        indicator.upper_bound,
        thresholds=indicator.thresholds,
        floor=rules.floor,
    )


class Aim(Protocol):
    """What says which values are good: an indicator, or a row that names it."""

    direction: str
    target: Decimal | None


def meets(indicator: Aim, value: Decimal | None) -> bool | None:
    """Return whether a value is at the indicator's target or better; None without one of both."""
    if value is None or indicator.target is None:
        return None
    if indicator.direction == Direction.LOWER:
        return value <= indicator.target
    return value >= indicator.target


def rows_of(
    indicators: Iterable[Indicator],
    cycle: Cycle,
    months: int,
    rules: MonitoringSettings,
    rounds: Iterable[MonitoringRound] = (),
    years: int = YEARS_READ,
) -> list[ResultRow]:
    """Return a row an indicator of the cycle with the figures of some years: by item of category
    7, then the others.

    One query for the figures, none where there are no indicators.
    """
    today = clock.today()
    kept = next((row for row in rounds if row.months == months), None)
    rows = {
        one.pk: ResultRow(one, cycle.fiscal_year, months, rules, today, kept)
        for one in sorted(indicators, key=_place)
    }
    add_figures(rows.values(), years)
    return list(rows.values())


def _place(one: Indicator) -> tuple:
    return (one.group == "", one.group, one.order, one.pk)


def add_figures(rows: Iterable[ResultRow], years: int = YEARS_READ) -> None:
    """Give rows of one year their figures of the last `years` years; 1 query."""
    known = {row.indicator.pk: row for row in rows}
    if not known:
        return
    year = next(iter(known.values())).year
    found = IndicatorValue.objects.filter(
        indicator__in=known, fiscal_year__range=(year - years + 1, year)
    )
    for values in found.order_by("pk").values_list(*_COLUMNS):
        figure = Figure(*values)
        known[figure.indicator].figures[figure.year, figure.months] = figure


def current_months(rounds: Iterable[MonitoringRound]) -> int:
    """Return the round that a page opens with: the earliest open one, else the last that was
    opened, else the first; twelve months where the year has no rounds.
    """
    rounds = list(rounds)
    for row in rounds:
        if row.status == RoundStatus.OPEN:
            return row.months
    begun = [row.months for row in rounds if row.status != RoundStatus.PLANNED]
    if begun:
        return begun[-1]
    return rounds[0].months if rounds else WHOLE_YEAR
