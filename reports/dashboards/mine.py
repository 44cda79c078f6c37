"""A person's own indicators: those to enter and those to check, with score and trend."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from agencies.models import Agency, User
from assessments.indicators import listing
from assessments.indicators.addresses import indicator_address
from assessments.indicators.queries import indicators_of_year
from assessments.indicators.reading import ResultRow, rows_of
from assessments.indicators.result_permissions import can_enter, checks
from assessments.indicators.sparkline import sparkline
from assessments.indicators.totals import Part, part_of
from reports.dashboards.the_year import TheYear


@dataclass(frozen=True)
class MyLine:
    """An indicator of the person, with what is to be done with it now."""

    row: ResultRow
    chip: dict[str, Any]
    spark: str
    url: str
    may_enter: bool
    may_check: bool


@dataclass(frozen=True)
class Mine:
    """What the person answers for, and what the person checks for others."""

    owned: list[MyLine]
    checked: list[MyLine]
    part: Part


def present(user: User, agency: Agency, year: TheYear) -> Mine:
    """Return the person's indicators of the year at the round that runs; 2 queries."""
    indicators = (
        indicators_of_year(user, agency, year.year)
        .filter(Q(owner=user) | Q(checker=user))
        .order_by("group", "order", "pk")
    )
    rows = rows_of(indicators, year.cycle, year.months, year.rules, year.rounds)
    owned = [row for row in rows if row.indicator.owner_id == user.pk]
    checked = [row for row in rows if row.indicator.owner_id != user.pk]
    return Mine(
        owned=[_line(user, row) for row in owned],
        checked=[_line(user, row) for row in checked],
        part=part_of("", "", "", owned, year.rules.missing),
    )


def _line(user: User, row: ResultRow) -> MyLine:
    entered_by = row.figure.entered_by if row.figure else None
    return MyLine(
        row=row,
        chip=listing.chip_of(row),
        spark=sparkline(row),
        url=indicator_address(row.indicator, row.months),
        may_enter=listing.is_writable(row) and can_enter(user, row.indicator),
        may_check=row.state == "waiting" and checks(user, row.indicator, entered_by),
    )
