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
    """One line: what, whose, its word, how late or how far below, and its source."""

    kind: str
    word: Traffic
    code: str
    title: str
    owner: str
    unit: int | None
    days: int
    share: Decimal | None
    url: str

    @property
    def is_overdue(self) -> bool:
        return self.word == Traffic.OVERDUE

    @property
    def rank(self) -> tuple:
        share = Decimal(0) if self.share is None else self.share
        return (not self.is_overdue, -self.days, share, self.kind, self.code, self.title, self.url)


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
    url = reverse("improvement:action-detail", args=[year.agency.code, line.plan_year, line.pk])
    share = ratio_of(line.planned(year), line.actual(year))
    days = line.days_over(year.today) if word == Traffic.OVERDUE else 0
    return RedItem(
        "action", word, str(line.category), line.title, line.owner_name, line.unit, days, share, url
    )


def _indicator(year: TheYear, line: IndicatorLine, days: int) -> RedItem | None:
    if line.value is None:
        if not days:
            return None
        word, days = Traffic.OVERDUE, days
    else:
        found = line.word(year.rules.on_plan_pct)
        if found not in BELOW:
            return None
        word, days = found, 0
    address = reverse("indicators:detail", args=[year.agency.code, year.year, line.pk])
    url = f"{address}?round={year.months}"
    code = line.code or line.group
    return RedItem(
        "indicator", word, code, line.name, line.owner_name, line.owner_unit, days, line.share, url
    )
