"""Indicators of the demo office: the performance agreement, ITA and others, and their rounds.

Made by the functions that people's clicks call. The figures are in demo_data/indicators.yaml; all
of them are invented.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from agencies.models import Agency, AgencyMembership, User
from approvals.transitions import perform
from assessments.indicators.definitions import add_definition
from assessments.indicators.results import enter
from assessments.models import Indicator, IndicatorValue, MonitoringRound
from core.clock import frozen
from pmqa_portal.demo_year import YEAR, nobody_gets_mail
from workflows.queries import main_cycle

TEXTS = Path(__file__).with_name("demo_data") / "indicators.yaml"
DEFINED = dt.date(2026, 3, 9)
NUMBERS = ("target", "weight", "comparator_value")


def load_indicators(agency: Agency) -> None:
    """Add the demo's further indicators to the finished year, unless they are there."""
    cycle = main_cycle(agency, YEAR)
    if Indicator.objects.filter(cycle=cycle, kind="krs").exists():
        return
    people = {user.username: user for user in User.objects.filter(memberships__agency=agency)}
    units = {
        row.user_id: row.unit
        for row in AgencyMembership.objects.filter(agency=agency).select_related("unit")
    }
    with transaction.atomic(), nobody_gets_mail(people), frozen(DEFINED):
        for row in _texts()["indicators"]:
            fields = _fields(row, people)
            fields["owner_unit"] = units[fields["owner"].pk]
            years = range(YEAR - len(row["values"]), YEAR)
            values = {
                year: _number(value) for year, value in zip(years, row["values"], strict=True)
            }
            add_definition(cycle, fields, values, people["officer"])


def report_values(kept: MonitoringRound, *, confirmed: bool = True) -> None:
    """Type the demo's values of an open round as their owners do; checkers confirm them.

    Called on the day that it is told to have happened, while the round is open.
    """
    texts = _texts()
    rounds = texts["rounds"] | {row["code"]: row["rounds"] for row in texts["indicators"]}
    rows = Indicator.objects.filter(cycle=kept.cycle, code__in=rounds).select_related(
        "cycle__agency", "owner", "checker"
    )
    for indicator in rows:
        value = rounds[indicator.code].get(kept.months)
        if value is None or indicator.owner is None:
            continue
        enter(indicator, kept, {"value": _number(value)}, version=0, by=indicator.owner)
        if confirmed and indicator.checker:
            row = IndicatorValue.objects.select_related("indicator__cycle__agency").get(
                indicator=indicator, fiscal_year=kept.cycle.fiscal_year, months=kept.months
            )
            perform(row, "confirm", indicator.checker)


def _texts() -> dict[str, Any]:
    return YAML(typ="safe").load(TEXTS.read_text(encoding="utf-8"))


def _fields(row: dict[str, Any], people: dict[str, User]) -> dict[str, Any]:
    fields = {key: value for key, value in row.items() if key not in ("values", "rounds")}
    fields |= {name: _number(row[name]) for name in NUMBERS if name in row}
    return fields | {name: people[row[name]] for name in ("owner", "checker")}


def _number(value: Any) -> Decimal:
    return Decimal(str(value))
