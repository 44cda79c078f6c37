"""Consensus, outside assessor, the comparison of all three, and what if."""

import datetime as dt
import hashlib

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import ItemAnswer, ItemScore, LineAnswer, ScorePoint
from assessments.progress import load_item
from assessments.scores import concluding, sheets
from assessments.scores.sheets import Changed, Sheet
from documents.revisions import NotEditable
from tests.agencies.factories import make_office
from tests.assessments.factories import add_indicator, answer_all, make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def all_yes(state):
    return Sheet({line.code: "yes" for line in sheets.lines_of(state)})


def url(office, started, tail, code="1.1"):
    return office.url(f"2570/assessment/item/{started.answer(code).pk}/scores/{tail}")


def form_of(started, value="yes", code="1.1", **fields):
    lines = started.answer(code).item.lines.all()
    return {f"line_{line.pk}": value for line in lines} | {"version": "0", **fields}


def record(state, by, adopt, version=0):
    return concluding.record_consensus(
        state, all_yes(state), "ตกลงร่วมกัน", version=version, by=by, adopt=adopt
    )


def test_consensus_becomes_the_offices_answer_only_when_chosen(started, office):
    state = load_item(started.answer("1.1"))
    record(state, office.champion1, adopt=False)
    assert str(ItemScore.objects.get().score) == "500.00000"
    assert not LineAnswer.objects.exists()
    record(state, office.champion1, adopt=True, version=1)
    assert set(LineAnswer.objects.values_list("answer", "answered_by")) == {
        ("yes", office.champion1.pk)
    }
    assert str(load_item(started.answer("1.1")).score) == "500"
    assert str(ScorePoint.objects.get().score) == "500.00000"


def test_locked_category_takes_the_consensus_but_not_the_answer(started, office):
    state = load_item(started.answer("1.1"))
    started.assessment.categories.update(status="submitted")
    with pytest.raises(NotEditable):
        record(state, office.champion1, adopt=True)
    assert not ItemScore.objects.exists()
    record(state, office.champion1, adopt=False)
    assert ItemScore.objects.get().is_handed_in
    assert not LineAnswer.objects.exists()


def test_second_recorder_is_told_and_writes_nothing(started, office):
    state = load_item(started.answer("1.1"))
    record(state, office.champion1, adopt=False)
    with pytest.raises(Changed) as change:
        concluding.record_consensus(
            state, Sheet({}), "ช้าไป", version=0, by=office.officer, adopt=True
        )
    assert change.value.current.reason == "ตกลงร่วมกัน"
    assert ItemScore.objects.get().reason == "ตกลงร่วมกัน"
    assert not LineAnswer.objects.exists()


def test_consensus_of_a_percent_edition_stores_dimensions(office):
    started = make_assessment(office, edition="pmqa-2562")
    state = load_item(started.answer("7.1"))
    sheet = Sheet({}, 45, {"Le": 50, "T": 30})
    concluding.record_consensus(state, sheet, "ตามผล", version=0, by=office.officer, adopt=True)
    stored = ItemAnswer.objects.get(pk=state.answer.pk)
    assert (stored.percent, stored.dimensions) == (45, {"Le": 50, "T": 30})


def test_consensus_page_asks_for_opening_all_lines_and_a_reason(client_for, started, office):
    client = client_for(office.champion1)
    assert client.get(url(office, started, "consensus/")).status_code == 409
    client.post(url(office, started, "open/"))
    assert client.get(url(office, started, "consensus/")).status_code == 200
    refused = client.post(url(office, started, "consensus/"), {"version": "0", "reason": ""})
    assert refused.status_code == 422
    assert "เลือก “มี” หรือ “ยังไม่มี”" in refused.text
    sent = form_of(started, reason="เห็นตรงกัน", adopt="on")
    assert client.post(url(office, started, "consensus/"), sent).status_code == 302
    assert LineAnswer.objects.filter(answer="yes").count() == 5
    again = client.post(url(office, started, "consensus/"), form_of(started, "no", reason="ใหม่"))
    assert again.status_code == 422
    assert "ใหม่" in again.text
    assert 'name="version" value="1"' in again.text


