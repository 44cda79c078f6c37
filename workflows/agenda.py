"""The calendar as an agenda: every due day and award stage of the year in order of date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.thai_dates import format_month_year
from workflows.calendar import Group, Row
from workflows.models import AwardStage


@dataclass
class Entry:
    """A due day of a step, or the first day of an award stage."""

    day: dt.date
    row: Row | None = None
    window: dict | None = None
    stage: AwardStage | None = None


@dataclass
class Month:
    """A month that holds something."""

    title: str
    is_now: bool
    is_past: bool
    entries: list[Entry] = field(default_factory=list)


def agenda(groups: list[Group], stages: Iterable[AwardStage], today: dt.date) -> list[Month]:
    """Return the months in which something falls due or an award stage begins."""
    entries = [
        Entry(window["due_on"], row, window)
        for group in groups
        for row in group.rows
        for window in row.windows
        if window["due_on"]
    ]
    entries += [Entry(stage.starts_on, stage=stage) for stage in stages]
    months: dict[tuple[int, int], Month] = {}
    for entry in sorted(entries, key=_place):
        month = (entry.day.year, entry.day.month)
        now = (today.year, today.month)
        found = months.setdefault(
            month, Month(format_month_year(entry.day), month == now, month < now)
        )
        found.entries.append(entry)
    return list(months.values())


def _place(entry: Entry) -> tuple:
    if entry.row is None:
        return (entry.day, 0, entry.stage.pk, 0)
    return (entry.day, 1, entry.row.step.cycle_id, entry.row.number)
