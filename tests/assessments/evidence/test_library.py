"""The library and its gap list: finding, sorting, many rows at few queries, Excel, bulk acts."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.evidence import Facts, add_evidence, keep
from assessments.evidence.gaps import gaps_of
from assessments.evidence.papers import index_context
from assessments.evidence.places import ItemPlace
from assessments.models import Evidence, EvidenceLink, EvidenceUse, LineAnswer
from core import clock
from documents import papers
from tests.agencies.factories import make_office
from tests.assessments.factories import add_indicator, make_assessment, make_step


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def note(started, code, by, title="รายงาน", **facts):
    place = ItemPlace(started.answer(code))
    return keep(place, by, title=title, note="เก็บที่กลุ่ม", facts=Facts(**facts))[0]


def many(office, started, count):
    """Evidence of 1.1 in bulk, each linked to its item."""
    rows = Evidence.objects.bulk_create(
        Evidence(
            cycle=started.cycle,
            code=f"1.1-{number:03d}",
            kind="note",
            title=f"หลักฐาน {number}",
            note="ก",
            owner=office.people["champion2"],
            is_confidential=number % 5 == 0,
            created_at=clock.now(),
            created_by=office.officer,
        )
        for number in range(1, count + 1)
    )
    answer = started.answer("1.1")
    EvidenceLink.objects.bulk_create(EvidenceLink(evidence=row, item_answer=answer) for row in rows)


def shown(client, office, query="") -> list[str]:
    page = client.get(office.url(f"2570/evidence/{query}"))
    return [row.code for row in page.context["page_obj"]]


def test_thai_words_are_found_without_tones_and_spaces(office, started, client_for):
    note(started, "1.1", office.officer, "คู่มือ รับเรื่องร้องเรียน")
    note(started, "1.1", office.officer, "แผนปฏิบัติการ")
    client = client_for(office.observer)
    assert shown(client, office, "?q=คูมือรับ") == ["1.1-01"]
    assert shown(client, office, "?q=แผน") == ["1.1-02"]


def test_sorting(office, started, client_for):
    note(started, "1.1", office.officer, "เก้าอี้", valid_until=dt.date(2027, 5, 1))
    note(started, "1.1", office.officer, "ขวด", valid_until=dt.date(2027, 3, 1))
    note(started, "1.1", office.officer, "กบ")
    client = client_for(office.observer)
    assert shown(client, office) == ["1.1-01", "1.1-02", "1.1-03"]
    assert shown(client, office, "?sort=title") == ["1.1-03", "1.1-01", "1.1-02"]
    assert shown(client, office, "?sort=newest") == ["1.1-03", "1.1-02", "1.1-01"]
    assert shown(client, office, "?sort=expiry") == ["1.1-02", "1.1-01", "1.1-03"]


def test_codes_sort_as_numbers(office, started, client_for):
    rows = [note(started, "1.1", office.officer) for _number in range(2)]
    Evidence.objects.filter(pk=rows[0].pk).update(code="1.1-100")
    assert shown(client_for(office.observer), office) == ["1.1-02", "1.1-100"]


def test_narrowing_by_item_kind_owner_and_days(office, started, client_for, frozen_today):
    frozen_today(dt.date(2027, 3, 1))
    champion = office.people["champion2"]
    note(started, "1.1", office.officer, valid_until=dt.date(2027, 2, 28))
    note(started, "1.2", champion, valid_until=dt.date(2027, 3, 31))
    keep(ItemPlace(started.answer("2.1")), champion, title="เว็บ", url="https://a.example")
    note(started, "2.1", office.officer, valid_until=dt.date(2027, 4, 1))
    client = client_for(office.observer)
    assert shown(client, office, "?category=1.2") == ["1.2-01"]
    assert shown(client, office, "?kind=link") == ["2.1-01"]
    assert shown(client, office, f"?owner={champion.pk}") == ["1.2-01", "2.1-01"]
    assert shown(client, office, "?use=expired") == ["1.1-01"]
    assert shown(client, office, "?use=expiring") == ["1.2-01"]


@pytest.mark.parametrize("role", ["officer", "champion1", "champion2"])
def test_five_hundred_pieces_cost_as_many_queries_as_five(office, started, client_for, role):
    client = client_for(office.people[role])

    def queries(path):
        client.get(office.url(path))
        with CaptureQueriesContext(connection) as caught:
            page = client.get(office.url(path))
        assert page.status_code == 200
        return len(caught)

    paths = ("2570/evidence/", "2570/evidence/gaps/", "2570/evidence/library.xlsx")
    many(office, started, 5)
    few = [queries(path) for path in paths]
    Evidence.objects.all().delete()
    many(office, started, 500)
    assert [queries(path) for path in paths] == few
    assert few[0] <= 12
    page = client.get(office.url("2570/evidence/?page=10"))
    assert (len(page.context["page_obj"].object_list), page.context["found"]) == (30, 500)


def test_gap_list_names_each_kind_of_gap_once(office, started, frozen_today):
    frozen_today(dt.date(2027, 3, 1))
    expired = note(started, "1.2", office.officer, valid_until=dt.date(2027, 2, 28))
    note(started, "1.2", office.officer, valid_until=dt.date(2027, 3, 31))
    note(started, "1.2", office.officer, period_to=dt.date(2026, 9, 30))
    keep(ItemPlace(started.answer("1.2")), office.officer, title="เว็บ", url="http://a.example")
    unused = note(started, "1.2", office.officer)
    unused.links.all().delete()
    answer = started.answer("1.2")
    line = answer.item.lines.first()
    LineAnswer.objects.create(
        item_answer=answer,
        line=line,
        answer="yes",
        answered_at=clock.now(),
        answered_by=office.officer,
    )
    groups = {group.key: group.gaps for group in gaps_of(office.officer, office.agency, 2570)}

    found = {key: [gap.code for gap in gaps] for key, gaps in groups.items() if key != "bare-items"}
    assert found == {
        "unproved-lines": ["1.2"],
        "expired": ["1.2-01"],
        "expiring": ["1.2-02"],
        "unused": ["1.2-05"],
        "other-time": ["1.2-03"],
        "open-links": ["1.2-04"],
    }
    bare = [gap.code for gap in groups["bare-items"]]
    assert "1.2" not in bare
    assert bare[:3] == ["1.1", "1.3", "1.4"]
    assert groups["unproved-lines"][0].url.endswith(f"#line-{line.pk}")
    assert groups["expired"][0].url == office.url(f"2570/evidence/{expired.pk}/")


def test_gap_list_can_be_narrowed_to_a_category(office, started, client_for):
    page = client_for(office.observer).get(office.url("2570/evidence/gaps/?category=2"))
    codes = {gap.code for group in page.context["groups"] for gap in group.gaps}
    assert codes == {"2.1", "2.2", "2.3", "2.4"}


def test_excel_writes_texts_as_texts(office, started, client_for):
    note(started, "1.2", office.officer, "=1+1", valid_until=dt.date(2027, 3, 1))
    answer = client_for(office.observer).get(office.url("2570/evidence/library.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][:3] == ["1.2-01", "=1+1", "บันทึก"]
    assert rows[1][7] == "1 มี.ค. 2570"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_index_groups_by_category_with_places(office, started):
    note(started, "1.2", office.officer, "แผน", period_from=dt.date(2026, 10, 1))
    evidence = note(started, "7.1", office.officer, "สถิติ")
    EvidenceUse.objects.create(evidence=evidence, ita_question="O12")
    context = index_context(started.assessment)
    assert [group["title"][:6] for group in context["groups"]] == ["หมวด 1", "หมวด 7"]
    assert context["groups"][0]["rows"][0] == {
        "code": "1.2-01",
        "title": "แผน",
        "kind": "บันทึก",
        "period": "ตั้งแต่ 1 ต.ค. 2569",
        "places": ["1.2"],
        "pages": "",
    }
    assert context["groups"][1]["rows"][0]["places"] == ["7.1", "ITA O12"]
    assert (context["count"], context["unused"], context["secret"]) == (2, 0, 0)


def test_index_has_a_column_for_periods_only_if_a_piece_has_one(office, started):
    piece = note(started, "1.2", office.officer, "แผน")
    words = papers.words_of("evidence-index", started.assessment)
    assert "ช่วงเวลา" not in words
    assert 'colspan="5"' in words
    Evidence.objects.filter(pk=piece.pk).update(period_from=dt.date(2026, 10, 1))
    words = papers.words_of("evidence-index", started.assessment)
    assert "<th>ช่วงเวลา</th>" in words
    assert 'colspan="6"' in words


def test_chosen_pieces_are_linked_to_one_place(office, started, client_for):
    rows = [note(started, code, office.officer) for code in ("1.1", "1.2")]
    step = make_step(started.cycle)
    indicator = add_indicator(started.answer("7.1"), value=90)
    url = office.url("2570/evidence/chosen/")
    client = client_for(office.officer)
    for target in (
        f"item-{started.answer('3.1').pk}",
        f"step-{step.pk}",
        f"indicator-{indicator.pk}",
    ):
        sent = client.post(url, {"pk": [row.pk for row in rows], "target": target})
        assert sent.status_code == 302
    assert client.post(url, {"pk": rows[0].pk, "ita_question": "o 12"}).status_code == 302
    places = client.get(office.url("2570/evidence/")).context["page_obj"].object_list[0].places
    assert places == ["1.1", "3.1", "7.1", "SOP 1", "ITA O12"]
    none = client.post(url, {"pk": rows[0].pk})
    assert (none.status_code, list(none.context["form"].errors)) == (422, ["target"])
    strange = client.post(url, {"pk": rows[0].pk, "target": "item-999999"})
    assert strange.status_code == 422


def test_champion_links_to_own_categories_only(office, started, client_for):
    row = note(started, "1.1", office.officer)
    url = office.url("2570/evidence/chosen/")
    client = client_for(office.people["champion2"])
    foreign = client.post(url, {"pk": row.pk, "target": f"item-{started.answer('3.1').pk}"})
    assert foreign.status_code == 422
    own = client.post(url, {"pk": row.pk, "target": f"item-{started.answer('2.1').pk}"})
    assert own.status_code == 302
    assert sorted(row.links.values_list("item_answer__item__code", flat=True)) == ["1.1", "2.1"]


def test_officer_hands_pieces_over(office, started, client_for):
    rows = [note(started, "1.1", office.officer) for _number in range(2)]
    member = office.people["member"]
    url = office.url("2570/evidence/chosen/owner/")
    data = {"pk": [row.pk for row in rows], "owner": member.pk}
    assert client_for(office.officer).post(url, data).status_code == 302
    assert set(Evidence.objects.values_list("owner", flat=True)) == {member.pk}
    stranger = make_office("elsewhere").officer
    refused = client_for(office.officer).post(url, data | {"owner": stranger.pk})
    assert refused.status_code == 422


def test_owner_edits_period_and_validity(office, started, client_for):
    row = note(started, "1.1", office.officer, owner=office.people["member"])
    url = office.url(f"2570/evidence/{row.pk}/")
    data = {
        "title": "ใบรับรอง",
        "note": "ก",
        "period_from": "1/10/2569",
        "period_to": "30/9/2570",
        "valid_until": "31/1/2571",
        "owner": office.people["member"].pk,
    }
    assert client_for(office.people["member"]).post(url, data).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.period_to, row.valid_until) == (
        "ใบรับรอง",
        dt.date(2027, 9, 30),
        dt.date(2028, 1, 31),
    )
    wrong = client_for(office.officer).post(url, data | {"period_to": "1/1/2569"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["period_to"])
    assert client_for(office.people["champion2"]).post(url, data).status_code == 403


def test_evidence_that_a_step_uses_is_not_removed(office, started, client_for):
    row = add_evidence(started.answer("1.1"), office.officer, title="ก", note="ข")
    use = EvidenceUse.objects.create(evidence=row, step=make_step(started.cycle))
    row.links.all().delete()
    client = client_for(office.officer)
    client.post(office.url(f"2570/evidence/{row.pk}/remove/"))
    assert Evidence.objects.filter(pk=row.pk).exists()
    assert client.post(office.url(f"2570/evidence/uses/{use.pk}/remove/")).status_code == 302
    client.post(office.url(f"2570/evidence/{row.pk}/remove/"))
    assert not Evidence.objects.filter(pk=row.pk).exists()


def test_expired_evidence_is_marked_where_it_is_linked(office, started, client_for, frozen_today):
    frozen_today(dt.date(2027, 3, 1))
    note(started, "1.2", office.officer, valid_until=dt.date(2027, 2, 28))
    url = office.url(f"2570/assessment/item/{started.answer('1.2').pk}/")
    page = client_for(office.observer).get(url)
    assert page.text.count("as-evidence--late") == 1