def test_officer_enters_what_an_assessor_gave(client_for, started, office, frozen_today):
    frozen_today(dt.date(2027, 6, 10))
    client = client_for(office.officer)
    sent = form_of(started, "no", reason="ขาดหลักฐาน", assessor="ดร.สมมติ", given_on="๙/๖/๒๕๗๐")
    late = client.post(url(office, started, "external/"), sent | {"given_on": "11/6/2570"})
    assert late.status_code == 422
    assert client.post(url(office, started, "external/"), sent).status_code == 302
    row = ItemScore.objects.get()
    assert (row.kind, row.assessor, str(row.score)) == ("external", "ดร.สมมติ", "0.00000")
    page = client.get(url(office, started, ""))
    assert "ดร.สมมติ" in page.text
    assert "9 มิ.ย. 2570" in page.text


def test_result_takes_an_outside_figure(client_for, started, office):
    client = client_for(office.officer)
    sent = {"assessor": "ก", "given_on": "1/7/2569", "reason": "r", "version": "0"}
    address = url(office, started, "external/", "7.1")
    assert client.post(address, sent | {"score": "501"}).status_code == 422
    assert client.post(address, sent | {"score": "๔๘๐.๖๕๓"}).status_code == 302
    assert str(ItemScore.objects.get().score) == "480.65300"


def test_comparison_shows_differences_on_both_scales(client_for, started, office):
    answer_all(started.category(1), office.officer)
    for code in ("1.1", "1.2", "1.3", "1.4"):
        state = load_item(started.answer(code))
        lines = {line.code: "yes" for line in sheets.lines_of(state) if line.level == "basic"}
        record_sheet = Sheet(lines)
        concluding.record_consensus(
            state, record_sheet, "พื้นฐานครบ", version=0, by=office.officer, adopt=False
        )
    page = client_for(office.observer).get(office.url("2570/assessment/scores/"))
    first = page.context["categories"][0]
    assert (str(first["score"]), str(first["sides"][0].score)) == ("5.00000", "3.00000")
    assert str(first["sides"][0].difference) == "-2.00000"
    assert first["sides"][1].missing == 4
    assert page.context["sides"][0].missing == 20
    page = client_for(office.observer).get(office.url("2570/assessment/scores/?scale=500"))
    assert str(page.context["categories"][0]["rows"][0]["sides"][0].difference) == "-200.00000"


def test_comparison_costs_the_same_however_many_scores(client_for, started, office):
    client = client_for(office.officer)
    address = office.url("2570/assessment/scores/")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(1, 7):
        answer_all(started.category(number), office.officer)
    for code in ("1.1", "2.1", "3.1"):
        record(load_item(started.answer(code)), office.officer, adopt=False)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 15


def everything_stored():
    """Return for each table its number of rows and a hash of all of them."""
    found = {}
    for model in apps.get_models():
        rows = sorted(repr(row) for row in model._base_manager.values_list())
        found[model._meta.label] = (len(rows), hashlib.sha256("".join(rows).encode()).hexdigest())
    return found


def test_what_if_scores_by_the_rules_and_never_writes(client_for, started, office):
    client = client_for(office.observer)
    add_indicator(started.answer("7.1"), target=100, value=100)
    client.get(office.url("2570/assessment/what-if/1/"))
    before = everything_stored()
    lines = list(started.answer("1.2").item.lines.all())
    data = {"on": "1", "have": [line.pk for line in lines[:5]]}
    page = client.get(office.url("2570/assessment/what-if/1/"), data)
    row = page.context["items"][1]
    assert (str(row["score"]), str(row["before"])) == ("366.66667", "0.00000")
    category, total = page.context["figures"]
    assert str(category["then"]) == "91.66667"
    assert (str(total["now"]), str(total["difference"])) == ("7.14286", "13.09524")
    step = next(row for row in page.context["next_steps"] if row.item.answer.item.code == "1.2")
    assert [line.pk for line in step.lines] == [lines[5].pk]
    assert str(step.gain) == "33.33333"
    figure = {"on": "1", f"score-{started.answer('7.1').pk}": "๔๕๐", "score-0": "x"}
    page = client.get(office.url("2570/assessment/what-if/7/"), figure)
    assert str(page.context["items"][0]["score"]) == "450.00000"
    assert everything_stored() == before
    assert client.post(office.url("2570/assessment/what-if/1/"), data).status_code == 405


def test_what_if_of_percentages(client_for, office):
    started = make_assessment(office, edition="pmqa-2562")
    data = {"on": "1", f"percent-{started.answer('7.1').pk}": "45"}
    page = client_for(office.officer).get(office.url("2570/assessment/what-if/7/"), data)
    assert str(page.context["items"][0]["score"]) == "27.00000"
    first = next(row for row in page.context["next_steps"] if row.item.answer.item.code == "7.1")
    assert (first.title, str(first.gain)) == ("50–65%", "3.00000")
