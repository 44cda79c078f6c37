"""Who may open what of the monitoring rounds; the rounds of a year of their own."""

from assessments.models import Indicator, IndicatorValue
from assessments.rounds.making import make_rounds
from core import fiscal_year as fiscal
from improvement.enums import PlanStatus
from improvement.models import ImprovementPlan, ReportEvidence
from improvement.monitoring.reporting import report_of
from tests.assessments.factories import make_open_cycle
from tests.improvement.factories import add_action
from tests.improvement.monitoring.factories import make_evidence
from tests.permission_matrix.table import EVERYONE, OFFICERS, literal, row

REPORTERS = OFFICERS | {"champion1"}


def the_year(office):
    return office.year - 5


YEAR = {"year": the_year}


def days(office) -> dict:
    """Return the first and last day of the rounds' year, so that they follow the action."""
    year = the_year(office)
    return {"starts_on": fiscal.first_day(year), "ends_on": fiscal.last_day(year)}


# The round of 6 months is open, that of 9 is planned.
OPEN = YEAR | {"months": literal(6)}
PLANNED = YEAR | {"months": literal(9)}
ACTION = OPEN | {"pk": "round_action"}


def objects(office):
    """A year whose plan is approved; one report with evidence in its open round."""
    officer = office.people["officer"]
    cycle = make_open_cycle(office.agency, the_year(office), officer)
    make_rounds(cycle, officer)
    opened = cycle.rounds.get(months=6)
    cycle.rounds.filter(pk=opened.pk).update(status="open")
    plan = ImprovementPlan.objects.create(cycle=cycle, status=PlanStatus.APPROVED)
    action = add_action(plan, office.people["champion1"], **days(office))
    report = report_of(opened, action)
    report.save()
    evidence = make_evidence(cycle, officer)
    link = ReportEvidence.objects.create(report=report, evidence=evidence)
    return {
        "round_plan": plan,
        "round": opened,
        "round_action": action,
        "round_evidence": link.evidence,
    }


def more(office, count):
    """Further actions with reports and evidence, further indicators with values."""
    row_of, plan = office["round"], office["round_plan"]
    for _number in range(count):
        action = add_action(plan, office.people["officer"], **days(office))
        report = report_of(row_of, action)
        report.save()
        evidence = make_evidence(row_of.cycle, office.people["officer"])
        ReportEvidence.objects.create(report=report, evidence=evidence)
        indicator = Indicator.objects.create(
            cycle=row_of.cycle,
            name="ร้อยละ",
            unit="ร้อยละ",
            owner=office.people["officer"],
            target=80,
        )
        IndicatorValue.objects.create(
            indicator=indicator, fiscal_year=row_of.cycle.fiscal_year, months=6, value=60
        )


DAYS = {"opens_on": "31/3/2565", "due_on": "18/4/2565", "version": 1}

ROWS = [
    row("rounds:list", ids=YEAR, get=EVERYONE),
    row("rounds:make", ids=YEAR, post=OFFICERS),
    row("rounds:add", ids=YEAR, get=OFFICERS, post=OFFICERS, data={"months": 3}),
    row("rounds:compare", ids=YEAR, get=EVERYONE),
    row("rounds:round", ids=OPEN, get=EVERYONE),
    row("rounds:edit", ids=OPEN, get=OFFICERS, post=OFFICERS, data=DAYS),
    row("rounds:remove", ids=PLANNED, post=OFFICERS),
    row("rounds:proposals", ids=OPEN, post=OFFICERS, data={"proposals": "เร่งรัด", "version": 1}),
    row("rounds:transition", ids=PLANNED | {"name": literal("open")}, post=OFFICERS),
    row(
        "rounds:report",
        ids=ACTION,
        get=EVERYONE,
        post=REPORTERS,
        data={"actual_pct": "40", "version": 0},
    ),
    row(
        "rounds:attach",
        ids=ACTION,
        post=REPORTERS,
        data=lambda office: {"evidence": office["round_evidence"].pk},
        foreign_data=lambda own, other: {"evidence": other["round_evidence"].pk},
    ),
    row("rounds:detach", ids=ACTION | {"evidence": "round_evidence"}, post=REPORTERS),
]
