"""A running cycle goes over to a newer version of its SOP."""

import pytest

from agencies.models import AuditEntry
from approvals.transitions import AlreadyChanged
from tests.agencies.factories import make_office
from tests.workflows.factories import (
    UNKNOWN,
    ProcedureStepFactory,
    VersionFactory,
    WindowFactory,
    day,
    lasting,
    make_cycle,
    months,
    pdf_upload,
)
from workflows.closing import close_cycle
from workflows.cycle_going_over import update_cycle
from workflows.cycle_update import UpdateRefused, plan_update
from workflows.enums import DurationUnit, VersionStatus
from workflows.models import Cycle, ProcedureVersion, Step, StepShift
from workflows.opening import OpeningRefused, open_cycle
from workflows.steps import attach_document, finish_step, note_step, set_window, start_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-01-15"))
    return make_office()


OLD = [
    [{"title": "แต่งตั้งคณะทำงาน", "documents": ["คำสั่ง"]}, months(0, 0)],
    [{"title": "จัดทำลักษณะสำคัญ", "documents": ["ร่าง", "รายงาน"]}, months(2, 3)],
    [{"title": "ให้คะแนน"}, months(4, 4)],
    [{"title": "สรุปผล"}, months(5, 5)],
]


def _newer(cycle, steps) -> ProcedureVersion:
    """Put a next version of the cycle's SOP in use."""
    procedure = cycle.version.procedure
    ProcedureVersion.objects.filter(procedure=procedure).update(status=VersionStatus.RETIRED)
    number = procedure.versions.count() + 1
    version = VersionFactory(procedure=procedure, number=number)
    for place, (own, *windows) in enumerate(steps, start=1):
        step = ProcedureStepFactory(version=version, number=place, **own)
        for order, window in enumerate(windows, start=1):
            WindowFactory(step=step, order=order, **window)
    return version


def _kinds(plan):
    return [(line.number, line.title, line.kind) for line in plan.lines]


def _update(cycle, office):
    return update_cycle(cycle, office.officer, plan_update(cycle).token)


def test_going_over_adds_removes_moves_and_rewords(office):
    cycle = make_cycle(office.agency, OLD)
    version = _newer(
        cycle,
        [
            [{"title": "แต่งตั้งคณะทำงาน", "documents": ["คำสั่ง"]}, months(0, 0)],
            [{"title": "อบรมคณะทำงาน", "documents": ["รายชื่อ"]}, months(1, 1)],
            [{"title": "จัดทำลักษณะสำคัญ", "documents": ["รายงาน", "สรุป"]}, months(2, 2)],
            [{"title": "สรุปผล", "standard": "ภายในกำหนด"}, months(5, 5)],
        ],
    )
    plan = plan_update(cycle)
    assert _kinds(plan) == [
        (1, "แต่งตั้งคณะทำงาน", "same"),
        (2, "อบรมคณะทำงาน", "added"),
        (3, "จัดทำลักษณะสำคัญ", "moved"),
        (4, "สรุปผล", "changed"),
    ]
    assert [step.title for step in plan.removed] == ["ให้คะแนน"]
    assert Step.objects.count() == 4
    assert Cycle.objects.get().version_id != version.pk

    update_cycle(cycle, office.officer, plan.token)
    assert Cycle.objects.get().version == version
    assert [
        (step.number, step.title, step.due_on, step.procedure_step.version_id == version.pk)
        for step in Step.objects.all()
    ] == [
        (1, "แต่งตั้งคณะทำงาน", day("2026-11-02"), True),
        (2, "อบรมคณะทำงาน", day("2026-11-30"), True),
        (3, "จัดทำลักษณะสำคัญ", day("2027-01-04"), True),
        (4, "สรุปผล", day("2027-03-31"), True),
    ]
    assert [sorted(slot.name for slot in step.documents.all()) for step in Step.objects.all()] == [
        ["คำสั่ง"],
        ["รายชื่อ"],
        ["รายงาน", "สรุป"],
        [],
    ]
    assert [row.ends_on for row in Step.objects.get(number=3).windows.all()] == [day("2026-12-31")]
    assert AuditEntry.objects.get(action="cycle.update").summary == "1 → 2"


