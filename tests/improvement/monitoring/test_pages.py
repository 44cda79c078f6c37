"""The screens of the rounds: what is typed, refused, and never lost."""

from decimal import Decimal

import pytest

from approvals.transitions import perform
from assessments.models import MonitoringRound
from improvement.models import ActionReport
from improvement.monitoring.figures import figures_now
from tests.agencies.factories import make_office
from tests.improvement.factories import request_of
from tests.improvement.monitoring.factories import make_year, open_round, report, round_of

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "autosave"}


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def plan(office):
    return make_year(office)


def url(office, tail=""):
    return office.url(f"2570/rounds/{tail}")


def report_url(office, plan):
    return url(office, f"6/actions/{plan.actions.first().pk}/")


def test_officer_makes_the_rounds_of_an_older_year(client_for, office, plan):
    MonitoringRound.objects.all().delete()
    client = client_for(office.officer)
    assert "สร้างรอบตามการตั้งค่า" in client.get(url(office)).text
    assert client.post(url(office, "make/")).status_code == 302
    page = client.get(url(office)).text
    assert [f"รอบ {months} เดือน" in page for months in (6, 9, 12)] == [True, True, True]
    assert "สร้างรอบตามการตั้งค่า" not in page


def test_year_without_cycle_leads_to_the_calendar(client_for, office):
    client = client_for(office.officer)
    for room in ("rounds", "indicators"):
        page = client.get(office.url(f"2570/{room}/")).text
        assert ">ดูปฏิทิน</a>" in page


def test_indicators_stand_by_item_and_others_last(office, plan):
    rows = [("", "KRS-01"), ("7.2", "7.2-01"), ("7.1", "7.1-02"), ("7.1", "7.1-01")]
    for order, (group, code) in enumerate(rows):
        plan.cycle.indicators.create(group=group, code=code, name=code, order=order)
    shown = figures_now(round_of(plan))["indicators"]
    assert [row["code"] for row in shown] == ["7.1-02", "7.1-01", "7.2-01", "KRS-01"]


