"""Questions to units: asked, answered once by link or in the portal, taken into the item."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import AuditEntry, Unit
from assessments.due import due_categories
from assessments.models import EvidenceLink, UnitQuestion
from assessments.sharing import questions
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment
from workflows.models import Cycle

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 1)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


@pytest.fixture
def question(office, started):
    unit = Unit.objects.create(agency=office.agency, name="กลุ่มนโยบายและแผน", head=office.staff)
    return questions.ask(started.answer("1.1"), unit, "มีโรงเรียนกี่แห่ง", DAY, office.champion1)


def test_head_is_told_with_the_link_and_finds_it_in_my_work(office, question):
    told = Notification.objects.get(rule="question_asked")
    assert (told.recipient, told.url) == (office.staff, f"/assessment/question/{question.token}/")
    waiting = list(due_categories(office.agency, office.staff))
    assert [(row.object_type, row.due_on) for row in waiting] == [("assessments.unitquestion", DAY)]


def test_link_shows_the_question_and_no_more(client, office, question):
    office.agency.refresh_from_db()
    page = client.get(f"/assessment/question/{question.token}/")
    assert page.status_code == 200
    assert "มีโรงเรียนกี่แห่ง" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    for secret in (office.champion1.first_name, f"/o/{office.agency.code}/", "คะแนน"):
        assert secret not in page.text.replace(f"{question.unit.name}", "")
    assert client.head(f"/assessment/question/{question.token}/").status_code == 405
    question.refresh_from_db()
    assert question.status == "asked"


def test_visitor_answers_once_with_name_and_file(client, office, question):
    address = f"/assessment/question/{question.token}/"
    nameless = client.post(address, {"answer": "12 แห่ง"})
    assert nameless.status_code == 422
    assert "12 แห่ง</textarea>" in nameless.text
    file = SimpleUploadedFile("รายงาน.txt", "สิบสอง".encode(), "text/plain")
    data = {"answer": "12 แห่ง", "name": "นางสมศรี ใจดี"}
    first = client.post(address, data | {"file": file})
    if first.status_code == 422:  # the office keeps no text files
        first = client.post(address, data)
    assert first.status_code == 302
    assert client.post(address, data | {"answer": "99"}).status_code == 409
    question.refresh_from_db()
    assert (question.answer, question.answered_name) == ("12 แห่ง", "นางสมศรี ใจดี")
    assert (question.status, question.answered_by) == ("answered", None)
    assert AuditEntry.objects.filter(action="question.answer").count() == 1
    assert Notification.objects.get(rule="question_answered").recipient == office.champion1


def test_bad_file_writes_nothing(client, question):
    bad = SimpleUploadedFile("virus.exe", b"MZ" + b"0" * 100, "application/octet-stream")
    data = {"answer": "12 แห่ง", "name": "นางสมศรี", "file": bad}
    page = client.post(f"/assessment/question/{question.token}/", data)
    assert page.status_code == 422
    question.refresh_from_db()
    assert (question.status, question.answer) == ("asked", "")


def test_unknown_tokens_wait_and_answers_are_throttled(client, question):
    for guess in range(40):
        last = client.get(f"/assessment/question/guess{guess}/")
    assert last.status_code == 429
    assert client.get(f"/assessment/question/{'x' * 500}/").status_code in (404, 429)


def test_one_question_takes_few_attempts(client, question):
    address = f"/assessment/question/{question.token}/"
    codes = [client.post(address, {"answer": ""}).status_code for _try in range(11)]
    assert codes == [422] * 10 + [429]


def test_two_answers_at_once_keep_the_first(office, question):
    again = UnitQuestion.objects.get(pk=question.pk)
    questions.answer(question, "หนึ่ง", by=office.staff)
    with pytest.raises(questions.QuestionShut):
        questions.answer(again, "สอง", by=office.officer)
    assert UnitQuestion.objects.get().answer == "หนึ่ง"


def test_closed_year_and_withdrawn_question_take_no_answer(client, office, question):
    questions.settle(question, "closed", office.champion1)
    address = f"/assessment/question/{question.token}/"
    data = {"answer": "x", "name": "y"}
    assert client.post(address, data).status_code == 409
    questions.settle(question, "asked", office.champion1)
    Cycle.objects.update(status="closed")
    assert client.post(address, data).status_code == 409
    assert not UnitQuestion.objects.exclude(answer="").exists()


def test_unit_answers_signed_in_and_asker_takes_it(client_for, office, started, question):
    address = office.url(f"2570/assessment/question/{question.pk}/")
    assert client_for(office.champion2).post(address, {"answer": "x"}).status_code == 403
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%broken", "application/pdf")
    assert client_for(office.staff).post(address, {"answer": "x", "file": file}).status_code == 422
    assert client_for(office.staff).post(address, {"answer": "12 แห่ง"}).status_code == 302
    champion = client_for(office.champion1)
    item = champion.get(office.url(f"2570/assessment/item/{started.answer('1.1').pk}/"))
    assert 'data-pmqa-insert="12 แห่ง"' in item.text
    # Without a file there is nothing to keep as evidence.
    assert champion.post(f"{address}evidence/").status_code == 409
    assert not EvidenceLink.objects.exists()


def test_chat_text_is_for_askers_and_answerers(client_for, office, question):
    address = office.url(f"2570/assessment/question/{question.pk}/")
    assert question.token in client_for(office.staff).get(address).text
    assert question.token not in client_for(office.champion2).get(address).text
    assert "1 มี.ค. 2570" in questions.chat_text(question)
