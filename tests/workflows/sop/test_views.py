"""The SOP screens: who reads, who imports, what a refusal keeps, how often the list asks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agencies.factories import make_office
from tests.workflows.sop.test_files import SMALL
from workflows.models import ProcedureVersion
from workflows.sop.files import import_sop, read_sop, shipped_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


def load(office, *slugs):
    return [
        import_sop(read_sop(shipped_files()[slug].read_text()), office.agency) for slug in slugs
    ]


def upload(client, office, text, name="sop.yaml"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(office.url("2570/sop/import/"), {"file": file})


def test_list_without_sops_tells_the_officer_to_import(office, client_for):
    page = client_for(office.officer).get(office.url("2570/sop/")).content.decode()
    assert office.url("2570/sop/import/") in page
    page = client_for(office.member).get(office.url("2570/sop/")).content.decode()
    assert office.url("2570/sop/import/") not in page


def test_list_finds_by_words(office, client_for):
    load(office, "doh-pmqa", "phetchabun-2-2")
    page = client_for(office.member).get(office.url("2570/sop/?q=บริการ")).content.decode()
    assert "งานพัฒนาคุณภาพการให้บริการ" in page
    assert "/sop/doh-pmqa/" not in page


def test_list_asks_as_often_at_one_as_at_three(office, client_for):
    client, counts = client_for(office.officer), []
    for slugs in (["doh-pmqa"], ["phetchabun-2-1", "phetchabun-2-2"]):
        load(office, *slugs)
        client.get(office.url("2570/sop/"))
        with CaptureQueriesContext(connection) as queries:
            client.get(office.url("2570/sop/"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_version_shows_chart_and_table_as_one_record(office, client_for):
    load(office, "doh-pmqa")
    client = client_for(office.observer)
    client.get(office.url("2570/sop/doh-pmqa/"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(office.url("2570/sop/doh-pmqa/")).content.decode()
    assert len(queries) <= 15
    assert page.count("sop-symbol--activity") == 7
    assert page.count("sop-symbol--terminal") == 2
    assert page.count("sop-symbol--decision") == 1
    assert page.count("sop-stub--arrives") == 1
    assert 'id="step-10"' in page


def test_retired_version_stays_readable(office, client_for):
    load(office, "doh-pmqa")
    text = shipped_files()["doh-pmqa"].read_text().replace("สรุปผลการดำเนินงาน", "สรุปผลงาน")
    import_sop(read_sop(text), office.agency)
    page = client_for(office.member).get(office.url("2570/sop/doh-pmqa/1/"))
    assert page.status_code == 200
    assert office.url("2570/sop/doh-pmqa/2/") in page.content.decode()


def test_export_sends_the_file(office, client_for):
    load(office, "sisaket-pmqa")
    response = client_for(office.member).get(office.url("2570/sop/sisaket-pmqa/1/export/"))
    assert response.content.decode() == shipped_files()["sisaket-pmqa"].read_text()
    assert response["Content-Disposition"] == 'attachment; filename="sisaket-pmqa-1.yaml"'


def test_officer_imports_a_file_as_a_draft(office, client_for):
    response = upload(client_for(office.officer), office, SMALL)
    assert response.status_code == 302
    assert response.url == office.url("2570/sop/small/1/")
    version = ProcedureVersion.objects.get()
    assert (version.procedure.agency, version.status) == (office.agency, "draft")
    assert version.created_by == office.officer


def test_imported_file_leaves_the_version_in_use(office, client_for):
    used = import_sop(read_sop(SMALL), office.agency)
    upload(client_for(office.officer), office, SMALL.replace("งานตัวอย่าง", "งานใหม่"))
    used.refresh_from_db()
    draft = ProcedureVersion.objects.get(number=2)
    assert (used.status, draft.status) == ("in_use", "draft")
    assert (used.procedure.name, draft.printed_name) == ("งานตัวอย่าง", "งานใหม่")


def test_second_import_tells_of_the_version_in_work_and_keeps_the_text(office, client_for):
    client = client_for(office.officer)
    upload(client, office, SMALL)
    response = upload(client, office, SMALL)
    page = response.content.decode()
    assert response.status_code == 422
    assert "ฉบับที่ 1 ของ SOP นี้กำลังจัดทำอยู่" in page
    assert "งานตัวอย่าง" in page.split("<textarea")[1]
    assert ProcedureVersion.objects.count() == 1


def test_refused_file_names_lines_and_keeps_the_text(office, client_for):
    text = SMALL.replace("terminal", "circle").replace("S7", "S8")
    response = upload(client_for(office.officer), office, text)
    page = response.content.decode()
    assert response.status_code == 422
    assert [fault.line for fault in response.context["form"].faults] == [3, 8]
    assert "งานตัวอย่าง" in page.split("<textarea")[1]
    assert not ProcedureVersion.objects.exists()


def test_mended_text_is_imported(office, client_for):
    response = client_for(office.officer).post(
        office.url("2570/sop/import/"), {"text": SMALL.replace("\n", "\r\n")}
    )
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("name", "content"),
    [("sop.exe", SMALL.encode()), ("sop.yaml", b"\xff\xfe\x00"), ("sop.yaml", b"")],
)
def test_wrong_upload_is_a_form_error(office, client_for, name, content):
    file = SimpleUploadedFile(name, content)
    response = client_for(office.officer).post(office.url("2570/sop/import/"), {"file": file})
    assert response.status_code == 422
    assert response.context["form"].errors


@pytest.mark.parametrize("who", ["director", "member", "observer", "champion1"])
def test_others_may_not_import(office, client_for, who):
    response = upload(client_for(office.people[who]), office, SMALL)
    assert response.status_code == 403
    assert not ProcedureVersion.objects.exists()


def test_sop_of_another_office_is_not_found(office, client_for):
    other = make_office("other")
    load(other, "doh-pmqa")
    client = client_for(office.officer)
    assert client.get(other.url("2570/sop/doh-pmqa/")).status_code == 404
    assert client.get(office.url("2570/sop/doh-pmqa/")).status_code == 404
    assert client.get(office.url("2570/sop/doh-pmqa/1/export/")).status_code == 404
