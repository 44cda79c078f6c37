"""The demo office's monitoring rounds of 2569: two accepted, the third open with some entries.

They follow a small plan of the year before, written when that year was taken into the portal.
Made by the functions that people's clicks call, each on its day, as the rest of the demo year;
the texts are in demo_data/rounds_2569.yaml.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from agencies.models import Agency, User
from approvals.transitions import perform
from assessments.models import MonitoringRound
from assessments.rounds.making import save_round
from core.clock import frozen
from improvement.doing import finish
from improvement.models import Action
from improvement.monitoring.reporting import report_of, save_report
from improvement.planning import add_action, start_plan
from pmqa_portal.demo_indicators import report_values
from pmqa_portal.demo_year import SOP, YEAR, People, nobody_gets_mail
from workflows.closing import close_cycle
from workflows.models import Cycle, Procedure
from workflows.opening import open_cycle
from workflows.queries import main_cycle

TEXTS = Path(__file__).with_name("demo_data") / "rounds_2569.yaml"
TAKEN_IN = dt.date(2025, 9, 1)
PLANNED, APPROVED = dt.date(2025, 9, 8), dt.date(2025, 9, 15)
CLOSED = dt.date(2026, 8, 31)
AS_WRITTEN = ("title", "starts_on", "ends_on", "measure", "target")


def load_rounds(agency: Agency) -> None:
    """Make the rounds of 2569, or leave them as they are when the plan they follow is there.

    A demo office that was loaded before years had rounds stays without: its year has gone on.
    """
    cycle = main_cycle(agency, YEAR)
    if cycle is None or main_cycle(agency, YEAR - 1) or not cycle.rounds.exists():
        return
    texts = YAML(typ="safe").load(TEXTS.read_text(encoding="utf-8"))
    people = {user.username: user for user in User.objects.filter(memberships__agency=agency)}
    rounds = MonitoringRound.objects.select_related("cycle__agency")
    with transaction.atomic(), nobody_gets_mail(people):
        year_before, actions = _plan_before(agency, texts["actions"], people)
        for said in texts["rounds"]:
            row = rounds.get(cycle=cycle, months=said["months"])
            _report(row, actions, said, people["officer"])
            _close(row, said, texts["reason"], people)
        _finish(actions, texts["actions"], people["officer"])
        _close_year(year_before, texts["remark"], people["officer"])


def _plan_before(
    agency: Agency, rows: list[dict[str, Any]], people: People
) -> tuple[Cycle, list[Action]]:
    """Open 2568 and write its plan, which the director approves."""
    by = people["officer"]
    version = Procedure.objects.get(agency=agency, slug=SOP).versions.latest("pk")
    with frozen(TAKEN_IN):
        cycle = open_cycle(agency, version, YEAR - 1, by)
    with frozen(PLANNED):
        plan = start_plan(cycle, by)
        actions = [add_action(plan, _fields(row, people), by) for row in rows]
        perform(plan, "submit", by)
    with frozen(APPROVED):
        perform(plan, "approve", people["director"])
    return cycle, actions


def _fields(row: dict[str, Any], people: People) -> dict[str, Any]:
    return {name: row[name] for name in AS_WRITTEN} | {
        "category_number": row["category"],
        "owner": people[row["owner"]],
        "budget": Decimal(row["budget"]),
    }


def _report(row: MonitoringRound, actions: list[Action], said: dict, officer: User) -> None:
    """Open the round and let the owners report, in the order of the actions."""
    with frozen(said["opened"]):
        perform(row, "open", officer)
        report_values(row)
        for action, typed in zip(actions, said["reports"], strict=False):
            fields = {
                name: Decimal(text) if isinstance(text, int) else text
                for name, text in typed.items()
            }
            save_report(row, action, fields, report_of(row, action).version, action.owner)
        if said["proposals"]:
            save_round(row, {"proposals": said["proposals"].strip()}, row.version, officer)
            row.refresh_from_db()


def _close(row: MonitoringRound, said: dict, reason: str, people: People) -> None:
    """Close and accept the round where its days say so."""
    if "closed" not in said:
        return
    with frozen(said["closed"]):
        perform(row, "close_anyway", people["officer"], comment=reason)
    with frozen(said["accepted"]):
        perform(row, "accept", people["director"])


def _finish(actions: list[Action], rows: list[dict[str, Any]], by: User) -> None:
    for action, row in zip(actions, rows, strict=True):
        with frozen(row["done_on"]):
            finish(action, row["done_on"], f"{row['measure']} {row['target']}", by)


def _close_year(cycle: Cycle, remark: str, by: User) -> None:
    """Close the year that was taken in; its steps were done before the portal."""
    with frozen(CLOSED):
        steps = cycle.steps.select_related("cycle__agency")
        close_cycle(cycle, by, dict.fromkeys(steps, remark))
