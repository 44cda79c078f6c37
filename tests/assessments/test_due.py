"""What of the assessment waits for whom."""

import datetime as dt

import pytest

from assessments.due import due_categories
from assessments.models import CategoryAssessment
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


def test_categories_wait_for_champions_then_reviewers():
    office = make_office()
    started = make_assessment(office)
    CategoryAssessment.objects.filter(category__number=1).update(due_on=dt.date(2027, 6, 25))
    own = list(due_categories(office.agency, office.champion1))
    assert [item.due_on for item in own] == [dt.date(2027, 6, 25), None]
    assert [item.url.split("/")[-2] for item in own] == ["1", "7"]
    started.assessment.categories.update(status="submitted")
    assert list(due_categories(office.agency, office.champion1)) == []
    waiting = [item.url.split("/")[-2] for item in due_categories(office.agency, office.officer)]
    assert waiting == ["1", "2", "3", "4", "5", "6", "7"]
    assert len(list(due_categories(office.agency, office.deputy))) == 7


def test_accepted_assessment_waits_for_nobody(django_assert_num_queries):
    office = make_office()
    started = make_assessment(office)
    with django_assert_num_queries(3):
        assert len(list(due_categories(office.agency))) == 7
    started.assessment.categories.update(status="accepted")
    assert list(due_categories(office.agency)) == []
