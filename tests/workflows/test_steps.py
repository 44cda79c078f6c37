"""Doing a step: days, claims, papers, and the days that the office sets itself."""

import pytest
from django.core.exceptions import PermissionDenied

from agencies.enums import OfficeRole
from agencies.models import AuditEntry
from approvals.models import TransitionLog
from approvals.registry import add_requirement, workflow_of
from approvals.transitions import AlreadyChanged, CommentNeeded, RequirementsMissing
from tests.agencies.factories import make_office
from tests.workflows.factories import UNKNOWN, day, make_cycle, months, pdf_upload
from workflows.closing import close_cycle
from workflows.enums import ResponsibleKind, StepStatus
from workflows.models import Step
from workflows.steps import (
    BackfillEntry,
    DayRefused,
    add_document,
    attach_document,
    backfill,
    current_step,
    finish_step,
    late_days,
    open_windows,
    reopen_step,
    set_window,
    start_step,
)

pytestmark = pytest.mark.django_db

DIRECTOR_STEP = {
    "responsible_kind": ResponsibleKind.OFFICE_ROLE,
    "responsible_value": OfficeRole.DIRECTOR,
    "documents": ["คำสั่ง"],
}


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-06-15"))
    return make_office()


def _step(office, *windows):
    return make_cycle(office.agency, [[DIRECTOR_STEP, *(windows or [months(7, 7)])]]).steps.get()


def test_start_and_finish_keep_days_person_and_log(office):
    step = _step(office)
    start_step(step, office.director, day("2027-05-03"), 1)
    assert (step.status, step.version) == (StepStatus.IN_PROGRESS, 2)
    finish_step(step, office.officer, day("2027-06-10"), 2, remark=" ส่งแล้ว ")
    step.refresh_from_db()
    assert (step.status, step.started_on, step.done_on, step.done_by, step.remark) == (
        StepStatus.DONE,
        day("2027-05-03"),
        day("2027-06-10"),
        office.officer,
        "ส่งแล้ว",
    )
    assert list(
        TransitionLog.objects.order_by("pk").values_list("transition", "from_status", "to_status")
    ) == [("start", "not_started", "in_progress"), ("finish", "in_progress", "done")]
    assert late_days(step, day("2027-06-15")) == 10


def test_finish_refuses_a_day_in_the_future_and_before_the_start(office):
    step = _step(office)
    with pytest.raises(DayRefused) as refusal:
        finish_step(step, office.officer, day("2027-06-16"), 1)
    assert refusal.value.field == "done_on"
    with pytest.raises(DayRefused):
        finish_step(step, office.officer, day("2027-06-01"), 1, started_on=day("2027-06-02"))
    step.refresh_from_db()
    assert (step.status, step.done_on) == (StepStatus.NOT_STARTED, None)


@pytest.mark.parametrize("who", ["deputy", "member", "observer", "admin"])
def test_finish_is_refused_to_whoever_is_not_responsible(office, who):
    step = _step(office)
    with pytest.raises(PermissionDenied):
        finish_step(step, getattr(office, who), day("2027-06-01"), 1)
    step.refresh_from_db()
    assert (step.status, step.done_on, step.version) == (StepStatus.NOT_STARTED, None, 1)


def test_finish_of_an_old_version_changes_nothing(office):
    step, stale = _step(office), Step.objects.get()
    start_step(step, office.officer, day("2027-05-03"), 1)
    with pytest.raises(AlreadyChanged):
        finish_step(stale, office.officer, day("2027-06-01"), 1)
    assert Step.objects.get().status == StepStatus.IN_PROGRESS


def test_steps_of_a_closed_cycle_do_not_change(office):
    step = _step(office)
    close_cycle(step.cycle, office.officer, {Step.objects.get(): "ยกไปปีหน้า"})
    with pytest.raises(AlreadyChanged):
        start_step(step, office.officer, day("2027-05-03"), 1)
    with pytest.raises(AlreadyChanged):
        attach_document(step.documents.get(), pdf_upload(), office.officer)


def test_finish_asks_the_requirements_of_higher_apps(office):
    rules = workflow_of(Step).transitions["finish"].requirements
    step = _step(office)

    def scored(step):
        return ["ยังให้คะแนนไม่ครบ"]

    add_requirement(Step, "finish", scored)
    try:
        with pytest.raises(RequirementsMissing) as refusal:
            finish_step(step, office.officer, day("2027-06-01"), 1)
    finally:
        rules.remove(scored)
    assert refusal.value.missing == ["ยังให้คะแนนไม่ครบ"]
    assert Step.objects.get().done_on is None


def test_reopen_needs_a_reason_and_forgets_the_done_day(office):
    step = _step(office)
    finish_step(step, office.officer, day("2027-06-01"), 1)
    with pytest.raises(CommentNeeded):
        reopen_step(step, office.officer, "  ", 2)
    with pytest.raises(PermissionDenied):
        reopen_step(step, office.director, "ผิดขั้น", 2)
    reopen_step(step, office.officer, "ผิดขั้น", 2)
    step = Step.objects.get()
    assert (step.status, step.done_on, step.done_by) == (StepStatus.IN_PROGRESS, None, None)


