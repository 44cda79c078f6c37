"""A category returned with remarks on its items, and what the champion and the checks see."""

import pytest

from approvals.transitions import AlreadyChanged, CommentNeeded, perform
from assessments.models import Comment
from assessments.sharing.returning import return_category
from tests.agencies.factories import make_office
from tests.assessments.factories import answer_all, make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def submitted(office):
    started = make_assessment(office)
    answer_all(started.category(1), office.officer)
    started.assessment.categories.update(status="submitted")
    return started


def test_remarks_come_with_the_return_and_lead_the_champions_page(client_for, office, submitted):
    answer = submitted.answer("1.2")
    page = client_for(office.officer).post(
        office.url("2570/assessment/category/1/return/"),
        {"comment": "ขอแก้ข้อ 1.2", f"remark_{answer.pk}": "ระบุปีที่เริ่ม"},
    )
    assert page.status_code == 302
    remark = Comment.objects.get()
    assert (remark.item_answer, remark.text) == (answer, "ระบุปีที่เริ่ม")
    assert remark.is_from_review
    champion = client_for(office.champion1)
    shown = champion.get(office.url("2570/assessment/category/1/"))
    assert [row["code"] for row in shown.context["review_remarks"]] == ["1.2"]
    assert f"#comment-{remark.pk}" in shown.text
    # It does not stop the next submission, but the list of checks tells it until it is settled.
    listed = champion.get(office.url("2570/assessment/category/1/check/"))
    looks = listed.context["parts"][0].looks
    assert "review-open" in [row["code"] for row in looks]
    settle = office.url(f"2570/assessment/comment/{remark.pk}/settle/")
    champion.post(settle, {"settled": "1", "from": "category"})
    listed = champion.get(office.url("2570/assessment/category/1/check/"))
    assert "review-open" not in [row["code"] for row in listed.context["parts"][0].looks]
    assert listed.context["must_count"] == 0
    assert champion.post(office.url("2570/assessment/category/1/submit/")).status_code == 302


def test_refused_return_keeps_what_was_typed_and_writes_nothing(client_for, office, submitted):
    answer = submitted.answer("1.2")
    page = client_for(office.officer).post(
        office.url("2570/assessment/category/1/return/"),
        {"comment": " ", f"remark_{answer.pk}": "ระบุปีที่เริ่ม"},
    )
    assert page.status_code == 422
    assert "ระบุปีที่เริ่ม</textarea>" in page.text
    assert not Comment.objects.exists()
    with pytest.raises(CommentNeeded):
        return_category(submitted.category(1), office.officer, "", {answer: "x"})


def test_second_of_two_decisions_writes_no_remark(office, submitted):
    first, second = submitted.category(1), submitted.category(1)
    answer = submitted.answer("1.1")
    return_category(first, office.officer, "ขอแก้", {answer: "หนึ่ง"})
    with pytest.raises(AlreadyChanged):
        return_category(second, office.deputy, "ขอแก้เช่นกัน", {answer: "สอง"})
    assert [row.text for row in Comment.objects.all()] == ["หนึ่ง"]
    with pytest.raises(AlreadyChanged):
        perform(second, "accept", office.deputy)


def test_history_names_who_when_and_why(client_for, office, submitted):
    return_category(submitted.category(1), office.officer, "ขอหลักฐาน", {})
    page = client_for(office.observer).get(office.url("2570/assessment/category/1/"))
    assert [log.comment for log in page.context["history"]] == ["ขอหลักฐาน"]
    assert not page.context["may_settle"]
    assert not page.context["talk"]["may_write"]


def test_reopened_whole_tells_its_reason(client_for, office, submitted):
    submitted.assessment.categories.update(status="accepted")
    director, officer = client_for(office.director), client_for(office.officer)
    director.post(office.url("2570/assessment/accept/"))
    officer.post(office.url("2570/assessment/reopen/"), {"comment": "คะแนนข้อ 1.2 ผิด"})
    page = officer.get(office.url("2570/assessment/"))
    assert [log.transition for log in page.context["history"]] == ["reopen", "accept"]
    assert "คะแนนข้อ 1.2 ผิด" in page.text