def test_a_done_step_keeps_its_words_days_and_papers(office):
    cycle = make_cycle(office.agency, OLD)
    first = cycle.steps.get(number=1)
    attach_document(first.documents.get(), pdf_upload(), office.officer)
    finish_step(first, office.officer, day("2026-10-20"), 1, remark="ตามคำสั่งที่ 1")
    before = Step.objects.filter(pk=first.pk).values(
        "title", "status", "due_on", "done_on", "done_by", "remark", "procedure_step"
    )
    kept = before.get(), first.windows.values().get(), first.documents.values().get()
    _newer(
        cycle,
        [
            [{"title": "ประชุมชี้แจง"}, months(0, 0)],
            [{"title": "แต่งตั้งคณะทำงาน", "standard": "ใหม่", "documents": []}, months(1, 1)],
        ],
    )
    plan = _update(cycle, office)
    assert _kinds(plan) == [(1, "ประชุมชี้แจง", "added"), (2, "แต่งตั้งคณะทำงาน", "done")]
    assert [step.title for step in plan.removed] == ["จัดทำลักษณะสำคัญ", "ให้คะแนน", "สรุปผล"]
    assert (before.get(), first.windows.values().get(), first.documents.values().get()) == kept
    assert list(Step.objects.values_list("number", "title")) == [
        (1, "ประชุมชี้แจง"),
        (2, "แต่งตั้งคณะทำงาน"),
    ]


def _started(step, office):
    start_step(step, office.officer, day("2027-01-10"), step.version)


def _with_file(step, office):
    attach_document(step.documents.get(), pdf_upload(), office.officer)


def _with_remark(step, office):
    note_step(step, office.officer, "รอข้อมูล", step.version)


def _shifted(step, office):
    StepShift.objects.create(
        step=step, window=1, reason="x", moved_at=step.cycle.opened_at, moved_by=office.officer
    )


def _done(step, office):
    finish_step(step, office.officer, day("2027-01-10"), step.version)


@pytest.mark.parametrize("work", [_started, _with_file, _with_remark, _shifted, _done])
def test_a_step_that_work_hangs_on_is_never_removed(office, work):
    cycle = make_cycle(
        office.agency, [OLD[0], [{"title": "ทดลองใช้", "documents": ["บันทึก"]}, months(3, 3)], OLD[3]]
    )
    held = cycle.steps.get(number=2)
    work(held, office)
    old_version = cycle.version
    _newer(cycle, [OLD[3], OLD[0]])
    plan = _update(cycle, office)
    held.refresh_from_db()
    assert plan.removed == []
    # It stands after the step that it followed.
    assert (held.number, held.title, held.procedure_step.version) == (3, "ทดลองใช้", old_version)
    assert held.windows.get().due_on == day("2027-02-01")
    assert list(Step.objects.values_list("title", flat=True)) == [
        "สรุปผล",
        "แต่งตั้งคณะทำงาน",
        "ทดลองใช้",
    ]


def test_a_document_with_a_very_long_name_keeps_its_place(office):
    long = "รายงาน" * 50
    titled = {"title": "สรุปผล", "documents": [long, "คำสั่ง"]}
    cycle = make_cycle(office.agency, [[titled, months(0, 0)]])
    _newer(cycle, [[titled | {"documents": [long, "หนังสือ"]}, months(0, 0)]])
    update_cycle(cycle, office.officer, plan_update(cycle).token)
    names = list(cycle.steps.get().documents.values_list("order", "name"))
    assert names == [(1, long[:250]), (3, "หนังสือ")]


def test_days_the_office_set_and_days_shifted_by_hand_stay(office):
    steps = [[{"title": "ประกาศผล"}, UNKNOWN], [{"title": "รับตรวจ"}, months(6, 6)]]
    cycle = make_cycle(office.agency, steps)
    first, second = cycle.steps.all()
    set_window(first, 1, day("2027-07-05"), office.officer, reason="ประกาศ", version=1)
    second.windows.update(ends_on=day("2027-05-14"), due_on=day("2027-05-14"))
    _shifted(second, office)
    _newer(cycle, [[{"title": "ประกาศผล", "detail": "ใหม่"}, UNKNOWN], steps[1]])
    plan = _update(cycle, office)
    assert [line.kind for line in plan.lines] == ["changed", "same"]
    assert [step.windows.get().ends_on for step in Step.objects.all()] == [
        day("2027-07-05"),
        day("2027-05-14"),
    ]


def test_a_longer_duration_moves_what_follows(office):
    def steps(weeks):
        return [
            [{"title": "ร่าง"}, lasting(weeks, DurationUnit.WEEKS)],
            [{"title": "ตรวจ"}, lasting(1, DurationUnit.WEEKS)],
        ]

    cycle = make_cycle(office.agency, steps(1), start=day("2027-02-01"))
    _newer(cycle, steps(2))
    plan = plan_update(cycle)
    assert [line.kind for line in plan.lines] == ["moved", "moved"]
    assert plan.lines[1].windows[0].starts_on == day("2027-02-15")


