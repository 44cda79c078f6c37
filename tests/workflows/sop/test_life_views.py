"""The screens of an SOP's life: what each person may do, what they show, how often they ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import ApprovalRequest
from approvals.transitions import perform
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.workflows.sop.drafts import keys, make_draft, titles
from workflows.models import Procedure, ProcedureFile, ProcedureVersion
from workflows.sop import operations as op
from workflows.sop.drafts import new_draft
from workflows.sop.editing import change
from workflows.sop.transitions import put_in_use, version_in_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def used(office):
    return make_draft(office, status="in_use")


@pytest.fixture
def draft(office, used):
    return new_draft(used.procedure, office.officer)


def address(office, version, page=""):
    return office.url(f"2570/sop/{version.procedure.slug}/{version.number}/{page}")


def words(response):
    return response.content.decode()


def edit(draft, by, *operations):
    for operation in operations:
        draft.refresh_from_db()
        change(draft, operation, read=draft.version, by=by)
    draft.refresh_from_db()


def test_version_goes_from_draft_to_in_use(office, draft, used, client_for, frozen_today):
    officer, director = client_for(office.officer), client_for(office.director)
    page = words(officer.get(address(office, draft)))
    assert address(office, draft, "submit/") in page
    response = officer.post(address(office, draft, "submit/"), {"version": draft.version})
    assert response.url == address(office, draft)
    request = ApprovalRequest.objects.get()
    year = request.fiscal_year
    inbox = words(director.get(office.url(f"{year}/approvals/")))
    assert request.title in inbox
    decision = office.url(f"{year}/approvals/{request.pk}/")
    assert "ข้อความไม่ต่างกัน" in words(director.get(decision))
    assert director.post(f"{decision}approve/").status_code == 302
    page = words(officer.get(address(office, draft)))
    assert address(office, draft, "put-in-use/") in page
    officer.post(address(office, draft, "put-in-use/"))
    used.refresh_from_db()
    draft.refresh_from_db()
    assert (draft.status, used.status) == ("in_use", "retired")


def test_decision_page_shows_what_changed_in_words(office, draft, client_for):
    step = keys(draft)[1]
    edit(draft, office.officer, op.SetStep(step, {"title": "ตรวจสอบหลักฐาน"}))
    perform(draft, "submit", office.officer)
    request = ApprovalRequest.objects.get()
    page = client_for(office.director).get(
        office.url(f"{request.fiscal_year}/approvals/{request.pk}/")
    )
    assert "<ins>" in words(page)
    assert "หลักฐาน</ins>" in words(page)
    assert f"/documents/papers/sop/{draft.pk}/" in words(page)


def test_decision_page_names_the_forms_that_come_and_go(office, draft, client_for):
    used = version_in_use(draft)
    old, new = (
        store_bytes(office.agency, f"{name}.pdf", name.encode(), "application/pdf", office.officer)
        for name in ("old", "new")
    )
    for version, title, file in ((used, "แบบเดิม", old), (draft, "แบบใหม่", new)):
        ProcedureFile.objects.create(version=version, kind="form", title=title, file=file, order=1)
    perform(draft, "submit", office.officer)
    request = ApprovalRequest.objects.get()
    page = client_for(office.director).get(
        office.url(f"{request.fiscal_year}/approvals/{request.pk}/")
    )
    assert page.context["files_added"] == ["แบบใหม่"]
    assert page.context["files_removed"] == ["แบบเดิม"]
    assert "แบบฟอร์มและภาคผนวก" in words(page)


def test_incomplete_version_is_not_submitted_and_says_why(office, client_for):
    draft = make_draft(office, [""])
    client = client_for(office.officer)
    response = client.post(address(office, draft, "submit/"), {"version": 1})
    assert response.status_code == 422
    assert "ขั้นตอนที่ 1 ยังไม่มีชื่อ" in words(response)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_head_of_the_unit_reads_what_is_missing_but_does_not_submit(office, draft, client_for):
    office.unit.head = office.member
    office.unit.save()
    Procedure.objects.filter(pk=draft.procedure_id).update(unit=office.unit)
    client = client_for(office.member)
    page = words(client.get(address(office, draft, "submit/")))
    assert "เจ้าหน้าที่จะเป็นผู้เสนอขออนุมัติ" in page
    assert client.post(address(office, draft, "submit/"), {"version": 1}).status_code == 403
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_version_that_was_saved_meanwhile_is_not_submitted_unseen(office, draft, client_for):
    edit(draft, office.officer, op.AddStep())
    response = client_for(office.officer).post(
        address(office, draft, "submit/"), {"version": draft.version - 1}
    )
    assert response.status_code == 409


def test_officer_takes_a_submitted_version_back(office, draft, client_for):
    perform(draft, "submit", office.officer)
    client_for(office.officer).post(address(office, draft, "withdraw/"))
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert ApprovalRequest.objects.get().status == "cancelled"


def test_second_click_on_a_transition_is_told_and_changes_nothing(office, used, client_for):
    response = client_for(office.officer).post(address(office, used, "put-in-use/"))
    assert response.status_code == 409
    used.refresh_from_db()
    assert used.status == "in_use"


def test_draft_that_was_put_in_use_meanwhile_is_not_retired(office, draft, client_for):
    client = client_for(office.officer)
    seen = client.get(address(office, draft, "retire/")).context["form"]["version"].value()
    perform(draft, "submit", office.officer)
    perform(draft, "approve", office.director)
    put_in_use(draft, office.officer)
    data = {"comment": "ร่างเก่า", "version": seen}
    assert client.post(address(office, draft, "retire/"), data).status_code == 409
    draft.refresh_from_db()
    assert draft.status == "in_use"


def test_retiring_needs_the_reason(office, used, client_for):
    client = client_for(office.officer)
    assert client.post(address(office, used, "retire/"), {"comment": " "}).status_code == 422
    data = {"comment": "ยุบงานนี้แล้ว", "version": used.version}
    client.post(address(office, used, "retire/"), data)
    used.refresh_from_db()
    assert used.status == "retired"
    assert "ยุบงานนี้แล้ว" in words(client.get(address(office, used, "history/")))


def test_new_version_is_begun_once_and_then_found(office, used, client_for):
    client = client_for(office.officer)
    first = client.post(address(office, used, "draft/"))
    again = client.post(address(office, used, "draft/"))
    assert first.url == again.url == office.url(f"2570/sop/{used.procedure.slug}/2/")
    assert used.procedure.versions.count() == 2


def test_new_sop_is_begun_and_bad_input_keeps_the_text(office, used, client_for):
    client, url = client_for(office.officer), office.url("2570/sop/new/")
    assert client.get(url).status_code == 200
    taken = {"name": "งานใหม่", "slug": used.procedure.slug}
    response = client.post(url, taken)
    assert response.status_code == 422
    assert "งานใหม่" in words(response)
    for slug in ("new", "a_b", "ก"):
        assert client.post(url, {"name": "งานใหม่", "slug": slug}).status_code == 422
    response = client.post(url, {"name": "งานใหม่", "code": "PM 7", "template": "doh-pmqa"})
    draft = ProcedureVersion.objects.get(procedure__slug="pm-7")
    assert response.url == address(office, draft)
    assert (draft.printed_name, draft.status, len(titles(draft))) == ("งานใหม่", "draft", 10)


def test_copy_of_a_version_becomes_an_sop_of_its_own(office, used, client_for):
    client_for(office.officer).post(address(office, used, "copy/"), {"name": "งานคล้ายกัน"})
    copied = ProcedureVersion.objects.get(status="draft")
    assert (copied.procedure.name, titles(copied)) == ("งานคล้ายกัน", titles(used))


def test_draft_is_deleted_after_asking(office, used, draft, client_for):
    client = client_for(office.officer)
    page = words(client.get(address(office, draft, "delete/")))
    assert 'name="version" value="1"' in page
    client.post(address(office, draft, "delete/"), {"version": "1"})
    assert list(used.procedure.versions.all()) == [used]
    assert Procedure.objects.count() == 1


def test_history_tells_saves_by_person_and_goes_back(office, draft, client_for):
    first, second, _third = keys(draft)
    edit(draft, office.officer, op.SetStep(first, {"detail": "หนึ่ง"}))
    edit(draft, office.officer, op.SetStep(first, {"detail": "สอง"}))
    edit(draft, office.admin, op.RemoveStep(second))
    client = client_for(office.officer)
    response = client.get(address(office, draft, "history/"))
    told = [(each.by, each.saves, each.parts) for each in response.context["page_obj"]]
    assert told == [
        (office.admin, 1, ["ลำดับขั้นตอน", "ลบ “ตรวจสอบ”"]),
        (office.officer, 2, ["ขั้นตอน “รับเรื่อง”"]),
        (office.officer, 1, ["จุดเริ่มต้นของฉบับร่าง"]),
    ]
    difference = words(client.get(address(office, draft, "compare/?old=1&new=3")))
    assert "สอง</ins>" in difference
    client.post(address(office, draft, "restore/"), {"save": 3, "version": draft.version})
    assert titles(draft) == ["รับเรื่อง", "ตรวจสอบ", "แจ้งผล"]
    stale = client.post(address(office, draft, "restore/"), {"save": 1, "version": 2})
    assert stale.status_code == 409


@pytest.mark.parametrize("query", ["", "?old=1", "?old=x&new=1", "?old=1&new=99", "?old=0&new=1"])
def test_comparing_what_is_not_there_is_not_found(office, draft, client_for, query):
    client = client_for(office.officer)
    assert client.get(address(office, draft, f"compare/{query}")).status_code == 404
    slug = draft.procedure.slug
    assert client.get(office.url(f"2570/sop/{slug}/compare/{query}")).status_code == 404


def test_list_and_page_show_the_state_of_each_version(office, used, draft, client_for):
    client = client_for(office.member)
    page = words(client.get(office.url("2570/sop/")))
    assert address(office, draft) in page
    assert "ร่าง</span>" in page
    page = words(client.get(address(office, draft)))
    for button in ("submit/", "delete/", "draft/", "copy/", "edit/"):
        assert address(office, draft, button) not in page
    assert address(office, draft, "history/") in page


@pytest.mark.parametrize("page", ["", "history/", "submit/"])
def test_pages_ask_as_often_for_many_versions_and_steps(office, client_for, page):
    client, counts = client_for(office.officer), []
    for amount in (3, 30):
        used = make_draft(office, [f"ขั้น {n}" for n in range(amount)], status="in_use")
        draft = new_draft(used.procedure, office.officer)
        for number in range(amount // 3):
            edit(draft, office.officer, op.SetStep(keys(draft)[0], {"detail": f"{number}"}))
            ProcedureVersion.objects.create(
                procedure=used.procedure, number=10 + number, status="retired"
            )
        client.get(address(office, draft, page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(office, draft, page)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, [query["sql"][:200] for query in queries]


def test_page_shows_rich_sections_cleaned(office, client_for):
    html = "<p>ทุกกลุ่มงาน<script>1</script></p>"
    section = {"number": "2.", "title": "ขอบเขต", "shows": "", "html": html, "items": []}
    draft = make_draft(office, sections=[section | {"paragraphs": []}])
    page = words(client_for(office.member).get(address(office, draft)))
    assert '<div class="sop-no-2"><div class="pmqa-rich"><p>ทุกกลุ่มงาน</p></div></div>' in page


def test_list_shows_an_sop_that_has_a_draft_only(office, client_for):
    draft = make_draft(office)
    page = words(client_for(office.member).get(office.url("2570/sop/")))
    assert "ไม่มีฉบับที่ใช้งาน" in page
    assert address(office, draft) in page
