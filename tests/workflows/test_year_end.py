"""Closing a cycle, opening it again, and the year's record."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from agencies.enums import OfficeRole
from agencies.holidays import holiday_dates
from agencies.models import AuditEntry
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged, CommentNeeded, RequirementsMissing
from tests.agencies.factories import make_office
from tests.workflows.factories import UNKNOWN, day, lasting, make_cycle, months, pdf_upload
from workflows.closing import close_cycle, reopen_cycle
from workflows.enums import CycleStatus, DurationUnit, ResponsibleKind, VersionStatus
from workflows.models import Cycle, Procedure, ProcedureVersion, Step
from workflows.standard_time import measure, measure_text
from workflows.steps import (
    BackfillEntry,
    add_document,
    attach_document,
    backfill,
    finish_step,
    note_step,
    reopen_step,
    set_window,
    start_step,
)
from workflows.year_end import record_of

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


def _done(step, office, day_text, started=None):
    finish_step(
        step,
        office.officer,
        day(day_text),
        step.version,
        started_on=day(started) if started else None,
    )


def test_close_keeps_person_moment_log_and_explanations(office):
    cycle = make_cycle(office.agency, [[months(7, 7)], [months(8, 8)]])
    first, second = cycle.steps.all()
    _done(first, office, "2027-05-31")
    close_cycle(cycle, office.officer, {Step.objects.get(number=2): " ยกไปปีหน้า "})
    cycle.refresh_from_db()
    second.refresh_from_db()
    assert (cycle.status, cycle.closed_by, cycle.closed_at is not None) == (
        CycleStatus.CLOSED,
        office.officer,
        True,
    )
    assert (second.status, second.remark) == ("not_started", "ยกไปปีหน้า")
    log = TransitionLog.objects.get(transition="close")
    assert (log.from_status, log.to_status, len(log.data_hash)) == ("open", "closed", 64)
    assert AuditEntry.objects.filter(action="cycle.close").count() == 1


def test_close_names_the_steps_without_a_word_and_changes_nothing(office):
    cycle = make_cycle(office.agency, [[months(7, 7)], [months(8, 8)], [months(9, 9)]])
    _done(cycle.steps.get(number=1), office, "2027-05-31")
    with pytest.raises(RequirementsMissing) as refusal:
        close_cycle(cycle, office.officer, {cycle.steps.get(number=2): "รอผล"})
    assert refusal.value.missing == ["ขั้นที่ 3 ขั้นตอน 3 ยังไม่เสร็จ และไม่มีหมายเหตุบอกเหตุผล"]
    assert Cycle.objects.get().status == CycleStatus.OPEN
    assert cycle.steps.get(number=2).remark == ""


def test_close_with_a_stale_explanation_changes_nothing(office):
    cycle = make_cycle(office.agency, [[months(7, 7)]])
    stale = cycle.steps.get()
    start_step(cycle.steps.get(), office.officer, day("2027-06-01"), 1)
    with pytest.raises(AlreadyChanged):
        close_cycle(cycle, office.officer, {stale: "รอผล"})
    assert Cycle.objects.get().status == CycleStatus.OPEN


def test_reopen_needs_a_reason_and_forgets_the_closing(office):
    cycle = make_cycle(office.agency, [[months(7, 7)]])
    close_cycle(cycle, office.officer, {cycle.steps.get(): "รอผล"})
    with pytest.raises(CommentNeeded):
        reopen_cycle(cycle, office.officer, " ")
    reopen_cycle(cycle, office.officer, "ลืมแนบรายงาน")
    assert (cycle.status, cycle.closed_at, cycle.closed_by) == (CycleStatus.OPEN, None, None)
    with pytest.raises(AlreadyChanged):
        reopen_cycle(cycle, office.officer, "อีกครั้ง")
    assert TransitionLog.objects.get(transition="reopen").comment == "ลืมแนบรายงาน"


@pytest.mark.parametrize("who", ["director", "deputy", "member", "observer", "admin"])
def test_only_the_officer_closes_and_reopens(office, who):
    cycle = make_cycle(office.agency, [[months(7, 7)]])
    with pytest.raises(PermissionDenied):
        close_cycle(cycle, getattr(office, who))
    assert Cycle.objects.get().status == CycleStatus.OPEN
    close_cycle(cycle, office.officer, {cycle.steps.get(): "รอผล"})
    with pytest.raises(PermissionDenied):
        reopen_cycle(cycle, getattr(office, who), "เหตุผล")
    assert Cycle.objects.get().status == CycleStatus.CLOSED


def _edits():
    """What people do to a cycle, each as edit(step, office)."""
    return {
        "start": lambda step, o: start_step(step, o.officer, day("2027-06-01"), step.version),
        "finish": lambda step, o: finish_step(step, o.officer, day("2027-06-01"), step.version),
        "note": lambda step, o: note_step(step, o.officer, "คำ", step.version),
        "attach": lambda step, o: attach_document(step.documents.get(), pdf_upload(), o.officer),
        "add": lambda step, o: add_document(step, "รายงาน", pdf_upload(), o.officer),
        "backfill": lambda step, o: backfill(
            step.cycle, [BackfillEntry(step, day("2027-06-01"))], o.officer
        ),
        "set days": lambda step, o: set_window(
            step, 1, day("2027-06-01"), o.officer, reason="x", version=step.version
        ),
        "close": lambda step, o: close_cycle(step.cycle, o.officer),
    }


@pytest.mark.parametrize("edit", _edits())
def test_a_closed_cycle_refuses(office, edit):
    cycle = make_cycle(office.agency, [[DIRECTOR_STEP, UNKNOWN]])
    close_cycle(cycle, office.officer, {cycle.steps.get(): "รอผล"})
    step = Step.objects.select_related("cycle__agency", "procedure_step").get()
    before = Step.objects.values().get(), step.documents.count()
    with pytest.raises((AlreadyChanged, PermissionDenied)):
        _edits()[edit](step, office)
    assert (Step.objects.values().get(), step.documents.count()) == before


def test_a_closed_cycle_refuses_to_reopen_a_step(office):
    cycle = make_cycle(office.agency, [[months(7, 7)]])
    _done(cycle.steps.get(), office, "2027-05-31")
    close_cycle(cycle, office.officer)
    with pytest.raises(AlreadyChanged):
        reopen_step(cycle.steps.get(), office.officer, "เหตุผล", 2)
    assert cycle.steps.get().status == "done"


@pytest.mark.parametrize("path", ["start/", "finish/", "note/", "documents/", "reopen/", "days/1/"])
def test_pages_of_a_closed_cycle_change_nothing(office, client_for, path):
    cycle = make_cycle(office.agency, [[DIRECTOR_STEP, UNKNOWN]])
    close_cycle(cycle, office.officer, {cycle.steps.get(): "รอผล"})
    step = Step.objects.get()
    data = {
        "version": step.version,
        "started_on": "1/6/2570",
        "done_on": "1/6/2570",
        "ends_on": "1/6/2570",
        "remark": "คำ",
        "reason": "คำ",
        "name": "รายงาน",
        "file": pdf_upload(),
    }
    url = office.url(f"2570/calendar/steps/{step.pk}/{path}")
    before = Step.objects.values().get(), step.documents.count(), step.windows.values().get()
    response = client_for(office.officer).post(url, data)
    assert response.status_code in {403, 409}
    assert (
        Step.objects.values().get(),
        step.documents.count(),
        step.windows.values().get(),
    ) == before


def test_measure_counts_in_the_unit_of_the_standard(office):
    # 15 working days from Monday 3 May 2027; 4 May and 20 May 2027 are holidays.
    cycle = make_cycle(
        office.agency,
        [
            [lasting(15, DurationUnit.WORKING_DAYS)],
            [lasting(2, DurationUnit.WEEKS)],
            [months(7, 8)],
        ],
        start=day("2027-05-03"),
    )
    first, second, third = cycle.steps.all()
    closed = holiday_dates(office.agency, day("2027-05-01"), day("2027-06-30"))
    assert first.due_on == day("2027-05-25")
    first.started_on, first.done_on = day("2027-05-03"), day("2027-05-28")
    assert measure_text(measure(first, closed, day("2027-06-15"))) == (
        "มาตรฐาน 15 วันทำการ · ใช้จริง 18 วันทำการ · ช้า 3 วัน"
    )
    first.done_on = day("2027-05-31")
    assert measure_text(measure(first, closed, day("2027-06-15"))) == (
        "มาตรฐาน 15 วันทำการ · ใช้จริง 19 วันทำการ · ช้า 4 วันทำการ (6 วัน)"
    )
    first.done_on = day("2027-05-21")
    assert measure_text(measure(first, closed, day("2027-06-15"))) == (
        "มาตรฐาน 15 วันทำการ · ใช้จริง 13 วันทำการ · เร็ว 2 วันทำการ (4 วัน)"
    )
    second.started_on = day("2027-06-01")
    assert measure_text(measure(second, closed, day("2027-06-05"))) == (
        "มาตรฐาน 2 สัปดาห์ · ใช้ไปแล้ว 5 วัน"
    )
    third.done_on = day("2027-06-25")
    assert measure_text(measure(third, closed, day("2027-06-30"))) == "มาตรฐาน 2 เดือน · เร็ว 5 วัน"


def test_record_has_days_mean_and_share_on_time(office):
    cycle = make_cycle(
        office.agency,
        [[months(5, 5)], [months(6, 6)], [months(6, 6)], [months(7, 7)], [months(9, 9)], [UNKNOWN]],
    )
    early, late, exact, _open_late, _coming, undated = cycle.steps.all()
    _done(early, office, "2027-03-29")
    _done(late, office, "2027-05-07", "2027-04-01")
    _done(exact, office, "2027-04-30")
    _done(undated, office, "2027-04-30")
    record = record_of(cycle, day("2027-06-15"))
    assert [result.days for result in record.results] == [-2, 7, 0, 15, None, None]
    assert (record.done, record.total) == (4, 6)
    assert (record.on_time, record.judged, record.on_time_percent) == (2, 4, Decimal(50))
    assert record.mean == Decimal("1.7")
    assert [result.row.number for result in record.late] == [2, 4]
    assert record.results[1].measure_text == "มาตรฐาน 1 เดือน · ใช้จริง 37 วัน · ช้า 7 วัน"


def test_record_of_an_untouched_cycle_has_no_figures(office):
    record = record_of(make_cycle(office.agency, [[months(10, 10)]]), day("2027-06-15"))
    assert (record.mean, record.on_time_percent, record.late) == (None, None, [])


def test_year_end_page_closes_with_reasons_and_keeps_them_when_refused(office, client_for):
    cycle = make_cycle(office.agency, [[months(7, 7)], [months(8, 8)]])
    first, second = cycle.steps.all()
    browser, page = client_for(office.officer), office.url(f"2570/calendar/cycles/{cycle.pk}/")
    data = {
        f"remark{first.pk}": "รอผลจาก สพฐ.",
        f"version{first.pk}": "1",
        f"remark{second.pk}": "",
        f"version{second.pk}": "1",
    }
    response = browser.post(f"{page}close/", data)
    assert response.status_code == 422
    assert response.context["close_form"].errors == {
        f"remark{second.pk}": ["เขียนเหตุผลที่ขั้นตอนนี้ยังไม่เสร็จ"]
    }
    assert "รอผลจาก สพฐ.</textarea>" in response.content.decode()
    response = browser.post(f"{page}close/", data | {f"remark{second.pk}": "ยกไปปีหน้า"})
    assert (response.status_code, response.url) == (302, page)
    assert "รอบปีปิดแล้ว" in browser.get(page).content.decode()
    assert browser.post(f"{page}reopen/", {"reason": ""}).status_code == 422
    assert browser.post(f"{page}reopen/", {"reason": "ลืม"}).status_code == 302
    assert Cycle.objects.get().status == CycleStatus.OPEN


def test_year_end_leads_to_the_next_year_with_the_sop_chosen(office, client_for):
    cycle = make_cycle(office.agency, [[months(7, 7)]])
    browser = client_for(office.officer)
    page = browser.get(office.url(f"2570/calendar/cycles/{cycle.pk}/"))
    following = page.context["following"]
    assert following.next_url == f"/o/office/2571/calendar/open/?sop={cycle.version_id}"
    opening = browser.get(following.next_url)
    assert opening.status_code == 200
    assert "1 – 31 พ.ค. 2571" in opening.content.decode()
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize("count", [1, 40])
def test_year_end_queries_do_not_grow(office, client_for, django_assert_max_num_queries, count):
    cycle = make_cycle(office.agency, [[months(7, 7)] for _number in range(count)])
    browser = client_for(office.officer)
    with django_assert_max_num_queries(15):
        assert browser.get(office.url(f"2570/calendar/cycles/{cycle.pk}/")).status_code == 200


def test_year_end_drafts_the_next_version_with_the_late_steps(office, client_for):
    cycle = make_cycle(office.agency, [[months(5, 5)], [months(6, 6)]])
    first, second = cycle.steps.all()
    _done(first, office, "2027-03-30")
    _done(second, office, "2027-05-07", "2027-04-01")
    note_step(second, office.officer, "รอข้อมูลโรงเรียน", second.version)
    Procedure.objects.update(last_number=1)
    url = office.url(f"2570/calendar/cycles/{cycle.pk}/draft/")
    response = client_for(office.officer).post(url)
    draft = ProcedureVersion.objects.get(status=VersionStatus.DRAFT)
    slug = cycle.version.procedure.slug
    assert response.url == f"/o/office/2570/sop/{slug}/{draft.number}/"
    assert draft.change_note == (
        "จากปีงบประมาณ 2570: ตรงเวลา 1 จาก 2 ขั้นตอน\n"
        "ขั้นที่ 2 ขั้นตอน 2: มาตรฐาน 1 เดือน · ใช้จริง 37 วัน · ช้า 7 วัน (รอข้อมูลโรงเรียน)"
    )
    again = client_for(office.officer).post(url)
    assert again.url == response.url
    assert ProcedureVersion.objects.filter(status=VersionStatus.DRAFT).count() == 1


def test_reasons_typed_for_closing_are_kept_when_a_step_changed_meanwhile(office, client_for):
    cycle = make_cycle(office.agency, [[DIRECTOR_STEP, UNKNOWN], [UNKNOWN]])
    first, second = cycle.steps.order_by("number")
    typed = {f"remark{first.pk}": "รอผลจากหน่วยงานกลาง", f"remark{second.pk}": "ย้ายไปปีหน้า"}
    versions = {f"version{step.pk}": step.version for step in (first, second)}
    note_step(second, office.officer, "เขียนโดยอีกคน", second.version)
    url = office.url(f"2570/calendar/cycles/{cycle.pk}/close/")
    response = client_for(office.officer).post(url, typed | versions)
    assert response.status_code == 409
    page = response.content.decode()
    assert "รอผลจากหน่วยงานกลาง" in page
    assert "ย้ายไปปีหน้า" in page
    assert Cycle.objects.get().status == "open"
    versions[f"version{second.pk}"] += 1
    assert client_for(office.officer).post(url, typed | versions).status_code == 302
    assert Cycle.objects.get().status == "closed"
