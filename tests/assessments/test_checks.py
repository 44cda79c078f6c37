"""Checks before submitting: each rule by literal texts and figures, and the list as a page."""

from decimal import Decimal

import pytest

from approvals.transitions import missing_for
from assessments.checks.numbers import Cited, differences, numbers_with
from assessments.checks.titles import found_in, old_titles
from assessments.models import ItemAnswer, ItemLink, LineAnswer
from tests.agencies.factories import make_office
from tests.assessments.factories import add_indicator, answer_all, make_assessment


def cited(name="ร้อยละความสำเร็จของแผนปฏิบัติการ", unit="ร้อยละ", figures=("80", "84.25"), pk=1):
    return Cited(pk, name, unit, tuple(Decimal(figure) for figure in figures))


def written(text, *indicators):
    rows = differences([text], indicators or [cited()])
    return [(row.written, row.indicator.pk) for row in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ร้อยละความสำเร็จของแผนปฏิบัติการ ได้ร้อยละ ๘๔.๒๕", []),
        ("ร้อยละความสำเร็จของแผนปฏิบัติการ ได้ร้อยละ ๙๒", ["92"]),
        ("ร้อยละความสำเร็จของแผนปฏิบัติการ ได้ 84% จากเป้าหมายร้อยละ 80", []),
        ("ร้อยละความสำเร็จของแผนปฏิบัติการ ได้ 84.3 %", []),
        ("ร้อยละความสำเร็จของแผนปฏิบัติการ ได้ 84.2 %", ["84.2"]),
        ("ร้อยละ ความสำเร็จ ของแผนปฏิบัติการ ปี 2570 ได้ 90 เปอร์เซ็นต์", ["90"]),
        ("ปี 2570 มีโรงเรียน 92 แห่ง ตามร้อยละความสำเร็จของแผนปฏิบัติการ", []),
        ("ความพึงพอใจได้ร้อยละ 92", []),
    ],
)
def test_number_of_a_cited_indicator_differs(text, found):
    assert [number for number, _pk in written(text)] == found


def test_number_may_be_of_either_indicator_of_one_unit():
    first = cited()
    other = cited("ร้อยละความพึงพอใจของผู้รับบริการ", "%", ("95",), pk=2)
    text = "ร้อยละความสำเร็จของแผนปฏิบัติการได้ร้อยละ 80 ร้อยละความพึงพอใจของผู้รับบริการได้ 95%"
    assert written(text, first, other) == []
    assert written(text + " และร้อยละ 70", first, other) == [("70", 1)]


def test_number_with_another_unit_and_with_commas():
    schools = cited("จำนวนโรงเรียนคุณภาพ", "แห่ง", ("1200",))
    assert written("จำนวนโรงเรียนคุณภาพ มี ๑,๒๐๐ แห่ง", schools) == []
    assert written("จำนวนโรงเรียนคุณภาพ มี 1,250 แห่ง", schools) == [("1,250", 1)]
    assert numbers_with("แห่ง", "12 แห่ง และ ๓ แห่ง") == ["12", "3"]


def test_indicator_without_figures_and_number_in_its_name_say_nothing():
    assert written("ร้อยละความสำเร็จของแผนปฏิบัติการ ได้ร้อยละ 92", cited(figures=())) == []
    named = cited("โรงเรียนที่ผ่านเกณฑ์ร้อยละ 60", figures=("75",))
    assert written("โรงเรียนที่ผ่านเกณฑ์ร้อยละ 60 ได้ร้อยละ 75", named) == []


PRESENT = {
    "1": "การนำองค์การ",
    "1.1": "ระบบการนำองค์การที่สร้างความยั่งยืน",
    "5": "การมุ่งเน้นบุคลากร",
    "7.6": "การบรรลุผลลัพธ์ตามตัวชี้วัดด้านการลดต้นทุน",
}
SUPPLY = "ผลลัพธ์ด้านประสิทธิผลของกระบวนการและการจัดการห่วงโซ่อุปทาน"


def test_titles_of_other_generations_are_known_with_their_present_ones():
    titles = old_titles(PRESENT, [("1", "การนำองค์การ"), ("7.6", SUPPLY), ("6.1", "กระบวนการทำงาน")])
    assert titles == {
        "การนำองค์กร": "การนำองค์การ",
        "การมุ่งเน้นทรัพยากรบุคคล": "การมุ่งเน้นบุคลากร",
        SUPPLY: PRESENT["7.6"],
    }


def test_old_title_in_a_text_is_found_across_spaces():
    titles = old_titles(PRESENT, [("7.6", SUPPLY)])
    assert [row.new for row in found_in("ตามหมวด การนำ องค์กร และหมวด 5", titles)] == ["การนำองค์การ"]
    assert found_in("หมวดการนำองค์การ ข้อ 1.1", titles) == []


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def listed(client_for, office, number=1):
    page = client_for(office.champion1).get(office.url(f"2570/assessment/category/{number}/check/"))
    part = page.context["parts"][0]
    return [row["code"] for row in part.musts], [row["code"] for row in part.looks], page


def test_musts_are_what_the_guard_of_submission_demands(client_for, office, started):
    musts, _looks, page = listed(client_for, office)
    assert musts == ["lines-unanswered", "no-narrative"] * 4
    assert len(missing_for(started.category(1), "submit")) == page.context["must_count"]
    musts, _looks, page = listed(client_for, office, 7)
    assert len(missing_for(started.category(7), "submit")) == page.context["must_count"]


def test_process_without_result_and_texts_are_looked_at(client_for, office, started):
    answer_all(started.category(1), office.officer)
    indicator = add_indicator(started.answer("7.1"), value=90, name="ร้อยละความพึงพอใจ")
    for code in ("1.2", "1.3", "1.4"):
        ItemLink.objects.create(item_answer=started.answer(code), indicator=indicator)
    ItemAnswer.objects.filter(pk=started.answer("1.2").pk).update(
        narrative="ร้อยละความพึงพอใจ ได้ร้อยละ ๙๕ ตาม [1.2-99] ของหมวดการนำองค์กร"
    )
    musts, looks, page = listed(client_for, office)
    assert musts == []
    found = [code for code in looks if code != "line-unproved"]
    assert found == ["no-result", "evidence-unknown", "old-title", "number-differs"]
    shown = {row["code"]: row for row in page.context["parts"][0].looks}
    assert shown["number-differs"]["address"].endswith("#narrative")
    assert f"/item/{started.answer('7.1').pk}/#indicators" in shown["number-differs"]["source"]


def test_advance_without_basic_is_looked_at(client_for, office, started):
    answer_all(started.category(1), office.officer)
    LineAnswer.objects.filter(item_answer__item__code="1.1", line__code="1.1-B1").update(
        answer="no"
    )
    _musts, looks, _page = listed(client_for, office)
    assert looks.count("level-without-lower") == 1


def test_percent_above_its_weakest_dimension_must_be_mended(client_for, office):
    started = make_assessment(office, edition="pmqa-2562")
    answer = started.answer("1.1")
    ItemAnswer.objects.filter(pk=answer.pk).update(
        percent=90, dimensions={"A": 90, "D": 90, "L": 30, "I": 90}, narrative="x", points=70
    )
    musts, _looks, _page = listed(client_for, office)
    assert "percent-outside" in musts


def test_whole_assessment_is_checked_on_one_page(client_for, office, started):
    page = client_for(office.observer).get(office.url("2570/assessment/check/"))
    assert [part.state.number for part in page.context["parts"]] == [1, 2, 3, 4, 5, 6, 7]
