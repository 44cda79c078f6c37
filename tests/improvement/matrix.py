"""Who may open what in the improvement plan, and in the approval of one."""

from approvals.models import ApprovalRequest
from approvals.transitions import perform
from assessments.models import Finding
from core import clock
from improvement.models import ChangeRequest, ImprovementPlan, PlanPoint, Project
from tests.approvals import rows as approvals
from tests.assessments.factories import make_open_cycle
from tests.improvement.factories import add_action
from tests.improvement.monitoring import matrix_rows as round_rows
from tests.improvement.practices import matrix_rows as practice_rows
from tests.permission_matrix.table import DEPUTIES, EVERYONE, OFFICERS, literal, row
from workflows.models import Cycle

KEEPERS = OFFICERS | DEPUTIES
# champion1 and champion2 lead categories 1 and 2; the actions below are of category 1.
WRITERS = KEEPERS | {"champion1", "champion2"}
CATEGORY_WRITERS = KEEPERS | {"champion1"}


def objects(office):
    """A draft plan with two actions in the year's cycle; last year's plan waits for a decision."""
    cycle = Cycle.objects.filter(agency=office.agency, fiscal_year=office.year).first()
    plan = ImprovementPlan.objects.create(cycle=cycle)
    officer = office.people["officer"]
    first, second = add_action(plan, officer), add_action(plan, officer)
    project = Project.objects.create(plan=plan, name="โครงการข้อมูล")
    point = PlanPoint.objects.create(plan=plan, kind="other", text="ยังไม่มีข้อมูลกลาง")
    left_out = PlanPoint.objects.create(
        plan=plan, kind="other", text="ย้ายอาคาร", is_left_out=True, left_out_reason="ปีหน้า"
    )
    approved = ImprovementPlan.objects.create(
        cycle=make_open_cycle(office.agency, office.year + 1, officer)
    )
    running = add_action(approved, office.people["champion1"])
    perform(approved, "submit", officer)
    perform(approved, "approve", office.people["director"])
    change = ChangeRequest.objects.create(
        action=add_action(approved, officer),
        changes={"budget": ["12000.00", "15000.00"], "owner": [str(officer.pk), ""]},
        reason="ราคาสูงขึ้น",
        action_version=1,
        requested_by=officer,
        requested_at=clock.now(),
    )
    submitted = ImprovementPlan.objects.create(
        cycle=make_open_cycle(office.agency, office.year - 1, officer)
    )
    add_action(submitted, officer)
    perform(submitted, "submit", officer)
    return {
        "plan": plan,
        "action": first,
        "second_action": second,
        "project": project,
        "point": point,
        "left_out_point": left_out,
        "running_action": running,
        "change": change,
        "failed_paper": approvals.failed_paper(submitted),
        "approval_request": ApprovalRequest.objects.get(
            agency=office.agency, object_id=submitted.pk
        ),
        **round_rows.objects(office),
        **practice_rows.objects(office),
    }


def more(office, count):
    """Further projects with actions, further points, and OFI that are not gathered yet."""
    answer = office["item_answer"]
    plan, officer = office["plan"], office.people["officer"]
    for _number in range(count):
        project = Project.objects.create(plan=plan, name="โครงการ", owner=officer)
        point = PlanPoint.objects.create(plan=plan, kind="other", text="ประเด็น", impact=5, effort=1)
        add_action(plan, officer, project=project, point=point)
        PlanPoint.objects.create(plan=plan, kind="other", text="ประเด็นที่รอ")
        ChangeRequest.objects.create(
            action=add_action(office["change"].action.plan, officer),
            changes={"owner": [str(officer.pk), ""], "title": ["เดิม", "ใหม่"]},
            reason="เปลี่ยนคน",
            action_version=1,
            requested_by=officer,
            requested_at=clock.now(),
        )
        Finding.objects.create(
            item_answer=answer,
            kind="ofi",
            text="ยังไม่มีการวัด",
            created_at=clock.now(),
            created_by=office.people["officer"],
        )
    round_rows.more(office, count)
    practice_rows.more(office, count)


