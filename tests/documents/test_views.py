import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from core import clock
from documents import papers
from documents.jobs import queued_papers
from documents.models import PaperJob
from documents.pdf_rendering import Layout, PageLayout, RenderedPaper
from documents.stored_files import store_bytes, store_upload
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper
from tests.documents.matrix import PDF

pytestmark = pytest.mark.django_db


def finished_job(office):
    job = PaperJob.objects.create(
        agency=office.agency,
        kind=register_office_paper(),
        object_id=office.agency.pk,
        requested_by=office.officer,
        requested_at=clock.now(),
    )
    paper = RenderedPaper("", PDF, Layout([PageLayout([], "")]))
    queued_papers.make(job.pk, lambda job, watch: ("แบบ.pdf", paper))
    job.refresh_from_db()
    assert job.status == "done"
    return job


def test_paper_is_asked_for_made_shown_and_downloaded(
    client_for, django_capture_on_commit_callbacks
):
    office = make_office()
    register_office_paper()
    client = client_for(office.staff)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(office.url(f"2570/documents/papers/test-office/{office.agency.pk}/"))
    page = client.get(answer["Location"])
    pdf = client.get(answer["Location"] + "paper.pdf")
    picture = client.get(answer["Location"] + "pages/1/")

    assert answer.status_code == 302
    assert "paper.pdf" in page.content.decode()
    assert "hx-trigger" not in page.content.decode()
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("attachment")
    assert pdf["X-Content-Type-Options"] == "nosniff"
    assert pdf["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert picture["Content-Type"] == "image/png"
    assert picture["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("status", ["queued", "running"])
def test_job_page_polls_while_the_paper_is_made(client_for, status):
    office = make_office()
    register_office_paper()
    job = PaperJob.objects.create(
        agency=office.agency,
        kind="test-office",
        object_id=office.agency.pk,
        status=status,
        requested_by=office.officer,
        requested_at=clock.now(),
    )
    client = client_for(office.officer)

    page = client.get(office.url(f"2570/documents/jobs/{job.pk}/"))
    part = client.get(office.url(f"2570/documents/jobs/{job.pk}/status/"))

    assert 'hx-trigger="every 1s"' in page.content.decode()
    assert 'hx-trigger="every 1s"' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert client.get(office.url(f"2570/documents/jobs/{job.pk}/paper.pdf")).status_code == 404


def test_failed_job_offers_another_try(client_for):
    office = make_office()
    job = finished_job(office)
    PaperJob.objects.filter(pk=job.pk).update(status="failed", error="too_large", file=None)

    page = client_for(office.officer).get(office.url(f"2570/documents/jobs/{job.pk}/"))

    assert f"/papers/test-office/{office.agency.pk}/" in page.content.decode()


def test_papers_of_another_office_do_not_exist(client_for):
    office, other = make_office(), make_office("other")
    job = finished_job(other)
    client = client_for(office.officer)

    for path in ("", "status/", "paper.pdf", "pages/1/"):
        assert client.get(office.url(f"2570/documents/jobs/{job.pk}/{path}")).status_code == 404
        assert client.get(other.url(f"2570/documents/jobs/{job.pk}/{path}")).status_code == 404
    asked = client.post(office.url(f"2570/documents/papers/test-office/{other.agency.pk}/"))
    assert asked.status_code == 404


def test_paper_that_the_person_may_not_have_does_not_exist(client_for):
    office = make_office()
    job = finished_job(office)
    register_office_paper(may=lambda user, agency: user == office.director)
    client = client_for(office.officer)

    assert client.get(office.url(f"2570/documents/jobs/{job.pk}/paper.pdf")).status_code == 404
    answer = client.post(office.url(f"2570/documents/papers/test-office/{office.agency.pk}/"))
    assert answer.status_code == 404


def test_unknown_kind_of_paper_does_not_exist(client_for):
    office = make_office()

    answer = client_for(office.officer).post(office.url("2570/documents/papers/no-such/1/"))

    assert answer.status_code == 404


def test_files_are_attachments_and_pictures_inline(client_for):
    office, other = make_office(), make_office("other")
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    uploaded = SimpleUploadedFile("ภาพ.png", out.getvalue())
    picture = store_upload(office.agency, uploaded, office.officer)
    pdf = store_bytes(office.agency, "ก.pdf", b"%PDF-1", "application/pdf", office.officer)
    client = client_for(office.observer)

    shown = client.get(office.url(f"2570/documents/files/{picture.pk}/"))
    taken = client.get(office.url(f"2570/documents/files/{pdf.pk}/"))
    foreign = client_for(other.officer).get(other.url(f"2570/documents/files/{pdf.pk}/"))

    assert shown["Content-Disposition"].startswith("inline")
    assert taken["Content-Disposition"].startswith("attachment")
    for answer in (shown, taken):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert foreign.status_code == 404


def test_render_command_writes_the_pdf(tmp_path, capsys):
    office = make_office()
    register_office_paper()

    call_command("render", "test-office", office.agency.pk, output=tmp_path / "a.pdf")
    call_command("render", "--list")

    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert "test-office agencies.Agency\n" in capsys.readouterr().out


def test_render_command_says_which_form_a_paper_lacks(tmp_path):
    office = make_office()
    register_office_paper()

    with pytest.raises(CommandError, match=r"has no form \.docx"):
        call_command("render", "test-office", office.agency.pk, output=tmp_path / "a.docx")


def test_paper_with_a_word_form_is_handed_out_and_written(tmp_path, client_for):
    office = make_office()
    register_office_paper("test-word", docx=lambda agency: b"PK word of " + agency.code.encode())
    address = office.url(f"2570/documents/papers/test-word/{office.agency.pk}")
    client = client_for(office.member)

    answer = client.get(f"{address}.docx")
    call_command("render", "test-word", office.agency.pk, output=tmp_path / "a.docx")

    assert b"".join(answer.streaming_content) == b"PK word of " + office.agency.code.encode()
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert ".docx" in answer["Content-Disposition"]
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK word")
    assert client.get(f"{address}.xlsx").status_code == 404
    assert client.get(f"{address}.title").status_code == 404


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "๙" * 30])
def test_pictures_are_named_by_templates_and_not_by_typed_words(number):
    office = make_office()

    assert papers.pictures_of(office.agency, f'<p>app-image:{number}</p>"app-image:{number}"') == {}
