"""The list of a year's papers: every kind has a way to it; lines tell what was made and issued."""

import datetime as dt

import pytest
from django.urls import reverse

from committees.models import Meeting
from core import clock
from documents import papers, year_list
from documents.enums import PaperGroup
from documents.models import IssuedDocument, PaperJob
from documents.stored_files import store_bytes
from tests.assessments.factories import make_assessment
from tests.permission_matrix.world import make_office

# Kinds that other tests register in the same process.
OF_TESTS = ("test-", "matrix-")
ADDRESS = "/o/own/2570/reports/"


@pytest.fixture
def office(db):
    return make_office("own")


def test_every_kind_of_paper_can_be_reached():
    ours = {kind.kind for kind in papers.kinds() if not kind.kind.startswith(OF_TESTS)}
    assert ours - set(year_list.reachable_kinds()) == set()


def test_lists_name_only_kinds_that_are_registered():
    known = {kind.kind for kind in papers.kinds()}
    assert set(year_list.reachable_kinds()) - known == set()


def test_kinds_outside_the_list_name_a_page_that_exists():
    assert year_list.reachable_kinds()["sop-layout"] == "sop:layout-list"
    assert reverse("sop:layout-list", args=["own", 2570]) == "/o/own/2570/sop/layouts/"


def test_empty_year_says_what_is_missing(office, client_for):
    page = client_for(office.people["officer"]).get(ADDRESS).content.decode()
    assert page.count("ปีนี้ยังไม่ได้เปิดรอบ") >= 2
    assert page.count("ยังไม่ได้เริ่มการประเมินตนเอง") >= 2
    assert "documents/papers" not in page


def test_lines_tell_when_a_paper_was_made_and_which_issue_holds(office, client_for):
    officer = office.people["officer"]
    cycle = make_assessment(office).cycle
    stored = store_bytes(office.agency, "a.pdf", b"%PDF-1", "application/pdf", officer)
    at = dt.datetime(2027, 1, 9, 3, tzinfo=dt.UTC)
    job = PaperJob.objects.create(
        agency=office.agency, kind="application-report", object_id=cycle.pk, status="done",
        requested_by=officer, requested_at=at, finished_at=at, file=stored,
    )  # fmt: skip
    first = _issued(office, cycle, stored, 1)
    second = _issued(office, cycle, stored, 2, supersedes=first)
    page = client_for(officer).get(ADDRESS, {"group": "award"}).content.decode()
    assert "ฉบับที่ 2 วันที่ 10 ม.ค. 2570" in page
    assert f"/documents/issued/{second.pk}/" in page
    assert f"/documents/issued/{first.pk}/" not in page
    assert "ทำล่าสุด 9 ม.ค. 2570" in page
    assert f"/documents/jobs/{job.pk}/" in page
    assert (
        reverse("documents:paper-file", args=["own", 2570, "application-report", cycle.pk, "docx"])
        in page
    )


def _issued(office, cycle, stored, sequence, **fields):
    return IssuedDocument.objects.create(
        agency=office.agency, fiscal_year=2570, kind="application-report", subject=cycle,
        sequence=sequence, title="รายงาน", file=stored, data_hash="0" * 64,
        issued_at=dt.datetime(2027, 1, 8 + sequence, 3, tzinfo=dt.UTC),
        issued_by=office.people["officer"], **fields,
    )  # fmt: skip


def test_search_narrows_the_papers_of_a_group(office, client_for):
    for title in ("การประชุมวางแผน", "การประชุมติดตาม"):
        Meeting.objects.create(
            agency=office.agency, fiscal_year=2570, title=title, starts_at=clock.now(),
            created_by=office.people["officer"], created_at=clock.now(),
        )  # fmt: skip
    client = client_for(office.people["observer"])
    found = client.get(ADDRESS, {"group": "meetings", "q": "ติดตาม ระเบียบวาระ"})
    names = [(row.paper.kind, row.name) for row in found.context["page_obj"]]
    assert names == [("agenda", "การประชุมติดตาม")]
    whole = client.get(ADDRESS, {"group": "meetings"}).context["page_obj"]
    assert [row.paper.kind for row in whole][:5] == [
        "agenda", "invitation", "attendance", "minutes", "meeting-pack",
    ]  # fmt: skip
    assert [row.paper.pk for row in whole if row.paper.kind == "minutes"] == [None, None]


def test_unknown_group_is_not_found(office, client_for):
    assert client_for(office.people["officer"]).get(ADDRESS, {"group": "x"}).status_code == 404


def test_papers_of_another_office_stay_out(office, db):
    other = make_office("other", "other-")
    make_assessment(other)
    officer = office.people["officer"]
    found = year_list.main_papers(officer, office.agency, 2570)
    assert {paper.pk for _group, paper in found} == {None}
    assert PaperGroup.AWARD in {group for group, _paper in found}


def test_search_from_the_first_page_finds_papers_of_every_group(office, client_for):
    make_assessment(office)
    client = client_for(office.people["officer"])
    found = client.get(ADDRESS, {"q": "ตรวจเยี่ยม"}).content.decode()
    assert "/documents/papers/site-visit-briefing/" in found
    elsewhere = client.get(ADDRESS, {"group": "letters", "q": "ตรวจเยี่ยม"}).content.decode()
    assert "site-visit-briefing" not in elsewhere
    assert 'href="?q=%E0%B8%95%E0%B8%A3%E0%B8%A7%E0%B8%88' in elsewhere


def test_year_without_letters_leads_to_where_they_are_written(office, client_for):
    page = client_for(office.people["officer"]).get(ADDRESS, {"group": "letters"}).content.decode()
    assert reverse("letters:list", args=["own", 2570]) in page
    assert reverse("certificates:list", args=["own", 2570]) in page
