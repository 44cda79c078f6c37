"""Who may open what in the improvement plan, and in the approval of one."""

from approvals.models import ApprovalRequest
from approvals.transitions import perform
from assessments.models import Finding
from core import clock
from improvement.models import ImprovementPlan
from tests.assessments.factories import make_open_cycle
from tests.improvement.factories import add_action
from tests.permission_matrix.table import DEPUTIES, DIRECTORS, EVERYONE, OFFICERS, row
from workflows.models import Cycle

KEEPERS = OFFICERS | DEPUTIES
# champion1 and champion2 lead categories 1 and 2; the actions below are of category 1.
WRITERS = KEEPERS | {"champion1", "champion2"}
CATEGORY_WRITERS = KEEPERS | {"champion1"}
# Who neither decides nor prepares finds no request at all.
OUTSIDE = EVERYONE - OFFICERS - DIRECTORS - DEPUTIES


def objects(office):
    """A draft plan with two actions in the year's cycle; last year's plan waits for a decision."""
    cycle = Cycle.objects.filter(agency=office.agency, fiscal_year=office.year).first()
    plan = ImprovementPlan.objects.create(cycle=cycle)
    officer = office.people["officer"]
    first, second = add_action(plan, officer), add_action(plan, officer)
    submitted = ImprovementPlan.objects.create(
        cycle=make_open_cycle(office.agency, office.year - 1, officer)
    )
    add_action(submitted, officer)
    perform(submitted, "submit", officer)
    return {
        "plan": plan,
        "action": first,
        "second_action": second,
        "approval_request": ApprovalRequest.objects.get(
            agency=office.agency, object_id=submitted.pk
        ),
    }


def more(office, count):
    """Further actions, and further OFI that wait for one."""
    answer = office["item_answer"]
    for _number in range(count):
        add_action(office["plan"], office.people["officer"])
        Finding.objects.create(
            item_answer=answer,
            kind="ofi",
            text="ยังไม่มีการวัด",
            created_at=clock.now(),
            created_by=office.people["officer"],
        )


def fields(**changed):
    return {
        "title": "จัดอบรม",
        "category_number": 1,
        "starts_on": "4 ม.ค. 2570",
        "ends_on": "31 มี.ค. 2570",
        "version": 1,
    } | changed


ACTION = {"pk": "action"}
REQUEST = {"pk": "approval_request", "year": lambda office: office.year - 1}

ROWS = [
    row("improvement:plan", get=EVERYONE),
    row("improvement:plan-start", post=WRITERS),
    row("improvement:plan-transition", post=KEEPERS, ids={"name": lambda office: "submit"}),
    row(
        "improvement:action-add",
        get=WRITERS,
        post=WRITERS,
        data=fields(),
        foreign_data=lambda own, other: fields(owner=other.people["officer"].pk),
    ),
    row(
        "improvement:action-edit",
        get=CATEGORY_WRITERS,
        post=CATEGORY_WRITERS,
        ids=ACTION,
        data=fields(),
        foreign_data=lambda own, other: fields(
            unit=other.agency.units.first().pk, finding=other["assessment_finding"].pk
        ),
    ),
    row("improvement:action-remove", post=CATEGORY_WRITERS, ids=ACTION),
    row("improvement:action-move", post=KEEPERS, ids=ACTION | {"direction": lambda office: "down"}),
    row("approvals:inbox", get=EVERYONE),
    row("approvals:request", get=KEEPERS | DIRECTORS, ids=REQUEST, hidden_from=OUTSIDE),
    row("approvals:approve", post=DIRECTORS, ids=REQUEST, hidden_from=OUTSIDE),
    row(
        "approvals:return",
        post=DIRECTORS,
        ids=REQUEST,
        hidden_from=OUTSIDE,
        data={"comment": "ปรับวงเงิน"},
    ),
    row(
        "approvals:record-paper",
        get=OFFICERS,
        post=OFFICERS,
        ids=REQUEST,
        hidden_from=OUTSIDE,
    ),
]
