"""What is at risk or overdue, the worst first: actions of the plan and indicators.

The words are those of `improvement.monitoring.traffic`, read at the round that is open or was
opened last. An indicator whose value the round is waiting for longer than allowed is overdue.
Order: overdue before at risk; the longest overdue first; then the smallest share of its plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from assessments.enums import RoundStatus
from improvement.monitoring.traffic import BELOW, Traffic, ratio_of
from reports.dashboards.action_lines import ActionLine
from reports.dashboards.indicator_lines import IndicatorLine
from reports.dashboards.the_year import TheYear

# One screen: the rest is a page of its own.
MOST_SHOWN = 10


@dataclass(frozen=True)
class RedItem:
    """One line: its word, how late or how far below, and its source; words only when asked for."""

    kind: str
    word: Traffic
    days: int
    share: Decimal | None
    line: ActionLine | IndicatorLine
    year: TheYear

    @property
    def is_action(self) -> bool:
        return self.kind == "action"

    @property
    def is_overdue(self) -> bool:
        return self.word == Traffic.OVERDUE

    @property
    def code(self) -> str:
        line = self.line
        return str(line.category) if self.is_action else line.code or line.group

    @property
    def title(self) -> str:
        return self.line.title if self.is_action else self.line.name

    @property
    def owner(self) -> str:
        return self.line.owner_name

    @property
    def unit(self) -> int | None:
        return self.line.unit if self.is_action else self.line.owner_unit

    @property
    def url(self) -> str:
        code = self.year.agency.code
        if self.is_action:
            args = [code, self.line.plan_year, self.line.pk]
            return reverse("improvement:action-detail", args=args)
        address = reverse("indicators:detail", args=[code, self.year.year, self.line.pk])
        return f"{address}?round={self.year.months}"

    @property
    def rank(self) -> tuple:
        share = Decimal(0) if self.share is None else self.share
        return (not self.is_overdue, -self.days, share, self.kind, self.line.pk)


def red_items(
    year: TheYear, actions: Iterable[ActionLine], indicators: Iterable[IndicatorLine]
) -> list[RedItem]:
    """Return all red items, the worst first; no query."""
    found = [item for line in actions if (item := _action(year, line))]
    days = days_late(year)
    found += [item for line in indicators if (item := _indicator(year, line, days))]
    return sorted(found, key=lambda item: item.rank)


def days_late(year: TheYear) -> int:
    """Return for how many days values of the round have been due; 0 while there is time."""
    row = year.round
    if row is None or row.status == RoundStatus.PLANNED:
        return 0
    return max(0, (year.today - row.due_on).days)


def _action(year: TheYear, line: ActionLine) -> RedItem | None:
    word = line.word(year)
    if word not in BELOW:
        return None
    days = line.days_over(year.today) if word == Traffic.OVERDUE else 0
    share = ratio_of(line.planned(year), line.actual(year))
    return RedItem("action", word, days, share, line, year)


def _indicator(year: TheYear, line: IndicatorLine, days: int) -> RedItem | None:
    if line.value is None:
        return RedItem("indicator", Traffic.OVERDUE, days, None, line, year) if days else None
    word = line.word(year.rules.on_plan_pct)
    return RedItem("indicator", word, 0, line.share, line, year) if word in BELOW else None
