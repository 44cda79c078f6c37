"""The inbox, the decision page, and what was signed on paper."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.models import ApprovalRequest, TransitionLog
from approvals.transitions import perform
from core import clock
from documents.models import StoredFile
from improvement.models import Action
from tests.agencies.factories import make_office
from tests.improvement.factories import make_plan, request_of
from tests.workflows.factories import pdf_upload
from workflows.models import Cycle

pytestmark = pytest.mark.django_db
HIDDEN = ("staff", "champion1", "member", "observer", "admin")


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def plan(office):
    return make_plan(office, "submitted")


def address(office, plan, tail=""):
    return office.url(f"2570/approvals/{request_of(plan).pk}/{tail}")


def test_inbox_shows_the_request_to_who_decides_and_prepares(client_for, office, plan):
    for role in ("director", "deputy", "officer"):
        page = client_for(office.people[role]).get(office.url("2570/approvals/"))
        assert "แผนปรับปรุงองค์การ ปีงบประมาณ 2570" in page.text, role


def test_inbox_lists_what_has_no_day_last(client_for, office, plan):
    row = request_of(plan)
    for title, due_on in (("พรุ่งนี้", dt.date(2026, 11, 22)), ("วันนี้", dt.date(2026, 11, 21))):
        row.pk, row.object_id, row.title, row.due_on = None, row.object_id + 1, title, due_on
        row.save()
    rows = ApprovalRequest.objects.values_list("title", flat=True)
    assert list(rows) == ["วันนี้", "พรุ่งนี้", "แผนปรับปรุงองค์การ ปีงบประมาณ 2570"]


def test_inbox_shows_what_waits_from_another_year(client_for, office, plan):
    page = client_for(office.director).get(office.url("2569/approvals/"))
    assert f'href="{address(office, plan)}"' in page.text
    assert "รออนุมัติ 1 เรื่อง" in page.text
    assert "ปีงบประมาณ 2570" in page.text


def test_decision_page_words_its_figures_in_the_language_of_the_screen(client_for, office, plan):
    client = client_for(office.director)
    assert '<div class="pmqa-figure__note">กิจกรรม</div>' in client.get(address(office, plan)).text
    client.cookies["pmqa_language"] = "en"
    assert '<div class="pmqa-figure__note">action</div>' in client.get(address(office, plan)).text


def test_inbox_and_requests_of_others_are_hidden(client_for, office, plan):
    for role in HIDDEN:
        client = client_for(office.people[role])
        assert address(office, plan) not in client.get(office.url("2570/approvals/")).text, role
        assert client.get(address(office, plan)).status_code == 404, role
        assert client.post(address(office, plan, "approve/")).status_code == 404, role
    plan.refresh_from_db()
    assert plan.status == "submitted"


def test_other_office_finds_no_request(client_for, office, plan):
    stranger = make_office("elsewhere").director
    assert client_for(stranger).get(address(office, plan)).status_code == 404


def test_director_approves(client_for, office, plan):
    client = client_for(office.director)
    assert "data-pmqa-open" in client.get(address(office, plan)).text
    assert client.post(address(office, plan, "approve/")).status_code == 302
    plan.refresh_from_db()
    assert (plan.status, request_of(plan).status) == ("approved", "approved")


def test_officer_and_deputy_may_not_approve(client_for, office, plan):
    for role in ("officer", "deputy"):
        client = client_for(office.people[role])
        assert client.post(address(office, plan, "approve/")).status_code == 403
        assert client.post(address(office, plan, "return/")).status_code == 403


def test_director_returns_with_reasons(client_for, office, plan):
    client = client_for(office.director)
    empty = client.post(address(office, plan, "return/"), {"comment": " "})
    assert empty.status_code == 422
    assert "ระบุเหตุผล" in empty.text

    done = client.post(
        address(office, plan, "return/"), {"reasons": ["งบประมาณ"], "comment": "ลดลงครึ่งหนึ่ง"}
    )
    assert done.status_code == 302
    assert TransitionLog.objects.first().comment == "งบประมาณ\nลดลงครึ่งหนึ่ง"
    page = client_for(office.officer).get(office.url("2570/plan/"))
    assert "ลดลงครึ่งหนึ่ง" in page.text


def test_second_decision_meets_409(client_for, office, plan):
    client = client_for(office.director)
    client.post(address(office, plan, "approve/"))
    late = client.post(address(office, plan, "return/"), {"comment": "ช้าไป"})
    assert late.status_code == 409
    assert TransitionLog.objects.filter(transition="return_").count() == 0


def test_closed_request_decides_nothing_about_a_plan_submitted_again(client_for, office, plan):
    old = address(office, plan, "approve/")
    perform(plan, "return_", office.director, comment="แก้")
    perform(plan, "submit", office.officer)

    assert client_for(office.director).post(old).status_code == 409
    plan.refresh_from_db()
    assert plan.status == "submitted"


def test_approval_of_changed_data_meets_409(client_for, office, plan):
    Action.objects.update(budget=99_000)
    answer = client_for(office.director).post(address(office, plan, "approve/"))
    assert answer.status_code == 409
    assert "เนื้อหาเปลี่ยนหลังเสนอ" in answer.text
    plan.refresh_from_db()
    assert (plan.status, request_of(plan).status) == ("draft", "void")


def test_approval_lists_what_is_missing(client_for, office, plan):
    Cycle.objects.update(status="closed")
    answer = client_for(office.director).post(address(office, plan, "approve/"))
    assert answer.status_code == 422
    assert "วงรอบของปีปิดแล้ว" in answer.text
    assert ApprovalRequest.objects.get().status == "pending"


def test_officer_records_approval_on_paper(client_for, office, plan):
    signed_on = clock.today() - dt.timedelta(days=2)
    answer = client_for(office.officer).post(
        address(office, plan, "paper/"),
        {"signed_on": signed_on.isoformat(), "scan": pdf_upload("ลงนาม.pdf")},
    )
    assert answer.status_code == 302
    log = TransitionLog.objects.get(transition="approve")
    assert (log.by, log.signed_on, log.scan.name) == (office.officer, signed_on, "ลงนาม.pdf")
    assert "ลงนาม.pdf" in client_for(office.officer).get(address(office, plan)).text


def test_only_the_officer_records_paper(client_for, office, plan):
    for role in ("director", "deputy"):
        client = client_for(office.people[role])
        assert client.get(address(office, plan, "paper/")).status_code == 403


@pytest.mark.parametrize(
    ("day", "scan", "field"),
    [
        (1, pdf_upload, "signed_on"),
        (0, lambda: None, "scan"),
        (0, lambda: SimpleUploadedFile("a.pdf", b"<script>"), "scan"),
        (0, lambda: SimpleUploadedFile("a.exe", b"MZ"), "scan"),
    ],
)
def test_bad_paper_is_refused_beside_its_field(client_for, office, plan, day, scan, field):
    signed_on = clock.today() + dt.timedelta(days=day)
    data = {"signed_on": signed_on.isoformat(), "comment": "ไว้"}
    if (upload := scan()) is not None:
        data["scan"] = upload
    answer = client_for(office.officer).post(address(office, plan, "paper/"), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "ไว้" in answer.text
    assert not StoredFile.objects.exists()
    plan.refresh_from_db()
    assert plan.status == "submitted"
