"""Many files at once: a row for each; the same file once for the year; two people at once."""

import io
import threading
import time

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from PIL import Image

from assessments.evidence import add_evidence
from assessments.evidence.places import ItemPlace
from assessments.evidence.uploading import keep_files
from assessments.models import CategoryAssessment, Evidence, EvidenceLink
from documents.models import StoredFile
from documents.page_pictures import picture_path
from documents.stored_files import store_upload
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment, make_step

SCRIPT = {"X-Requested-With": "evidence-drop"}


def picture(name: str, shade: int) -> SimpleUploadedFile:
    """Return a small picture; another shade is another file."""
    content = io.BytesIO()
    Image.new("L", (8, 8), shade).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/png")


def pdf(name: str, pages: int) -> SimpleUploadedFile:
    content = io.BytesIO()
    with pikepdf.new() as paper:
        for _page in range(pages):
            paper.add_blank_page()
        paper.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def attach_url(office, started, code="1.2"):
    return office.url(f"2570/evidence/attach/?item={started.answer(code).pk}")


def test_thirty_files_at_once_each_have_their_row(office, started, client_for, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    files = [picture(f"ภาพ {number:02d}.png", number) for number in range(27)]
    files += [
        picture("ซ้ำ.png", 5),
        SimpleUploadedFile("ร้าย.pdf", b"<script>alert(1)</script>", "application/pdf"),
        SimpleUploadedFile("ใหญ่.pdf", b"%PDF-" + b"0" * 1024 * 1024, "application/pdf"),
    ]
    page = client_for(office.champion1).post(attach_url(office, started), {"files": files})

    assert page.status_code == 422
    rows = page.context["rows"]
    assert [row.state for row in rows] == ["kept"] * 27 + ["duplicate"] + ["refused"] * 2
    assert rows[0].words == "เก็บแล้วเป็น 1.2-01"
    assert rows[27].words == "มีอยู่แล้วเป็น 1.2-06 เชื่อมโยงให้แล้ว ไม่เก็บซ้ำ"
    assert [row.name for row in rows[28:]] == ["ร้าย.pdf", "ใหญ่.pdf"]
    assert rows[29].words == "ไฟล์ใหญ่เกิน 1 MB กรุณาลดขนาดหรือแบ่งไฟล์"
    assert all(row.reason in page.text for row in rows[28:])
    assert (Evidence.objects.count(), EvidenceLink.objects.count()) == (27, 27)
    assert Evidence.objects.get(code="1.2-27").title == "ภาพ 26"


def test_more_than_fifty_files_are_refused_as_a_whole(office, started, client_for):
    files = [SimpleUploadedFile(f"{number}.pdf", b"x") for number in range(51)]
    page = client_for(office.champion1).post(attach_url(office, started), {"files": files})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["files"]
    assert not StoredFile.objects.exists()


def test_script_gets_one_row_a_file(office, started, client_for):
    client = client_for(office.champion1)
    url = attach_url(office, started)
    first = client.post(url, {"files": picture("ก.png", 1)}, headers=SCRIPT)
    kept = Evidence.objects.get()
    assert first.json() == {
        "rows": [
            {
                "name": "ก.png",
                "state": "kept",
                "text": "เก็บแล้วเป็น 1.2-01",
                "url": office.url(f"2570/evidence/{kept.pk}/"),
            }
        ]
    }
    again = client.post(url, {"files": picture("ข.png", 1)}, headers=SCRIPT).json()["rows"]
    assert again[0]["state"] == "duplicate"
    faulty = {"files": picture("ค.png", 2), "valid_until": "31/2/2570"}
    refused = client.post(url, faulty, headers=SCRIPT)
    assert refused.status_code == 422
    assert refused.json()["message"]
    CategoryAssessment.objects.filter(category__number=1).update(status="submitted")
    locked = client.post(url, {"files": picture("ง.png", 3)}, headers=SCRIPT)
    assert locked.status_code == 409
    assert Evidence.objects.count() == 1


def test_pictures_of_iphones_are_refused_with_advice(office, started):
    heic = SimpleUploadedFile("IMG_0001.HEIC", b"\x00\x00\x00\x18ftypheic", "image/heic")
    [row] = keep_files(ItemPlace(started.answer("1.2")), [heic], office.officer)
    assert row.state == "refused"
    assert "การตั้งค่า > กล้อง > รูปแบบ > เข้ากันได้มากที่สุด" in row.words


def test_photos_taken_with_the_phone_come_along(office, started, client_for):
    data = {"photos": [picture("ถ่าย.png", 9)], "title": "ภาพประชุม"}
    page = client_for(office.champion1).post(attach_url(office, started), data)
    assert page.status_code == 302
    assert Evidence.objects.get().title == "ภาพประชุม"


def test_last_years_same_file_is_pointed_out(office, started):
    before = make_assessment(office, 2569)
    old = add_evidence(
        before.answer("1.1"),
        office.officer,
        title="คำสั่งปีก่อน",
        file=store_upload(office.agency, picture("ก.png", 1), office.officer),
    )
    place = ItemPlace(started.answer("1.2"))
    [row] = keep_files(place, [picture("ก.png", 1)], office.officer)
    assert (row.state, row.earlier) == ("kept", old)
    assert row.words == "เก็บแล้วเป็น 1.2-01 · ไฟล์เดียวกันนี้เคยเป็น 1.1-01 คำสั่งปีก่อน ในปี 2569"
    assert StoredFile.objects.count() == 1


@pytest.mark.usefixtures("committed_database")
def test_pages_of_a_pdf_can_be_looked_at(client_for):
    office = make_office()
    started = make_assessment(office)
    client = client_for(office.champion1)
    client.post(attach_url(office, started), {"files": pdf("รายงาน.pdf", 2)})
    evidence = Evidence.objects.get()
    page = client.get(office.url(f"2570/evidence/{evidence.pk}/"))
    assert list(page.context["pages"]) == [1, 2]
    shown = client.get(office.url(f"2570/evidence/{evidence.pk}/pages/2/"))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert client.get(office.url(f"2570/evidence/{evidence.pk}/pages/3/")).status_code == 404
    assert picture_path(evidence.file, 2).endswith("/2.png")


def test_pictures_are_shown_in_the_page(office, started, client_for):
    client = client_for(office.champion1)
    client.post(attach_url(office, started), {"files": picture("ก.png", 1)})
    evidence = Evidence.objects.get()
    page = client.get(office.url(f"2570/evidence/{evidence.pk}/"))
    assert f'src="{office.url(f"2570/documents/files/{evidence.file_id}/")}"' in page.text


def test_evidence_of_a_step_has_the_steps_code(office, started, client_for):
    step = make_step(started.cycle)
    url = office.url(f"2570/evidence/attach/?step={step.pk}")
    assert client_for(office.officer).post(url, {"files": picture("ก.png", 1)}).status_code == 302
    assert Evidence.objects.get().code == "SOP1-01"
    assert client_for(office.observer).post(url, {"note": "ก"}).status_code == 403
    page = client_for(office.observer).get(office.url(f"2570/calendar/steps/{step.pk}/"))
    assert "SOP1-01" in page.text


@pytest.mark.usefixtures("committed_database")
def test_two_uploads_of_the_same_file_at_once_keep_it_once():
    office = make_office()
    started = make_assessment(office)
    answers = [started.answer("1.1"), started.answer("1.2")]
    rows, faults = [], []
    start = threading.Barrier(2)

    def person(answer):
        start.wait()
        try:
            while True:
                try:
                    files = [picture("ก.png", 1)]
                    rows.extend(keep_files(ItemPlace(answer), files, office.officer))
                    return
                except OperationalError as error:
                    if "locked" not in str(error):
                        raise
                    time.sleep(0.01)
        except Exception as error:  # a thread's failure must fail the test
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=person, args=(answer,)) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(row.state for row in rows) == ["duplicate", "kept"]
    assert Evidence.objects.count() == 1
    codes = EvidenceLink.objects.values_list("item_answer__item__code", flat=True)
    assert sorted(codes) == ["1.1", "1.2"]
