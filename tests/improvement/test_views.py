"""The plan's screens: what is typed, refused, moved, and never lost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.transitions import perform
from improvement.due import work_due
from improvement.models import Action
from tests.agencies.factories import UnitFactory, make_office
from tests.assessments.factories import add_finding, make_assessment
from tests.improvement.factories import add_action, add_point, make_plan, request_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


@pytest.fixture
def plan(office, started):
    return make_plan(office, cycle=started.cycle)


def typed(**changed):
    return {
        "title": "พัฒนาฐานข้อมูล",
        "category_number": "1",
        "starts_on": "4/1/2570",
        "ends_on": "31 มี.ค. 2570",
        "measure": "ร้อยละความครบถ้วน",
        "target": "95",
        "budget": "๑๒,๐๐๐",
        "version": 1,
    } | changed


def plan_url(office, tail=""):
    return office.url(f"2570/plan/{tail}")


def action_url(office, action, tail=""):
    return plan_url(office, f"actions/{action.pk}/{tail}")


def test_thai_digits_and_dates_are_read(client_for, office, plan):
    answer = client_for(office.officer).post(plan_url(office, "actions/add/"), typed())
    assert answer.status_code == 302
    action = Action.objects.get(title="พัฒนาฐานข้อมูล")
    assert action.budget == Decimal("12000.00")
    assert (action.starts_on.isoformat(), action.ends_on.isoformat()) == (
        "2027-01-04",
        "2027-03-31",
    )
    assert action.order == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_on": "31/2/2570"}, "starts_on"),
        ({"ends_on": "มีนาคม"}, "ends_on"),
        ({"ends_on": "3/1/2570"}, "ends_on"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "มาก"}, "budget"),
        ({"budget": "NaN"}, "budget"),
        ({"category_number": "8"}, "category_number"),
        ({"title": " "}, "title"),
        ({"title": "ก" * 251}, "title"),
    ],
)
def test_bad_input_is_told_beside_its_field(client_for, office, plan, changed, field):
    answer = client_for(office.officer).post(
        plan_url(office, "actions/add/"), typed(measure="ร้อยละที่พิมพ์ไว้") | changed
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "ร้อยละที่พิมพ์ไว้" in answer.text
    assert plan.actions.count() == 1


def test_other_offices_rows_are_refused(client_for, office, plan):
    stranger = make_office("elsewhere")
    point = add_point(make_plan(stranger))
    for field, value in (
        ("unit", UnitFactory(agency=stranger.agency).pk),
        ("owner", stranger.officer.pk),
        ("point", point.pk),
    ):
        answer = client_for(office.officer).post(
            plan_url(office, "actions/add/"), typed(**{field: value})
        )
        assert list(answer.context["form"].errors) == [field]
    assert plan.actions.count() == 1


def test_action_answers_a_gathered_ofi(client_for, office, started, plan):
    add_finding(started.answer("1.1"), office.officer, "ofi", "ยังไม่มีการวัดผล")
    client = client_for(office.officer)
    client.post(plan_url(office, "points/gather/"))
    point = plan.points.get(kind="ofi")
    assert "ยังไม่มีการวัดผล" in client.get(plan_url(office)).text
    page = client.get(plan_url(office, f"actions/add/?point={point.pk}"))
    assert "ยังไม่มีการวัดผล" in page.text
    client.post(plan_url(office, "actions/add/"), typed(point=point.pk))
    assert client.get(plan_url(office)).context["waiting"] == []


@pytest.mark.parametrize(
    ("quarters", "is_right"),
    [
        (["", "", "", ""], True),
        (["๑๐,๐๐๐", "2000", "", ""], True),
        (["10000", "1999.99", "", ""], False),
        (["0", "0", "0", "0"], False),
    ],
)
def test_quarters_add_up_to_the_budget(client_for, office, plan, quarters, is_right):
    shares = {f"budget_q{number}": share for number, share in enumerate(quarters, start=1)}
    answer = client_for(office.officer).post(plan_url(office, "actions/add/"), typed(**shares))
    if is_right:
        assert answer.status_code == 302
    else:
        assert list(answer.context["form"].errors) == ["budget"]


def test_conflict_keeps_the_typed_text(client_for, office, plan):
    action = plan.actions.get()
    client_for(office.deputy).post(action_url(office, action), typed(title="ของคนแรก"))

    late = client_for(office.officer).post(action_url(office, action), typed(title="ของคนที่สอง"))

    assert late.status_code == 409
    assert "ของคนแรก" in late.text
    assert "ของคนที่สอง" in late.text
    assert str(office.deputy) in late.text
    action.refresh_from_db()
    assert action.title == "ของคนแรก"
    again = client_for(office.officer).post(
        action_url(office, action), typed(title="ของคนที่สอง", version=2)
    )
    assert again.status_code == 302


def test_champion_writes_only_the_own_category(client_for, office, plan):
    champion = client_for(office.champion2)
    own = add_action(plan, category_number=2)
    assert champion.get(action_url(office, own)).status_code == 200
    other = plan.actions.get(category_number=1)
    assert champion.post(action_url(office, other), typed()).status_code == 403
    page = champion.get(plan_url(office)).text
    assert f'"{action_url(office, own)}"' in page
    assert f'"{action_url(office, other)}"' not in page
    refused = champion.post(action_url(office, own), typed(category_number="3"))
    assert list(refused.context["form"].errors) == ["category_number"]


def test_submitted_plan_is_locked(client_for, office, plan):
    action = plan.actions.get()
    perform(plan, "submit", office.officer)
    client = client_for(office.officer)
    assert client.post(plan_url(office, "actions/add/"), typed()).status_code == 403
    assert client.post(action_url(office, action), typed()).status_code == 403
    assert client.post(action_url(office, action, "remove/")).status_code == 409
    assert client.post(action_url(office, action, "down/")).status_code == 409
    action.refresh_from_db()
    assert (action.title, action.version) == ("จัดอบรมการใช้ข้อมูล", 1)


def test_actions_move_up_and_down(client_for, office, plan):
    add_action(plan, title="สอง")
    third = add_action(plan, title="สาม")
    client = client_for(office.officer)

    def titles():
        return [action.title for action in plan.actions.all()]

    client.post(action_url(office, third, "up/"))
    assert titles() == ["จัดอบรมการใช้ข้อมูล", "สาม", "สอง"]
    client.post(action_url(office, third, "down/"))
    client.post(action_url(office, third, "down/"))
    assert titles() == ["จัดอบรมการใช้ข้อมูล", "สอง", "สาม"]


def test_submitting_an_incomplete_plan_lists_what_is_missing(client_for, office, plan):
    add_action(plan, title="ไม่มีคน", owner=None)
    answer = client_for(office.officer).post(plan_url(office, "submit/"))
    assert answer.status_code == 422
    assert "“ไม่มีคน” ยังไม่มีผู้รับผิดชอบ" in answer.text
    plan.refresh_from_db()
    assert plan.status == "draft"


def test_plan_goes_to_the_director_and_comes_back(client_for, office, plan):
    client = client_for(office.officer)
    assert client.post(plan_url(office, "submit/")).status_code == 302
    assert client.post(plan_url(office, "submit/")).status_code == 409
    assert client.post(plan_url(office, "withdraw/")).status_code == 302
    plan.refresh_from_db()
    assert plan.status == "draft"


def test_other_office_sees_no_plan(client_for, office, plan):
    stranger = make_office("elsewhere").officer
    assert client_for(stranger).get(plan_url(office)).status_code == 404


def test_plan_page_asks_as_often_at_30_actions_as_at_one(client_for, office, started, plan):
    client = client_for(office.officer)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(plan_url(office)).status_code == 200
        return len(queries)

    count()
    few = count()
    for _number in range(29):
        point = add_point(plan, finding=add_finding(started.answer("1.1"), office.officer, "ofi"))
        add_action(plan, office.champion1, unit=office.unit, point=point)
        add_point(plan, finding=add_finding(started.answer("1.2"), office.officer, "ofi"))
    assert count() == few <= MOST_QUERIES


def test_returned_plan_and_approved_actions_are_due(office, plan):
    assert list(work_due(office.agency)) == []
    perform(plan, "submit", office.officer)
    assert list(work_due(office.agency)) == []
    perform(plan, "return_", office.director, comment="แก้")
    assert [item.people for item in work_due(office.agency)] == [(office.officer.pk,)]
    perform(plan, "submit", office.officer)
    perform(plan, "approve", office.director)
    due = list(work_due(office.agency))
    assert [(item.people, item.due_on.isoformat()) for item in due] == [
        ((office.officer.pk,), "2027-03-31")
    ]
    assert list(work_due(office.agency, office.champion1)) == []


@pytest.mark.parametrize(
    ("name", "is_linked"), [("officer", True), ("director", True), ("member", False)]
)
def test_open_request_is_linked_for_those_who_may_open_it(
    client_for, office, plan, name, is_linked
):
    perform(plan, "submit", office.officer)

    page = client_for(office.people[name]).get(plan_url(office)).content.decode()

    assert (office.url("2570/approvals/") + str(request_of(plan).pk) in page) is is_linked


def test_returned_plan_waits_for_the_officer_when_it_has_no_action_left(office, plan):
    perform(plan, "submit", office.officer)
    perform(plan, "return_", office.director, comment="งบประมาณ")
    plan.actions.all().delete()

    assert [item.object_type for item in work_due(office.agency, office.officer)] == [
        "improvement.improvementplan"
    ]
    assert list(work_due(office.agency, office.member)) == []
