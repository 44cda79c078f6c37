"""The screens of the cycle: preview before writing, backfill, a step's page, the calendar."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agencies.factories import HolidayFactory, make_office
from tests.workflows.factories import (
    UNKNOWN,
    day,
    lasting,
    make_cycle,
    make_version,
    months,
    pdf_upload,
)
from workflows.enums import DurationUnit
from workflows.models import AwardStage, Cycle, Step, StepWindow
from workflows.shift_plans import plan_shift
from workflows.shifting import apply_shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-06-15"))
    return make_office()


def _url(office, path="", year=2570):
    return office.url(f"{year}/calendar/{path}")


def test_cycle_open_shows_the_days_before_anything_is_written(office, client_for):
    version = make_version(office.agency, [[lasting(1, DurationUnit.WEEKS)]])
    data = {"sop": version.pk, "year": "2570", "start": "1/3/2570", "preview": "1"}
    response = client_for(office.officer).post(_url(office, "open/"), data)
    assert response.status_code == 200
    assert "1 – 7 มี.ค. 2570" in response.content.decode()
    assert not Cycle.objects.exists()


def test_cycle_open_opens_and_leads_to_what_was_done_before(office, client_for):
    version = make_version(office.agency, [[months(1, 1)], [months(8, 8)]])
    data = {"sop": version.pk, "year": "2570", "start": "", "open": "1"}
    response = client_for(office.officer).post(_url(office, "open/"), data)
    cycle = Cycle.objects.get()
    assert response.status_code == 302
    assert response.url == _url(office, f"cycles/{cycle.pk}/backfill/")


def test_cycle_open_refuses_a_bad_date_at_its_field_and_keeps_the_rest(office, client_for):
    version = make_version(office.agency, [[months(1, 1)]])
    data = {"sop": version.pk, "year": "2570", "start": "30/2/2570", "open": "1"}
    response = client_for(office.officer).post(_url(office, "open/"), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["start"]
    assert 'value="30/2/2570"' in response.content.decode()
    assert f'<option value="{version.pk}" selected>' in response.content.decode()
    assert not Cycle.objects.exists()


def test_cycle_open_refuses_a_second_opening_at_the_year(office, client_for):
    version = make_cycle(office.agency, [[months(1, 1)]]).version
    data = {"sop": version.pk, "year": "2570", "start": "", "open": "1"}
    response = client_for(office.officer).post(_url(office, "open/"), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["year"])


def test_cycle_open_never_offers_the_sop_of_another_office(office, client_for):
    foreign = make_version(make_office("other").agency, [[months(1, 1)]])
    make_version(office.agency, [[months(1, 1)]])
    data = {"sop": foreign.pk, "year": "2570", "start": "", "open": "1"}
    response = client_for(office.officer).post(_url(office, "open/"), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["sop"])
    assert not Cycle.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("admin", 200), ("director", 403), ("member", 403), ("observer", 403)],
)
def test_cycle_open_is_for_officer_and_administrator(office, client_for, who, status):
    assert client_for(getattr(office, who)).get(_url(office, "open/")).status_code == status


def test_cycle_backfill_saves_days_remarks_and_files_at_once(office, client_for):
    cycle = make_cycle(
        office.agency,
        [[{"documents": ["คำสั่ง"]}, months(1, 1)], [months(2, 2)], [months(9, 9)]],
    )
    first, second, third = cycle.steps.all()
    slot = first.documents.get()
    response = client_for(office.officer).post(
        _url(office, f"cycles/{cycle.pk}/backfill/"),
        {
            f"step{first.pk}-done_on": "20 พ.ย. 2569",
            f"step{first.pk}-remark": "ตามหนังสือ",
            f"step{first.pk}-file{slot.pk}": pdf_upload(),
            f"step{second.pk}-done_on": "",
        },
    )
    assert response.status_code == 302
    first.refresh_from_db()
    slot.refresh_from_db()
    assert (first.status, first.done_on, first.remark) == (
        "done",
        day("2026-11-20"),
        "ตามหนังสือ",
    )
    assert slot.file.name == "คำสั่ง.pdf"
    assert list(Step.objects.exclude(pk=first.pk).values_list("status", flat=True)) == [
        "not_started",
        "not_started",
    ]
    assert third.due_on == day("2027-08-02")


def test_cycle_backfill_keeps_everything_when_one_day_is_wrong(office, client_for):
    cycle = make_cycle(office.agency, [[months(1, 1)], [months(2, 2)]])
    first, second = cycle.steps.all()
    response = client_for(office.officer).post(
        _url(office, f"cycles/{cycle.pk}/backfill/"),
        {
            f"step{first.pk}-done_on": "20/11/2569",
            f"step{second.pk}-done_on": "16/6/2570",
            f"step{second.pk}-remark": "พิมพ์ไว้แล้ว",
        },
    )
    assert response.status_code == 422
    assert 'value="20/11/2569"' in response.content.decode()
    assert "พิมพ์ไว้แล้ว" in response.content.decode()
    assert not Step.objects.filter(status="done").exists()


def test_step_detail_shows_the_move_beside_the_window_end(office, client_for):
    step = make_cycle(office.agency, [[months(5, 14)]]).steps.get()
    page = client_for(office.member).get(_url(office, f"steps/{step.pk}/")).content.decode()
    assert "1 มี.ค. – 31 ธ.ค. 2570" in page
    assert "เลื่อนจาก 31 ธ.ค. 2570" in page
    assert "/finish/" not in page


def test_step_finish_and_reopen_through_the_page(office, client_for):
    step = make_cycle(office.agency, [[months(8, 8)]]).steps.get()
    browser = client_for(office.officer)
    done = {"version": 1, "started_on": "1/6/2570", "done_on": "๑๔ มิ.ย. ๒๕๗๐", "remark": ""}
    assert browser.post(_url(office, f"steps/{step.pk}/finish/"), done).status_code == 302
    step.refresh_from_db()
    assert (step.status, step.done_on) == ("done", day("2027-06-14"))
    again = browser.post(_url(office, f"steps/{step.pk}/finish/"), done)
    assert again.status_code == 409
    reopen = browser.post(_url(office, f"steps/{step.pk}/reopen/"), {"version": 2, "reason": ""})
    assert reopen.status_code == 422
    browser.post(_url(office, f"steps/{step.pk}/reopen/"), {"version": 2, "reason": "ผิด"})
    step.refresh_from_db()
    assert step.status == "in_progress"


def test_document_attach_refuses_a_wrong_file_beside_the_slot(office, client_for):
    step = make_cycle(office.agency, [[{"documents": ["คำสั่ง"]}, months(8, 8)]]).steps.get()
    slot = step.documents.get()
    url = _url(office, f"steps/{step.pk}/documents/{slot.pk}/")
    browser = client_for(office.officer)
    bad = pdf_upload("คำสั่ง.exe")
    assert browser.post(url, {"file": bad}).status_code == 422
    assert browser.post(url, {"file": pdf_upload()}).status_code == 302
    slot.refresh_from_db()
    assert slot.file is not None


def test_step_days_sets_an_unknown_window(office, client_for):
    step = make_cycle(office.agency, [[UNKNOWN]]).steps.get()
    url = _url(office, f"steps/{step.pk}/days/1/")
    data = {"version": 1, "starts_on": "", "ends_on": "5/7/2570", "reason": "ประกาศแล้ว"}
    assert client_for(office.director).post(url, data).status_code == 403
    assert client_for(office.officer).post(url, data).status_code == 302
    assert StepWindow.objects.get().due_on == day("2027-07-05")


@pytest.mark.parametrize("show", ["list", "month", "agenda", "gantt"])
@pytest.mark.parametrize("count", [1, 200])
def test_calendar_makes_at_most_fifteen_queries(
    office, client_for, django_assert_max_num_queries, show, count
):
    make_cycle(office.agency, [[months(8, 8)] for _number in range(count)])
    browser = client_for(office.officer)
    with django_assert_max_num_queries(15):
        response = browser.get(_url(office), {"show": show})
    assert response.status_code == 200
    assert "ขั้นตอน 1" in response.content.decode()


@pytest.mark.parametrize("show", ["list", "month", "agenda", "gantt"])
def test_calendar_of_ten_cycles_reads_as_often_as_of_two(office, client_for, show):
    browser = client_for(office.officer)
    counts = []
    for cycles in (2, 10):
        while Cycle.objects.count() < cycles:
            make_cycle(office.agency, [[months(8, 8)] for _number in range(20)])
        with CaptureQueriesContext(connection) as done:
            response = browser.get(_url(office), {"show": show})
        assert response.status_code == 200
        counts.append(len(done))
    assert counts[0] == counts[1] <= 15
    assert Step.objects.count() == 200


def test_calendar_without_cycle_leads_the_officer_to_opening(office, client_for):
    page = client_for(office.officer).get(_url(office)).content.decode()
    assert _url(office, "open/") in page
    assert _url(office, "open/") not in client_for(office.member).get(_url(office)).content.decode()


def test_calendar_shows_a_step_in_both_years_it_touches(office, client_for):
    make_cycle(office.agency, [[{"title": "ประชุมชี้แจง"}, months(5, 14)], [months(0, 0)]])
    page = client_for(office.officer).get(_url(office, year=2571)).content.decode()
    assert "ประชุมชี้แจง" in page
    assert "ขั้นตอน 2" not in page


def _titles(browser, office, **query):
    groups = browser.get(_url(office), query).context["groups"]
    return [row.title for group in groups for row in group.rows]


def _by_role(role, title, *windows):
    kind = {"responsible_kind": "office_role", "responsible_value": role}
    return [{"title": title, **kind}, *windows]


@pytest.fixture
def two_cycles(office):
    make_cycle(
        office.agency,
        [
            _by_role("director", "ลงนามคำสั่ง", months(7, 7)),
            _by_role("officer", "รวบรวมเล่ม", months(11, 11)),
        ],
        procedure={"slug": "pmqa", "name": "งาน PMQA"},
    )
    category = {"responsible_kind": "category", "responsible_value": "3"}
    make_cycle(
        office.agency,
        [
            [{"title": "สำรวจผู้รับบริการ", **category}, months(8, 8)],
            _by_role("officer", "เผยแพร่ข้อมูล", months(11, 11)),
        ],
        procedure={"slug": "ita", "name": "งาน ITA"},
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["ลงนามคำสั่ง", "รวบรวมเล่ม", "สำรวจผู้รับบริการ", "เผยแพร่ข้อมูล"]),
        ({"sop": "ita"}, ["สำรวจผู้รับบริการ", "เผยแพร่ข้อมูล"]),
        ({"who": "me"}, ["รวบรวมเล่ม", "สำรวจผู้รับบริการ", "เผยแพร่ข้อมูล"]),
        ({"category": "3"}, ["สำรวจผู้รับบริการ"]),
        ({"state": "overdue"}, ["ลงนามคำสั่ง"]),
        ({"state": "not_started", "sop": "pmqa"}, ["รวบรวมเล่ม"]),
        ({"words": "ita เผยแพร่"}, ["เผยแพร่ข้อมูล"]),
        ({"words": "ไม่มีคำนี้"}, []),
        ({"state": "x", "category": "9", "who": "q1"}, None),
    ],
)
@pytest.mark.usefixtures("two_cycles")
def test_calendar_filters_narrow_the_steps(office, client_for, query, titles):
    everything = ["ลงนามคำสั่ง", "รวบรวมเล่ม", "สำรวจผู้รับบริการ", "เผยแพร่ข้อมูล"]
    browser = client_for(office.officer)
    assert _titles(browser, office, **query) == (everything if titles is None else titles)


@pytest.mark.usefixtures("two_cycles")
def test_calendar_filter_keeps_the_steps_of_a_person_and_of_a_unit(office, client_for):
    browser = client_for(office.officer)
    assert _titles(browser, office, who=f"p{office.director.pk}") == ["ลงนามคำสั่ง"]
    unit = office.unit
    office.director.memberships.update(unit=unit)
    assert "ลงนามคำสั่ง" in _titles(browser, office, who=f"u{unit.pk}")


@pytest.mark.usefixtures("two_cycles")
def test_calendar_addresses_keep_the_filters(office, client_for):
    query = {"show": "month", "sop": "ita", "words": "ข้อมูล", "month": "11"}
    page = client_for(office.officer).get(_url(office), query).content.decode()
    kept = "sop=ita&amp;words=%E0%B8%82%E0%B9%89%E0%B8%AD%E0%B8%A1%E0%B8%B9%E0%B8%A5"
    assert f'href="?show=gantt&amp;{kept}"' in page
    assert f'href="?show=month&amp;month=10&amp;{kept}"' in page
    assert '<option value="ita" selected>' in page
    assert 'name="month" value="11"' in page


@pytest.mark.usefixtures("two_cycles")
def test_calendar_shows_cycles_beside_each_other_on_one_scale(office, client_for):
    context = client_for(office.officer).get(_url(office)).context
    sections = context["chart"]["sections"]
    assert [(str(group.cycle), len(rows)) for group, rows in sections] == [
        ("งาน PMQA 2570", 2),
        ("งาน ITA 2570", 2),
    ]
    assert len(context["chart"]["months"]) == 12


@pytest.mark.parametrize("show", ["gantt", "month", "agenda"])
@pytest.mark.usefixtures("two_cycles")
def test_calendar_shows_award_stages_as_their_own_band(office, client_for, show):
    days = {"starts_on": day("2027-06-02"), "ends_on": day("2027-06-30")}
    AwardStage.objects.create(
        agency=office.agency, fiscal_year=2570, award="เลิศรัฐ", title="ตรวจเยี่ยม", **days
    )
    page = client_for(office.member).get(_url(office), {"show": show}).content.decode()
    assert "ตรวจเยี่ยม" in page


def test_calendar_marks_steps_that_leave_the_year_and_limits_the_months(office, client_for):
    make_cycle(office.agency, [[months(-8, 2)], [months(10, 30)]])
    chart = client_for(office.officer).get(_url(office)).context["chart"]
    assert [month["is_outside"] for month in chart["months"]] == (
        [True] * 3 + [False] * 12 + [True] * 6
    )
    notes = [note for _group, rows in chart["sections"] for _row, _drawing, note in rows]
    assert notes == ["← ตั้งแต่ ก.พ. 2569", "ต่อถึง เม.ย. 2572 →"]


def test_calendar_shows_the_plan_before_a_shift(office, client_for):
    step = make_cycle(office.agency, [[months(8, 8)]]).steps.get()
    days = (day("2027-07-05"), day("2027-07-16"))
    token = plan_shift(step, 1, *days).token
    apply_shift(step, 1, *days, office.officer, reason="ช้า", token=token)
    page = client_for(office.officer).get(_url(office)).content.decode()
    assert "แผนเดิม 1 – 30 มิ.ย. 2570 เลื่อนเป็น 5 – 16 ก.ค. 2570" in page


def test_calendar_tells_the_officer_of_due_days_that_holidays_move(office, client_for):
    make_cycle(office.agency, [[months(9, 10)]])
    HolidayFactory(date=day("2027-08-31"), name_th="วันหยุดพิเศษ")
    url = _url(office, "postpone/")
    assert url in client_for(office.officer).get(_url(office)).content.decode()
    assert url not in client_for(office.member).get(_url(office)).content.decode()


@pytest.mark.parametrize("query", ["month=--1&show=month", "who=p%C2%B2", f"month={'1' * 5000}"])
def test_calendar_overlooks_nonsense_in_its_address(office, client_for, query):
    make_cycle(office.agency, [[months(1, 2)]])

    assert client_for(office.officer).get(f"{_url(office)}?{query}").status_code == 200
