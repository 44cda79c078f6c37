"""The card of a meeting's papers: what is offered, how far each is, what was issued."""

import pytest

from core import clock
from documents.issued.recording import record
from documents.models import PaperJob
from documents.papers import get
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.committees.factories import make_committees
from tests.committees.meetings.on_paper import make_meeting, take_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = make_office()
    office.steering, office.working = make_committees(office)
    return office


@pytest.fixture
def meeting(office):
    return make_meeting(office, office.working)


def page_of(client, office, meeting) -> str:
    return client.get(office.url(f"2570/meetings/{meeting.pk}/")).content.decode()


def test_every_member_finds_the_papers_and_minutes_once_begun(office, meeting, client_for):
    client = client_for(office.observer)
    page = page_of(client, office, meeting)
    for kind in ("invitation", "agenda", "meeting-pack", "attendance"):
        assert f"/papers/{kind}/{meeting.pk}/" in page
    assert f"/papers/agenda/{meeting.pk}.docx" in page
    assert f"/papers/attendance/{meeting.pk}.docx" not in page
    assert f"/papers/minutes/{meeting.pk}/" not in page
    take_minutes(meeting, office)
    assert f"/papers/minutes/{meeting.pk}/" in page_of(client, office, meeting)


def test_word_file_downloads_and_other_offices_get_nothing(office, meeting, client_for):
    address = office.url(f"2570/documents/papers/agenda/{meeting.pk}.docx")
    answer = client_for(office.staff).get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]
    stranger = make_office("other").officer
    assert client_for(stranger).get(address).status_code == 404


def test_newest_job_and_issued_minutes_are_told(office, meeting, client_for):
    take_minutes(meeting, office)
    asked = {
        "agency": office.agency,
        "kind": "agenda",
        "object_id": meeting.pk,
        "requested_by": office.officer,
        "requested_at": clock.now(),
    }
    PaperJob.objects.create(status="failed", finished_at=clock.now(), **asked)
    PaperJob.objects.create(status="queued", **asked)
    stored = store_bytes(office.agency, "m.pdf", b"%PDF", "application/pdf", None, pages=1)
    issued = record(get("minutes"), meeting, stored, office.director, data_hash="0" * 64)
    page = page_of(client_for(office.staff), office, meeting)
    assert "กำลังสร้าง PDF" in page
    assert "สร้าง PDF ไม่สำเร็จ" not in page
    assert issued.verification_code in page
    assert issued.title == "รายงานการประชุมคณะทำงาน PMQA ครั้งที่ 2/2570"
