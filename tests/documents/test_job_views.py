"""The page of a paper that is made: asking, polling, stopping, going back; previews."""

import pytest

from core import clock
from documents.models import PaperJob
from documents.stored_files import store_bytes
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper
from tests.documents.matrix import preview_of

pytestmark = pytest.mark.django_db


def job_of(office, **fields):
    return PaperJob.objects.create(
        **{
            "agency": office.agency,
            "kind": register_office_paper(),
            "object_id": office.agency.pk,
            "requested_by": office.officer,
            "requested_at": clock.now(),
        }
        | fields
    )


def page_of(office, job, rest=""):
    return office.url(f"2570/documents/jobs/{job.pk}/{rest}")


def test_polling_is_answered_only_when_something_is_new(client_for):
    office = make_office()
    job = job_of(office, status="running", claimed_at=clock.now(), stage="drawing", total=9)
    client = client_for(office.officer)

    first = client.get(page_of(office, job, "status/"))
    same = client.get(page_of(office, job, "status/?seen=running.drawing.0.9.0"))
    PaperJob.objects.update(done=4)
    counted = client.get(page_of(office, job, "status/?seen=running.drawing.0.9.0"))
    PaperJob.objects.update(stage="pictures", done=0, total=0)
    staged = client.get(page_of(office, job, "status/?seen=running.drawing.4.9.0"))

    assert (first.status_code, same.status_code) == (200, 204)
    # Counts are not read out one by one; a new stage is.
    assert "จัดหน้าเสร็จแล้ว 4 จาก 9 ส่วน" in counted.content.decode()
    assert "paper-job-said" not in counted.content.decode()
    assert 'id="paper-job-said" hx-swap-oob="innerHTML"' in staged.content.decode()


def test_polling_an_ended_job_replaces_the_whole(client_for):
    office = make_office()
    job = job_of(office, status="cancelled", cancelled_by=office.director)

    polling = {"hx-request": "true"}
    answer = client_for(office.officer).get(page_of(office, job, "status/"), headers=polling)

    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#paper-job", "outerHTML")
    said = '<div id="paper-job-said" hx-swap-oob="innerHTML">หยุดจัดทำเอกสารแล้ว</div>'
    assert said in answer.content.decode()
    assert "หยุดจัดทำเอกสารแล้ว" in answer.content.decode()
    assert "hx-trigger" not in answer.content.decode()


def test_waiting_paper_tells_its_place_and_is_stopped(client_for):
    office = make_office()
    job_of(office, object_id=0, status="running", claimed_at=clock.now())
    job = job_of(office)
    client = client_for(office.officer)

    page = client.get(page_of(office, job)).content.decode()
    answer = client.post(page_of(office, job, "cancel/"))

    assert "มีเอกสารของหน่วยงานรออยู่ก่อน 1 ฉบับ" in page
    assert answer["Location"] == page_of(office, job)
    job.refresh_from_db()
    assert (job.status, job.cancelled_by) == ("cancelled", office.officer)
    assert "จัดทำอีกครั้ง" in client.get(page_of(office, job)).content.decode()


def test_failed_paper_tells_reason_place_and_reference_to_who_runs_the_office(client_for):
    office = make_office()
    job = job_of(office, status="failed", error="too_long", error_place="หมวด 3")

    seen = {
        person: client_for(getattr(office, person)).get(page_of(office, job)).content.decode()
        for person in ("officer", "member")
    }

    for page in seen.values():
        assert "ใช้เวลาจัดหน้านานเกิน 60 วินาที" in page
        assert "ตำแหน่ง: หมวด 3" in page
    assert [f"PJ-{job.pk}" in page for page in seen.values()] == [True, False]


def test_issue_that_failed_is_asked_for_again_where_papers_are_issued(client_for):
    office = make_office()
    job = job_of(office, status="failed", error="issued_meanwhile", sequence=2)
    asking = office.url(f"2570/documents/papers/test-office/{office.agency.pk}/")

    page = client_for(office.officer).get(page_of(office, job)).content.decode()

    # "Try again" would make a copy without a number.
    assert f'href="{asking}issue/"' in page
    assert f'action="{asking}"' not in page


def test_withdrawn_paper_says_why_and_is_made_anew(client_for):
    office = make_office()
    job = job_of(office, status="withdrawn", error="now_confidential", finished_at=clock.now())

    page = client_for(office.member).get(page_of(office, job)).content.decode()

    assert "เอกสารนี้ถูกถอนออกแล้ว" in page
    assert "หยุดจัดทำเอกสารแล้ว" not in page
    assert "จัดทำใหม่" in page


