"""Last year's text goes on in this year's item: by number, through the mapping of editions."""

import pytest

from assessments.answering import save_narrative
from assessments.criteria import carrying, mapping
from assessments.criteria.importing import load_editions
from assessments.models import ItemAnswer, ItemMapping
from assessments.queries import answers_visible_to
from documents.models import TextRevision
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


def write(started, code, text, by):
    answer = started.answer(code)
    save_narrative(answer, text, version=answer.version, by=by)


def answer_of(office, year, code):
    return answers_visible_to(office.officer).get(
        category_assessment__assessment__cycle__fiscal_year=year, item__code=code
    )


def answers_of(office, year):
    return answers_visible_to(office.officer).filter(
        category_assessment__assessment__cycle__fiscal_year=year
    )


def two_years(office, before="pmqa-4.0", now="pmqa-4.0"):
    last = make_assessment(office, 2569, edition=before)
    return last, make_assessment(office, 2570, edition=now)


def test_shipped_mapping_joins_the_items_by_number():
    load_editions()
    assert (
        ItemMapping.objects.filter(from_edition="pmqa-2558", to_edition="pmqa-2562").count() == 18
    )
    assert ItemMapping.objects.filter(from_edition="pmqa-2562", to_edition="pmqa-4.0").count() == 30
    back = ItemMapping.objects.filter(
        from_edition="pmqa-4.0", to_edition="pmqa-2562", to_item="2.1"
    )
    assert [row.from_item for row in back] == ["2.1", "2.2"]


def test_same_edition_continues_the_same_item_in_one_query(office, django_assert_num_queries):
    last, _this = two_years(office)
    write(last, "1.1", "ผู้บริหารถ่ายทอดทิศทาง", office.officer)
    write(last, "1.2", "เรื่องอื่น", office.officer)
    answer = answer_of(office, 2570, "1.1")
    with django_assert_num_queries(1):
        texts = carrying.last_texts(answer)
    assert [(text.code, text.edition_code, text.narrative) for text in texts] == [
        ("1.1", "pmqa-4.0", "ผู้บริหารถ่ายทอดทิศทาง")
    ]
    assert texts[0].pk == last.answer("1.1").pk


def test_other_edition_continues_through_the_mapping(office):
    last, _this = two_years(office, before="pmqa-2562")
    write(last, "2.1", "จัดทำยุทธศาสตร์", office.officer)
    write(last, "2.2", "ถ่ายทอดแผน", office.officer)
    words = {
        code: [text.narrative for text in carrying.last_texts(answer_of(office, 2570, code))]
        for code in ("2.1", "2.2", "2.3", "3.1")
    }
    assert words == {
        "2.1": ["จัดทำยุทธศาสตร์"],
        "2.2": ["จัดทำยุทธศาสตร์"],
        "2.3": ["ถ่ายทอดแผน"],
        "3.1": [],
    }


def test_rows_of_the_office_stand_in_place_of_the_shipped_ones(office):
    last, _this = two_years(office, before="pmqa-2562")
    write(last, "2.1", "จัดทำยุทธศาสตร์", office.officer)
    other = make_office("second")
    mapping.set_pair(office.agency, ("pmqa-2562", "pmqa-4.0"), {"2.4": ["2.1"]}, office.officer)
    assert carrying.last_texts(answer_of(office, 2570, "2.1")) == []
    assert len(carrying.last_texts(answer_of(office, 2570, "2.4"))) == 1
    assert mapping.rows_in_force(other.agency).filter(to_edition="pmqa-4.0").count() == 60
    mapping.use_shipped(office.agency, ("pmqa-2562", "pmqa-4.0"), office.officer)
    assert len(carrying.last_texts(answer_of(office, 2570, "2.1"))) == 1


def test_texts_of_another_office_and_of_older_years_are_not_offered(office):
    stranger = make_office("second")
    theirs = make_assessment(stranger, 2569)
    write(theirs, "1.1", "ของเขตอื่น", stranger.officer)
    older = make_assessment(office, 2568)
    write(older, "1.1", "สองปีก่อน", office.officer)
    make_assessment(office, 2570)
    assert carrying.last_texts(answer_of(office, 2570, "1.1")) == []


def test_carrying_fills_only_empty_answers_and_can_be_taken_back(office):
    last, this = two_years(office, before="pmqa-4.0", now="pmqa-2562")
    write(last, "1.1", "หนึ่ง", office.officer)
    write(last, "1.3", "สาม", office.officer)
    write(last, "1.2", "สอง", office.officer)
    write(this, "1.2", "ปีนี้", office.officer)

    found = carrying.texts_to_carry(this.assessment, answers_of(office, 2570))

    assert [row.answer.item.code for row in found] == ["1.1"]
    assert carrying.carry(found, office.officer) == 1
    assert this.answer("1.1").narrative == "[1.1]\nหนึ่ง\n\n[1.3]\nสาม"
    assert this.answer("1.2").narrative == "ปีนี้"
    assert TextRevision.objects.filter(object_id=this.answer("1.1").pk).count() == 1
    assert carrying.take_back(answers_of(office, 2570), office.officer) == 1
    assert this.answer("1.1").narrative == ""
    assert TextRevision.objects.filter(object_id=this.answer("1.1").pk).count() == 2
    assert this.answer("1.2").narrative == "ปีนี้"


def test_what_was_changed_after_carrying_is_not_taken_back(office):
    last, this = two_years(office)
    write(last, "1.1", "หนึ่ง", office.officer)
    carrying.carry(
        carrying.texts_to_carry(this.assessment, answers_of(office, 2570)), office.officer
    )
    write(this, "1.1", "หนึ่ง แก้แล้ว", office.officer)
    assert carrying.take_back(answers_of(office, 2570), office.officer) == 0
    assert this.answer("1.1").narrative == "หนึ่ง แก้แล้ว"


def test_an_answer_written_meanwhile_or_locked_is_left(office):
    last, this = two_years(office)
    write(last, "1.1", "หนึ่ง", office.officer)
    write(last, "2.1", "สอง", office.officer)
    found = carrying.texts_to_carry(this.assessment, answers_of(office, 2570))
    write(this, "1.1", "ใครเขียนก่อน", office.officer)
    this.assessment.categories.filter(category__number=2).update(status="submitted")
    assert carrying.carry(found, office.officer) == 0
    texts = ItemAnswer.objects.filter(category_assessment__assessment=this.assessment)
    assert set(texts.values_list("narrative", flat=True)) == {"", "ใครเขียนก่อน"}
