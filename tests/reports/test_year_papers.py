"""The list of a year's papers: every kind has a way to it; lines tell what was made and issued."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import MonitoringRound
from committees.models import Meeting
from core import clock
from documents import papers, year_list
from documents.enums import PaperGroup
from documents.models import IssuedDocument, PaperJob
from documents.stored_files import store_bytes
from improvement.models import BestPractice
from tests.assessments.factories import make_assessment
from tests.committees.factories import make_order
from tests.permission_matrix.world import make_office
from tests.reports.certificates.matrix_rows import make as make_certificate
from tests.reports.letters.factories import make_letter
from workflows.models import Manual

# Kinds that other tests register in the same process.
OF_TESTS = ("test-", "matrix-")
ADDRESS = "/o/own/2570/reports/"
DAYS_OF_ROUND = {
    name: dt.date(2027, 4, day)
    for day, name in enumerate(("starts_on", "ends_on", "opens_on", "due_on"), start=1)
}


@pytest.fixture
def office(db):
    return make_office("own")


def meet(office, title):
    Meeting.objects.create(
        agency=office.agency, fiscal_year=2570, title=title, starts_at=clock.now(),
        created_by=office.people["officer"], created_at=clock.now(),
    )  # fmt: skip


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
        meet(office, title)
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


def test_search_over_all_groups_asks_as_often_for_many_papers(office, client_for):
    officer = office.people["officer"]
    cycle = make_assessment(office).cycle
    client = client_for(officer)

    def write(number):
        make_order(office, title=f"คำสั่ง {number}")
        meet(office, f"การประชุม {number}")
        make_certificate(office, 1)
        for kind in ("memo", "announcement"):
            make_letter(office, kind, subject=f"เรื่อง {number}", created_by=officer)
        Manual.objects.create(agency=office.agency, title=f"คู่มือ {number}")
        MonitoringRound.objects.create(cycle=cycle, months=number, status="open", **DAYS_OF_ROUND)
        BestPractice.objects.create(
            agency=office.agency, fiscal_year=2570, title=f"แนวปฏิบัติ {number}", owner=officer,
            created_at=clock.now(),
        )  # fmt: skip

    def asked(**query):
        with CaptureQueriesContext(connection) as queries:
            found = client.get(ADDRESS, query).context["page_obj"].paginator.count
        return len(queries), found

    write(1)
    client.get(ADDRESS)
    few = [asked(q="ร"), asked(group="letters"), asked()]
    for number in range(2, 13):
        write(number)
    many = [asked(q="ร"), asked(group="letters"), asked()]
    assert [count for count, _found in many] == [count for count, _found in few]
    assert max(count for count, _found in many) <= 15
    assert (few[1][1], many[1][1]) == (3, 36)
    assert many[0][1] > few[0][1] + 11


def test_rows_of_one_query_keep_names_states_and_their_order(office):
    officer = office.people["officer"]
    for title in ("ข้อสอง", "เก่าแก่", "กอง"):
        Manual.objects.create(agency=office.agency, title=title, subtitle=f"ของ{title}")
    make_letter(office, subject="ก่อน", number="ศธ 1", created_by=officer)
    make_letter(office, "announcement", subject="หลัง", created_by=officer)
    papers_of = year_list.papers_of_group
    manuals = papers_of(officer, office.agency, 2570, PaperGroup.SOP)
    assert [(row.kind, row.label, row.description) for row in manuals] == [
        ("manual", "กอง", "ของกอง"),
        ("manual", "เก่าแก่", "ของเก่าแก่"),
        ("manual", "ข้อสอง", "ของข้อสอง"),
    ]
    letters = papers_of(officer, office.agency, 2570, PaperGroup.LETTERS)
    assert [(row.kind, row.label) for row in letters] == [("announcement", "หลัง"), ("memo", "ก่อน")]
    assert letters[1].description.endswith(" · ศธ 1")


def test_year_without_letters_leads_to_where_they_are_written(office, client_for):
    page = client_for(office.people["officer"]).get(ADDRESS, {"group": "letters"}).content.decode()
    assert reverse("letters:list", args=["own", 2570]) in page
    assert reverse("certificates:list", args=["own", 2570]) in page
