"""Carrying out the plan: steps of an action, the plan's start and end, what is due."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from agencies.models import AgencyMembership, AuditEntry, User
from approvals.transitions import RequirementsMissing, perform
from core.clock import frozen
from improvement import doing
from improvement.due import work_due
from improvement.models import ChangeRequest
from improvement.permissions import can_do_action, can_submit_change
from improvement.starting import start_due_plans
from tests.agencies.factories import make_office
from tests.improvement.factories import add_action, make_plan

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 1)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def plan(office):
    return make_plan(office, "approved", actions=2)


@pytest.fixture
def action(plan):
    return plan.actions.first()


def test_first_step_puts_the_plan_in_progress(office, plan, action):
    doing.begin(action, DAY, office.officer)
    plan.refresh_from_db()
    assert (plan.status, action.status, action.started_on) == ("running", "running", DAY)
    assert action.version == 1


def test_steps_follow_one_another_and_leave_an_audit_line(office, action):
    doing.finish(action, DAY, "มีผู้ผ่านร้อยละ 92", office.officer)
    assert (action.status, action.done_on, action.started_on) == ("done", DAY, dt.date(2027, 1, 4))
    with pytest.raises(doing.ActionChanged):
        doing.begin(action, DAY, office.officer)
    doing.reopen(action, office.officer)
    assert (action.status, action.done_on, action.outcome) == (
        "running",
        None,
        "มีผู้ผ่านร้อยละ 92",
    )
    doing.cancel(action, "ไม่มีงบ", office.officer)
    assert (action.status, action.outcome) == ("cancelled", "ไม่มีงบ")
    names = AuditEntry.objects.filter(action__startswith="action.").order_by("pk")
    assert [row.action for row in names] == ["action.finish", "action.reopen", "action.cancel"]


@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_nothing_is_done_before_the_plan_is_approved(office, status):
    action = make_plan(office, status).actions.get()
    with pytest.raises(doing.ActionChanged):
        doing.begin(action, DAY, office.officer)


def test_plan_closes_when_each_action_is_settled(office, plan, action):
    doing.finish(action, DAY, "แล้ว", office.officer)
    with pytest.raises(RequirementsMissing) as refused:
        perform(plan, "close", office.officer)
    assert refused.value.missing == ["“จัดอบรมการใช้ข้อมูล” ยังไม่แล้วเสร็จ ไม่ถูกยกเลิก และไม่ได้ยกไปปีถัดไป"]
    doing.cancel(plan.actions.last(), "ไม่ทำ", office.officer)
    perform(plan, "close", office.officer)
    assert plan.status == "closed"
    with pytest.raises(doing.ActionChanged):
        doing.reopen(action, office.officer)


@pytest.mark.parametrize(("name", "may"), [("officer", True), ("deputy", True), ("member", False)])
def test_who_may_close(office, plan, name, may):
    if may:
        with pytest.raises(RequirementsMissing):
            perform(plan, "close", office.people[name])
    else:
        with pytest.raises(PermissionDenied):
            perform(plan, "close", office.people[name])


def test_only_unfinished_actions_are_due(office, plan, action):
    assert len(list(work_due(office.agency))) == 2
    doing.finish(action, DAY, "แล้ว", office.officer)
    (item,) = work_due(office.agency)
    assert item.object_id == str(plan.actions.last().pk)


def test_owner_notes_what_came_of_the_action(client_for, office, plan):
    action = add_action(plan, office.member)
    url = office.url(f"2570/plan/actions/{action.pk}/")
    client = client_for(office.member)
    with frozen(dt.date(2027, 3, 2)):
        empty = client.post(f"{url}finish/", {"finish-day": "1/3/2570", "finish-outcome": " "})
        late = client.post(f"{url}begin/", {"begin-day": "3/3/2570"})
        done = client.post(f"{url}finish/", {"finish-day": "1/3/2570", "finish-outcome": "ครบ"})
    assert (empty.status_code, late.status_code, done.status_code) == (422, 422, 302)
    action.refresh_from_db()
    assert (action.status, action.done_on, action.outcome) == ("done", DAY, "ครบ")
    assert client_for(office.champion1).post(f"{url}reopen/").status_code == 403


def test_plan_starts_by_itself_on_its_first_day_and_once(office, plan):
    with frozen(dt.date(2027, 1, 3)):
        assert start_due_plans() == 0
    with frozen(dt.date(2027, 1, 4)):
        assert (start_due_plans(), start_due_plans()) == (1, 0)
    plan.refresh_from_db()
    assert plan.status == "running"


def test_owner_who_only_observes_now_does_nothing(office, action):
    assert can_do_action(office.officer, action)
    action.owner = office.staff
    action.save()
    assert can_do_action(office.staff, action)
    AgencyMembership.objects.filter(user=office.staff).update(role="observer")
    now = User.objects.get(pk=office.staff.pk)
    assert not can_do_action(now, action)
    change = ChangeRequest(action=action, requested_by=now)
    assert not can_submit_change(now, change)
