"""Every figure of a round's report, as plain data: what a closed round keeps as its snapshot.

Pages and papers read this one form. A closed or accepted round shows its snapshot; one that is
planned or open shows the figures of today. Numbers are text with their decimals, days ISO text.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assessments.enums import Direction, MissingRule
from assessments.models import IndicatorValue, MonitoringRound, MonitoringSettings
from assessments.rounds.queries import rounds_of, rules_of
from core.thai_numerals import plain_decimal
from improvement.enums import ActionStatus
from improvement.models import Action, ActionReport
from improvement.monitoring.queries import (
    evidence_by_category,
    evidence_codes,
    indicators_in_order,
    reported_actions,
    reports_up_to,
)
from improvement.monitoring.traffic import (
    BELOW,
    CENT,
    FULL,
    Course,
    Traffic,
    planned_share,
    ratio_of,
    share_of_target,
    traffic_of,
    traffic_of_indicator,
)

WORDS = ("result", "problem", "obstacle", "risk", "remedy")
Figures = dict[str, Any]


def figures_of(row: MonitoringRound) -> Figures:
    """Return the figures as they were kept at the closing, else as they are now."""
    return row.snapshot or figures_now(row)


def figures_now(
    row: MonitoringRound, rounds: list[MonitoringRound] | None = None, *, is_whole: bool = True
) -> Figures:
    """Return the figures of this moment; a fixed number of queries.

    `rounds`, where the caller has read them, are the rounds of the year. Without `is_whole` the
    evidence of the categories is left out, which only papers print.
    """
    cycle = row.cycle
    rules = rules_of(cycle.agency)
    reports = _by_months(reports_up_to(row))
    values = _values(row)
    codes = evidence_codes(row)
    own = reports.get(row.months, {})
    actions = [
        _action(number, action, own.get(action.pk), row, rules, codes)
        for number, action in enumerate(reported_actions(cycle), start=1)
    ]
    return {
        "format": 1,
        "year": cycle.fiscal_year,
        "months": row.months,
        "name": row.name,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "on_plan_pct": rules.on_plan_pct,
        "missing": rules.missing,
        "proposals": row.proposals,
        "actions": actions,
        "totals": totals_of(actions, rules.missing),
        "indicators": _indicators(row, values, rules),
        "before": _before(row, rounds or list(rounds_of(cycle)), reports, values),
        "evidence": evidence_by_category(cycle) if is_whole else [],
    }


def _by_months(reports: Iterable[ActionReport]) -> dict[int, dict[int, ActionReport]]:
    found: dict[int, dict[int, ActionReport]] = {}
    for report in reports.select_related("round"):
        found.setdefault(report.round.months, {})[report.action_id] = report
    return found


def _values(row: MonitoringRound) -> dict[int, dict[int, IndicatorValue]]:
    """Return the year's values up to the round: months → indicator → value."""
    found: dict[int, dict[int, IndicatorValue]] = {}
    rows = IndicatorValue.objects.filter(
        indicator__cycle=row.cycle_id,
        fiscal_year=row.cycle.fiscal_year,
        months__lte=row.months,
    )
    for value in rows:
        found.setdefault(value.months, {})[value.indicator_id] = value
    return found


def planned_of(action: Action, report: ActionReport | None, row: MonitoringRound) -> Decimal:
    """Return what the action should have reached: as typed, else by its days that have passed."""
    if report is not None and report.planned_pct is not None:
        return report.planned_pct
    return planned_share(Course(action.starts_on, action.ends_on, row.ends_on))


def done_by(action: Action, row: MonitoringRound) -> bool:
    """Return whether the action was noted as done by the round's last day; it then counts 100."""
    is_done = action.status == ActionStatus.DONE and action.done_on is not None
    return is_done and action.done_on <= row.ends_on