def test_attach_document_fills_the_slot_and_is_logged(office):
    step = _step(office)
    slot = attach_document(step.documents.get(), pdf_upload(), office.director)
    assert (slot.file.name, slot.uploaded_by) == ("คำสั่ง.pdf", office.director)
    assert AuditEntry.objects.filter(action="step.attach").count() == 1
    with pytest.raises(PermissionDenied):
        attach_document(slot, pdf_upload(), office.observer)


def test_add_document_makes_a_slot_after_the_last(office):
    step = _step(office)
    slot = add_document(step, "รายงาน", pdf_upload(), office.officer)
    assert (slot.order, slot.name) == (2, "รายงาน")


def test_backfill_saves_all_rows_or_none(frozen_today):
    frozen_today(day("2027-06-15"))
    office = make_office()
    cycle = make_cycle(office.agency, [[DIRECTOR_STEP, months(1, 1)], [months(2, 2)]])
    first, second = cycle.steps.all()
    slot = first.documents.get()
    bad = [
        BackfillEntry(first, day("2026-11-20"), uploads={slot.pk: pdf_upload()}),
        BackfillEntry(second, day("2027-06-16")),
    ]
    with pytest.raises(DayRefused) as refusal:
        backfill(cycle, bad, office.officer)
    assert refusal.value.step == second
    assert list(cycle.steps.values_list("status", flat=True)) == ["not_started", "not_started"]
    first, second = cycle.steps.all()
    good = [
        BackfillEntry(first, day("2026-11-20"), "ตามบันทึก", {slot.pk: pdf_upload()}),
        BackfillEntry(second, day("2026-12-25")),
    ]
    assert backfill(cycle, good, office.officer) == 2
    assert list(cycle.steps.values_list("status", "done_on")) == [
        ("done", day("2026-11-20")),
        ("done", day("2026-12-25")),
    ]
    slot.refresh_from_db()
    assert slot.file.name == "คำสั่ง.pdf"


def test_set_window_dates_an_unknown_window_and_moves_the_deadline(office):
    step = _step(office, UNKNOWN, months(5, 5))
    assert [window.order for window in open_windows(step)] == [1]
    # Sunday 4 July 2027.
    set_window(step, 1, day("2027-07-04"), office.officer, reason="ประกาศ ก.พ.ร.", version=1)
    window = step.windows.get(order=1)
    assert (window.starts_on, window.ends_on, window.due_on, window.moved_because) == (
        day("2027-07-04"),
        day("2027-07-04"),
        day("2027-07-05"),
        "วันอาทิตย์",
    )
    assert (step.due_on, step.version) == (day("2027-07-05"), 2)
    assert AuditEntry.objects.get(action="step.set_days").summary == "ประกาศ ก.พ.ร."


def test_set_window_moves_no_date_that_others_set(office):
    step = _step(office, UNKNOWN | {"is_fixed": True})
    # Sunday 4 July 2027, as announced.
    set_window(step, 1, day("2027-07-04"), office.officer, reason="ประกาศ ก.พ.ร.", version=1)
    window = step.windows.get(order=1)
    assert (window.due_on, window.moved_because) == (day("2027-07-04"), "")
    assert step.due_on == day("2027-07-04")


def test_work_on_a_step_that_is_gone_is_a_conflict(office):
    step = _step(office, months(5, 5))
    Step.objects.filter(pk=step.pk).delete()
    with pytest.raises(AlreadyChanged):
        finish_step(step, office.officer, day("2027-01-15"), 1)


def test_set_window_refuses_windows_of_the_sop_and_other_people(office):
    step = _step(office, UNKNOWN, months(5, 5))
    with pytest.raises(PermissionDenied):
        set_window(step, 2, day("2027-07-04"), office.officer, reason="x", version=1)
    with pytest.raises(PermissionDenied):
        set_window(step, 1, day("2027-07-04"), office.director, reason="x", version=1)
    with pytest.raises(DayRefused):
        set_window(
            step,
            1,
            day("2027-07-04"),
            office.officer,
            reason="x",
            version=1,
            starts_on=day("2027-07-05"),
        )


def test_set_window_gives_a_step_without_windows_its_first(office):
    step = make_cycle(office.agency, [[]]).steps.get()
    set_window(step, 1, day("2027-07-05"), office.officer, reason="นัดแล้ว", version=1)
    assert Step.objects.get().due_on == day("2027-07-05")


def test_current_step_is_the_begun_one_with_the_nearest_deadline():
    def step(number, starts_on, due_on, status=StepStatus.NOT_STARTED):
        row = Step(number=number, status=status, due_on=day(due_on))
        row.starts_on = day(starts_on)
        return row

    steps = [
        step(1, "2027-03-01", "2028-01-04", StepStatus.IN_PROGRESS),
        step(2, "2027-05-01", "2027-05-31", StepStatus.DONE),
        step(4, "2027-06-01", "2027-06-30", StepStatus.IN_PROGRESS),
        step(5, "2027-06-01", "2027-06-30", StepStatus.IN_PROGRESS),
        step(6, "2027-07-01", "2027-09-30"),
    ]
    assert current_step(steps, day("2027-06-15")).number == 5
    assert current_step(steps[-1:], day("2027-06-15")).number == 6
    assert current_step([], day("2027-06-15")) is None
