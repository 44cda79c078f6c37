"""A unit's work in a year: its indicators, actions, items of the self-assessment, and steps.

Items belong to the unit whose members they were handed to; steps to the unit that keeps their SOP.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from agencies.models import Agency, Unit
from assessments.models import ItemAssignment
from improvement.monitoring.traffic import BELOW, Traffic
from improvement.monitoring.traffic import CHIPS as TRAFFIC_CHIPS
from reports.dashboards.action_lines import ActionLine, action_lines
from reports.dashboards.category_bars import word_label
from reports.dashboards.indicator_lines import IndicatorLine, indicator_lines, states
from reports.dashboards.red import days_late, red_items
from reports.dashboards.the_year import TheYear
from workflows.enums import StepStatus
from workflows.models import Step

# A unit's page shows so many indicators; the list of results has them all.
MOST_LINES = 50


@dataclass
class UnitFigures:
    """A unit's line in the table of all units."""

    unit: Unit
    indicators: list[IndicatorLine] = field(default_factory=list)
    actions: list[ActionLine] = field(default_factory=list)
    red: int = 0

    @property
    def states(self) -> dict[str, int]:
        return states(self.indicators)

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.actions)


def units_of(agency: Agency) -> list[Unit]:
    """Return the office's units in use, in their order; 1 query."""
    return list(Unit.objects.filter(agency=agency, is_active=True).order_by("order", "name", "pk"))


def chosen(units: list[Unit], asked: int | None, own: int | None) -> Unit | None:
    """Return the unit asked for, else the person's own, else the first; None without units."""
    known = {unit.pk: unit for unit in units}
    return known.get(asked) or known.get(own) or (units[0] if units else None)


def present(year: TheYear, units: list[Unit], unit: Unit | None) -> dict[str, Any]:
    """Return the table of all units and the rows of the chosen one; 4 queries."""
    indicators, actions = indicator_lines(year), action_lines(year)
    red = Counter(item.unit for item in red_items(year, actions, indicators))
    table = {row.pk: UnitFigures(row, red=red[row.pk]) for row in units}
    for line in indicators:
        if line.owner_unit in table:
            table[line.owner_unit].indicators.append(line)
    for line in actions:
        if line.unit in table:
            table[line.unit].actions.append(line)
    own = table[unit.pk] if unit else None
    return {
        "table": list(table.values()),
        "own": own,
        "indicator_rows": [
            indicator_row(year, line) for line in (own.indicators[:MOST_LINES] if own else [])
        ],
        "action_rows": [_action_row(year, line) for line in (own.actions if own else [])],
        "assignments": _assignments(year, unit) if unit else [],
        "steps": _steps(year, unit) if unit else [],
    }


def indicator_row(year: TheYear, line: IndicatorLine) -> dict[str, Any]:
    """Return what a line of a table shows: the word with its chip, and the page behind."""
    is_late = line.value is None and days_late(year) > 0
    word = Traffic.OVERDUE if is_late else line.word(year.rules.on_plan_pct)
    address = reverse("indicators:detail", args=[year.agency.code, year.year, line.pk])
    return {
        "line": line,
        "label": word_label(word) if word else "",
        "chip": TRAFFIC_CHIPS[word] if word else "",
        "url": f"{address}?round={year.months}",
    }


def _action_row(year: TheYear, line: ActionLine) -> dict[str, Any]:
    word = line.word(year)
    return {
        "line": line,
        "planned": line.planned(year),
        "actual": line.actual(year),
        "label": word_label(word),
        "chip": TRAFFIC_CHIPS[word],
        "is_red": word in BELOW,
        "url": reverse(
            "improvement:action-detail", args=[year.agency.code, line.plan_year, line.pk]
        ),
    }


def _assignments(year: TheYear, unit: Unit) -> list[ItemAssignment]:
    """Return the open assignments of the unit's active members, the earliest due first."""
    return list(
        ItemAssignment.objects.filter(
            item_answer__category_assessment__assessment__cycle=year.cycle,
            user__memberships__unit=unit,
            user__memberships__agency=year.agency,
            user__memberships__is_active=True,
            done_at__isnull=True,
        )
        .select_related("item_answer__item", "user")
        .order_by("due_on", "pk")[:MOST_LINES]
    )


def _steps(year: TheYear, unit: Unit) -> list[Step]:
    """Return the steps of the unit's SOP that are not done yet."""
    return list(
        Step.objects.filter(
            cycle__agency=year.agency,
            cycle__fiscal_year=year.year,
            cycle__version__procedure__unit=unit,
        )
        .exclude(status=StepStatus.DONE)
        .order_by("due_on", "number", "pk")[:MOST_LINES]
    )
