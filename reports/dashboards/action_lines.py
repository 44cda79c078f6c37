"""Actions that a year's rounds follow, as plain lines: reports, words, money."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.db.models import FilteredRelation, Q

from improvement.enums import ActionStatus
from improvement.monitoring.queries import followed
from improvement.monitoring.traffic import Course, Traffic, planned_share, traffic_of
from reports.dashboards.indicator_lines import name_of
from reports.dashboards.the_year import TheYear


class Report(NamedTuple):
    """What was reported of an action in a round."""

    planned: Decimal | None
    actual: Decimal | None
    spent: Decimal | None


@dataclass
class ActionLine:
    """What dashboards read of an action; `reports` by the months of their rounds."""

    pk: int
    title: str
    category: int
    plan_year: int
    status: str
    starts_on: dt.date
    ends_on: dt.date
    owner: int | None
    owner_name: str
    unit: int | None
    budget: Decimal
    quarters: tuple[Decimal | None, ...]
    reports: dict[int, Report] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return self.status == ActionStatus.DONE

    def days_over(self, today: dt.date) -> int:
        """Return how many days ago its last day was, while it is not done; else 0."""
        return 0 if self.is_done else max(0, (today - self.ends_on).days)

    def course(self, year: TheYear) -> Course:
        read_on = year.round.ends_on if year.round else year.today
        return Course(self.starts_on, self.ends_on, read_on)

    def planned(self, year: TheYear) -> Decimal:
        """Return what the round should have reached: as typed, else by the days passed."""
        report = self.reports.get(year.months)
        if report and report.planned is not None:
            return report.planned
        return planned_share(self.course(year))

    def actual(self, year: TheYear) -> Decimal | None:
        report = self.reports.get(year.months)
        return report.actual if report else None

    def word(self, year: TheYear) -> Traffic:
        """Return the word of `improvement.monitoring.traffic` at the round, as known today.

        An action that was done since is done. One without report whose last day is past and
        that nobody marked as done has reached nothing that is known: it counts as 0, so overdue.
        """
        actual = self.actual(year)
        if actual is None and self.days_over(year.today):
            actual = Decimal(0)
            course = Course(self.starts_on, self.ends_on, max(self.ends_on, year.today))
        else:
            course = self.course(year)
        planned = self.planned(year)
        return traffic_of(course, planned, actual, year.rules.on_plan_pct, is_done=self.is_done)


_COLUMNS = (
    *("pk", "title", "category_number", "plan__cycle__fiscal_year", "status"),
    *("starts_on", "ends_on", "owner_id", "owner__title", "owner__first_name", "owner__last_name"),
    *("unit_id", "budget", "budget_q1", "budget_q2", "budget_q3", "budget_q4"),
    *("said__round_id", "said__planned_pct", "said__actual_pct", "said__spent"),
)


def action_lines(year: TheYear, **only) -> list[ActionLine]:
    """Return the actions in the order of the rounds' tables, with their reports; 1 query."""
    months_of = {row.pk: row.months for row in year.rounds}
    # No round: a key that no row has, as nothing at all would leave out the actions too.
    said = Q(reports__round__in=list(months_of) or [0])
    rows = (
        followed(year.agency, year.year)
        .filter(**only)
        .annotate(said=FilteredRelation("reports", condition=said))
        .values_list(*_COLUMNS)
    )
    found: dict[int, ActionLine] = {}
    for row in rows:
        key, (round_, *report) = row[0], row[-4:]
        if key not in found:
            found[key] = ActionLine(
                *row[:8], name_of(*row[8:11]), row[11], row[12], tuple(row[13:17])
            )
        if round_ is not None:
            found[key].reports[months_of[round_]] = Report(*report)
    return list(found.values())


def reported(lines: list[ActionLine], months: int) -> int:
    """Return how many actions have said in the round what they reached."""
    return sum(
        line.reports.get(months, Report(None, None, None)).actual is not None for line in lines
    )
