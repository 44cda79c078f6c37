"""Every change of state by every role from every state, and what each demands."""

import pytest
from django.core.exceptions import PermissionDenied

from approvals.models import TransitionLog
from approvals.registry import workflow_of
from approvals.transitions import (
    AlreadyChanged,
    CommentNeeded,
    RequirementsMissing,
    missing_for,
    perform,
)
from assessments.answering import mark_part
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.models import Assessment, CategoryAssessment
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import answer_all, make_assessment

pytestmark = pytest.mark.django_db

PEOPLE = ("officer", "director", "deputy", "staff", "champion1", "champion2", "member")
PEOPLE += ("observer", "admin")
MAY_CATEGORY = {
    "submit": {"champion1"},
    "return": {"officer", "deputy"},
    "accept": {"officer", "deputy"},
}
MAY_WHOLE = {"accept": {"director"}, "reopen": {"officer"}}


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def set_status(row, status):
    type(row).objects.filter(pk=row.pk).update(status=status)
    row.refresh_from_db(fields=["status", "version"])


@pytest.mark.parametrize("name", MAY_CATEGORY)
@pytest.mark.parametrize("status", CategoryStatus.values)
def test_category_transition_by_every_role(started, office, name, status):
    answer_all(started.category(1), office.officer)
    rule = workflow_of(CategoryAssessment).transitions[name]
    for person in PEOPLE:
        row = started.category(1)
        set_status(row, status)
        user = type(office.officer).objects.get(pk=office.people[person].pk)
        if person not in MAY_CATEGORY[name]:
            with pytest.raises(PermissionDenied):
                perform(row, name, user, comment="เหตุผล")
        elif status not in rule.sources:
            with pytest.raises(AlreadyChanged):
                perform(row, name, user, comment="เหตุผล")
        else:
            perform(row, name, user, comment="เหตุผล")
            assert started.category(1).status == rule.target
            continue
        assert started.category(1).status == status


@pytest.mark.parametrize("name", MAY_WHOLE)
@pytest.mark.parametrize("status", AssessmentStatus.values)
def test_whole_transition_by_every_role(started, office, name, status):
    started.assessment.categories.update(status=CategoryStatus.ACCEPTED)
    rule = workflow_of(Assessment).transitions[name]
    for person in PEOPLE:
        row = Assessment.objects.get(pk=started.assessment.pk)
        set_status(row, status)
        user = type(office.officer).objects.get(pk=office.people[person].pk)
        if person not in MAY_WHOLE[name]:
            with pytest.raises(PermissionDenied):
                perform(row, name, user, comment="เหตุผล")
        elif status not in rule.sources:
            with pytest.raises(AlreadyChanged):
                perform(row, name, user, comment="เหตุผล")
        else:
            perform(row, name, user, comment="เหตุผล")
            assert Assessment.objects.get(pk=row.pk).status == rule.target


def test_empty_category_names_what_is_missing(started, office):
    with pytest.raises(RequirementsMissing) as refusal:
        perform(started.category(1), "submit", office.champion1)
    codes = [line.split()[0] for line in refusal.value.missing]
    # Each of the four items lacks its lines and its narrative.
    assert codes == ["1.1", "1.1", "1.2", "1.2", "1.3", "1.3", "1.4", "1.4"]
    assert started.category(1).status == "writing"
    assert not TransitionLog.objects.exists()


def test_score_above_0_needs_finding_and_evidence(started, office):
    row = started.category(1)
    answer_all(row, office.officer)
    answer = started.answer("1.2")
    answer.findings.all().delete()
    answer.evidence_links.all().delete()
    missing = missing_for(row, "submit")
    assert len(missing) == 2
    assert all(line.startswith("1.2 ") for line in missing)


def test_score_of_0_needs_neither_finding_nor_evidence(started, office):
    row = started.category(1)
    answer_all(row, office.officer, "no")
    for answer in row.answers.all():
        answer.findings.all().delete()
        answer.evidence_links.all().delete()
    assert missing_for(row, "submit") == []


def test_category_7_waits_for_all_six_champions(started, office):
    row = started.category(7)
    answer_all(row, office.officer)
    row.parts_done.filter(category_number=4).delete()
    assert len(missing_for(row, "submit")) == 1
    mark_part(row, 4, office.champion4)
    perform(row, "submit", office.officer)
    assert started.category(7).status == "submitted"


def test_category_7_is_not_a_champions_to_submit(started, office):
    answer_all(started.category(7), office.officer)
    with pytest.raises(PermissionDenied):
        perform(started.category(7), "submit", office.champion1)


def test_return_needs_a_reason_and_takes_marks_back(started, office):
    row = started.category(1)
    answer_all(row, office.officer)
    row.answers.update(is_written=True)
    perform(row, "submit", office.champion1)
    with pytest.raises(CommentNeeded):
        perform(row, "return", office.officer, comment="  ")
    perform(row, "return", office.officer, comment="ขอหลักฐานข้อ 1.3")
    assert started.category(1).status == "returned"
    assert not row.answers.filter(is_written=True).exists()
    told = Notification.objects.filter(rule="category_returned")
    assert {note.recipient.username for note in told} == {"champion1", "member"}
    assert told.first().body == "ขอหลักฐานข้อ 1.3"


def test_whole_waits_for_seven_accepted_categories(started, office):
    started.assessment.categories.update(status=CategoryStatus.ACCEPTED)
    row = started.category(3)
    set_status(row, CategoryStatus.SUBMITTED)
    with pytest.raises(RequirementsMissing) as refusal:
        perform(started.assessment, "accept", office.director)
    assert len(refusal.value.missing) == 1
    assert Assessment.objects.get().status == "in_progress"


def test_acceptance_freezes_scores_and_answers(started, office):
    for number in range(1, 8):
        answer_all(started.category(number), office.officer)
    started.assessment.categories.update(status=CategoryStatus.ACCEPTED)
    perform(started.assessment, "accept", office.director)
    snapshot = Assessment.objects.get().snapshot
    assert snapshot["total"] == "471.42857"
    assert [row["score"] for row in snapshot["categories"]] == ["500.00000"] * 6 + ["300.00000"]
    assert snapshot["categories"][0]["items"][0]["lines"]["1.1-B1"] == "yes"


def test_accepted_whole_locks_its_categories(started, office):
    started.assessment.categories.update(status=CategoryStatus.ACCEPTED)
    perform(started.assessment, "accept", office.director)
    with pytest.raises(RequirementsMissing):
        perform(started.category(1), "return", office.officer, comment="แก้")
    perform(started.assessment, "reopen", office.officer, comment="คะแนนข้อ 1.2 ผิด")
    perform(started.category(1), "return", office.officer, comment="แก้")
    assert started.category(1).status == "returned"


def test_last_acceptance_tells_the_steering_chair(started, office):
    started.assessment.categories.exclude(category__number=1).update(status="accepted")
    row = started.category(1)
    set_status(row, CategoryStatus.SUBMITTED)
    perform(row, "accept", office.deputy)
    told = Notification.objects.filter(rule="assessment_complete")
    assert [note.recipient.username for note in told] == ["director"]
