"""Changes after the approval: field by field, decided by the director, applied once or not."""

import datetime as dt
from decimal import Decimal

import pytest

from approvals.transitions import AlreadyChanged, perform
from assessments.models import Indicator
from documents.revisions import save_text
from improvement import changes
from improvement.models import ChangeRequest
from tests.agencies.factories import make_office
from tests.improvement.factories import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def action(office):
    return make_plan(office, "approved").actions.get()


def ask(office, action, reason="ราคาสูงขึ้น", **wanted):
    fields = {name: getattr(action, name) for name in changes.FIELDS} | wanted
    return changes.ask(action, fields, reason, action.version, office.officer)


def test_approved_change_is_applied_with_its_history(office, action):
    change = ask(
        office, action, budget=Decimal(15000), ends_on=dt.date(2027, 6, 30), owner=office.deputy
    )
    assert change.status == "submitted"
    assert change.changes == {
        "budget": ["12000.00", "15000.00"],
        "ends_on": ["2027-03-31", "2027-06-30"],
        "owner": [str(office.officer.pk), str(office.deputy.pk)],
    }
    action.refresh_from_db()
    assert action.budget == Decimal(12000)
    perform(change, "approve", office.director)
    action.refresh_from_db()
    assert (action.budget, action.ends_on, action.owner, action.version) == (
        Decimal(15000),
        dt.date(2027, 6, 30),
        office.deputy,
        2,
    )
    assert changes.revision_of(action.plan) == 1
    lines = changes.lines_of(change)[change.pk]
    assert [(line.label, line.old, line.new) for line in lines] == [
        ("ผู้รับผิดชอบ", str(office.officer), str(office.deputy)),
        ("สิ้นสุดวันที่", "31 มี.ค. 2570", "30 มิ.ย. 2570"),
        ("งบประมาณ (บาท)", "12,000", "15,000"),
    ]


def test_change_that_names_a_removed_indicator_is_not_applied(office, action):
    cycle = action.plan.cycle
    indicator = Indicator.objects.create(cycle=cycle, name="ร้อยละ", unit="ร้อยละ", code="K1")
    change = ask(office, action, indicator=indicator)
    indicator.delete()
    with pytest.raises(AlreadyChanged):
        perform(change, "approve", office.director)
    action.refresh_from_db()
    change.refresh_from_db()
    assert (action.indicator_id, change.status) == (None, "submitted")


def test_change_for_an_older_wording_is_not_applied(office, action):
    change = ask(office, action, title="ชื่อใหม่")
    save_text(action, {"title": "ชื่ออื่น"}, version=1, by=office.officer, agency=office.agency)
    with pytest.raises(AlreadyChanged) as refused:
        perform(change, "approve", office.director)
    assert refused.value.words == "กิจกรรมถูกแก้ไขหลังจากขอเปลี่ยนแปลงนี้ ต้องขอใหม่"
    action.refresh_from_db()
    change.refresh_from_db()
    assert (action.title, change.status) == ("ชื่ออื่น", "submitted")


def test_nothing_new_is_no_change_and_one_change_waits_at_a_time(office, action):
    with pytest.raises(changes.NothingChanges):
        ask(office, action, budget=Decimal("12000.00"))
    ask(office, action, title="ชื่อใหม่")
    with pytest.raises(changes.ChangeWaits):
        ask(office, action, title="อีกชื่อ")
    assert ChangeRequest.objects.count() == 1


def test_returned_change_is_written_anew_and_given_up(office, action):
    change = ask(office, action, title="ชื่อใหม่")
    perform(change, "return_", office.director, comment="เหตุผลไม่พอ")
    again = ask(office, action, reason="เหตุผลเพิ่ม", title="ชื่อที่สอง")
    assert (again.pk, again.status, again.reason) == (change.pk, "submitted", "เหตุผลเพิ่ม")
    perform(again, "withdraw", office.officer)
    perform(again, "drop", office.officer)
    assert again.status == "withdrawn"
    assert changes.revision_of(action.plan) == 0


def typed(**changed):
    return {
        "title": "จัดอบรมการใช้ข้อมูล",
        "starts_on": "4/1/2570",
        "ends_on": "31/3/2570",
        "measure": "ร้อยละผู้ผ่านการอบรม",
        "target": "80",
        "budget": "12000",
        "reason": "ราคาสูงขึ้น",
        "version": 1,
    } | changed


def test_change_is_asked_for_and_decided_on_screens(client_for, office, action):
    url = office.url(f"2570/plan/actions/{action.pk}/change/")
    client = client_for(office.officer)
    owner = {"owner": office.officer.pk}
    same = client.post(url, typed(**owner))
    assert same.status_code == 422
    assert "ไม่มีอะไรต่างจากแผน" in same.text
    no_reason = client.post(url, typed(**owner, reason="", budget="15000"))
    assert list(no_reason.context["form"].errors) == ["reason"]
    late = client.post(url, typed(**owner, budget="15000", version=9))
    assert late.status_code == 409
    assert "15000" in late.text
    assert client.post(url, typed(**owner, budget="15000")).status_code == 302
    change = ChangeRequest.objects.get()
    assert change.changes == {"budget": ["12000.00", "15000.00"]}
    page = client.get(office.url(f"2570/plan/changes/{change.pk}/"))
    assert "15,000" in page.text
    assert client.post(url, typed(**owner, budget="16000")).status_code == 409


def test_plan_in_draft_takes_no_change_requests(client_for, office):
    action = make_plan(office).actions.get()
    url = office.url(f"2570/plan/actions/{action.pk}/change/")
    assert client_for(office.officer).get(url).status_code == 403
