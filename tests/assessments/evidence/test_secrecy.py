"""Confidential evidence: who knows it, and that no way out of the portal tells the others."""

import io
import itertools

import openpyxl
import pytest

from assessments.evidence import Facts, keep, link_evidence
from assessments.evidence.papers import index_context
from assessments.evidence.places import ItemPlace, StepPlace, use_at
from assessments.evidence.versions import replace_content
from documents.papers import pictures_of
from documents.queries import files_visible_to
from documents.stored_files import store_upload
from reports.application_report import report_context
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment, make_step
from tests.workflows.factories import pdf_upload

TITLE = "ผลสอบข้อเท็จจริงนายสมชาย"
NOTE = "เก็บในตู้เซฟห้องกฎหมาย"
FILE = "ผลสอบลับมาก.pdf"
# champion1 leads category 1, member is in its team; the others have nothing to do with it.
KNOW = ("officer", "director", "deputy", "champion1", "member", "keeper")
DO_NOT = ("champion2", "staff", "observer", "administrator")


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


@pytest.fixture
def secret(office, started):
    """Evidence 1.2-01: confidential, added by the officer, owned by champion 3."""
    stored = store_upload(office.agency, pdf_upload(FILE), office.officer)
    office.people["keeper"] = office.people.get("champion3") or office.officer
    facts = Facts(is_confidential=True, owner=office.people["keeper"])
    place = ItemPlace(started.answer("1.2"))
    return keep(place, office.officer, title=TITLE, file=stored, note=NOTE, facts=facts)[0]


def page_of(client_for, office, role, path):
    return client_for(office.people[role]).get(office.url(f"2570/{path}"))


def tells_nothing(text: str) -> bool:
    return not any(words in text for words in (TITLE, NOTE, FILE))


def test_they_know_it(office, secret, client_for):
    for role in KNOW:
        assert TITLE in page_of(client_for, office, role, f"evidence/{secret.pk}/").text
        assert TITLE in page_of(client_for, office, role, "evidence/").text
        file = page_of(client_for, office, role, f"documents/files/{secret.file_id}/")
        assert file.status_code == 200


def test_the_pages_of_the_library_tell_others_the_code_only(office, secret, client_for):
    paths = (f"evidence/{secret.pk}/", "evidence/", "evidence/?use=confidential")
    for role, path in itertools.product(DO_NOT, paths):
        page = page_of(client_for, office, role, path)
        assert page.status_code == 200
        assert "1.2-01" in page.text
        assert "หลักฐานลับ" in page.text
        assert tells_nothing(page.text)


def test_file_and_preview_are_not_there_for_others(office, secret, client_for):
    paths = (f"documents/files/{secret.file_id}/", f"evidence/{secret.pk}/pages/1/")
    for role in DO_NOT:
        for path in paths:
            assert page_of(client_for, office, role, path).status_code == 404
        pictures = office.url(f"2570/evidence/{secret.pk}/pictures/")
        assert client_for(office.people[role]).post(pictures).status_code == 404


def test_search_by_name_note_or_file_finds_it_only_for_those_who_know(office, secret, client_for):
    for words in ("สมชาย", "ตู้เซฟ", "ลับมาก"):
        theirs = page_of(client_for, office, "champion2", f"evidence/?q={words}")
        own = page_of(client_for, office, "champion1", f"evidence/?q={words}")
        assert [row.code for row in theirs.context["page_obj"]] == []
        assert [row.code for row in own.context["page_obj"]] == ["1.2-01"]


def test_search_by_code_finds_it_for_everybody(office, secret, client_for):
    page = page_of(client_for, office, "observer", "evidence/?q=1.2-01")
    assert [row.code for row in page.context["page_obj"]] == ["1.2-01"]


def test_narrowing_does_not_sound_it_out(office, secret, client_for):
    for narrow in ("kind=file", f"owner={secret.owner_id}", "use=expired"):
        page = page_of(client_for, office, "champion2", f"evidence/?{narrow}")
        assert list(page.context["page_obj"]) == []


def cells_of(answer) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_excel_tells_others_the_code_only(office, secret, client_for):
    theirs = cells_of(page_of(client_for, office, "champion2", "evidence/library.xlsx"))
    assert tells_nothing(" ".join(theirs))
    assert theirs[-4:] == ["1.2-01", "หลักฐานลับ", "1.2", "ลับ"]
    assert TITLE in cells_of(page_of(client_for, office, "champion1", "evidence/library.xlsx"))