def _action(number, action, report, row, rules: MonitoringSettings, codes) -> dict:
    planned = planned_of(action, report, row)
    actual = report.actual_pct if report else None
    done_by_then = done_by(action, row)
    if actual is None and done_by_then:
        actual = FULL
    course = Course(action.starts_on, action.ends_on, row.ends_on)
    word = traffic_of(course, planned, actual, rules.on_plan_pct, is_done=done_by_then)
    return {
        "id": action.pk,
        "number": number,
        "category": action.category_number,
        "title": action.title,
        "owner_id": action.owner_id,
        "owner": str(action.owner) if action.owner else "",
        "unit": str(action.unit) if action.unit else "",
        "starts_on": action.starts_on.isoformat(),
        "ends_on": action.ends_on.isoformat(),
        "planned": text_of(planned),
        "actual": text_of(actual),
        "ratio": text_of(ratio_of(planned, actual)),
        "word": word.value,
        "budget": text_of(action.budget),
        "spent": text_of(report.spent if report else None),
        "evidence": codes.get(action.pk, []),
        "version": report.version if report else 0,
        **{name: getattr(report, name) if report else "" for name in WORDS},
    }


def totals_of(actions: list[dict], missing: str) -> dict:
    """Return the head figures: means over actions of equal weight, and how many of each word.

    An action without report is left out of both means, or counts as 0, by the office's rule for
    missing values; one that is not due yet counts with what it has. `counted` says over how many.
    """
    counted = [
        row for row in actions if row["word"] != Traffic.MISSING or missing == MissingRule.ZERO
    ]
    words = [row["word"] for row in actions]
    planned = _mean(row["planned"] for row in counted)
    actual = _mean(row["actual"] for row in counted)
    return {
        "actions": len(actions),
        "counted": len(counted),
        "planned": text_of(planned),
        "actual": text_of(actual),
        "ratio": text_of(ratio_of(planned, actual)),
        "done": words.count(Traffic.DONE),
        "on_plan": words.count(Traffic.ON_PLAN),
        "below": sum(words.count(word) for word in BELOW),
        "not_due": words.count(Traffic.NOT_DUE),
        "missing": words.count(Traffic.MISSING),
    }


def _mean(texts: Iterable[str | None]) -> Decimal | None:
    """Return the mean, not rounded; nothing counts as 0. None of no rows."""
    numbers = [Decimal(text or 0) for text in texts]
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


def text_of(number: Decimal | None) -> str | None:
    """Return the number with two decimals, half-up."""
    return None if number is None else str(number.quantize(CENT, ROUND_HALF_UP))


def _indicators(row: MonitoringRound, values, rules: MonitoringSettings) -> list[dict]:
    own = values.get(row.months, {})
    return [
        _indicator(number, indicator, own.get(indicator.pk), rules)
        for number, indicator in enumerate(indicators_in_order(row.cycle), start=1)
    ]


def _indicator(number, indicator, value, rules: MonitoringSettings) -> dict:
    is_lower = indicator.direction == Direction.LOWER
    planned = indicator.target
    if value is not None and value.planned is not None:
        planned = value.planned
    reached = value.value if value else None
    word = traffic_of_indicator(planned, reached, rules.on_plan_pct, lower_is_better=is_lower)
    share = share_of_target(planned, reached, lower_is_better=is_lower)
    return {
        "id": indicator.pk,
        "number": number,
        "code": indicator.code,
        "group": indicator.group,
        "name": indicator.name,
        "unit": indicator.unit,
        "lower": is_lower,
        "owner_id": indicator.owner_id,
        "owner": str(indicator.owner or indicator.owner_unit or ""),
        "planned": _plain(planned),
        "value": _plain(reached),
        "share": text_of(share),
        "word": word.value if word else "",
        "status": value.status if value else "",
        **{name: getattr(value, name) if value else "" for name in WORDS[1:]},
    }


def _plain(number: Decimal | None) -> str | None:
    """Return the number without idle zeros, never in powers of ten."""
    return None if number is None else plain_decimal(number)


def _before(row: MonitoringRound, rounds, reports, values) -> list[dict]:
    """Return plan, actual and value of the earlier rounds of the year, by id."""
    return [
        {
            "months": earlier.months,
            "name": earlier.name,
            "actions": {
                str(action): [text_of(report.planned_pct), text_of(report.actual_pct)]
                for action, report in reports.get(earlier.months, {}).items()
            },
            "indicators": {
                str(indicator): _plain(value.value)
                for indicator, value in values.get(earlier.months, {}).items()
            },
        }
        for earlier in rounds
        if earlier.months < row.months
    ]


def unreported(figures: Figures) -> list[dict]:
    """Return the actions that should have a report and have none."""
    return [row for row in figures["actions"] if row["word"] == Traffic.MISSING]
