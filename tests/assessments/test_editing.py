"""An office corrects an edition for itself: a copy, checked, and never under a running year."""

import pytest

from agencies.models import AuditEntry
from assessments.answering import start_assessment
from assessments.criteria import editing
from assessments.criteria.checked_yaml import EditionFileInvalid
from assessments.criteria.edition_files import read_edition
from assessments.criteria.exporting import edition_data, to_yaml
from assessments.criteria.importing import EditionChanged, current_edition, load_editions
from assessments.models import Assessment, ChecklistLine, CriteriaEdition, Item
from assessments.queries import current_editions
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment, make_open_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    load_editions()
    return make_office()


def corrected(office, code="pmqa-4.0", title="ชื่อที่แก้ไข"):
    edition = current_edition(code, office.agency)
    data = edition_data(edition)
    data["categories"][0]["items"][0]["title"] = {"th": title}
    return editing.correct(edition, data, office.agency, office.officer)


@pytest.mark.parametrize("code", ["pmqa-4.0", "pmqa-2562", "pmqa-2558"])
def test_an_edition_leaves_as_the_file_it_came_from(office, code):
    edition = CriteriaEdition.objects.get(code=code)
    text = to_yaml(edition_data(edition))
    data = read_edition(text)
    assert len([item for row in data["categories"] for item in row["items"]]) in (18, 30)
    same, is_new = editing.correct(edition, edition_data(edition), office.agency, office.officer)
    assert (same, is_new) == (edition, False)


def test_a_correction_is_the_offices_own_new_revision(office):
    own, is_new = corrected(office)
    assert (own.agency, own.revision, own.is_current, is_new) == (office.agency, 2, True, True)
    assert Item.objects.get(category__edition=own, code="1.1").title_th == "ชื่อที่แก้ไข"
    assert ChecklistLine.objects.filter(item__category__edition=own).count() == 160
    assert CriteriaEdition.objects.filter(agency=None, is_current=True).count() == 3
    assert AuditEntry.objects.filter(action="criteria.edition").count() == 1


def test_only_the_office_itself_starts_with_its_edition(office):
    own, _new = corrected(office)
    other = make_office("second")
    assert own in current_editions(office.agency)
    assert current_editions(office.agency).count() == 3
    assert own not in current_editions(other.agency)
    mine = start_assessment(make_open_cycle(office.agency), "pmqa-4.0", office.officer)
    theirs = start_assessment(make_open_cycle(other.agency), "pmqa-4.0", other.officer)
    assert mine.edition == own
    assert theirs.edition.agency is None


def test_a_running_and_a_past_assessment_keep_their_edition(office):
    past = make_assessment(office, 2569)
    first, _new = corrected(office)
    running = make_assessment(office, 2570)
    second, _new = corrected(office, title="แก้อีกครั้ง")
    assert Assessment.objects.get(pk=past.assessment.pk).edition.agency is None
    assert Assessment.objects.get(pk=running.assessment.pk).edition == first
    assert (second.revision, current_edition("pmqa-4.0", office.agency)) == (3, second)
    assert Item.objects.get(category__edition=first, code="1.1").title_th == "ชื่อที่แก้ไข"


def test_two_corrections_of_one_revision_do_not_overwrite_each_other(office):
    edition = current_edition("pmqa-4.0", office.agency)
    data = edition_data(edition)
    data["title"] = {"th": "คนแรก"}
    editing.correct(edition, data, office.agency, office.officer)
    data["title"] = {"th": "คนที่สอง"}
    with pytest.raises(EditionChanged) as refusal:
        editing.correct(edition, data, office.agency, office.officer)
    assert refusal.value.current.title_th == "คนแรก"


def test_lines_are_added_with_a_new_code_and_removed(office):
    edition = current_edition("pmqa-4.0", office.agency)
    data = edition_data(edition)
    item = editing.item_of(data, "1.1")
    basic = item["levels"]["basic"]["lines"]
    rows = [{"code": row["code"], "th": row["th"], "en": ""} for row in basic[:2]]
    changes = {
        "title": item["title"],
        "asks": {"th": "ถามว่าอย่างไร"},
        "examples": [{"th": "แผนงาน"}],
        "typical_ofi": [],
        "lines": {"basic": [*rows, {"code": "", "th": "ข้อใหม่", "en": "New"}]},
    }
    own, _new = editing.correct(
        edition, editing.with_item(data, "1.1", changes), office.agency, office.officer
    )
    lines = ChecklistLine.objects.filter(
        item__category__edition=own, item__code="1.1", level="basic"
    )
    assert [line.code for line in lines] == ["1.1-B1", "1.1-B2", "1.1-B4"]
    assert (lines[2].title_th, lines[2].title_en) == ("ข้อใหม่", "New")
    stored = Item.objects.get(category__edition=own, code="1.1")
    assert (stored.asks_th, stored.evidence_examples, stored.typical_ofi) == (
        "ถามว่าอย่างไร",
        ["แผนงาน"],
        [],
    )


def test_a_level_without_lines_is_refused_by_the_rule_of_the_file(office):
    edition = current_edition("pmqa-4.0", office.agency)
    data = edition_data(edition)
    editing.item_of(data, "1.1")["levels"]["basic"]["lines"] = []
    with pytest.raises(EditionFileInvalid):
        editing.correct(edition, data, office.agency, office.officer)
    assert CriteriaEdition.objects.filter(agency=office.agency).count() == 0


def test_points_are_warned_of_and_only_the_impossible_is_refused(office):
    data = edition_data(current_edition("pmqa-2562", office.agency))
    assert editing.warnings_of(data)[0] == "หมวด 1: ยังไม่ทราบคะแนนเต็มของบางหัวข้อ"
    items = data["categories"][0]["items"]
    items[0]["points"], items[1]["points"] = 50, 60
    read_edition(to_yaml(data))
    assert editing.warnings_of(data)[0] == "หมวด 1: หัวข้อรวมกันได้ 110 แต่หมวดมี 120"
    items[1]["points"] = 80
    with pytest.raises(EditionFileInvalid):
        read_edition(to_yaml(data))


def test_differences_name_where_the_value_stands(office):
    old = edition_data(current_edition("pmqa-2562", office.agency))
    new = edition_data(current_edition("pmqa-2562", office.agency))
    new["categories"][1]["items"][0]["points"] = 40
    assert editing.differences(old, new) == [
        {"where": "categories 2 › items 2.1 › points", "before": "", "after": "40"}
    ]
