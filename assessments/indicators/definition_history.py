"""The versions of a definition inside its year, and which values belong to which."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from agencies.models import User
from assessments.indicators.definition_words import Names, changes_between, names_in
from assessments.indicators.definitions import state_of
from assessments.models import Indicator, IndicatorValue
from documents.revisions import history_of

MOST_SHOWN = 60


@dataclass(frozen=True)
class Version:
    """One save: its number, when, by whom, and what it changed: (label, old, new)."""

    number: int
    at: dt.datetime
    by: User
    changes: list[tuple[str, str, str]]
    is_first: bool


@dataclass(frozen=True)
class History:
    """The definition as it stands, with the names it needs, and its versions, newest first."""

    state: dict[str, Any]
    names: Names
    versions: list[Version]


def history(indicator: Indicator) -> History:
    """Return the last versions of an indicator's definition. Five queries.

    A row that is older than the keeping of versions has no first one to compare with.
    """
    revisions = list(history_of(indicator)[:MOST_SHOWN])[::-1]
    states: list[dict[str, Any]] = []
    for revision in revisions:
        states.append((states[-1] if states else {}) | revision.data)
    now = state_of(indicator)
    names = names_in([*states, now])
    versions = [
        Version(
            revision.version,
            revision.saved_at,
            revision.saved_by,
            changes_between(states[place - 1], states[place], names) if place else [],
            place == 0 and revision.version == 1,
        )
        for place, revision in enumerate(revisions)
    ]
    return History(now, names, versions[::-1])


def older_values(indicator: Indicator) -> list[IndicatorValue]:
    """Return this year's values that were typed under an older version of the definition."""
    return [
        row
        for row in indicator.values.filter(fiscal_year=indicator.cycle.fiscal_year)
        if row.value is not None and row.definition_version < indicator.version
    ]
