"""The whole self-assessment in the director's inbox: asked for, returned, taken back, accepted."""

import pytest

from approvals.deciding import approve, send_back
from approvals.models import ApprovalRequest
from approvals.transitions import perform
from assessments.models import Assessment, CategoryAssessment
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


def complete(office):
    """Return the assessment of 2570 whose last category the officer has just accepted."""
    whole = make_assessment(office).assessment
    whole.categories.update(status="accepted")
    last = CategoryAssessment.objects.filter(assessment=whole).latest("pk")
    CategoryAssessment.objects.filter(pk=last.pk).update(status="submitted")
    last.refresh_from_db()
    perform(last, "accept", office.officer)
    return whole, last


def test_last_accepted_category_puts_the_whole_before_the_director():
    office = make_office()
    whole, _last = complete(office)
    row = ApprovalRequest.objects.get()
    assert (row.title, row.subject) == ("การประเมินตนเอง ปีงบประมาณ 2570", whole)
    assert row.summary[0] == {"value": "7", "label": "หมวดที่ผ่านการตรวจ"}
    approve(row, office.director)
    assert Assessment.objects.get().status == "accepted"
    assert ApprovalRequest.objects.get().status == "approved"


def test_whole_that_is_returned_stays_in_progress_and_its_request_is_closed():
    office = make_office()
    complete(office)
    send_back(ApprovalRequest.objects.get(), office.director, "ขาดหลักฐาน")
    assert Assessment.objects.get().status == "in_progress"
    assert ApprovalRequest.objects.values_list("status", "comment").get() == (
        "returned",
        "ขาดหลักฐาน",
    )


def test_category_that_goes_back_takes_the_request_along():
    office = make_office()
    _whole, last = complete(office)
    perform(last, "return", office.officer, comment="แก้")
    assert ApprovalRequest.objects.get().status == "cancelled"
