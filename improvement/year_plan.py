"""The plan over the twelve months of a year: bars by project, and money by quarter.

The year shown is the fiscal year in which most actions begin: an office that plans in the last
quarter acts in the year after. Bars that leave the year end in an arrow.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from agencies.models import Unit, User
from core import fiscal_year as fiscal
from core.drawing.gantt import GanttRow, gantt
from improvement.models import Action, ImprovementPlan, Project
from improvement.queries import Group, actions_of, by_project

QUARTERS = (1, 2, 3, 4)


@dataclass
class Bar:
    """An action with its drawing, and what the edges of the year say."""

    action: Action
    number: int
    drawing: str
    begins_before: dt.date | None
    goes_on: dt.date | None


@dataclass
class Section:
    """A project (or None) with its bars and its money."""

    project: Project | None
    bars: list[Bar]
    budget: Decimal


@dataclass
class Money:
    """One line of the budget table: shares of the quarters, what is not shared out, the sum."""

    label: str
    quarters: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * 4)
    unshared: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    count: int = 0

    def add(self, action: Action) -> None:
        shares = [getattr(action, f"budget_q{quarter}") for quarter in QUARTERS]
        self.total += action.budget
        self.count += 1
        if all(share is None for share in shares):
            self.unshared += action.budget
        for place, share in enumerate(shares):
            self.quarters[place] += share or 0


@dataclass
class YearPlan:
    """The plan as the year's page, its paper and its Excel file show it."""

    plan: ImprovementPlan
    year: int
    sections: list[Section]
    months: list[dict]
    ground: str
    by_project: list[Money]
    by_unit: list[Money]
    total: Money

    @property
    def leaves_year(self) -> bool:
        return any(bar.begins_before or bar.goes_on for part in self.sections for bar in part.bars)

    @property
    def has_quarters(self) -> bool:
        return any(self.total.quarters)


@dataclass(frozen=True)
class Filter:
    """Which actions are shown; None shows all."""

    project: int | None = None
    unit: int | None = None
    person: int | None = None
    category: int | None = None

    def of(self, actions: Iterable[Action]) -> list[Action]:
        wanted = {
            "project_id": self.project,
            "unit_id": self.unit,
            "owner_id": self.person,
            "category_number": self.category,
        }
        asked = [(name, key) for name, key in wanted.items() if key is not None]
        return [row for row in actions if all(getattr(row, name) == key for name, key in asked)]


def shown_year(actions: Sequence[Action], cycle_year: int) -> int:
    """Return the fiscal year in which most actions begin, the earlier of two; else the cycle's."""
    years = Counter(fiscal.fiscal_year_of(action.starts_on) for action in actions)
    return min(years, key=lambda year: (-years[year], year)) if years else cycle_year


def year_plan(
    plan: ImprovementPlan,
    today: dt.date,
    *,
    only: Filter | None = None,
    language: str | None = None,
    for_print: bool = False,
) -> YearPlan:
    """Return the plan over its year; two queries."""
    everything = list(actions_of(plan))
    actions = (only or Filter()).of(everything)
    groups = by_project(plan.projects.select_related("owner"), actions)
    groups = [group for group in groups if group.actions]
    year = shown_year(everything, plan.cycle.fiscal_year)
    ordered = [action for group in groups for action in group.actions]
    rows = [_gantt_row(action, today) for action in ordered]
    chart = gantt(rows, year, today=today, language=language, extend=False, for_print=for_print)
    bars = iter(
        _bar(action, number, drawing, year)
        for number, (action, drawing) in enumerate(zip(ordered, chart.rows, strict=True), start=1)
    )
    sections = [
        Section(group.project, [next(bars) for _action in group.actions], group.budget)
        for group in groups
    ]
    total = Money("")
    for action in actions:
        total.add(action)
    return YearPlan(
        plan=plan,
        year=year,
        sections=sections,
        months=chart.months,
        ground=chart.ground,
        by_project=_sums(groups),
        by_unit=_units(actions),
        total=total,
    )


def _gantt_row(action: Action, today: dt.date) -> GanttRow:
    actual = None
    if action.started_on and action.started_on <= today:
        until = action.done_on or today
        actual = (action.started_on, max(until, action.started_on))
    return GanttRow(action.title, ((action.starts_on, action.ends_on),), actual)


def _bar(action: Action, number: int, drawing: str, year: int) -> Bar:
    before = action.starts_on if action.starts_on < fiscal.first_day(year) else None
    after = action.ends_on if action.ends_on > fiscal.last_day(year) else None
    return Bar(action, number, drawing, before, after)


def _sums(groups: Sequence[Group]) -> list[Money]:
    found = []
    for group in groups:
        money = Money(group.project.name if group.project else "")
        for action in group.actions:
            money.add(action)
        found.append(money)
    return found


def _units(actions: Iterable[Action]) -> list[Money]:
    """Return a line for each unit, by name; those without a unit come last."""
    found: dict[str, Money] = {}
    for action in actions:
        label = action.unit.name if action.unit else ""
        found.setdefault(label, Money(label)).add(action)
    return sorted(found.values(), key=lambda money: (not money.label, money.label))


def choices(plan: ImprovementPlan) -> dict:
    """Return what the year's page may be filtered by: the plan's own units and people."""
    return {
        "projects": plan.projects.all(),
        "units": Unit.objects.filter(actions__plan=plan).distinct(),
        "people": User.objects.filter(actions__plan=plan).distinct().order_by("first_name", "pk"),
    }
