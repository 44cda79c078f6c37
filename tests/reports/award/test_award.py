"""The award's texts, readiness and limits: what is kept, what is refused, what is counted."""

from fractions import Fraction

import pytest
from django.urls import reverse

from approvals.transitions import AlreadyChanged
from documents import papers
from documents.models import PaperJob, PaperLimit, StoredFile
from documents.paper_limits import Limit, limits_of
from documents.revisions import SaveConflict
from documents.templatetags.paper_limits import paper_limit
from reports.award import pages
from reports.award.documents import text_context
from reports.award.drafting import draft_summary
from reports.award.lengths import count_of
from reports.award.limit_forms import LimitsForm
from reports.award.limits import copy_limits, mark_of, places, save_limits
from reports.award.queries import award_cycle
from reports.award.readiness import mean_of, save_readiness, to_two
from reports.award.topics import form_of, forms
from reports.award.writing import save_award_text, texts_of
from reports.models import ReadinessScore
from tests.assessments.factories import add_finding, make_assessment
from tests.permission_matrix.world import YEAR, make_office
from workflows.models import Cycle

SUMMARY = form_of("executive-summary")


@pytest.fixture
def office(db):
    made = make_office("one")
    made.started = make_assessment(made)
    made.cycle = award_cycle(made.people["officer"], made.agency, YEAR)
    return made


def write(office, topic, text, version=0):
    by = office.people["officer"]
    return save_award_text(
        office.cycle, SUMMARY, SUMMARY.topic(topic), text, version=version, by=by
    )


def test_five_forms_have_their_papers():
    assert [(row.number, row.kind, len(row.topics)) for row in forms()] == [
        (1, "award-application", 11),
        (2, "profile-summary", 0),
        (3, "readiness-assessment", 0),
        (4, "executive-summary", 7),
        (5, "application-report", 0),
    ]


def test_readiness_mean_counts_missing_as_nought_and_rounds_once():
    assert mean_of([5, None, 4]) == 3
    assert mean_of([]) == 0
    assert to_two(Fraction(1, 8)) + to_two(Fraction(2, 3)) == to_two(Fraction(4, 5))
    assert str(to_two(Fraction(1, 200))) == "0.01"


def test_count_warns_near_the_limit_and_beyond_it():
    found = [count_of(["น้ำ" * 5], Limit(letters=most)) for most in (12, 11, 10, 9)]
    assert [(row.letters, row.is_near, row.is_over, row.excess) for row in found] == [
        (10, False, False, 0),
        (10, True, False, 0),
        (10, True, False, 0),
        (10, False, True, 1),
    ]


def test_draft_fills_empty_topics_only(office):
    by = office.people["officer"]
    add_finding(office.started.answer("1.1"), by, text="ผู้นำสื่อสารทิศทาง")
    write(office, "plan", "แผนที่พิมพ์เอง")
    filled = draft_summary(office.cycle, by)
    texts = texts_of(office.cycle, "executive-summary")
    assert "strengths" in filled and "plan" not in filled
    assert texts["strengths"].text == "หมวด 1 ผู้นำสื่อสารทิศทาง"
    assert texts["plan"].text == "แผนที่พิมพ์เอง"


def test_second_save_from_an_old_version_loses_nothing(office):
    write(office, "plan", "ก")
    with pytest.raises(SaveConflict) as refused:
        write(office, "plan", "ข")
    assert refused.value.current.text == "ก"