def test_job_leads_back_and_is_made_again_in_other_digits(client_for):
    office = make_office()
    job = job_of(office, asked_from=office.url("2570/assessment/"), status="done", digits="")
    client = client_for(office.officer)
    host = "http://testserver"

    again = client.post(
        office.url(f"2570/documents/papers/test-office/{office.agency.pk}/"),
        {"digits": "arabic"},
        headers={"referer": host + page_of(office, job)},
    )

    made = PaperJob.objects.latest("pk")
    assert again["Location"] == page_of(office, made)
    assert (made.digits, made.asked_from) == ("arabic", office.url("2570/assessment/"))
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("referer", "kept"),
    [
        ("http://testserver/o/{code}/2570/sop/?q=1", "/o/{code}/2570/sop/?q=1"),
        ("http://testserver/o/other/2570/sop/", ""),
        ("https://elsewhere.example/o/{code}/2570/sop/", ""),
        ("javascript:alert(1)", ""),
        ("http://testserver/o/{code}/no-such/page", ""),
    ],
)
def test_only_pages_of_the_office_are_led_back_to(client_for, referer, kept):
    office = make_office()
    register_office_paper()

    client_for(office.officer).post(
        office.url(f"2570/documents/papers/test-office/{office.agency.pk}/"),
        headers={"referer": referer.format(code=office.agency.code)},
    )

    assert PaperJob.objects.get().asked_from == kept.format(code=office.agency.code)


def test_preview_is_asked_for_beside_the_editor_and_on_its_own_page(client_for):
    office = make_office()
    register_office_paper("test-short", previews_whole=True)
    address = office.url(f"2570/documents/previews/test-short/{office.agency.pk}/whole/")
    client = client_for(office.officer)

    nothing = client.get(address).content.decode()
    plain = client.post(address)
    panel = client.post(address, headers={"hx-request": "true"}).content.decode()
    job = PaperJob.objects.get()
    same = client.get(f"{address}status/?seen={job.pk}.queued")

    assert "ยังไม่ได้จัดหน้า" in nothing
    assert plain["Location"] == address
    assert "<html" not in panel
    assert 'hx-trigger="every 300ms"' in panel
    assert same.status_code == 204


def test_older_pages_stay_in_sight_while_newer_ones_are_drawn(client_for):
    office = make_office()
    register_office_paper("test-short", previews_whole=True)
    office.people = {"officer": office.officer}
    older = preview_of(office, "test-short")
    address = office.url(f"2570/documents/previews/test-short/{office.agency.pk}/whole/")
    client = client_for(office.officer)
    client.post(address)

    page = client.get(address).content.decode()

    assert f"/documents/previews/{older.pk}/pages/1/" in page
    assert "is-older" in page


def test_pictures_of_a_preview_that_is_drawn_again_are_shown_to_nobody(client_for):
    """What was drawn before evidence became confidential may lie there still."""
    office = make_office()
    register_office_paper("test-short", previews_whole=True)
    office.people = {"officer": office.officer}
    preview = preview_of(office, "test-short")
    client = client_for(office.officer)
    address = office.url(f"2570/documents/previews/{preview.pk}/pages/1/")
    assert client.get(address).status_code == 200

    for fields in ({"status": "queued", "done": 0}, {"status": "cancelled"}):
        PaperJob.objects.filter(pk=preview.pk).update(**fields)
        assert client.get(address).status_code == 404


def test_previews_have_no_page_as_papers(client_for):
    office = make_office()
    job = job_of(office, section="whole", status="done")

    assert client_for(office.officer).get(page_of(office, job)).status_code == 404


def test_ready_paper_offers_its_file_to_edit(client_for):
    office = make_office()
    kind = register_office_paper("test-editable", docx=lambda agency: b"word")
    stored = store_bytes(office.agency, "a.pdf", b"%PDF-1", "application/pdf", office.officer)
    ready = {"status": "done", "file": stored, "finished_at": clock.now()}
    job = job_of(office, kind=kind, digits="arabic", **ready)
    plain = job_of(office, kind=register_office_paper(), **ready)
    client = client_for(office.officer)
    file = office.url(f"2570/documents/papers/test-editable/{office.agency.pk}.docx?digits=arabic")

    assert f'href="{file}"' in client.get(page_of(office, job)).content.decode()
    assert ".docx" not in client.get(page_of(office, plain)).content.decode()
