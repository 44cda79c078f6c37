"""Improvement plans for tests: `make_plan(office)` gives a plan that may be submitted."""

import datetime as dt
from decimal import Decimal

from approvals.models import ApprovalRequest
from approvals.transitions import perform
from improvement.models import Action, ImprovementPlan, PlanPoint
from tests.assessments.factories import make_open_cycle

YEAR = 2570


def add_action(plan: ImprovementPlan, owner=None, **fields) -> Action:
    """Return a complete action at the end of the plan."""
    values = {
        "title": "จัดอบรมการใช้ข้อมูล",
        "category_number": 1,
        "order": plan.actions.count() + 1,
        "owner": owner,
        "starts_on": dt.date(2027, 1, 4),
        "ends_on": dt.date(2027, 3, 31),
        "measure": "ร้อยละผู้ผ่านการอบรม",
        "target": "80",
        "budget": Decimal("12000.00"),
    }
    return Action.objects.create(plan=plan, **(values | fields))


def add_point(plan: ImprovementPlan, text: str = "ยังไม่มีการวัดผล", **fields) -> PlanPoint:
    """Return a point of the plan, typed unless the fields name its source."""
    values = {"kind": "ofi" if "finding" in fields else "other", "order": plan.points.count() + 1}
    return PlanPoint.objects.create(plan=plan, text=text, **(values | fields))


def make_plan(office, status: str = "draft", actions: int = 1, cycle=None) -> ImprovementPlan:
    """Return the office's plan of 2570 in the given state, with complete actions."""
    officer = office.people["officer"]
    cycle = cycle or make_open_cycle(office.agency, YEAR, officer)
    plan = ImprovementPlan.objects.create(cycle=cycle)
    for _number in range(actions):
        add_action(plan, officer)
    if status == "draft":
        return plan
    perform(plan, "submit", officer)
    if status == "approved":
        perform(plan, "approve", office.people["director"])
    if status == "returned":
        perform(plan, "return_", office.people["director"], comment="ปรับวงเงิน")
    return plan


def request_of(plan: ImprovementPlan) -> ApprovalRequest:
    """Return the plan's newest request for a decision."""
    return ApprovalRequest.objects.filter(object_id=plan.pk).order_by("-pk").first()
