"""Weighted totals of a year's results: in all, by group, kind, perspective and unit.

Σ(weight × score) ÷ Σ(weight) on the scale 0 to 5, by the office's rule for missing values. Every
figure names the rows it rests on, so that a page can lead to them.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.enums import IndicatorKind, MissingRule, Perspective
from assessments.indicators.reading import ResultRow, current_months, rows_of
from assessments.indicators.scoring import Weighted, weighted_total
from assessments.models import Indicator, MonitoringRound
from assessments.rounds.queries import rounds_of, rules_of
from assessments.scoring import to_five
from workflows.models import Cycle


@dataclass(frozen=True)
class Part:
    """One total: what it is of, the filter that lists its rows, and its figures."""

    key: str
    label: str
    query: str
    weighted: Weighted
    counts: Counter

    @property
    def score(self) -> Decimal | None:
        """Return the total to 5 decimals: rounded here, once."""
        return None if self.weighted.total is None else to_five(self.weighted.total)

    @property
    def percent(self) -> Decimal | None:
        """Return the total as a share of 5, for a bar."""
        return None if self.score is None else self.score * 20

    @property
    def missing_words(self) -> str:
        return missing_words(self.weighted)


@dataclass(frozen=True)
class Overview:
    """All results of a year at the end of a round, counted and totalled."""

    cycle: Cycle
    months: int
    round: MonitoringRound | None
    rounds: list[MonitoringRound]
    rows: list[ResultRow]
    whole: Part
    groups: list[Part]
    kinds: list[Part]
    perspectives: list[Part]
    units: list[Part]

    @property
    def counts(self) -> Counter:
        """Return how many rows are missing, late, waiting, returned, confirmed; how many have a
        value (entered), meet their target (met) or do not (short).
        """
        return self.whole.counts


def overview(cycle: Cycle, months: int | None = None) -> Overview:
    """Return totals and rows of the year; 4 queries, whatever the number of indicators.

    `months` names the round; without it the one that is open, or was last (`current_months`).
    """
    rounds = list(rounds_of(cycle))
    rules = rules_of(cycle.agency)
    months = months or current_months(rounds)
    indicators = (
        Indicator.objects.filter(cycle=cycle)
        .select_related("owner_unit")
        .order_by("group", "order", "pk")
    )
    rows = rows_of(indicators, cycle, months, rules, rounds)
    kept = next((row for row in rounds if row.months == months), None)
    return Overview(cycle, months, kept, rounds, rows, **_parts(rows, rules.missing))


def _parts(rows: list[ResultRow], rule: str) -> dict:
    def by(name: str, key: Callable[[ResultRow], str], labels: dict[str, str]) -> list[Part]:
        found: dict[str, list[ResultRow]] = {}
        for row in rows:
            found.setdefault(key(row), []).append(row)
        order = [key for key in labels if key in found]
        order += sorted(key for key in found if key not in labels and key)
        return [
            part_of(key, labels.get(key, key), f"{name}={key}", found[key], rule) for key in order
        ]

    units = {
        str(unit.pk): unit.name
        for unit in sorted(
            {row.indicator.owner_unit for row in rows if row.indicator.owner_unit},
            key=lambda unit: (unit.order, unit.name, unit.pk),
        )
    }
    return {
        "whole": part_of("", _("All indicators"), "", rows, rule),
        "groups": by("group", lambda row: row.indicator.group, {}),
        "kinds": by("kind", lambda row: row.indicator.kind, dict(IndicatorKind.choices)),
        "perspectives": by(
            "perspective", lambda row: row.indicator.perspective, dict(Perspective.choices)
        ),
        "units": by("unit", lambda row: str(row.indicator.owner_unit_id or ""), units),
    }


def part_of(key: str, label: str, query: str, rows: Iterable[ResultRow], rule: str) -> Part:
    """Return the weighted total of some rows with its counts."""
    rows = list(rows)
    counts: Counter = Counter(row.state for row in rows)
    counts["all"] = len(rows)
    counts["entered"] = sum(row.value is not None for row in rows)
    counts["met"] = sum(row.meets_target is True for row in rows)
    counts["short"] = sum(row.meets_target is False for row in rows)
    total = weighted_total([(row.indicator.weight, row.score) for row in rows], rule)
    return Part(key, label, query, total, counts)


def missing_words(total: Weighted) -> str:
    """Return what was done with missing parts, to be said beside the figure; "" without any."""
    if not total.missing:
        return ""
    words = (
        ngettext(
            "%(count)s without a score counted as 0",
            "%(count)s without a score counted as 0",
            total.missing,
        )
        if total.rule == MissingRule.ZERO
        else ngettext(
            "%(count)s without a score left out",
            "%(count)s without a score left out",
            total.missing,
        )
    )
    return words % {"count": total.missing}
