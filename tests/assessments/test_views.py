"""The screens: what each shows, saves and refuses, with and without scripts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import AuditEntry
from assessments.item.length_limit import item_limit
from assessments.item.page import state_of
from assessments.models import Assessment, Finding, ItemAnswer, LineAnswer, PartDone
from documents.models import PaperLimit
from tests.agencies.factories import make_office
from tests.assessments.factories import (
    add_indicator,
    answer_all,
    make_assessment,
    make_open_cycle,
)

pytestmark = pytest.mark.django_db
# The overview and items as all pages; a category carries work sharing and review as well, and
# an item of category 7 its indicators with their values of all years.
MOST_QUERIES = {"overview": 15, "category": 20, "item": 15, "item of results": 16}


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def item_url(office, started, code, tail=""):
    return office.url(f"2570/assessment/item/{started.answer(code).pk}/{tail}")


def test_overview_without_cycle_leads_to_the_calendar(client_for, office):
    page = client_for(office.officer).get(office.url("2570/assessment/"))
    assert page.status_code == 200
    assert "/2570/calendar/" in page.text


def test_officer_starts_with_an_edition(client_for, office):
    make_open_cycle(office.agency)
    client = client_for(office.officer)
    address = office.url("2570/assessment/start/")
    refused = client.post(address, {"edition": "pmqa-9.9"})
    assert refused.status_code == 422
    assert "pmqa-9.9" in refused.text
    assert client.post(address, {"edition": "pmqa-2562"}).status_code == 302
    assert Assessment.objects.get().edition.code == "pmqa-2562"
    assert AuditEntry.objects.filter(action="assessment.start").count() == 1
    assert client.get(office.url("2570/assessment/")).status_code == 200


def test_only_officers_start(client_for, office):
    make_open_cycle(office.agency)
    page = client_for(office.champion1).post(
        office.url("2570/assessment/start/"), {"edition": "pmqa-4.0"}
    )
    assert page.status_code == 403
    assert not Assessment.objects.exists()


def test_overview_shows_score_champion_and_last_year(client_for, office, started):
    last = make_assessment(office, year=2569)
    answer_all(last.category(1), office.officer)
    answer_all(started.category(2), office.officer)
    page = client_for(office.observer).get(office.url("2570/assessment/"))
    assert page.context["total"].__str__() == "0.71429"
    assert page.context["last_total"].__str__() == "0.71429"
    assert page.context["rows"][0]["champion"] == office.champion1
    assert str(page.context["rows"][0]["last_score"]) == "5.00000"


def test_line_is_saved_by_form_and_by_htmx(client_for, office, started):
    client = client_for(office.champion1)
    line = started.answer("1.1").item.lines.first()
    address = item_url(office, started, "1.1", f"line/{line.pk}/")
    plain = client.post(address, {"answer": "yes"})
    assert plain.status_code == 302
    assert plain.url.endswith(f"#line-{line.pk}")
    partial = client.post(address, {"answer": "no"}, headers={"HX-Request": "true"})
    assert partial.status_code == 200
    assert "<html" not in partial.text
    assert 'id="checklist-' in partial.text
    assert LineAnswer.objects.get().answer == "no"


def test_line_with_unknown_answer_or_of_another_item_is_404(client_for, office, started):
    client = client_for(office.champion1)
    own = started.answer("1.1").item.lines.first()
    other = started.answer("1.2").item.lines.first()
    address = item_url(office, started, "1.1", f"line/{own.pk}/")
    assert client.post(address, {"answer": "maybe"}).status_code == 404
    foreign = item_url(office, started, "1.1", f"line/{other.pk}/")
    assert client.post(foreign, {"answer": "yes"}).status_code == 404
    assert not LineAnswer.objects.exists()


@pytest.mark.parametrize("person", ["champion2", "observer", "director", "staff"])
def test_others_read_and_do_not_write(client_for, office, started, person):
    client = client_for(office.people[person])
    assert client.get(item_url(office, started, "1.1")).status_code == 200
    address = item_url(office, started, "1.1", "narrative/")
    assert client.post(address, {"narrative": "x", "version": 0}).status_code == 403
    assert not ItemAnswer.objects.exclude(narrative="").exists()


def test_narrative_is_saved_by_form(client_for, office, started):
    address = item_url(office, started, "1.1", "narrative/")
    page = client_for(office.champion1).post(address, {"narrative": "ทำทุกปี", "version": 0})
    assert page.status_code == 302
    assert started.answer("1.1").narrative == "ทำทุกปี"


def test_narrative_conflict_shows_both_texts(client_for, office, started):
    address = item_url(office, started, "1.1", "narrative/")
    client_for(office.champion1).post(address, {"narrative": "ของเจ้าภาพ", "version": 0})
    page = client_for(office.member).post(address, {"narrative": "ของทีม", "version": 0})
    assert page.status_code == 409
    assert "ของเจ้าภาพ" in page.text
    assert "ของทีม</textarea>" in page.text
    assert 'name="version" value="1"' in page.text


def test_autosave_answers_in_json(client_for, office, started):
    address = item_url(office, started, "1.1", "narrative/")
    client = client_for(office.champion1)
    script = {"X-Requested-With": "autosave"}
    saved = client.post(address, {"narrative": "หนึ่ง", "version": 0}, headers=script)
    assert saved.json()["version"] == 1
    conflict = client.post(address, {"narrative": "สอง", "version": 0}, headers=script)
    assert conflict.status_code == 409
    assert conflict.json()["text"] == "หนึ่ง"
    bad = client.post(address, {"narrative": "x" * 60_001, "version": 1}, headers=script)
    assert bad.status_code == 422
    started.assessment.categories.update(status="submitted")
    locked = client.post(address, {"narrative": "สาม", "version": 1}, headers=script)
    assert locked.status_code == 423
    assert started.answer("1.1").narrative == "หนึ่ง"


def test_locked_narrative_form_keeps_the_typed_text(client_for, office, started):
    started.assessment.categories.update(status="submitted")
    address = item_url(office, started, "1.1", "narrative/")
    page = client_for(office.champion1).post(address, {"narrative": "พิมพ์ไว้", "version": 0})
    assert page.status_code == 409
    assert "พิมพ์ไว้</textarea>" in page.text


def test_finding_is_added_edited_and_removed(client_for, office, started):
    client = client_for(office.champion1)
    address = item_url(office, started, "1.1", "findings/")
    empty = client.post(address, {"kind": "ofi", "text": " "})
    assert empty.status_code == 422
    assert client.post(address, {"kind": "bad", "text": "x"}).status_code == 404
    client.post(address, {"kind": "ofi", "text": "ยังไม่วัด"})
    finding = Finding.objects.get()
    edit = office.url(f"2570/assessment/finding/{finding.pk}/")
    assert client.get(edit).status_code == 200
    client.post(edit, {"text": "ยังไม่ทบทวน", "version": 1})
    late = client.post(edit, {"text": "ช้าไป", "version": 1})
    assert late.status_code == 409
    assert "ยังไม่ทบทวน" in late.text
    assert "ช้าไป" in late.text
    client.post(f"{edit}remove/")
    assert not Finding.objects.exists()


def test_percent_page_refuses_wrong_steps_and_takes_thai_digits(client_for, office):
    started = make_assessment(office, edition="pmqa-2562")
    client = client_for(office.officer)
    address = item_url(office, started, "1.1", "percent/")
    wrong = client.post(address, {"percent": "57", "points": "70"})
    assert wrong.status_code == 422
    assert client.post(address, {"percent": "55", "points": "๗๐"}).status_code == 302
    answer = started.answer("1.1")
    assert (answer.percent, str(answer.points)) == (55, "70.00")
    champion = client_for(office.champion1)
    assert champion.post(address, {"percent": "60", "points": "99"}).status_code == 302
    assert str(started.answer("1.1").points) == "70.00"


def test_submission_lists_what_is_missing_and_review_returns(client_for, office, started):
    champion, officer = client_for(office.champion1), client_for(office.officer)
    address = office.url("2570/assessment/category/1/")
    refused = champion.post(f"{address}submit/")
    assert refused.status_code == 422
    assert len(refused.context["missing"]) == 8
    answer_all(started.category(1), office.officer)
    assert champion.post(f"{address}submit/").status_code == 302
    assert champion.post(f"{address}submit/").status_code == 409
    assert champion.post(f"{address}accept/").status_code == 403
    silent = officer.post(f"{address}return/", {"comment": ""})
    assert silent.status_code == 422
    assert silent.context["comment_form"].errors
    officer.post(f"{address}return/", {"comment": "ขอหลักฐานเพิ่ม"})
    assert "ขอหลักฐานเพิ่ม" in champion.get(address).text
    champion.post(f"{address}submit/")
    officer.post(f"{address}accept/")
    assert started.category(1).status == "accepted"


def test_champion_marks_only_the_own_part(client_for, office, started):
    client = client_for(office.champion2)
    address = office.url("2570/assessment/parts/")
    assert client.post(f"{address}2/", {"done": "1"}).status_code == 302
    assert client.post(f"{address}3/", {"done": "1"}).status_code == 403
    assert list(PartDone.objects.values_list("category_number", flat=True)) == [2]
    client.post(f"{address}2/", {"done": "0"})
    assert not PartDone.objects.exists()


def test_director_accepts_and_officer_reopens_with_a_reason(client_for, office, started):
    director, officer = client_for(office.director), client_for(office.officer)
    address = office.url("2570/assessment/")
    refused = director.post(f"{address}accept/")
    assert refused.status_code == 422
    assert len(refused.context["missing"]) == 7
    started.assessment.categories.update(status="accepted")
    assert director.post(f"{address}accept/").status_code == 302
    assert officer.post(f"{address}reopen/", {"comment": ""}).status_code == 422
    assert officer.post(f"{address}reopen/", {"comment": "คะแนนผิด"}).status_code == 302
    assert Assessment.objects.get().status == "in_progress"


def test_due_dates_are_typed_in_buddhist_years(client_for, office, started):
    client = client_for(office.officer)
    address = office.url("2570/assessment/due-dates/")
    wrong = client.post(address, {"due_1": "31/6/2570"})
    assert wrong.status_code == 422
    assert "31/6/2570" in wrong.text
    assert client.post(address, {"due_1": "25/6/2570"}).status_code == 302
    assert str(started.category(1).due_on) == "2027-06-25"


@pytest.mark.parametrize("person", ["officer", "champion1", "director", "observer"])
def test_pages_keep_their_number_of_queries(client_for, office, started, person):
    client = client_for(office.people[person])
    addresses = [
        ("overview", office.url("2570/assessment/")),
        ("category", office.url("2570/assessment/category/1/")),
        ("category", office.url("2570/assessment/category/7/")),
        ("item", item_url(office, started, "1.2")),
        ("item of results", item_url(office, started, "7.1")),
    ]
    add_indicator(started.answer("7.1"), value=80)
    few = [count_queries(client, address) for _page, address in addresses]
    for number in (1, 7):
        answer_all(started.category(number), office.officer)
    for _more in range(3):
        add_indicator(started.answer("7.1"), value=80)
    many = [count_queries(client, address) for _page, address in addresses]
    assert few == many
    too_many = [
        (page, count)
        for (page, _address), count in zip(addresses, many, strict=True)
        if count > MOST_QUERIES[page]
    ]
    assert too_many == []


def count_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_other_office_is_404(client_for, office, started):
    stranger = make_office("other")
    client = client_for(stranger.officer)
    assert client.get(item_url(office, started, "1.1")).status_code == 404
    own_address = stranger.url(f"2570/assessment/item/{started.answer('1.1').pk}/")
    assert client.get(own_address).status_code == 404


def test_item_page_knows_the_years_limit_as_papers_do(office, started):
    def limit():
        answer = state_of(ItemAnswer.objects.all(), started.answer("1.2").pk).answer
        assessment = answer.category_assessment.assessment
        assert item_limit(assessment) == item_limit(Assessment.objects.get())
        return item_limit(assessment)

    row = {"fiscal_year": 2570, "kind": "self-assessment", "section": "item"}
    Assessment.objects.update(item_character_limit=900)
    assert limit() == 900
    PaperLimit.objects.create(**row, most_letters=800)
    assert limit() == 800
    PaperLimit.objects.create(**row, most_letters=700, agency=office.agency)
    assert limit() == 700
