"""Writing one value of an indicator: the one rule for rounds, forms and sheets.

A value is saved by one conditional UPDATE on its version, so that two people never overwrite each
other. It then waits to be checked again, and keeps who typed it, when, and which definition was in
force; each save is a revision. Of the indicator's own year two things are locked: what a checker
confirmed, until it is returned, and the whole year once its round is closed, whose figures are
what is accepted. Years before it have no check.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from agencies.models import User
from assessments.enums import ResultStatus, RoundStatus
from assessments.models import WHOLE_YEAR, Indicator, IndicatorValue, MonitoringRound
from core import clock
from documents.revisions import NotEditable, SaveConflict, Saved, save_text
from workflows.models import Cycle

LOCKED = Q(status=ResultStatus.CONFIRMED, fiscal_year=F("indicator__cycle__fiscal_year"))
Values = Mapping[int, Decimal | None]


class ValuesChanged(Exception):
    """Values were typed over that somebody changed or confirmed meanwhile.

    `rows` are they as they now stand, `typed` what was to be written, by fiscal year.
    """

    def __init__(self, rows: list[IndicatorValue], typed: Values):
        super().__init__("values were changed meanwhile")
        self.rows = rows
        self.typed = typed


def is_locked(row: IndicatorValue, indicator: Indicator) -> bool:
    """Return whether a checker confirmed this value of the indicator's year."""
    return row.status == ResultStatus.CONFIRMED and row.fiscal_year == indicator.cycle.fiscal_year


def is_settled(cycle: Cycle) -> bool:
    """Return whether the round of the whole year is closed: its values wait for acceptance or
    have it.
    """
    ended = (RoundStatus.CLOSED, RoundStatus.ACCEPTED)
    return MonitoringRound.objects.filter(cycle=cycle, months=WHOLE_YEAR, status__in=ended).exists()


def row_of(indicator: Indicator, year: int, months: int = WHOLE_YEAR) -> IndicatorValue:
    """Return the indicator's row of the year's months, made at version 0 where there is none."""
    names = {"indicator": indicator, "fiscal_year": year, "months": months}
    try:
        with transaction.atomic():
            row, _new = IndicatorValue.objects.get_or_create(**names, defaults={"version": 0})
    except IntegrityError:
        row = IndicatorValue.objects.get(**names)
    return row


def write(
    row: IndicatorValue,
    changes: Mapping[str, Any],
    indicator: Indicator,
    *,
    version: int,
    by: User,
    request_id: str = "",
) -> Saved:
    """Write a value or words of it, typed on `version` under the indicator's definition as given.

    Raises SaveConflict when somebody saved since, NotEditable when the value is confirmed.
    """
    state = {
        "status": ResultStatus.ENTERED.value,
        "definition_version": indicator.version,
        "entered_by_id": by.pk,
        "entered_at": clock.now(),
        "checked_by_id": None,
        "checked_at": None,
    }
    return save_text(
        row,
        dict(changes) | state,
        version=version,
        by=by,
        agency=indicator.cycle.agency,
        editable=~LOCKED,
        request_id=request_id,
    )


def store_values(
    indicator: Indicator, values: Values, by: User, read: Values | None = None
) -> None:
    """Store whole years' values that differ from what is kept; None takes a value back.

    `read` is what the person saw by year: what was left alone is not written, and what somebody
    changed since is not overwritten. Raises ValuesChanged for such values and for locked ones;
    must run inside `transaction.atomic()`, which then takes back what was written before.
    """
    kept = _rows(indicator, values)
    wanted = {
        year: value
        for year, value in values.items()
        if value != _value_in(kept, year) and (read is None or value != read.get(year))
    }
    this_year = indicator.cycle.fiscal_year
    refused = {this_year} if this_year in wanted and is_settled(indicator.cycle) else set()
    for year, value in wanted.items():
        row = kept.get(year)
        is_newer = read is not None and _value_in(kept, year) != read.get(year)
        if year in refused or is_newer or (row and is_locked(row, indicator)):
            refused.add(year)
            continue
        row = row or row_of(indicator, year)
        try:
            write(row, {"value": value}, indicator, version=row.version, by=by)
        except (SaveConflict, NotEditable):  # somebody was quicker since the rows were read
            refused.add(year)
    if refused:
        now = _rows(indicator, refused)
        none = {year: IndicatorValue(indicator=indicator, fiscal_year=year) for year in refused}
        raise ValuesChanged(list((none | now).values()), values)


def _rows(indicator: Indicator, years: Iterable[int]) -> dict[int, IndicatorValue]:
    rows = indicator.values.filter(months=WHOLE_YEAR, fiscal_year__in=list(years))
    return {row.fiscal_year: row for row in rows.select_related("entered_by", "checked_by")}


def _value_in(rows: Mapping[int, IndicatorValue], year: int) -> Decimal | None:
    return rows[year].value if year in rows else None
