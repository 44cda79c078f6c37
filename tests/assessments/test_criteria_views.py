"""Screens of the editions: read, correct, take in from a file, map, carry texts over."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.answering import save_narrative
from assessments.criteria.edition_files import EDITIONS
from assessments.criteria.importing import current_edition, load_editions
from assessments.models import ChecklistLine, CriteriaEdition, Item, ItemMapping
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db
FILE = (EDITIONS / "pmqa-2562.yaml").read_text(encoding="utf-8")


@pytest.fixture
def office():
    load_editions()
    return make_office()


def url(office, tail=""):
    return office.url(f"settings/criteria/{tail}")


def upload(text):
    return {"file": SimpleUploadedFile("edition.yaml", text.encode())}


def test_list_names_revision_owner_and_years(client_for, office):
    make_assessment(office, 2569)
    page = client_for(office.observer).get(url(office))
    rows = {row["edition"].code: row for row in page.context["rows"]}
    assert sorted(rows) == ["pmqa-2558", "pmqa-2562", "pmqa-4.0"]
    assert rows["pmqa-4.0"]["years"] == [2569]


def test_detail_shows_guidance_and_finds_words(client_for, office):
    edition = current_edition("pmqa-2562", office.agency)
    page = client_for(office.observer).get(url(office, f"{edition.pk}/"))
    assert page.context["item_count"] == 18
    assert "ผลสำรวจการรับรู้ทิศทางของบุคลากร" in page.text
    found = client_for(office.observer).get(url(office, f"{edition.pk}/?q=ห่วงโซ่อุปทาน"))
    assert found.context["item_count"] == 1


def test_officer_enters_unknown_points_as_the_offices_revision(client_for, office):
    edition = current_edition("pmqa-2562", office.agency)
    client = client_for(office.officer)
    page = client.get(url(office, f"{edition.pk}/edit/"))
    sent = dict(re.findall(r'name="(points-[\d.]+)" id="[^"]+" value="([^"]*)"', page.text))
    assert (sent["points-1"], sent["points-1.1"]) == ("120", "")
    sent |= {"title_th": "เกณฑ์ของเรา", "points-1.1": "๗๐", "points-1.2": "50"}
    answer = client.post(url(office, f"{edition.pk}/edit/"), sent)
    own = CriteriaEdition.objects.get(agency=office.agency)
    assert answer.url == url(office, f"{own.pk}/")
    items = Item.objects.filter(category__edition=own, category__number=1)
    assert [item.points for item in items] == [70, 50]
    assert (own.title_th, own.revision) == ("เกณฑ์ของเรา", 2)


def test_impossible_points_are_refused_and_stay_on_the_screen(client_for, office):
    edition = current_edition("pmqa-2562", office.agency)
    answer = client_for(office.officer).post(
        url(office, f"{edition.pk}/edit/"),
        {"title_th": "เกณฑ์", "points-1": "100", "points-1.1": "90", "points-1.2": "20"},
    )
    assert answer.status_code == 422
    assert 'value="90"' in answer.text
    assert not CriteriaEdition.objects.filter(agency=office.agency).exists()


def test_item_is_corrected_with_lines_added_and_removed(client_for, office):
    edition = current_edition("pmqa-4.0", office.agency)
    sent = {
        "title_th": "ระบบการนำองค์การ",
        "asks_th": "ถามว่าอย่างไร",
        "examples": "แผนงาน | Plan\nรายงาน",
        "typical_ofi": "",
        "new-basic-th": "ข้อใหม่",
    }
    for line in ChecklistLine.objects.filter(item__category__edition=edition, item__code="1.1"):
        sent[f"{line.code}-th"] = line.title_th
    sent["1.1-B3-remove"] = "on"
    address = url(office, f"{edition.pk}/items/1.1/")
    assert client_for(office.officer).post(address, sent).status_code == 302
    own = CriteriaEdition.objects.get(agency=office.agency)
    item = Item.objects.get(category__edition=own, code="1.1")
    assert [line.code for line in item.lines.all()] == [
        *("1.1-B1", "1.1-B2", "1.1-B4"),
        *("1.1-A1", "1.1-S1"),
    ]
    assert (item.evidence_examples, item.evidence_examples_en) == (
        ["แผนงาน", "รายงาน"],
        ["Plan", ""],
    )
    late = client_for(office.officer).post(address, sent | {"title_th": "ช้าไป"})
    assert late.status_code == 409
    assert "ช้าไป" in late.text


def test_file_is_shown_first_and_stored_when_confirmed(client_for, office):
    client = client_for(office.people["administrator"])
    text = FILE.replace("points: 120", "points: 110", 1)
    shown = client.post(url(office, "upload/"), upload(text))
    assert shown.status_code == 200
    assert shown.context["differences"] == [
        {"where": "categories 1 › points", "before": "120", "after": "110"}
    ]
    assert not CriteriaEdition.objects.filter(agency=office.agency).exists()
    common = current_edition("pmqa-2562", None)
    done = client.post(
        url(office, "upload/"), {"text": text.replace("\n", "\r\n"), "based_on": common.pk}
    )
    own = CriteriaEdition.objects.get(agency=office.agency)
    assert done.url == url(office, f"{own.pk}/")
    late = client.post(url(office, "upload/"), {"text": FILE, "based_on": common.pk})
    assert late.status_code == 409
    assert CriteriaEdition.objects.filter(agency=office.agency).count() == 1


def test_faulty_file_names_its_lines(client_for, office):
    answer = client_for(office.officer).post(
        url(office, "upload/"), upload(FILE.replace("scoring: percent", "scoring: guess"))
    )
    assert answer.status_code == 422
    line = FILE.splitlines().index("scoring: percent") + 1
    assert f"{line}" in str(answer.context["faults"][0])


def test_file_comes_out_as_it_goes_in(client_for, office):
    edition = current_edition("pmqa-4.0", office.agency)
    client = client_for(office.officer)
    text = client.get(url(office, f"{edition.pk}/edition.yaml")).text
    assert client.post(url(office, "upload/"), upload(text)).context["difference_count"] == 0


def test_edition_of_another_office_does_not_exist_here(client_for, office):
    stranger = make_office("second")
    edition = current_edition("pmqa-2562", None)
    client_for(office.officer).post(url(office, f"{edition.pk}/edit/"), {"title_th": "ของเรา"})
    own = CriteriaEdition.objects.get(agency=office.agency)
    client = client_for(stranger.officer)
    for tail in ("", "edit/", "edition.yaml", "items/1.1/"):
        assert client.get(url(stranger, f"{own.pk}/{tail}")).status_code == 404
    assert client.post(url(stranger, f"{own.pk}/edit/"), {"title_th": "ก"}).status_code == 404


def test_mapping_is_changed_for_the_office_and_given_up_again(client_for, office):
    client = client_for(office.officer)
    address = url(office, "mapping/") + "?from=pmqa-2562&to=pmqa-4.0"
    wrong = client.post(address, {"to-1.1": "9.9"})
    assert wrong.status_code == 422
    assert client.post(address, {"to-1.1": "1.1, 1.2"}).status_code == 302
    own = ItemMapping.objects.filter(agency=office.agency)
    assert [(row.from_item, row.to_item) for row in own] == [("1.1", "1.1"), ("1.2", "1.1")]
    client.post(address, {"shipped": "1"})
    assert own.all().count() == 0


def test_last_years_texts_begin_this_years_and_are_taken_back(client_for, office):
    last = make_assessment(office, 2569)
    this = make_assessment(office, 2570)
    for code in ("1.1", "2.1"):
        answer = last.answer(code)
        save_narrative(answer, f"ปีก่อน {code}", version=0, by=office.officer)
    address = office.url("2570/assessment/carry/")
    champion = client_for(office.champion1)
    page = champion.get(address)
    assert [row.answer.item.code for row in page.context["rows"]] == ["1.1"]
    champion.post(address, {"answer": [str(this.answer("1.1").pk), str(this.answer("2.1").pk)]})
    assert (this.answer("1.1").narrative, this.answer("2.1").narrative) == ("ปีก่อน 1.1", "")
    champion.post(address, {"back": "1"})
    assert this.answer("1.1").narrative == ""


def test_pages_read_a_fixed_number_of_times(client_for, office):
    make_assessment(office, 2569)
    make_assessment(office, 2570)
    edition = current_edition("pmqa-4.0", office.agency)
    client = client_for(office.officer)
    counts = {}
    for name, address in {
        "list": url(office),
        "detail": url(office, f"{edition.pk}/"),
        "item": url(office, f"{edition.pk}/items/1.1/"),
        "mapping": url(office, "mapping/"),
        "carry": office.url("2570/assessment/carry/"),
    }.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts[name] = len(queries)
    assert {name: count for name, count in counts.items() if count > 15} == {}
