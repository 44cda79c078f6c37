"""Points of the plan: gathered once from every source, worded, left out and brought back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import ProtectedError

from approvals.transitions import perform
from assessments.models import Indicator, IndicatorValue, OfficialResult
from committees.models import AgendaItem, Meeting, Resolution
from core import clock
from improvement import points
from improvement.enums import PointKind
from tests.agencies.factories import make_office
from tests.assessments.factories import add_finding, make_assessment
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
    return make_plan(office, cycle=started.cycle, actions=0)


def add_gap(cycle, value, target="85", direction="higher_is_better", **fields):
    row = Indicator.objects.create(
        cycle=cycle,
        name="ร้อยละผู้ผ่านการพัฒนา",
        unit="ร้อยละ",
        group="7.3",
        target=Decimal(target),
        direction=direction,
        **fields,
    )
    IndicatorValue.objects.create(
        indicator=row, fiscal_year=cycle.fiscal_year, months=12, value=Decimal(value)
    )
    return row


def test_points_are_gathered_from_every_source_and_never_doubled(office, started, plan):
    add_finding(started.answer("1.1"), office.officer, "ofi", "ยังไม่มีการวัดผล")
    add_finding(started.answer("1.2"), office.officer, "strength", "ผู้นำสื่อสารดี")
    add_gap(started.cycle, "78.75")
    add_gap(started.cycle, "85")
    OfficialResult.objects.create(
        agency=office.agency,
        fiscal_year=2569,
        body="สพฐ.",
        scale="0-5",
        note="ควรเพิ่มการเทียบเคียง",
        entered_by=office.officer,
        entered_at=clock.now(),
    )
    assert points.gather(plan, office.officer) == 4
    assert points.gather(plan, office.officer) == 0
    assert list(plan.points.values_list("kind", "category_number", "text", "order")) == [
        ("ofi", 1, "ยังไม่มีการวัดผล", 1),
        ("strength", 1, "ผู้นำสื่อสารดี", 2),
        ("gap", 7, "ร้อยละผู้ผ่านการพัฒนา: ผล 78.75 เป้าหมาย 85 ร้อยละ", 3),
        ("feedback", None, "สพฐ. 2569: ควรเพิ่มการเทียบเคียง", 4),
    ]
    add_finding(started.answer("1.2"), office.officer, "ofi", "ใหม่")
    assert points.gather(plan, office.officer) == 1


def test_newest_value_of_the_year_decides_on_a_gap(started, plan):
    row = add_gap(started.cycle, "90")
    IndicatorValue.objects.create(
        indicator=row, fiscal_year=started.cycle.fiscal_year, months=6, value=Decimal(10)
    )
    assert points.missing_points(plan) == []


def test_gathering_asks_as_often_for_many(office, started, plan, django_assert_num_queries):
    for code in ("1.1", "1.2", "1.3"):
        add_finding(started.answer(code), office.officer, "ofi")
        add_gap(started.cycle, "1")
    with django_assert_num_queries(6):
        assert len(points.missing_points(plan)) == 6


def test_a_point_with_an_action_is_not_left_out(office, plan):
    point = add_point(plan)
    action = add_action(plan, office.officer, point=point)
    with pytest.raises(points.PointInUse):
        points.leave_out(point, "ปีหน้า", office.officer)
    action.delete()
    points.leave_out(point, "ปีหน้า", office.officer)
    point.refresh_from_db()
    assert (point.is_left_out, point.left_out_reason) == (True, "ปีหน้า")
    points.bring_back(point, office.officer)
    point.refresh_from_db()
    assert (point.is_left_out, point.left_out_reason) == (False, "")


def test_point_goes_with_its_ofi_unless_an_action_answers_it(office, started, plan):
    finding = add_finding(started.answer("1.1"), office.officer, "ofi")
    kept = add_finding(started.answer("1.2"), office.officer, "ofi")
    add_point(plan, finding=finding)
    add_action(plan, office.officer, point=add_point(plan, finding=kept))
    finding.delete()
    assert plan.points.count() == 1
    with pytest.raises(ProtectedError):
        kept.delete()


def test_leaving_out_wants_a_reason(client_for, office, plan):
    point = add_point(plan)
    url = office.url(f"2570/plan/points/{point.pk}/leave-out/")
    answer = client_for(office.officer).post(url, {"reason": " "})
    assert answer.status_code == 422
    assert f'id="reason-{point.pk}"' in answer.text
    assert plan.points.get().is_left_out is False


def test_typed_point_is_added_and_conflict_keeps_both_texts(client_for, office, plan):
    client = client_for(office.officer)
    client.post(office.url("2570/plan/points/add/"), {"text": "ขาดข้อมูลกลาง"})
    point = plan.points.get()
    assert (point.kind, point.text) == (PointKind.OTHER, "ขาดข้อมูลกลาง")
    url = office.url(f"2570/plan/points/{point.pk}/")
    client_for(office.deputy).post(url, {"text": "ของคนแรก", "version": 1})
    late = client.post(url, {"text": "ของคนที่สอง", "version": 1})
    assert late.status_code == 409
    assert "ของคนแรก" in late.text
    assert "ของคนที่สอง" in late.text


def test_submitted_plan_locks_its_points(client_for, office, plan):
    point = add_point(plan)
    add_action(plan, office.officer)
    perform(plan, "submit", office.officer)
    client = client_for(office.officer)
    base = office.url("2570/plan/points/")
    assert client.post(f"{base}gather/").status_code == 409
    assert client.post(f"{base}{point.pk}/leave-out/", {"reason": "x"}).status_code == 409
    assert client.post(f"{base}{point.pk}/place/", {"version": 1}).status_code == 409
    assert client.post(f"{base}{point.pk}/", {"text": "x", "version": 1}).status_code == 403


def test_open_resolutions_become_points(office, plan):
    meeting = Meeting.objects.create(
        agency=office.agency,
        fiscal_year=2570,
        title="ประชุม",
        starts_at=dt.datetime(2027, 1, 5, 2, tzinfo=dt.UTC),
        place="ห้อง 1",
        created_at=clock.now(),
        created_by=office.officer,
    )
    item = AgendaItem.objects.create(meeting=meeting, kind="for_consideration", title="ข้อมูล")
    Resolution.objects.create(item=item, status="open", text="ให้จัดทำฐานข้อมูล")
    Resolution.objects.create(item=item, status="done", text="แล้ว", done_on=dt.date(2027, 1, 6))
    assert [(row.kind, row.text) for row in points.missing_points(plan)] == [
        ("resolution", "ให้จัดทำฐานข้อมูล")
    ]
