"""The year that a dashboard looks at: its cycle, the office's rules, and where its rounds are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from agencies.models import Agency
from assessments.indicators.reading import current_months
from assessments.models import IndicatorValue, MonitoringRound, MonitoringSettings
from core import clock
from workflows.models import Cycle


@dataclass(frozen=True)
class TheYear:
    """An office's fiscal year (B.E.) as dashboards see it today.

    `rounds` are without their snapshots; each knows how many indicators have a value (`entered`).
    """

    agency: Agency
    year: int
    today: dt.date
    cycle: Cycle
    rules: MonitoringSettings
    rounds: list[MonitoringRound]

    @property
    def months(self) -> int:
        """Return the months of the round that is looked at: open, or opened last."""
        return current_months(self.rounds)

    @property
    def round(self) -> MonitoringRound | None:
        return next((row for row in self.rounds if row.months == self.months), None)


def the_year(agency: Agency, year: int) -> TheYear | None:
    """Return the year, None where it was never opened; 2 queries."""
    cycle = (
        Cycle.objects.filter(agency=agency, fiscal_year=year)
        .select_related("agency__monitoring_settings")
        .order_by("pk")
        .first()
    )
    if cycle is None:
        return None
    rules = getattr(cycle.agency, "monitoring_settings", None) or MonitoringSettings(agency=agency)
    return TheYear(agency, year, clock.today(), cycle, rules, _rounds(cycle))


def _rounds(cycle: Cycle) -> list[MonitoringRound]:
    entered = (
        IndicatorValue.objects.filter(
            indicator__cycle=cycle,
            fiscal_year=cycle.fiscal_year,
            months=OuterRef("months"),
            value__isnull=False,
        )
        .order_by()
        .values("months")
        .annotate(count=Count("pk"))
    )
    return list(
        cycle.rounds.defer("snapshot", "proposals")
        .annotate(entered=Coalesce(Subquery(entered.values("count")), 0))
        .order_by("months", "pk")
    )
