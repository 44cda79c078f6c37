"""The item's page: explanations of lines, links, last year, length, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import AuditEntry
from assessments import answering
from assessments.answering import AnswerRefused
from assessments.item import links
from assessments.item.levels import trend_words
from assessments.models import Evidence, EvidenceLink, Finding, ItemLink, LineNote
from core import clock
from documents.models import TextRevision
from documents.revisions import NotEditable, SaveConflict
from tests.agencies.factories import make_office
from tests.assessments.factories import add_evidence, add_indicator, answer_all, make_assessment
from tests.assessments.test_views import count_queries

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "autosave"}


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def item_url(office, started, code, tail=""):
    return office.url(f"2570/assessment/item/{started.answer(code).pk}/{tail}")


def test_two_people_explaining_one_line_lose_nothing(started, office):
    answer = started.answer("1.1")
    line = answer.item.lines.first()
    answering.save_line_note(answer, line, "ของเจ้าภาพ", version=0, by=office.champion1)
    with pytest.raises(SaveConflict) as conflict:
        answering.save_line_note(answer, line, "ของทีม", version=0, by=office.member)
    assert conflict.value.current.text == "ของเจ้าภาพ"
    answering.save_line_note(answer, line, "ของทั้งสอง", version=1, by=office.member)
    assert LineNote.objects.get().text == "ของทั้งสอง"
    texts = [revision.data["text"] for revision in TextRevision.objects.order_by("version")]
    assert texts == ["ของเจ้าภาพ", "ของทั้งสอง"]


def test_explanation_is_refused_when_locked_or_of_another_item(started, office):
    answer, other = started.answer("1.1"), started.answer("1.2")
    with pytest.raises(AnswerRefused):
        answering.save_line_note(answer, other.item.lines.first(), "x", version=0, by=office.member)
    started.assessment.categories.update(status="submitted")
    line = answer.item.lines.first()
    with pytest.raises(NotEditable):
        answering.save_line_note(answer, line, "ช้าไป", version=0, by=office.champion1)
    assert not LineNote.objects.exists()


def test_explanation_by_form_and_by_script(client_for, office, started):
    line = started.answer("1.1").item.lines.first()
    address = item_url(office, started, "1.1", f"line/{line.pk}/note/")
    client = client_for(office.champion1)
    plain = client.post(address, {"text": "หนึ่ง", "version": 0})
    assert plain.url.endswith(f"#line-{line.pk}")
    assert "หนึ่ง</textarea>" in client.get(item_url(office, started, "1.1")).text
    saved = client.post(address, {"text": "สอง", "version": 1}, headers=SCRIPT)
    assert saved.json()["version"] == 2
    late = client.post(address, {"text": "ช้า", "version": 1}, headers=SCRIPT)
    assert (late.status_code, late.json()["text"]) == (409, "สอง")
    page = client.post(address, {"text": "ช้า", "version": 1})
    assert page.status_code == 409
    assert "ช้า</textarea>" in page.text
    assert "สอง</div>" in page.text
    long = client.post(address, {"text": "x" * 4001, "version": 2})
    assert long.status_code == 422
    assert "x" * 4001 in long.text
    assert LineNote.objects.get().text == "สอง"


def test_link_is_shown_from_both_sides_and_taken_out(client_for, office, started):
    indicator = add_indicator(started.answer("7.1"), value=90, name="ร้อยละความโปร่งใส")
    client = client_for(office.champion1)
    address = item_url(office, started, "1.2", "links/")
    assert "ร้อยละความโปร่งใส" in client.get(address).text
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"indicator": indicator.pk}).status_code == 302
    assert client.post(address, {"indicator": indicator.pk}).status_code == 422
    other = started.answer("2.1")
    assert client.post(address, {"other": other.pk}).status_code == 302
    assert "7.1 ร้อยละความโปร่งใส" in client.get(item_url(office, started, "1.2")).text
    results = client.get(item_url(office, started, "7.1")).text
    assert "1.2 " in results.split('id="links"')[1]
    assert "1.2" in results.split("as-letci")[1].split("</dl>")[0]
    assert "1.2 " in client.get(item_url(office, started, "2.1")).text.split('id="links"')[1]
    for link in ItemLink.objects.all():
        client.post(office.url(f"2570/assessment/item-link/{link.pk}/remove/"))
    assert not ItemLink.objects.exists()
    assert AuditEntry.objects.filter(action="item.unlink").count() == 2


def test_link_to_another_year_itself_or_in_a_locked_category_is_refused(started, office):
    answer = started.answer("1.1")
    other = make_assessment(office, year=2569).answer("1.2")
    for wrong in (answer, other):
        with pytest.raises(AnswerRefused):
            links.link_item(answer, office.champion1, other=wrong)
    started.assessment.categories.update(status="submitted")
    with pytest.raises(NotEditable):
        links.link_item(answer, office.champion1, other=started.answer("1.2"))
    assert not ItemLink.objects.exists()


def test_last_year_is_compared_word_by_word(client_for, office, started):
    last = make_assessment(office, year=2569)
    answering.save_narrative(
        last.answer("1.1"), "ประชุมผู้บริหารทุกเดือน", version=0, by=office.champion1
    )
    answering.save_narrative(
        started.answer("1.1"), "ประชุมผู้บริหารทุกสัปดาห์", version=0, by=office.champion1
    )
    page = client_for(office.observer).get(item_url(office, started, "1.1", "compare/"))
    assert "<del>เดือน</del><ins>สัปดาห์</ins>" in page.text


def test_length_and_limit_are_told_without_script(client_for, office, started):
    officer = client_for(office.officer)
    due = office.url("2570/assessment/due-dates/")
    assert officer.post(due, {"item_character_limit": "หนึ่ง"}).status_code == 422
    assert officer.post(due, {"item_character_limit": "100"}).status_code == 302
    started.assessment.refresh_from_db()
    assert started.assessment.item_character_limit == 100
    answering.save_narrative(started.answer("1.1"), "น้ำ" * 60, version=0, by=office.champion1)
    page = client_for(office.champion1).get(item_url(office, started, "1.1"))
    length = page.context["length"]
    assert (length.characters, length.excess) == (120, 20)
    assert "เกิน" in page.text.split("data-pmqa-length")[1]


def test_claims_are_listed_and_renewed(client_for, office, started):
    answer = started.answer("1.1")
    link = add_evidence(answer, office.champion1)
    client = client_for(office.champion1)
    claim = "คณะกรรมการทบทวนผลการดำเนินงานทุกไตรมาสและปรับแผนให้ทันสถานการณ์"
    answering.save_narrative(answer, f"{claim} [1.1-99]", version=0, by=office.champion1)
    part = client.get(item_url(office, started, "1.1", "claims/")).text
    assert "<html" not in part
    assert "1.1-99" in part
    assert f"[{link.evidence.code}]" in part


def test_typical_ofi_is_one_tap(client_for, office, started):
    client = client_for(office.champion1)
    page = client.get(item_url(office, started, "1.1"))
    first = page.context["typical_ofis"][0]
    client.post(item_url(office, started, "1.1", "findings/"), {"kind": "ofi", "text": first})
    assert Finding.objects.get().text == first
    again = client.get(item_url(office, started, "1.1"))
    assert first not in again.context["typical_ofis"]


@pytest.mark.parametrize(
    ("values", "lower", "words"),
    [
        ([80, 85], False, ""),
        ([80, 85, 90], False, "ดีขึ้นทุกปี"),
        ([80, 85, 90], True, "ต่ำกว่าปีแรก"),
        ([80, 78, 90], False, "ดีกว่าปีแรก แต่ไม่ดีขึ้นทุกปี"),
        ([80, 80, 80], False, "คงเดิม"),
    ],
)
def test_trend_is_read_from_three_years(values, lower, words):
    assert trend_words(values, lower) == words


def test_queries_stay_whatever_hangs_on_the_item(client_for, office, started):
    client = client_for(office.champion1)
    address = item_url(office, started, "1.2")
    add_evidence(started.answer("1.2"), office.champion1)
    few = count_queries(client, address)
    answer = started.answer("1.2")
    line = answer.item.lines.first()
    made = Evidence.objects.bulk_create(
        Evidence(
            cycle=started.cycle,
            code=f"1.2-{number}",
            kind="note",
            title="รายงาน",
            note="x",
            created_at=clock.now(),
            created_by=office.champion1,
        )
        for number in range(100, 600)
    )
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence=row, item_answer=answer, line=line) for row in made
    )
    answering.save_line_note(answer, line, "อธิบาย", version=0, by=office.champion1)
    links.link_item(answer, office.champion1, other=started.answer("1.1"))
    assert count_queries(client, address) == few <= 15
    page = client.get(address).text
    assert "อีก 494 รายการ" in page


def test_category_page_costs_the_same_empty_and_full(client_for, office, started):
    client = client_for(office.champion1)
    address = office.url("2570/assessment/category/1/")
    few = count_queries(client, address)
    answer_all(started.category(1), office.officer)
    assert count_queries(client, address) == few <= 20


def test_one_saved_field_costs_at_most_twelve_queries(client_for, office, started):
    client = client_for(office.champion1)
    line = started.answer("1.1").item.lines.first()
    for version in range(2):
        for tail, name in (("narrative/", "narrative"), (f"line/{line.pk}/note/", "text")):
            data = {name: "ข้อความ", "version": version, "request_id": f"{name}{version}"}
            address = item_url(office, started, "1.1", tail)
            with CaptureQueriesContext(connection) as queries:
                assert client.post(address, data, headers=SCRIPT).status_code == 200
    asked = [row["sql"] for row in queries.captured_queries if "SAVEPOINT" not in row["sql"]]
    assert len(asked) <= 12
