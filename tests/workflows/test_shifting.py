"""Shifting a step: what follows, what stays, who is told, and the way back. Literal days."""

import pytest
from django.core.exceptions import PermissionDenied

from agencies.models import AuditEntry
from approvals.transitions import AlreadyChanged
from notifications.models import Notification
from tests.agencies.factories import HolidayFactory, make_office
from tests.workflows.factories import UNKNOWN, day, lasting, make_cycle, months
from workflows.enums import CycleStatus, DurationUnit
from workflows.models import Cycle, Step, StepShift, StepWindow
from workflows.shift_plans import last_shift, plan_shift, plan_undo, planned_days, shifts_of
from workflows.shifting import apply_shift, undo_shift
from workflows.steps import DayRefused, finish_step, set_window

pytestmark = pytest.mark.django_db
DAYS, WEEKS = DurationUnit.WORKING_DAYS, DurationUnit.WEEKS


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2026-11-16"))
    return make_office()


@pytest.fixture
def cycle(office):
    """1–5 Oct (3 days), 6–12 Oct (a week), January, the week after January, an unknown day."""
    return make_cycle(
        office.agency,
        [
            [lasting(3, DAYS)],
            [lasting(1, WEEKS)],
            [months(3, 3)],
            [lasting(1, WEEKS)],
            [UNKNOWN],
        ],
    )


def _step(cycle, number):
    return cycle.steps.get(number=number)


def _days(cycle):
    return [
        (str(row.starts_on), str(row.ends_on), str(row.due_on))
        for row in StepWindow.objects.filter(step__cycle=cycle).order_by("step__number")
        if row.ends_on
    ]


def _shift(cycle, number, first, last, by, *, reason="ประกาศเลื่อน", order=1):
    step = _step(cycle, number)
    plan = plan_shift(step, order, day(first), day(last))
    return apply_shift(step, order, day(first), day(last), by, reason=reason, token=plan.token)


def _seen(plan):
    return (
        [(move.step.number, str(move.starts_on), str(move.ends_on)) for move in plan.moves],
        [(stay.step.number, stay.why) for stay in plan.stays],
    )


BEFORE = [
    ("2026-10-01", "2026-10-05", "2026-10-05"),
    ("2026-10-06", "2026-10-12", "2026-10-12"),
    ("2027-01-01", "2027-01-31", "2027-02-01"),
    ("2027-02-01", "2027-02-07", "2027-02-08"),
]


def test_durations_follow_and_months_stop_the_chain(cycle):
    assert _days(cycle) == BEFORE
    plan = plan_shift(_step(cycle, 1), 1, day("2026-10-08"), day("2026-10-12"))
    # Tuesday 13 October is a holiday.
    assert _seen(plan) == (
        [(1, "2026-10-08", "2026-10-12"), (2, "2026-10-14", "2026-10-20")],
        [],
    )
    assert plan.moves[1].cause is plan.moves[0]
    assert _days(cycle) == BEFORE


def test_months_that_now_begin_before_the_end_are_named_and_stay(cycle):
    plan = plan_shift(_step(cycle, 2), 1, day("2026-12-28"), day("2027-01-04"))
    assert _seen(plan) == ([(2, "2026-12-28", "2027-01-04")], [(3, "overlap")])
    plan = plan_shift(_step(cycle, 1), 1, day("2026-12-24"), day("2026-12-28"))
    assert _seen(plan) == (
        [(1, "2026-12-24", "2026-12-28"), (2, "2026-12-29", "2027-01-04")],
        [(3, "overlap")],
    )


def test_duration_follows_shifted_months_over_closed_days(cycle, office):
    HolidayFactory(date=day("2027-02-22"), name_th="มาฆบูชา")
    plan = plan_shift(_step(cycle, 3), 1, day("2027-01-11"), day("2027-02-19"))
    # 19 February is a Friday, Monday 22 a holiday: the next step begins on Tuesday 23.
    assert _seen(plan) == (
        [(3, "2027-01-11", "2027-02-19"), (4, "2027-02-23", "2027-03-01")],
        [],
    )