def test_conflict_on_the_page_shows_both_texts(office, client):
    write(office, "plan", "ของคนแรก")
    client.force_login(
        office.people["officer"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("award:text-save", args=["one", YEAR, "executive-summary", "plan"])
    answer = client.post(address, {"text": "ของคนหลัง", "version": "0"})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "ของคนแรก" in words and "ของคนหลัง" in words


def test_score_and_reason_of_an_item_do_not_disturb_each_other(office):
    by, item = office.people["officer"], office.started.answer("1.1").item
    save_readiness(office.cycle, item, {"score": 4}, version=0, by=by)
    save_readiness(office.cycle, item, {"text": "มีหลักฐาน"}, version=0, by=by)
    with pytest.raises(SaveConflict):
        save_readiness(office.cycle, item, {"score": 2}, version=0, by=by)
    row = ReadinessScore.objects.get()
    assert (row.score, row.text, row.version) == (4, "มีหลักฐาน", 2)


def test_application_prints_the_record_until_something_is_typed(office):
    rows = {
        row["code"]: row["lines"] for row in text_context(office.cycle, "award-application")["rows"]
    }
    assert rows["agency"] == ["สำนักงานทดสอบ one"]
    assert rows["head"] == ["director ทดสอบ ผู้อำนวยการ"]
    assert rows["award"] == rows["history"] == []
    form = form_of("award-application")
    by = office.people["officer"]
    save_award_text(office.cycle, form, form.topic("agency"), "ชื่อใหม่", version=0, by=by)
    rows = {
        row["code"]: row["lines"] for row in text_context(office.cycle, "award-application")["rows"]
    }
    assert rows["agency"] == ["ชื่อใหม่"]


def test_office_limit_stands_before_the_common_one_and_is_copied(office):
    agency, by = office.agency, office.people["officer"]
    rows = {"fiscal_year": YEAR, "kind": "executive-summary"}
    PaperLimit.objects.create(**rows, most_letters=3000)
    given = {"most_pages": 2, "most_letters": None, "source": "ประกาศ"}
    seen = mark_of(agency, YEAR)
    save_limits(agency, YEAR, {("executive-summary", ""): given}, by, seen=seen)
    assert limits_of(agency, YEAR)["executive-summary", ""] == Limit(2, None, "ประกาศ")
    with pytest.raises(AlreadyChanged):
        save_limits(agency, YEAR, {}, by, seen=seen)
    assert copy_limits(agency, YEAR + 1, by) == 1
    assert copy_limits(agency, YEAR + 1, by) == 0
    assert limits_of(agency, YEAR + 1)["executive-summary", ""].pages == 2


def test_readers_see_only_limits_that_were_entered():
    assert LimitsForm(rows=[]).entered() == []

    row = PaperLimit(kind="executive-summary", section="", most_pages=2, source="ประกาศ")
    groups = LimitsForm(rows=[row]).entered()

    assert [(group["kind"], len(group["rows"])) for group in groups] == [("executive-summary", 1)]
    assert groups[0]["rows"][0]["pages"]["value"] == 2


def test_places_of_limits_are_named_once():
    names = [place.name for place in places()]
    assert len(names) == len(set(names)) == 33


def test_overview_says_what_is_missing(office):
    write(office, "plan", "แผน")
    rows = {
        row["form"].number: row
        for row in pages.overview(office.cycle, office.people["member"])["rows"]
    }
    assert (rows[4]["done"], rows[4]["total"]) == (1, 6)
    assert "จุดเด่น" in rows[4]["missing"]
    assert (rows[3]["done"], rows[2]["done"], rows[2]["total"]) == (0, 0, 13)
    assert rows[4]["count"].letters == 3


def test_paper_calls_only_needed_topics_unwritten(office):
    rows = text_context(office.cycle, "award-application")["rows"]
    said = {row["code"]: row["nothing"] for row in rows if not row["lines"]}
    needed = {topic.code: topic.needed for topic in form_of("award-application").topics}
    assert set(said.values()) == {"–", "ยังไม่ได้จัดทำ"}
    assert all((words == "ยังไม่ได้จัดทำ") == needed[code] for code, words in said.items())


def test_a_finished_report_names_the_categories_that_are_too_long(office):
    for section, most in (("category-3", 5), ("category-4", 5)):
        PaperLimit.objects.create(
            agency=office.agency,
            fiscal_year=YEAR,
            kind="application-report",
            section=section,
            most_pages=most,
        )
    job = PaperJob(
        agency=office.agency,
        kind="application-report",
        file=StoredFile(pages=40),
        part_pages={"summary": 9, "category-3": 7, "category-4": 5},
    )
    kind = papers.get("application-report")
    cycle = Cycle(agency=office.agency, fiscal_year=YEAR)
    found = paper_limit(job, kind, cycle)
    assert found["most"] is None
    assert found["parts"] == [{"words": "หมวด 3", "pages": 7, "most": 5}]
    job.part_pages = {"category-3": 5}
    assert paper_limit(job, kind, cycle) is None
