"""The rounds of a year side by side: how each action and indicator went from one to the next."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from assessments.enums import Direction, RoundStatus
from assessments.models import IndicatorValue, MonitoringRound
from assessments.rounds.words import round_label
from core.thai_numerals import plain_decimal
from improvement.models import Action, ActionReport
from improvement.monitoring.figures import done_by, text_of
from improvement.monitoring.queries import indicators_in_order, reported_actions
from improvement.monitoring.traffic import FULL
from workflows.models import Cycle


@dataclass(frozen=True)
class Cell:
    """A figure in one round, and how it went since the last round that has one."""

    planned: str | None
    reached: str | None
    way: str = ""

    @property
    def words(self) -> str:
        return {
            "up": pgettext("figure", "up"),
            "down": pgettext("figure", "down"),
            "same": pgettext("figure", "unchanged"),
            "better": pgettext("figure", "better"),
            "worse": pgettext("figure", "worse"),
        }.get(self.way, "")


@dataclass(frozen=True)
class Line:
    """An action or indicator with a cell for each round."""

    title: str
    unit: str
    cells: list[Cell]


@dataclass(frozen=True)
class Comparison:
    heads: list[str]
    actions: list[Line]
    indicators: list[Line]


def way_of(before: Decimal | None, now: Decimal | None) -> str:
    """Return up, down or same; "" where one of the two is missing."""
    if before is None or now is None:
        return ""
    return "same" if now == before else "up" if now > before else "down"


def judged(way: str, *, lower_is_better: bool) -> str:
    """Return better, worse or same for an indicator that went this way."""
    if way not in {"up", "down"}:
        return way
    return "better" if (way == "down") == lower_is_better else "worse"


def compared(cycle: Cycle, rounds: list[MonitoringRound]) -> Comparison:
    """Return the year's figures by round; rounds that are not open yet are left out.

    A closed round shows what it kept. Five queries, whatever the number of rows.
    """
    shown = [row for row in rounds if row.status != RoundStatus.PLANNED]
    reports, values = _reports(shown), _values(cycle, shown)
    actions = [
        _line(action.title, "", [_kept_action(row, action, reports) for row in shown])
        for action in reported_actions(cycle)
    ]
    indicators = []
    for indicator in indicators_in_order(cycle):
        pairs = [_kept_value(row, indicator, values) for row in shown]
        is_lower = indicator.direction == Direction.LOWER
        indicators.append(_line(indicator.name, indicator.unit, pairs, lower_is_better=is_lower))
    return Comparison([round_label(row) for row in shown], actions, indicators)


def _reports(rounds) -> dict:
    open_rounds = [row.pk for row in rounds if not row.snapshot]
    rows = ActionReport.objects.filter(round__in=open_rounds)
    return {(row.round_id, row.action_id): (row.planned_pct, row.actual_pct) for row in rows}


def _values(cycle: Cycle, rounds) -> dict:
    months = [row.months for row in rounds if not row.snapshot]
    rows = IndicatorValue.objects.filter(
        indicator__cycle=cycle, fiscal_year=cycle.fiscal_year, months__in=months
    )
    return {(row.months, row.indicator_id): (row.planned, row.value) for row in rows}


def _kept_action(row: MonitoringRound, action: Action, reports: dict) -> tuple:
    if row.snapshot:
        return _kept(row.snapshot["actions"], action.pk, "actual")
    planned, actual = reports.get((row.pk, action.pk), (None, None))
    return planned, FULL if actual is None and done_by(action, row) else actual


def _kept_value(row: MonitoringRound, indicator, values: dict) -> tuple:
    if row.snapshot:
        return _kept(row.snapshot["indicators"], indicator.pk, "value")
    planned, value = values.get((row.months, indicator.pk), (None, None))
    return (indicator.target if planned is None else planned), value


def _kept(rows: list[dict], pk: int, name: str) -> tuple:
    found = next((each for each in rows if each["id"] == pk), {})
    return tuple(
        None if found.get(key) is None else Decimal(found[key]) for key in ("planned", name)
    )


def _line(title: str, unit: str, pairs: list[tuple], *, lower_is_better=None) -> Line:
    """Return the line; `lower_is_better` (True or False) turns up and down into a judgement."""
    cells, before = [], None
    for planned, reached in pairs:
        way = way_of(before, reached)
        if lower_is_better is not None:
            way = judged(way, lower_is_better=lower_is_better)
        cells.append(Cell(_text(planned, unit), _text(reached, unit), way))
        before = before if reached is None else reached
    return Line(title, unit, cells)


def _text(number: Decimal | None, unit: str) -> str | None:
    """Return percent with two decimals, an indicator's value without idle zeros."""
    if number is None:
        return None
    return plain_decimal(number) if unit else text_of(number)
