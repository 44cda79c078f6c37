"""Rounds for tests: `make_round(office)` gives an open round of 2570 with an approved plan."""

import datetime as dt

from approvals.transitions import perform
from assessments.enums import EvidenceKind
from assessments.models import Evidence, MonitoringRound
from assessments.rounds.making import make_rounds
from core import clock
from improvement.enums import PlanStatus
from improvement.models import ImprovementPlan
from improvement.monitoring.reporting import save_report
from tests.assessments.factories import make_open_cycle
from tests.improvement.factories import add_action

YEAR = 2570


def make_year(office, actions: int = 1, cycle=None) -> ImprovementPlan:
    """Return an approved plan of the year whose rounds of 6, 9 and 12 months are planned."""
    cycle = cycle or make_open_cycle(office.agency, YEAR, office.people["officer"])
    make_rounds(cycle, office.people["officer"])
    plan = ImprovementPlan.objects.create(cycle=cycle, status=PlanStatus.APPROVED)
    for number in range(1, actions + 1):
        add_action(
            plan,
            office.people["champion1"],
            title=f"กิจกรรมที่ {number}",
            starts_on=dt.date(2026, 10, 1),
            ends_on=dt.date(2027, 9, 30),
        )
    return plan


def round_of(plan: ImprovementPlan, months: int = 6) -> MonitoringRound:
    rows = MonitoringRound.objects.select_related("cycle__agency")
    return rows.get(cycle=plan.cycle_id, months=months)


def open_round(office, plan: ImprovementPlan, months: int = 6) -> MonitoringRound:
    """Return the round, opened by the officer."""
    row = round_of(plan, months)
    perform(row, "open", office.people["officer"])
    return row


def report(row: MonitoringRound, action, by, version: int = 0, **fields) -> int:
    """Save fields of the action's report and return its new version."""
    return save_report(row, action, fields, version, by).version


def make_evidence(cycle, by) -> Evidence:
    """Return a new note in the year's evidence library."""
    return Evidence.objects.create(
        cycle=cycle,
        code=f"R-{Evidence.objects.count() + 1}",
        kind=EvidenceKind.NOTE,
        title="รายงานการประชุม",
        note="เก็บที่กลุ่มอำนวยการ",
        created_at=clock.now(),
        created_by=by,
    )