def fields(**changed):
    return {
        "title": "จัดอบรม",
        "category_number": 1,
        "starts_on": "4 ม.ค. 2570",
        "ends_on": "31 มี.ค. 2570",
        "version": 1,
    } | changed


ACTION = {"pk": "action"}
POINT = {"pk": "point"}
PROJECT = {"pk": "project"}
NEXT = {"year": lambda office: office.year + 1}
RUNNING = NEXT | {"pk": "running_action"}
CHANGE = NEXT | {"pk": "change"}

ROWS = [
    row("improvement:plan", get=EVERYONE),
    row("improvement:plan-start", post=WRITERS),
    row("improvement:plan-life", post=KEEPERS, ids=NEXT | {"name": literal("close")}),
    row("improvement:year", get=EVERYONE),
    row("improvement:plan-excel", get=EVERYONE),
    row("improvement:carry", get=KEEPERS, post=KEEPERS),
    row("improvement:history", get=EVERYONE),
    row("improvement:change-list", get=EVERYONE, ids=NEXT),
    row("improvement:change-detail", get=EVERYONE, ids=CHANGE),
    row(
        "improvement:change-transition",
        post=KEEPERS,
        ids=CHANGE | {"name": literal("submit")},
    ),
    row("improvement:action-detail", get=EVERYONE, ids=RUNNING),
    row(
        "improvement:action-step",
        post=CATEGORY_WRITERS,
        ids=RUNNING | {"step": literal("begin")},
        data={"begin-day": "1/10/2569"},
    ),
    row(
        "improvement:action-change",
        get=CATEGORY_WRITERS,
        post=CATEGORY_WRITERS,
        ids=RUNNING,
        data=fields(reason="ราคาสูงขึ้น", measure="ร้อยละ"),
        foreign_data=lambda own, other: fields(
            reason="ราคาสูงขึ้น", measure="ร้อยละ", owner=other.people["officer"].pk
        ),
    ),
    row("improvement:point-list", get=EVERYONE),
    row("improvement:point-gather", post=WRITERS),
    row("improvement:point-add", get=WRITERS, post=WRITERS, data={"text": "ประเด็น"}),
    row(
        "improvement:point-edit",
        get=WRITERS,
        post=WRITERS,
        ids=POINT,
        data={"text": "ประเด็น", "version": 1},
    ),
    row(
        "improvement:point-place",
        post=WRITERS,
        ids=POINT,
        data={"impact": "5", "effort": "1", "version": 1},
    ),
    row("improvement:point-leave-out", post=WRITERS, ids=POINT, data={"reason": "ปีหน้า"}),
    row("improvement:point-bring-back", post=WRITERS, ids={"pk": "left_out_point"}),
    row("improvement:project-add", get=KEEPERS, post=KEEPERS, data={"name": "โครงการ"}),
    row(
        "improvement:project-edit",
        get=KEEPERS,
        post=KEEPERS,
        ids=PROJECT,
        data={"name": "โครงการ", "version": 1},
        foreign_data=lambda own, other: {
            "name": "โครงการ",
            "version": 1,
            "owner": other.people["officer"].pk,
        },
    ),
    row("improvement:project-remove", post=KEEPERS, ids=PROJECT),
    row(
        "improvement:project-move",
        post=KEEPERS,
        ids=PROJECT | {"direction": lambda office: "down"},
    ),
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
            unit=other.agency.units.first().pk, point=other["point"].pk
        ),
    ),
    row("improvement:action-remove", post=CATEGORY_WRITERS, ids=ACTION),
    row("improvement:action-place", post=KEEPERS, ids=ACTION, data={"place": "2"}),
    row("improvement:action-move", post=KEEPERS, ids=ACTION | {"direction": lambda office: "down"}),
    *approvals.ROWS,
    *round_rows.ROWS,
    *practice_rows.ROWS,
]
