"""The life of a round: made, opened, reported, closed with its figures kept, accepted."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from approvals.models import ApprovalRequest, PaperFreeze
from approvals.transitions import CommentNeeded, RequirementsMissing, perform
from assessments.models import MonitoringRound, MonitoringSettings
from assessments.rounds.making import RoundRefused, add_round, make_rounds, remove_round
from core.clock import frozen
from documents.revisions import NotEditable, SaveConflict
from improvement.due import work_due
from improvement.models import ImprovementPlan
from improvement.monitoring.figures import figures_of
from improvement.monitoring.opening import open_due_rounds
from improvement.monitoring.queries import followed
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_open_cycle
from tests.improvement.factories import add_action
from tests.improvement.monitoring.factories import make_year, open_round, report, round_of
from tests.workflows.factories import make_version
from workflows.opening import open_cycle

pytestmark = pytest.mark.django_db


def asked_by_rounds(*whose) -> list:
    kind = MonitoringRound._meta.label_lower
    return [item for item in work_due(*whose) if item.object_type == kind]


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def plan(office):
    return make_year(office, actions=2)


def reported(row, office, **fields):
    """Report the same of every action."""
    for action in row.cycle.improvement_plan.actions.all():
        report(row, action, office.officer, **({"actual_pct": Decimal(40)} | fields))


def status_of(row):
    return MonitoringRound.objects.get(pk=row.pk).status


def test_opening_a_year_makes_its_rounds_once(office):
    MonitoringSettings.objects.create(agency=office.agency, round_months=[3, 12])
    version = make_version(office.agency, [[]])
    cycle = open_cycle(office.agency, version, 2570, office.officer)
    other = open_cycle(office.agency, make_version(office.agency, [[]]), 2570, office.officer)
    assert [row.months for row in cycle.rounds.all()] == [3, 12]
    assert other.rounds.count() == 0
    assert make_rounds(cycle, office.officer) == 0


def test_other_rounds_are_added_and_removed_while_empty(office, plan):
    row = add_round(plan.cycle, office.officer, 15, name="รอบปิดปี")
    assert (row.ends_on.isoformat(), row.due_on.isoformat()) == ("2027-12-31", "2028-01-17")
    with pytest.raises(RoundRefused):
        add_round(plan.cycle, office.officer, 15)
    remove_round(row, office.officer)
    opened = open_round(office, plan)
    with pytest.raises(RoundRefused):
        remove_round(opened, office.officer)
    assert plan.cycle.rounds.count() == 3


def test_round_opens_by_itself_on_its_day_once(office, plan):
    row = round_of(plan)
    with frozen(row.opens_on - dt.timedelta(days=1)):
        assert open_due_rounds() == 0
    with frozen(row.opens_on):
        assert open_due_rounds() == 1
        assert open_due_rounds() == 0
    assert status_of(row) == "open"
    told = Notification.objects.filter(rule="round_open")
    assert [(each.recipient, each.kind) for each in told] == [(office.champion1, "round")]


def test_round_of_a_past_year_is_left_to_the_officer(office):
    make_rounds(make_open_cycle(office.agency, 2560, office.officer), office.officer)
    assert open_due_rounds() == 0


def test_report_needs_an_open_round_and_the_newest_version(office, plan):
    action = plan.actions.first()
    with pytest.raises(NotEditable):
        report(round_of(plan), action, office.champion1, actual_pct=Decimal(10))
    row = open_round(office, plan)
    assert report(row, action, office.champion1, actual_pct=Decimal("17.50")) == 1
    with pytest.raises(SaveConflict) as late:
        report(row, action, office.officer, actual_pct=Decimal(20))
    assert late.value.current.actual_pct == Decimal("17.50")
    # 182 of the action's 365 days have passed on 31 March.
    assert late.value.current.planned_pct == Decimal("49.86")


def test_closing_lists_what_is_missing_and_goes_on_with_a_reason(office, plan):
    row = open_round(office, plan)
    report(row, plan.actions.first(), office.champion1, actual_pct=Decimal(50))
    with pytest.raises(RequirementsMissing) as refused:
        perform(row, "close", office.officer)
    assert len(refused.value.missing) == 1
    assert "กิจกรรมที่ 2" in refused.value.missing[0]
    with pytest.raises(CommentNeeded):
        perform(row, "close_anyway", office.officer)
    perform(row, "close_anyway", office.officer, comment="ผู้รับผิดชอบลาคลอด")
    assert status_of(row) == "closed"


def test_closed_round_keeps_its_figures_and_the_director_accepts_them(office, plan):
    row = open_round(office, plan)
    reported(row, office, problem="แบบสำรวจล่าช้า")
    perform(row, "close", office.officer)
    plan.actions.update(title="ชื่อใหม่")
    row = round_of(plan)
    assert [each["title"] for each in figures_of(row)["actions"]] == ["กิจกรรมที่ 1", "กิจกรรมที่ 2"]
    request = ApprovalRequest.objects.get(object_id=row.pk)
    assert [fact["value"] for fact in request.summary] == ["40.00", "49.86", "0/2", "2"]
    with pytest.raises(PermissionDenied):
        perform(row, "accept", office.officer)
    perform(row, "accept", office.director)
    assert status_of(row) == "accepted"
    assert PaperFreeze.objects.get().kind == "round-report"
    with pytest.raises(NotEditable):
        report(row, plan.actions.first(), office.officer, version=1, actual_pct=Decimal(99))


def test_returned_round_is_open_again_and_forgets_its_figures(office, plan):
    row = open_round(office, plan)
    reported(row, office)
    perform(row, "close", office.officer)
    perform(row, "return_", office.director, comment="ตัวเลขไม่ตรง")
    row = round_of(plan)
    assert (row.status, row.snapshot, row.closed_at) == ("open", {}, None)
    assert report(row, plan.actions.first(), office.champion1, version=1, actual_pct=None) == 2


def test_withdrawn_round_is_open_again(office, plan):
    row = open_round(office, plan)
    reported(row, office)
    perform(row, "close", office.officer)
    perform(row, "withdraw", office.officer)
    assert (row.status, row.snapshot) == ("open", {})


def test_actions_are_followed_in_every_year_that_they_touch(office, plan):
    add_action(plan, title="ข้ามปี", starts_on=dt.date(2027, 8, 1), ends_on=dt.date(2027, 12, 31))
    add_action(plan, title="ปีหน้า", starts_on=dt.date(2027, 10, 1), ends_on=dt.date(2027, 12, 31))
    late = add_action(plan, title="ยกไปทำต่อ", ends_on=dt.date(2027, 12, 31))
    dropped = add_action(plan, title="ยกเลิก", status="cancelled")
    later = make_open_cycle(office.agency, 2571, office.officer)
    next_plan = ImprovementPlan.objects.create(cycle=later, status="approved")
    add_action(next_plan, title="ทำต่อ", carried_from=late, ends_on=dt.date(2027, 12, 31))
    titles = [[action.title for action in followed(office.agency, year)] for year in (2570, 2571)]
    assert titles == [
        ["กิจกรรมที่ 1", "กิจกรรมที่ 2", "ข้ามปี", "ทำต่อ"],
        ["ข้ามปี", "ปีหน้า", "ทำต่อ"],
    ]
    assert dropped.title not in titles[0]


def test_owners_owe_reports_and_officers_a_late_closing(office, plan, django_assert_num_queries):
    assert asked_by_rounds(office.agency) == []
    row = open_round(office, plan)
    with frozen(row.due_on), django_assert_num_queries(1):
        due = asked_by_rounds(office.agency)
    assert [(each.people, each.due_on) for each in due] == [((office.champion1.pk,), row.due_on)]
    assert asked_by_rounds(office.agency, office.member) == []
    report(row, plan.actions.first(), office.champion1, actual_pct=Decimal(0))
    report(row, plan.actions.last(), office.champion1, actual_pct=Decimal(0))
    with frozen(row.due_on):
        assert asked_by_rounds(office.agency) == []
    with frozen(row.due_on + dt.timedelta(days=1)):
        late = asked_by_rounds(office.agency)
    assert [each.people for each in late] == [(office.officer.pk,)]