def test_gap_list_and_its_excel_tell_others_nothing(office, secret, client_for):
    secret.links.all().delete()
    page = page_of(client_for, office, "champion2", "evidence/gaps/")
    assert "1.2-01" in page.text
    assert tells_nothing(page.text)
    sheet = page_of(client_for, office, "champion2", "evidence/gaps.xlsx")
    assert tells_nothing(" ".join(cells_of(sheet)))


def test_item_page_shows_others_a_chip_with_the_code(office, started, secret, client_for):
    path = f"assessment/item/{started.answer('1.2').pk}/"
    for role in DO_NOT:
        page = page_of(client_for, office, role, path)
        assert page.status_code == 200
        assert "1.2-01" in page.text
        assert tells_nothing(page.text)


def test_step_page_shows_others_the_code_only(office, started, secret, client_for):
    step = make_step(started.cycle)
    use_at(StepPlace(step), secret)
    path = f"calendar/steps/{step.pk}/"
    assert tells_nothing(page_of(client_for, office, "champion2", path).text)
    assert "1.2-01" in page_of(client_for, office, "champion2", path).text
    assert TITLE in page_of(client_for, office, "officer", path).text


def test_papers_name_it_for_nobody(office, started, secret):
    context = index_context(started.assessment)
    row = context["groups"][0]["rows"][0]
    assert row == {
        "code": "1.2-01",
        "title": "เอกสารลับ",
        "kind": "",
        "period": "",
        "places": ["1.2"],
        "pages": "",
    }
    report = report_context(started.cycle)
    [entry] = report["evidence"][0]["rows"]
    assert (entry["title"], entry["form"]) == ("เอกสารลับ", "")


def test_those_who_do_not_know_it_cannot_link_or_attach_it(office, started, secret, client_for):
    client = client_for(office.people["champion2"])
    item = started.answer("2.1")
    form = client.get(office.url(f"2570/evidence/attach/?item={item.pk}"))
    assert tells_nothing(form.text)
    attach = office.url(f"2570/evidence/attach/?item={item.pk}")
    assert client.post(attach, {"existing": secret.pk}).status_code == 422
    chosen = office.url(f"2570/evidence/chosen/?pk={secret.pk}")
    page = client.post(chosen, {"pk": secret.pk, "target": f"item-{item.pk}"})
    assert tells_nothing(page.text)
    assert secret.links.count() == 1


def test_linking_it_to_a_category_lets_its_writers_know_it(office, started, secret, client_for):
    link_evidence(secret, started.answer("2.1"))
    assert TITLE in page_of(client_for, office, "champion2", f"evidence/{secret.pk}/").text


def test_last_years_secret_is_reused_by_those_who_knew_it_only(office, started, client_for):
    before = make_assessment(office, 2569)
    facts = Facts(is_confidential=True)
    place = ItemPlace(before.answer("2.1"))
    old = keep(place, office.officer, title=TITLE, note=NOTE, facts=facts)[0]
    old.links.all().delete()
    url = office.url(f"2570/evidence/items/{started.answer('2.1').pk}/reuse/")
    champion = client_for(office.people["champion2"])
    assert champion.post(url, {"evidence": old.pk}).status_code == 404
    assert client_for(office.officer).post(url, {"evidence": old.pk}).status_code == 302


def test_an_older_version_is_as_secret_as_the_newest(office, started, secret):
    first = secret.file
    newer = store_upload(office.agency, pdf_upload_of("ใหม่.pdf", 2), office.officer)
    replace_content(secret, office.officer, number=1, file=newer)
    champion = office.people["champion2"]
    assert list(files_visible_to(champion).filter(pk__in=[first.pk, newer.pk])) == []
    assert files_visible_to(office.officer).filter(pk__in=[first.pk, newer.pk]).count() == 2


def test_a_paper_cannot_borrow_a_secret_picture(office, started):
    import base64

    from django.core.files.uploadedfile import SimpleUploadedFile

    png = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
        "rkJggg=="
    )
    picture = SimpleUploadedFile("ภาพ.png", png, content_type="image/png")
    stored = store_upload(office.agency, picture, office.officer)
    html = f'<img src="app-image:{stored.pk}">'
    assert list(pictures_of(office.agency, html)) == [str(stored.pk)]
    place = ItemPlace(started.answer("1.2"))
    keep(place, office.officer, title="ก", file=stored, facts=Facts(is_confidential=True))
    assert pictures_of(office.agency, html) == {}


def test_audit_tells_the_code_only(office, secret):
    from agencies.models import AuditEntry

    assert not any(TITLE in entry.summary for entry in AuditEntry.objects.all())


def pdf_upload_of(name: str, pages: int):
    """Return a PDF of several blank pages: another content than `pdf_upload`."""
    import pikepdf
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = io.BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        pdf.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")