def test_a_reworded_title_is_the_same_step_and_another_number_is_not(office):
    cycle = make_cycle(
        office.agency,
        [
            [{"title": "จัดทำแผนพัฒนาองค์การ"}, months(5, 5)],
            [{"title": "ติดตามรอบ 6 เดือน"}, months(6, 6)],
        ],
    )
    _newer(
        cycle,
        [
            [{"title": "จัดทำแผนพัฒนาองค์การประจำปี"}, months(5, 5)],
            [{"title": "ติดตามรอบ 9 เดือน"}, months(6, 6)],
        ],
    )
    plan = plan_update(cycle)
    assert _kinds(plan) == [
        (1, "จัดทำแผนพัฒนาองค์การประจำปี", "changed"),
        (2, "ติดตามรอบ 9 เดือน", "added"),
    ]
    assert plan.lines[0].words == ["title"]


def test_a_plan_that_is_stale_is_a_conflict(office):
    cycle = make_cycle(office.agency, OLD)
    _newer(cycle, [OLD[0]])
    token = plan_update(cycle).token
    start_step(cycle.steps.get(number=3), office.officer, day("2027-01-10"), 1)
    before = list(Step.objects.values())
    with pytest.raises(AlreadyChanged):
        update_cycle(cycle, office.officer, token)
    assert list(Step.objects.values()) == before
    assert Cycle.objects.get().version == cycle.version


def test_confirming_twice_changes_once(office):
    cycle = make_cycle(office.agency, OLD)
    _newer(cycle, [OLD[0]])
    stale = Cycle.objects.select_related("agency", "version").get()
    token = plan_update(cycle).token
    update_cycle(cycle, office.officer, token)
    with pytest.raises(AlreadyChanged):
        update_cycle(stale, office.officer, token)
    assert AuditEntry.objects.filter(action="cycle.update").count() == 1


def test_going_over_is_refused_without_a_newer_version_and_when_closed(office):
    cycle = make_cycle(office.agency, [OLD[0]])
    with pytest.raises(UpdateRefused):
        plan_update(cycle)
    _newer(cycle, [OLD[1]])
    close_cycle(cycle, office.officer, {cycle.steps.get(): "เลิกทำ"})
    with pytest.raises(UpdateRefused):
        plan_update(cycle)


def test_a_cycle_opens_from_the_version_in_use_only(office):
    cycle = make_cycle(office.agency, OLD)
    newer = _newer(cycle, [OLD[0]])
    retired = ProcedureVersion.objects.get(pk=cycle.version_id)
    with pytest.raises(OpeningRefused):
        open_cycle(office.agency, retired, 2571, office.officer)
    assert open_cycle(office.agency, newer, 2571, office.officer).version == newer


def test_the_page_shows_everything_before_it_is_written(office, client_for):
    cycle = make_cycle(office.agency, OLD)
    url = office.url(f"2570/calendar/cycles/{cycle.pk}/update/")
    browser = client_for(office.officer)
    assert "รอบปีนี้ดำเนินตามฉบับที่ใช้อยู่แล้ว" in browser.get(url).content.decode()
    version = _newer(cycle, [OLD[0], [{"title": "จัดทำลักษณะสำคัญ"}, months(2, 2)]])
    page = browser.get(url).content.decode()
    assert "<del>ให้คะแนน</del>" in page
    assert "1 – 31 ธ.ค. 2569" in page
    token = page.partition('name="token" value="')[2].partition('"')[0]
    assert browser.post(url, {"token": "x"}).status_code == 409
    assert browser.post(url, {"token": token}).status_code == 302
    assert Cycle.objects.get().version == version


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_makes_as_many_queries_for_many_steps(
    office, client_for, django_assert_max_num_queries, count
):
    steps = [[{"title": f"งานที่ {n}"}, months(3, 3)] for n in range(count)]
    cycle = make_cycle(office.agency, steps)
    _newer(cycle, [[{"title": f"งานที่ {n}"}, months(4, 4)] for n in range(1, count + 1)])
    browser = client_for(office.officer)
    with django_assert_max_num_queries(15):
        url = office.url(f"2570/calendar/cycles/{cycle.pk}/update/")
        assert browser.get(url).status_code == 200