def test_days_of_a_round_are_typed_in_thai(client_for, office, plan):
    client = client_for(office.officer)
    typed = {"name": "รอบครึ่งปี", "opens_on": "๒๕ มี.ค. ๒๕๗๐", "due_on": "20/4/2570", "version": 1}
    assert client.post(url(office, "6/edit/"), typed).status_code == 302
    row = round_of(plan)
    assert (row.name, row.opens_on.isoformat(), row.due_on.isoformat()) == (
        "รอบครึ่งปี",
        "2027-03-25",
        "2027-04-20",
    )
    late = client.post(url(office, "6/edit/"), typed | {"name": "ของผม"})
    assert late.status_code == 409
    assert "ของผม" in late.text and "รอบครึ่งปี" in late.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"due_on": "1/3/2570"}, "due_on"), ({"opens_on": "31/2/2570"}, "opens_on")],
)
def test_impossible_days_are_told_at_their_field(client_for, office, plan, changed, field):
    typed = {"name": "ชื่อที่พิมพ์", "opens_on": "25/3/2570", "due_on": "20/4/2570", "version": 1}
    answer = client_for(office.officer).post(url(office, "6/edit/"), typed | changed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "ชื่อที่พิมพ์" in answer.text


@pytest.mark.parametrize("months", ["0", "16", "หก", "6"])
def test_impossible_months_are_told_at_their_field(client_for, office, plan, months):
    answer = client_for(office.officer).post(url(office, "add/"), {"months": months})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["months"]


def test_script_saves_a_figure_and_hears_the_new_state(client_for, office, plan):
    open_round(office, plan)
    answer = client_for(office.champion1).post(
        report_url(office, plan),
        {"planned_pct": "๓๐", "actual_pct": "๑๗.๕", "version": "0"},
        headers=SCRIPT,
    )
    assert answer.status_code == 200
    said = answer.json()
    assert (said["version"], said["ratio"], said["chip"]) == (1, "58.33", "due_soon")
    assert said["word"] == "เสี่ยง (ต่ำกว่าแผน)"
    assert (said["totals"]["actual"], said["totals"]["below"]) == ("17.50", 1)


def test_fields_that_were_not_sent_stay(client_for, office, plan):
    row = open_round(office, plan)
    report(row, plan.actions.first(), office.champion1, problem="ฝนตก")
    client_for(office.champion1).post(
        report_url(office, plan), {"actual_pct": "40", "version": "1"}, headers=SCRIPT
    )
    found = ActionReport.objects.get()
    assert (found.problem, found.actual_pct, found.entered_by) == (
        "ฝนตก",
        Decimal("40.00"),
        office.champion1,
    )


def test_conflict_shows_both_texts_to_script_and_form(client_for, office, plan):
    row = open_round(office, plan)
    report(row, plan.actions.first(), office.officer, problem="ของคนแรก")
    client = client_for(office.champion1)
    typed = {"problem": "ของคนที่สอง", "version": "0"}
    heard = client.post(report_url(office, plan), typed, headers=SCRIPT)
    assert heard.status_code == 409
    assert heard.json()["fields"] == {"problem": "ของคนแรก"}
    assert (heard.json()["version"], heard.json()["by"]) == (1, str(office.officer))
    page = client.post(report_url(office, plan), typed)
    assert page.status_code == 409
    assert "ของคนแรก" in page.text and "ของคนที่สอง" in page.text
    again = client.post(report_url(office, plan), typed | {"version": "1"})
    assert again.status_code == 302


@pytest.mark.parametrize("typed", ["101", "-1", "ครึ่ง", "12.345", "NaN"])
def test_impossible_percent_is_refused_and_kept_on_the_page(client_for, office, plan, typed):
    open_round(office, plan)
    client = client_for(office.champion1)
    fields = {"actual_pct": typed, "problem": "ที่พิมพ์ไว้", "version": "0"}
    heard = client.post(report_url(office, plan), fields, headers=SCRIPT)
    assert heard.status_code == 422
    assert heard.json()["message"].startswith("ผล (ร้อยละ): ")
    page = client.post(report_url(office, plan), fields)
    assert page.status_code == 422
    assert "ที่พิมพ์ไว้" in page.text and typed in page.text
    assert ActionReport.objects.count() == 0


def test_only_the_owner_and_the_officer_report(client_for, office, plan):
    open_round(office, plan)
    fields = {"actual_pct": "40", "version": "0"}
    assert client_for(office.champion2).post(report_url(office, plan), fields).status_code == 403
    assert client_for(office.officer).post(report_url(office, plan), fields).status_code == 302


def test_planned_round_takes_no_report(client_for, office, plan):
    client = client_for(office.champion1)
    fields = {"actual_pct": "40", "version": "0"}
    assert client.post(report_url(office, plan), fields).status_code == 409
    heard = client.post(report_url(office, plan), fields, headers=SCRIPT)
    assert heard.status_code == 423


def test_close_asks_for_a_reason_when_reports_are_missing(client_for, office, plan):
    open_round(office, plan)
    client = client_for(office.officer)
    refused = client.post(url(office, "6/close/"))
    assert refused.status_code == 422
    assert "“กิจกรรมที่ 1” ยังไม่รายงานผล" in refused.text
    assert client.post(url(office, "6/close_anyway/"), {"comment": " "}).status_code == 422
    done = client.post(url(office, "6/close_anyway/"), {"comment": "ผู้รับผิดชอบย้าย"})
    assert done.status_code == 302
    assert client.post(url(office, "6/close/")).status_code == 409


def test_proposals_save_themselves_and_stand_beside_newer_ones(client_for, office, plan):
    row = open_round(office, plan)
    client = client_for(office.officer)
    typed = {"proposals": "เร่งรัด\nติดตาม", "version": row.version}
    saved = client.post(url(office, "6/proposals/"), typed, headers=SCRIPT)
    assert saved.json()["version"] == row.version + 1
    late = client.post(url(office, "6/proposals/"), typed | {"proposals": "อื่น"}, headers=SCRIPT)
    assert (late.status_code, late.json()["text"]) == (409, "เร่งรัด\nติดตาม")
    page = client.post(url(office, "6/proposals/"), typed | {"proposals": "อื่น"})
    assert page.status_code == 409
    assert "อื่น" in page.text


def test_director_accepts_on_the_decision_page(client_for, office, plan):
    row = open_round(office, plan)
    report(row, plan.actions.first(), office.officer, actual_pct=Decimal(20), remedy="เพิ่มคน")
    plan.cycle.indicators.create(group="7.1", code="7.1-01", name="อ่านออก", target=80)
    perform(row, "close_anyway", office.officer, comment="ยังไม่ส่งผล")
    client = client_for(office.director)
    inbox = client.get(office.url("2570/approvals/")).text
    assert "รายงานผลการดำเนินงาน รอบ 6 เดือน ปีงบประมาณ 2570" in inbox
    decision = client.get(office.url(f"2570/approvals/{request_of(row).pk}/")).text
    assert "ตัวชี้วัดที่ต่ำกว่าเป้าหมายหรือยังไม่มีค่า" in decision
    page = client.get(url(office, "6/")).text
    assert "เก็บตัวเลข ณ วันปิดรอบไว้แล้ว" in page


def test_compared_rounds_tell_how_figures_went(client_for, office, plan):
    action = plan.actions.first()
    for months, actual in ((6, 30), (9, 70), (12, 60)):
        row = open_round(office, plan, months)
        report(row, action, office.officer, actual_pct=Decimal(actual))
        if months == 6:
            perform(row, "close", office.officer)
    line = client_for(office.member).get(url(office, "compare/")).context["comparison"].actions[0]
    assert [(cell.reached, cell.way) for cell in line.cells] == [
        ("30.00", ""),
        ("70.00", "up"),
        ("60.00", "down"),
    ]
