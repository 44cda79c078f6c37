"""Indicators of a year as plain lines: the value of a round beside plan and target."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import FilteredRelation, Q

from agencies.models import User
from assessments.enums import Direction
from assessments.indicators.reading import meets
from assessments.models import Indicator
from improvement.monitoring.traffic import Traffic, share_of_target, traffic_of_indicator
from reports.dashboards.the_year import TheYear


class IndicatorLine(NamedTuple):
    """What dashboards read of an indicator; names as the model has them."""

    pk: int
    code: str
    group: str
    name: str
    unit: str
    direction: str
    target: Decimal | None
    owner: int | None
    owner_unit: int | None
    value: Decimal | None
    planned: Decimal | None
    title: str | None
    first_name: str | None
    last_name: str | None

    @property
    def is_lower_better(self) -> bool:
        return self.direction == Direction.LOWER

    @property
    def plan(self) -> Decimal | None:
        """Return what the round should have reached: as typed, else the year's target."""
        return self.target if self.planned is None else self.planned

    @property
    def share(self) -> Decimal | None:
        return share_of_target(self.plan, self.value, lower_is_better=self.is_lower_better)

    @property
    def meets_target(self) -> bool | None:
        """Return as the list of results: at the target or better; None without one of both."""
        return meets(self, self.value)

    @property
    def owner_name(self) -> str:
        return name_of(self.title, self.first_name, self.last_name)

    def word(self, on_plan_pct: int) -> Traffic | None:
        """Return the word of `improvement.monitoring.traffic`."""
        return traffic_of_indicator(
            self.plan, self.value, on_plan_pct, lower_is_better=self.is_lower_better
        )


_COLUMNS = (
    *("pk", "code", "group", "name", "unit", "direction", "target", "owner_id", "owner_unit_id"),
    *("now__value", "now__planned", "owner__title", "owner__first_name", "owner__last_name"),
)


def name_of(title: str | None, first_name: str | None, last_name: str | None) -> str:
    """Return a person's name as everywhere, from the columns of a joined row; "" of nobody."""
    if first_name is None:
        return ""
    return str(User(title=title, first_name=first_name, last_name=last_name or ""))


def indicator_lines(year: TheYear, **only) -> list[IndicatorLine]:
    """Return the year's indicators in the order of their list; 1 query."""
    now = Q(values__fiscal_year=year.year, values__months=year.months)
    rows = (
        Indicator.objects.filter(cycle=year.cycle, **only)
        .annotate(now=FilteredRelation("values", condition=now))
        .order_by("group", "order", "pk")
    )
    return [IndicatorLine(*values) for values in rows.values_list(*_COLUMNS)]


def states(lines: Iterable[IndicatorLine]) -> dict[str, int]:
    """Return how many meet their target (met), do not (short), have no value (missing), in all."""
    found = {"all": 0, "met": 0, "short": 0, "missing": 0, "no_target": 0}
    for line in lines:
        found["all"] += 1
        if line.value is None:
            found["missing"] += 1
        elif line.target is None:
            found["no_target"] += 1
        else:
            found["met" if line.meets_target else "short"] += 1
    return found
