"""Saving answers: nothing lost, nothing written into a locked category."""

from decimal import Decimal

import pytest

from assessments import answering
from assessments.models import Finding, LineAnswer
from assessments.progress import load, load_item
from assessments.scoring import to_five
from documents.models import TextRevision
from documents.revisions import NotEditable, SaveConflict
from tests.agencies.factories import make_office
from tests.assessments.factories import add_indicator, make_assessment
from tests.workflows.factories import make_version
from workflows.enums import ResponsibleKind
from workflows.models import Cycle, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def answer_lines(answer, *values, by):
    for line, value in zip(answer.item.lines.all(), values, strict=False):
        answering.answer_line(answer, line, value, by)


def test_item_1_2_scores_as_in_the_mockup(started, office):
    answer = started.answer("1.2")
    answer_lines(answer, *["yes"] * 5, "no", "yes", by=office.champion1)
    state = load_item(answer)
    assert str(to_five(state.score)) == "366.66667"
    assert state.unanswered == 2


def test_last_answer_to_a_line_holds_and_can_be_taken_back(started, office):
    answer = started.answer("1.1")
    line = answer.item.lines.first()
    for value in ("yes", "no"):
        answering.answer_line(answer, line, value, office.champion1)
    assert LineAnswer.objects.get().answer == "no"
    answering.answer_line(answer, line, "", office.champion1)
    assert not LineAnswer.objects.exists()


def test_line_of_another_item_and_unknown_value_are_refused(started, office):
    answer, other = started.answer("1.1"), started.answer("1.2")
    with pytest.raises(answering.AnswerRefused):
        answering.answer_line(answer, other.item.lines.first(), "yes", office.champion1)
    with pytest.raises(answering.AnswerRefused):
        answering.answer_line(answer, answer.item.lines.first(), "maybe", office.champion1)


def test_conflict_keeps_both_texts_and_who_saved(started, office):
    answer = started.answer("1.1")
    answering.save_narrative(answer, "ของเจ้าภาพ", version=0, by=office.champion1)
    with pytest.raises(SaveConflict) as conflict:
        answering.save_narrative(answer, "ของทีม", version=0, by=office.member)
    assert conflict.value.current.narrative == "ของเจ้าภาพ"
    assert conflict.value.last.saved_by == office.champion1
    assert started.answer("1.1").narrative == "ของเจ้าภาพ"


def test_repeated_request_is_answered_once(started, office):
    answer = started.answer("1.1")
    for _try in range(2):
        saved = answering.save_narrative(
            answer, "ข้อความ", version=0, by=office.champion1, request_id="abc"
        )
        assert saved.version == 1
    assert TextRevision.objects.count() == 1


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_locked_category_refuses_every_write(started, office, status):
    answer = started.answer("1.1")
    finding = answering.add_finding(answer, "ofi", "ยังไม่มีการวัด", office.champion1)
    started.assessment.categories.update(status=status)
    line = answer.item.lines.first()
    writes = [
        lambda: answering.answer_line(answer, line, "yes", office.champion1),
        lambda: answering.save_narrative(answer, "ช้าไป", version=0, by=office.champion1),
        lambda: answering.set_written(answer, True),
        lambda: answering.set_percent(answer, None, office.officer),
        lambda: answering.add_finding(answer, "strength", "ช้าไป", office.champion1),
        lambda: answering.edit_finding(finding, "ช้าไป", version=1, by=office.champion1),
        lambda: answering.remove_finding(finding, office.champion1),
        lambda: answering.mark_part(started.category(7), 1, office.champion1),
    ]
    for write in writes:
        with pytest.raises(NotEditable):
            write()
    assert started.answer("1.1").narrative == ""
    assert Finding.objects.get().text == "ยังไม่มีการวัด"


def test_closed_cycle_refuses_writes(started, office):
    Cycle.objects.update(status="closed")
    with pytest.raises(NotEditable):
        answering.set_written(started.answer("1.1"), True)
    with pytest.raises(NotEditable):
        answering.set_due_dates(started.assessment, {1: None}, office.officer)


def test_finding_is_versioned_and_removed_with_its_history_kept(started, office):
    answer = started.answer("1.1")
    finding = answering.add_finding(answer, "ofi", "ฉบับแรก", office.champion1)
    answering.edit_finding(finding, "ฉบับสอง", version=1, by=office.champion1)
    with pytest.raises(SaveConflict):
        answering.edit_finding(finding, "ฉบับช้า", version=1, by=office.member)
    answering.remove_finding(finding, office.champion1)
    assert not Finding.objects.exists()
    texts = TextRevision.objects.order_by("version").values_list("data", flat=True)
    assert [row["text"] for row in texts] == ["ฉบับแรก", "ฉบับสอง"]


def test_percent_edition_counts_points_and_refuses_wrong_steps(office):
    started = make_assessment(office, edition="pmqa-2562")
    answer = started.answer("7.2")
    answering.set_percent(answer, 55, office.officer)
    with pytest.raises(answering.AnswerRefused):
        answering.set_percent(answer, 57, office.officer)
    unknown = started.answer("1.1")
    answering.set_percent(unknown, 50, office.officer)
    assert load_item(started.answer("1.1")).score is None
    answering.set_points(unknown, Decimal(70), office.officer)
    with pytest.raises(answering.AnswerRefused):
        answering.set_points(answer, Decimal(70), office.officer)
    state = load(started.assessment)[started.assessment.pk]
    assert str(to_five(state.total)) == "73.50000"


def test_category_7_leaves_missing_indicators_out(started):
    answer = started.answer("7.1")
    add_indicator(answer, target=100, value=101)
    add_indicator(answer, target=100, value=200)
    add_indicator(answer, target=100)
    state = load(started.assessment)[started.assessment.pk]
    category = state.categories[6]
    assert str(to_five(category.items[0].score)) == "400.00000"
    assert category.unscored == ["7.2", "7.3", "7.4", "7.5", "7.6"]
    assert str(to_five(category.score)) == "66.66667"


def test_categories_are_due_with_the_step_that_assesses(office):
    version = make_version(
        office.agency,
        [
            [{"title": "แต่งตั้งคณะทำงาน"}],
            [{"title": "ดำเนินงานหมวด", "responsible_kind": ResponsibleKind.CATEGORY}],
        ],
    )
    cycle = make_assessment(office, year=2571).cycle
    for number, (step, day) in enumerate(
        zip(version.steps.all(), ("2027-03-31", "2027-06-30"), strict=True), start=50
    ):
        Step.objects.create(
            cycle=cycle, procedure_step=step, number=number, title=step.title, due_on=day
        )
    assert str(answering.assessing_due_on(cycle)) == "2027-06-30"
