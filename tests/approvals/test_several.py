"""The inbox as one list, several at once, taking back, voiding, failed papers, and settings."""

import datetime as dt

import pytest

from approvals.models import ApprovalChain, ApprovalRequest, PaperFreeze, TransitionLog
from approvals.transitions import perform
from core import clock
from improvement.models import Action, ImprovementPlan
from tests.agencies.factories import make_office
from tests.approvals.rows import failed_paper
from tests.assessments.factories import make_open_cycle
from tests.improvement.factories import add_action, make_plan, request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


def plans(office, *years):
    """Return one submitted plan a year; the first has waited longest."""
    found = []
    for days, year in enumerate(years):
        cycle = make_open_cycle(office.agency, year, office.officer)
        plan = ImprovementPlan.objects.create(cycle=cycle)
        add_action(plan, office.officer)
        perform(plan, "submit", office.officer)
        since = clock.now() - dt.timedelta(days=len(years) - days)
        ApprovalRequest.objects.filter(object_id=plan.pk).update(requested_at=since)
        found.append(plan)
    return found


def statuses():
    return list(ImprovementPlan.objects.order_by("pk").values_list("status", flat=True))


def test_inbox_lists_longest_waiting_first_in_words(client_for, office):
    plans(office, 2569, 2570, 2571)
    page = client_for(office.director).get(office.url("2570/approvals/"))
    lines = [(line.row.fiscal_year, line.days) for line in page.context["inbox"].page]
    assert lines == [(2569, 3), (2570, 2), (2571, 1)]
    assert "รอมา 3 วัน" in page.text
    assert "นานที่สุด 3 วัน" in page.text


def test_inbox_finds_by_words_and_kind(client_for, office):
    plans(office, 2569, 2570)
    client = client_for(office.director)

    def found(**query):
        page = client.get(office.url("2570/approvals/"), query)
        return [line.row.fiscal_year for line in page.context["inbox"].page]

    assert found(q="2569") == [2569]
    assert found(q="ไม่มีเรื่องนี้") == []
    assert found(kind="improvement.improvementplan") == [2569, 2570]
    assert found(kind="committees.appointmentorder") == []


def test_short_inbox_stands_without_search(client_for, office):
    plans(office, 2569, 2570)
    client = client_for(office.director)
    address = office.url("2570/approvals/")
    assert 'id="approvals-q"' not in client.get(address).text
    assert 'id="approvals-q"' in client.get(address, {"q": "2569"}).text


def test_who_endorses_is_asked_to_endorse_and_not_to_take_back(client_for, office):
    ApprovalChain.objects.create(agency=office.agency, kind="")
    first, _second = plans(office, 2569, 2570)
    client = client_for(office.deputy)
    page = client.get(office.url("2570/approvals/")).text
    assert "เห็นชอบเรื่องที่เลือก" in page
    assert "อนุมัติเรื่องที่เลือก" not in page
    decision = client.get(office.url(f"2569/approvals/{request_of(first).pk}/")).text
    assert "รอท่านเห็นชอบ" in decision
    assert "ถอนกลับ" not in decision


def test_several_are_asked_for_again_then_each_decided_by_itself(client_for, office):
    first, second = plans(office, 2569, 2570)
    rows = [request_of(first).pk, request_of(second).pk]
    client = client_for(office.director)
    asked = client.get(office.url("2570/approvals/several/"), {"row": rows, "act": "approve"})
    assert "อนุมัติ 2 เรื่อง?" in asked.text
    assert statuses() == ["submitted", "submitted"]

    Action.objects.filter(plan=second).update(budget=99)
    done = client.post(office.url("2570/approvals/several/"), {"row": rows, "act": "approve"})
    assert statuses() == ["approved", "draft"]
    assert "พิจารณาแล้ว 1 จาก 2 เรื่อง" in done.text
    assert "เนื้อหาเปลี่ยนหลังเสนอ" in done.text


def test_several_are_returned_with_one_reason(client_for, office):
    rows = [request_of(plan).pk for plan in plans(office, 2569, 2570)]
    client = client_for(office.director)
    address = office.url("2570/approvals/several/")
    empty = client.post(address, {"row": rows, "act": "return"})
    assert (empty.status_code, statuses()) == (422, ["submitted", "submitted"])
    client.post(address, {"row": rows, "act": "return", "comment": "ปรับวงเงิน"})
    assert statuses() == ["returned", "returned"]
    logs = TransitionLog.objects.filter(transition="return_")
    assert list(logs.values_list("comment", flat=True)) == ["ปรับวงเงิน", "ปรับวงเงิน"]


def test_several_are_refused_to_whose_turn_it_is_not(client_for, office):
    rows = [request_of(plan).pk for plan in plans(office, 2569, 2570)]
    address = office.url("2570/approvals/several/")
    data = {"row": rows, "act": "approve"}
    assert client_for(office.officer).post(address, data).status_code == 403
    stranger = make_office("elsewhere")
    strange = stranger.url("2570/approvals/several/")
    assert client_for(stranger.director).post(strange, data).status_code == 302
    assert statuses() == ["submitted", "submitted"]


def test_taking_back_closes_the_request_undecided(client_for, office):
    plan = make_plan(office, "submitted")
    address = office.url(f"2570/approvals/{request_of(plan).pk}/")
    assert "ถอนกลับเป็นร่าง" in client_for(office.officer).get(address).text
    assert client_for(office.director).post(address + "withdraw/").status_code == 403
    assert client_for(office.officer).post(address + "withdraw/").status_code == 302
    assert client_for(office.officer).post(address + "withdraw/").status_code == 409
    plan.refresh_from_db()
    assert (plan.status, request_of(plan).status) == ("draft", "cancelled")


def test_page_of_changed_content_offers_no_approval_but_voids(client_for, office):
    plan = make_plan(office, "submitted")
    address = office.url(f"2570/approvals/{request_of(plan).pk}/")
    client = client_for(office.director)
    assert f'action="{address}approve/"' in client.get(address).text
    assert client.post(address + "void/").status_code == 409

    Action.objects.update(budget=99)
    page = client.get(address)
    assert "เนื้อหาเปลี่ยนหลังเสนอ" in page.text
    assert f'action="{address}approve/"' not in page.text
    assert client.post(address + "void/").status_code == 302
    assert request_of(plan).status == "void"
    perform(ImprovementPlan.objects.get(), "submit", office.officer)
    assert client.post(address + "approve/").status_code == 409


def test_failed_paper_is_queued_again_by_the_officer(client_for, office):
    paper = failed_paper(make_plan(office, "submitted"))
    address = office.url(f"2570/approvals/papers/{paper.pk}/again/")
    assert client_for(office.director).post(address).status_code == 403
    client = client_for(office.officer)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409
    assert PaperFreeze.objects.values_list("status", "attempts").get() == ("queued", 0)


def test_settings_screen_keeps_the_steps_of_each_kind(client_for, office):
    client = client_for(office.officer)
    address = office.url("settings/approvals/")
    plan = "kind-improvement-improvementplan"
    data = {"kind-all": "deputies", plan: str(office.staff.pk)}
    assert client.post(address, data).status_code == 302
    held = ApprovalChain.objects.values_list("kind", "is_endorsed", "endorser")
    assert sorted(held) == [
        ("", True, None),
        ("improvement.improvementplan", True, office.staff.pk),
    ]
    assert f'<option value="{office.staff.pk}" selected>' in client.get(address).text
    stranger = make_office("elsewhere").deputy
    assert client.post(address, data | {plan: str(stranger.pk)}).status_code == 422
