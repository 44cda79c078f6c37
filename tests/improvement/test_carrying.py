"""Carrying actions on to the next year, and the line from an OFI to its later result."""

import datetime as dt
from decimal import Decimal

import pytest

from agencies.models import AgencyMembership
from improvement import carrying, doing
from improvement.lineage import history_of
from improvement.models import ImprovementPlan, Project
from improvement.planning import PlanLocked
from tests.agencies.factories import make_office
from tests.assessments.factories import add_finding, make_assessment, make_open_cycle
from tests.improvement.factories import add_action, add_point, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


@pytest.fixture
def plan(office, started):
    plan = make_plan(office, cycle=started.cycle, actions=0)
    finding = add_finding(started.answer("1.1"), office.officer, "ofi", "ยังไม่มีการวัดผล")
    project = Project.objects.create(plan=plan, name="โครงการข้อมูล", order=1)
    point = add_point(plan, finding=finding, text="ยังไม่มีการวัดผล")
    add_action(plan, office.officer, point=point, project=project)
    add_action(plan, office.officer, title="ซ้อมแผน")
    ImprovementPlan.objects.filter(pk=plan.pk).update(status="approved")
    plan.refresh_from_db()
    return plan


@pytest.mark.parametrize(
    ("day", "later"),
    [(dt.date(2027, 9, 30), dt.date(2028, 9, 30)), (dt.date(2028, 2, 29), dt.date(2029, 2, 28))],
)
def test_days_move_a_year(day, later):
    assert carrying.a_year_later(day) == later


def test_who_left_carries_nothing_on(office, plan):
    make_open_cycle(office.agency, 2571, office.officer)
    first, second = plan.actions.all()
    for action, owner in ((first, office.staff), (second, office.champion1)):
        action.owner, action.unit = owner, office.unit
        action.save()
    AgencyMembership.objects.filter(user=office.staff).update(is_active=False)
    carrying.carry(plan, [first.pk, second.pk], office.officer)
    copies = [action.carried_to.get() for action in (first, second)]
    assert [copy.owner for copy in copies] == [None, office.champion1]
    assert [copy.unit for copy in copies] == [office.unit, office.unit]


def test_chosen_actions_are_copied_once_with_their_history(office, plan):
    make_open_cycle(office.agency, 2571, office.officer)
    first = plan.actions.first()
    assert carrying.carry(plan, [first.pk], office.officer) == 1
    assert carrying.carry(plan, [first.pk], office.officer) == 0
    copy = first.carried_to.get()
    assert (copy.starts_on, copy.ends_on) == (dt.date(2028, 1, 4), dt.date(2028, 3, 31))
    assert (copy.budget, copy.status, copy.order) == (Decimal(0), "planned", 1)
    assert (copy.project.name, copy.point.text) == ("โครงการข้อมูล", "ยังไม่มีการวัดผล")
    assert copy.plan.cycle.fiscal_year == 2571
    (line,) = history_of(copy.plan)
    assert line.point_year == 2570
    assert [action.plan.cycle.fiscal_year for action in line.actions] == [2570, 2571]
    assert [row.year for row in line.results] == [2570, 2571, 2572]
    assert line.measured == "คะแนนหัวข้อ 1.1"


def test_without_an_open_next_year_nothing_is_carried(office, plan):
    with pytest.raises(PlanLocked):
        carrying.carry(plan, [plan.actions.first().pk], office.officer)


def test_cancelled_actions_stay_behind(office, plan):
    action = plan.actions.last()
    doing.cancel(action, "ไม่ทำ", office.officer)
    assert [row.title for row in carrying.may_be_carried(plan)] == ["จัดอบรมการใช้ข้อมูล"]


def test_history_asks_as_often_for_many(office, started, plan, django_assert_max_num_queries):
    for code in ("1.2", "1.3", "2.1"):
        finding = add_finding(started.answer(code), office.officer, "ofi")
        add_action(plan, office.officer, point=add_point(plan, finding=finding))
    with django_assert_max_num_queries(8):
        assert len(history_of(plan)) == 5


def test_carrying_on_screen(client_for, office, plan):
    client = client_for(office.officer)
    url = office.url("2570/plan/carry/")
    assert "2571 ยังไม่มีรอบปีที่เปิด" in client.get(url).text
    assert client.post(url, {"action": plan.actions.first().pk}).status_code == 409
    make_open_cycle(office.agency, 2571, office.officer)
    assert client.post(url, {"action": plan.actions.first().pk}).status_code == 302
    assert ImprovementPlan.objects.get(cycle__fiscal_year=2571).actions.count() == 1
    assert "2570" in client.get(office.url("2571/plan/history/")).text