def test_done_and_fixed_steps_stay_and_the_chain_goes_on_from_their_days(office):
    fixed = lasting(2, DAYS, is_fixed=True)
    cycle = make_cycle(office.agency, [[lasting(1, DAYS)], [lasting(1, DAYS)], [fixed]])
    finish_step(_step(cycle, 2), office.officer, day("2026-11-02"), 1)
    plan = plan_shift(_step(cycle, 1), 1, day("2026-10-01"), day("2026-10-05"))
    assert _seen(plan) == ([(1, "2026-10-01", "2026-10-05")], [(2, "done")])
    other = make_cycle(office.agency, [[lasting(1, DAYS)], [fixed], [lasting(1, DAYS)]])
    plan = plan_shift(_step(other, 1), 1, day("2026-10-01"), day("2026-10-05"))
    assert _seen(plan) == ([(1, "2026-10-01", "2026-10-05")], [(2, "fixed")])


def test_window_shifted_by_hand_does_not_follow_until_it_is_taken_back(cycle, office):
    by_hand = _shift(cycle, 2, "2026-10-20", "2026-10-26", office.officer)
    plan = plan_shift(_step(cycle, 1), 1, day("2026-10-01"), day("2026-10-07"))
    assert _seen(plan) == ([(1, "2026-10-01", "2026-10-07")], [(2, "by_hand")])
    undo_shift(by_hand, office.officer, reason="เดิม", token=plan_undo(by_hand).token)
    plan = plan_shift(_step(cycle, 1), 1, day("2026-10-01"), day("2026-10-07"))
    assert _seen(plan)[0] == [(1, "2026-10-01", "2026-10-07"), (2, "2026-10-08", "2026-10-14")]


def test_fixed_date_is_due_on_its_very_end(office):
    cycle = make_cycle(office.agency, [[months(5, 5, is_fixed=True)]])
    _shift(cycle, 1, "2027-04-01", "2027-04-10", office.officer)
    assert _days(cycle) == [("2027-04-01", "2027-04-10", "2027-04-10")]


def test_apply_writes_days_rows_audit_and_notices_together(cycle, office):
    shift = _shift(cycle, 1, "2026-10-08", "2026-10-12", office.officer)
    assert _days(cycle)[:2] == [
        ("2026-10-08", "2026-10-12", "2026-10-12"),
        ("2026-10-14", "2026-10-20", "2026-10-20"),
    ]
    assert list(cycle.steps.values_list("number", "version", "due_on"))[:3] == [
        (1, 2, day("2026-10-12")),
        (2, 2, day("2026-10-20")),
        (3, 1, day("2027-02-01")),
    ]
    rows = StepShift.objects.order_by("pk")
    assert [(row.step.number, str(row.from_ends_on), row.caused_by_id) for row in rows] == [
        (1, "2026-10-05", None),
        (2, "2026-10-12", shift.pk),
    ]
    assert AuditEntry.objects.filter(action="step.shift").get().summary == (
        "1 – 5 ต.ค. 2569 → 8 – 12 ต.ค. 2569: ประกาศเลื่อน"
    )
    notice = Notification.objects.get(rule="step_shifted")
    assert notice.recipient == office.officer
    assert notice.body.splitlines() == [
        "เหตุผล: ประกาศเลื่อน",
        "1. ขั้นตอน 1: 1 – 5 ต.ค. 2569 → 8 – 12 ต.ค. 2569",
        "2. ขั้นตอน 2: 6 – 12 ต.ค. 2569 → 14 – 20 ต.ค. 2569",
    ]


def test_plan_of_the_year_stays_known_beside_the_shifted_days(cycle, office):
    _shift(cycle, 1, "2026-10-08", "2026-10-12", office.officer)
    _shift(cycle, 1, "2026-10-15", "2026-10-19", office.officer)
    step = _step(cycle, 1)
    assert planned_days(step.shifts.all(), step.windows.get()) == (
        day("2026-10-01"),
        day("2026-10-05"),
    )


