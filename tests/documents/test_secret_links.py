"""Links that open a page without sign-in: guessing one never shuts out who holds another."""

import datetime as dt
import logging

import pytest
from django.test import Client

from agencies.models import Unit
from assessments.sharing import questions
from pmqa_portal.logs import HideSecretLinks
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    office = make_office()
    unit = Unit.objects.create(agency=office.agency, name="กลุ่มนโยบายและแผน")
    answer = make_assessment(office).answer("1.1")
    return questions.ask(answer, unit, "มีโรงเรียนกี่แห่ง", dt.date(2027, 3, 1), office.champion1)


def test_guessing_stops_the_guesses_and_no_question_of_the_same_address(question):
    client = Client()
    answers = [client.get(f"/assessment/question/guess{n}/") for n in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    page = client.get(f"/assessment/question/{question.token}/")
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize(
    "path", ["/assessment/question/", "/meetings/reply/", "/meetings/door/", "/calendar/"]
)
def test_logs_keep_no_secret_address(path):
    record = logging.makeLogRecord({"msg": "%s", "args": (f"GET {path}s3cr3t-t0ken/ 404",)})
    assert HideSecretLinks().filter(record) is True
    assert record.getMessage() == f"GET {path}…/ 404"
