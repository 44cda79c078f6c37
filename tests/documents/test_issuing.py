"""Issuing by hand: a number given once, a reason from the second on, frozen by the worker."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from agencies.models import Agency, AuditEntry
from core import clock
from documents import papers
from documents.issued import issuing_papers
from documents.issued.listed_papers import Wanted, narrowed, register_of
from documents.issued.recording import newest_of, record
from documents.jobs import queued_papers
from documents.models import IssuedDocument, PaperJob
from documents.pdf_rendering import Layout, PageLayout, RenderedPaper
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper
from tests.documents.matrix import PDF

pytestmark = pytest.mark.django_db
KIND = "test-office"


@pytest.fixture
def office():
    register_office_paper(label="แบบทดสอบ")
    return make_office()


def made(job, html):
    """Let the worker make the job; what it draws is one empty page with this HTML."""
    paper = RenderedPaper(html, PDF + html.encode(), Layout([PageLayout([], "")]))
    queued_papers.make(job.pk, lambda job, watch: ("แบบ.pdf", paper), issuing_papers.freeze)
    job.refresh_from_db()
    return job


def issue(office, number, html, reason=""):
    return made(issuing_papers.ask(KIND, office.agency, number, reason, office.officer), html)


def test_issues_are_numbered_frozen_and_supersede_each_other(office):
    first = issue(office, 1, "<h1>บทนำ</h1><p>ร้อยละ 80</p>").issued
    second = issue(office, 2, "<h1>บทนำ</h1><p>ร้อยละ 85</p>", " แก้ \n ตัวเลข ").issued

    assert (first.sequence, first.supersedes, first.reason) == (1, None, "")
    assert (second.sequence, second.supersedes, second.reason) == (2, first, "แก้ ตัวเลข")
    assert second.content == [["h", "บทนำ"], ["p", "ร้อยละ 85"]]
    assert (second.issued_by, second.fiscal_year) == (office.officer, 2570)
    assert len({first.data_hash, second.data_hash, first.file.sha256, second.file.sha256}) == 4
    job = PaperJob.objects.get(sequence=2)
    assert (job.status, job.code) == ("done", second.verification_code)
    assert second.issued_at == job.claimed_at
    assert AuditEntry.objects.filter(action="paper.issue").count() == 2
    third = issue(office, 3, "<p>3</p>", "แก้อีกครั้ง").issued
    assert (third.supersedes, newest_of(KIND, office.agency)) == (second, third)
    register = register_of(office.officer, office.agency)
    assert list(narrowed(register, Wanted(state="newest"))) == [third]
    assert list(narrowed(register, Wanted(state="superseded"))) == [second, first]


def test_same_data_has_the_same_version_whatever_code_its_foot_carries(office):
    foot = '<div class="paper-seal">รหัส {}</div><p>ร้อยละ 80</p>'
    first = issue(office, 1, foot.format("A")).issued
    second = issue(office, 2, foot.format("B"), "ขอเลขใหม่").issued
    assert first.data_hash == second.data_hash
    assert first.file.sha256 != second.file.sha256


def test_second_issue_wants_a_reason_and_every_issue_the_next_number(office):
    issue(office, 1, "<p>1</p>")
    with pytest.raises(ValidationError, match="โปรดระบุเหตุผลที่ออกเอกสารใหม่"):
        issuing_papers.ask(KIND, office.agency, 2, "  ", office.officer)
    for number in (0, 1, 3):
        with pytest.raises(issuing_papers.AlreadyIssued):
            issuing_papers.ask(KIND, office.agency, number, "แก้", office.officer)


def test_number_that_was_given_meanwhile_is_not_given_twice(office):
    job = issuing_papers.ask(KIND, office.agency, 1, "", office.officer)
    stored = store_bytes(office.agency, "b.pdf", b"%PDF-2", "application/pdf", office.officer)
    record(papers.get(KIND), office.agency, stored, office.director, data_hash="1" * 64)
    made(job, "<p>1</p>")
    assert (job.status, job.error, job.file) == ("failed", "issued_meanwhile", None)
    assert IssuedDocument.objects.count() == 1


def test_job_that_was_stopped_issues_nothing(office):
    job = issuing_papers.ask(KIND, office.agency, 1, "", office.officer)
    queued_papers.cancel(job, office.officer)
    made(job, "<p>1</p>")
    assert (job.status, IssuedDocument.objects.count()) == ("cancelled", 0)


def test_papers_of_decisions_and_previews_are_not_issued_by_hand():
    by_hand = {kind.kind for kind in papers.kinds() if issuing_papers.is_issued_by_hand(kind.kind)}
    assert {"application-report", "profile-summary", "evidence-index"} <= by_hand
    assert not by_hand & {"order", "sop", "minutes", "improvement-plan", "round-report"}
    assert "sop-layout" not in by_hand


@pytest.mark.django_db(transaction=True)
def test_of_two_who_issue_at_once_one_is_told(office):
    start, outcomes = threading.Barrier(2), []
    # The office's other paper is being drawn: this one waits for its turn.
    PaperJob.objects.create(
        agency=office.agency,
        kind="other",
        object_id=1,
        status="running",
        requested_by=office.officer,
        requested_at=clock.now(),
    )

    def ask(person):
        start.wait()
        try:
            outcomes.append(issuing_papers.ask(KIND, office.agency, 1, "", person).sequence)
        except issuing_papers.AlreadyIssued:
            outcomes.append("told")
        finally:
            connection.close()

    people = (office.officer, office.director)
    threads = [threading.Thread(target=ask, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "told"]


@pytest.mark.django_db(transaction=True)
def test_change_committed_while_a_paper_is_read_does_not_show_in_it(office):
    stale = Agency.objects.get(pk=office.agency.pk)
    Agency.objects.update(name_th="ก่อนอ่าน")

    def rename():
        Agency.objects.update(name_th="ระหว่างอ่าน")
        connection.close()

    def context(agency):
        other = threading.Thread(target=rename)
        other.start()
        other.join()
        seen.extend([agency.name_th, Agency.objects.get(pk=agency.pk).name_th])
        return {}

    seen = []
    page = Layout([PageLayout([], "")])
    kind = register_office_paper("test-snapshot", context=context)
    papers.render(kind, stale, draw=lambda sheet: (PDF, page))
    assert seen == ["ก่อนอ่าน", "ก่อนอ่าน"]
    assert Agency.objects.get(pk=stale.pk).name_th == "ระหว่างอ่าน"


def test_confirm_page_says_the_number_and_keeps_what_was_typed(office, client_for):
    address = office.url(f"2570/documents/papers/{KIND}/{office.agency.pk}/issue/")
    officer = client_for(office.officer)
    assert "ออกฉบับที่ 1" in officer.get(address).text
    assert client_for(office.staff).get(address).status_code == 403
    first = issue(office, 1, "<p>1</p>").issued

    page = officer.post(address, {"number": "2", "reason": ""})
    assert page.status_code == 422
    assert "โปรดระบุเหตุผลที่ออกเอกสารใหม่" in page.text
    late = officer.post(address, {"number": "1", "reason": "แก้คำผิด"})
    assert late.status_code == 409
    assert "มีผู้อื่นออกเอกสารนี้แล้ว" in late.text
    answer = officer.post(address, {"number": "2", "reason": "แก้คำผิด"})
    job = PaperJob.objects.get(sequence=2)
    assert answer["Location"] == office.url(f"2570/documents/jobs/{job.pk}/")

    second = made(job, "<p>2</p>").issued
    detail = officer.get(office.url(f"2570/documents/issued/{first.pk}/about/"))
    assert "ถูกแทนที่ด้วยฉบับที่ 2" in detail.text
    compared = officer.get(
        office.url(f"2570/documents/issued/{second.pk}/compare/"), {"with": first.pk}
    )
    assert "ต่างกัน 1 บรรทัด" in compared.text
    assert f"/issued/{second.pk}/about/" in officer.get(job_page(office, job)).text


def job_page(office, job):
    return office.url(f"2570/documents/jobs/{job.pk}/")


def test_changes_since_the_last_issue_are_told_before_issuing(office, client_for):
    issue(office, 1, "<h1>บทนำ</h1><p>เก่า</p>")
    address = office.url(f"2570/documents/papers/{KIND}/{office.agency.pk}/issue/changes/")
    page = client_for(office.director).get(address)
    assert "ต่างกัน 2 บรรทัด" in page.text
    assert "เก่า" in page.text