def test_apply_refuses_a_plan_that_is_no_longer_the_one_seen(cycle, office):
    step = _step(cycle, 1)
    token = plan_shift(step, 1, day("2026-10-08"), day("2026-10-12")).token
    finish_step(_step(cycle, 2), office.officer, day("2026-11-02"), 1)
    days = (day("2026-10-08"), day("2026-10-12"))
    with pytest.raises(AlreadyChanged):
        apply_shift(step, 1, *days, office.officer, reason="ช้า", token=token)
    assert _days(cycle) == BEFORE
    assert not StepShift.objects.exists()


def test_apply_refuses_other_people_done_steps_and_closed_years(cycle, office):
    step = _step(cycle, 1)
    days = (day("2026-10-08"), day("2026-10-12"))
    token = plan_shift(step, 1, *days).token
    for person in (office.director, office.member):
        with pytest.raises(PermissionDenied):
            apply_shift(step, 1, *days, person, reason="ช้า", token=token)
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.CLOSED)
    with pytest.raises(AlreadyChanged):
        apply_shift(step, 1, *days, office.officer, reason="ช้า", token=token)
    assert not StepShift.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-10-08", "2026-10-07", "ends_on"),
        ("2026-10-01", "2026-10-05", "ends_on"),  # the present days
        ("2024-09-30", "2026-10-05", "starts_on"),
        ("2026-10-01", "2029-10-01", "ends_on"),
    ],
)
def test_shift_refuses_impossible_days(cycle, first, last, field):
    with pytest.raises(DayRefused) as refusal:
        plan_shift(_step(cycle, 1), 1, day(first), day(last))
    assert refusal.value.field == field


def test_shift_of_an_unknown_day_needs_the_day_first(cycle, office):
    with pytest.raises(DayRefused):
        plan_shift(_step(cycle, 5), 1, day("2027-05-03"), day("2027-05-04"))
    set_window(_step(cycle, 5), 1, day("2027-05-04"), office.officer, reason="ประกาศ", version=1)
    _shift(cycle, 5, "2027-05-10", "2027-05-11", office.officer)
    assert _days(cycle)[-1] == ("2027-05-10", "2027-05-11", "2027-05-11")


def test_undo_takes_back_the_step_and_its_followers(cycle, office):
    shift = _shift(cycle, 1, "2026-10-08", "2026-10-12", office.officer)
    plan = plan_undo(shift)
    undo_shift(shift, office.officer, reason="ใช้วันเดิม", token=plan.token)
    assert _days(cycle) == BEFORE
    assert last_shift(shifts_of(cycle)) is None
    assert [row.reason for row in StepShift.objects.order_by("pk")] == [
        "ประกาศเลื่อน",
        "ประกาศเลื่อน",
        "ใช้วันเดิม",
        "ใช้วันเดิม",
    ]
    step = _step(cycle, 1)
    assert planned_days(step.shifts.all(), step.windows.get()) is None


def test_undo_leaves_a_follower_that_was_done_or_shifted_since(cycle, office):
    shift = _shift(cycle, 1, "2026-10-08", "2026-10-12", office.officer)
    finish_step(_step(cycle, 2), office.officer, day("2026-11-02"), 2)
    assert _seen(plan_undo(shift)) == ([(1, "2026-10-01", "2026-10-05")], [(2, "done")])
    finish_step(_step(cycle, 1), office.officer, day("2026-11-02"), 2)
    assert _seen(plan_undo(shift)) == ([], [(1, "done")])


def test_undo_is_for_the_last_shift_only(cycle, office):
    first = _shift(cycle, 1, "2026-10-08", "2026-10-12", office.officer)
    token = plan_undo(first).token
    _shift(cycle, 3, "2027-01-11", "2027-01-15", office.officer)
    with pytest.raises(AlreadyChanged):
        undo_shift(first, office.officer, reason="x", token=token)


@pytest.mark.parametrize("count", [2, 30])
def test_plan_reads_a_fixed_number_of_times(office, django_assert_num_queries, count):
    cycle = make_cycle(office.agency, [[lasting(1, DAYS)] for _number in range(count)])
    step = Step.objects.select_related("cycle__agency").get(cycle=cycle, number=1)
    with django_assert_num_queries(5):
        plan = plan_shift(step, 1, day("2026-10-01"), day("2026-10-02"))
    assert len(plan.moves) == count
