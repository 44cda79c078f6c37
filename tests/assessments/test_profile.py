"""The organisational profile: who writes it, and that no text is lost."""

import pytest

from assessments.models import Assessment, ProfileAnswer
from documents.models import TextRevision
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def topic_url(office, tail=""):
    return office.url(f"2570/profile/1/{tail}")


def first_text():
    return ProfileAnswer.objects.get(topic__number=1).text


def test_overview_lists_13_topics(client_for, office, started):
    page = client_for(office.observer).get(office.url("2570/profile/"))
    assert (page.context["written"], page.context["total"]) == (0, 13)


def test_overview_before_the_assessment_says_what_comes_first(client_for, office):
    page = client_for(office.officer).get(office.url("2570/profile/"))
    assert page.status_code == 200
    assert office.url("2570/assessment/") in page.text


def test_champion_writes_a_topic(client_for, office, started):
    answer = client_for(office.champion2).post(
        topic_url(office, "save/"), {"text": "พันธกิจของสำนักงาน", "version": 0}
    )
    assert answer.status_code == 302
    assert first_text() == "พันธกิจของสำนักงาน"
    assert TextRevision.objects.count() == 1


def test_conflict_keeps_both_texts(client_for, office, started):
    client_for(office.champion1).post(topic_url(office, "save/"), {"text": "คนแรก", "version": 0})

    late = client_for(office.champion2).post(
        topic_url(office, "save/"), {"text": "คนที่สอง", "version": 0}
    )

    assert late.status_code == 409
    assert "คนแรก" in late.text
    assert "คนที่สอง" in late.text
    assert first_text() == "คนแรก"
    again = client_for(office.champion2).post(
        topic_url(office, "save/"), {"text": "คนที่สอง", "version": 1}
    )
    assert again.status_code == 302
    assert first_text() == "คนที่สอง"


def test_autosave_answers_conflict_with_the_newest_text(client_for, office, started):
    client_for(office.champion1).post(topic_url(office, "save/"), {"text": "คนแรก", "version": 0})
    late = client_for(office.champion2).post(
        topic_url(office, "save/"),
        {"text": "คนที่สอง", "version": 0},
        headers={"X-Requested-With": "autosave"},
    )
    assert late.status_code == 409
    assert (late.json()["text"], late.json()["version"]) == ("คนแรก", 1)


def test_accepted_assessment_is_locked_and_keeps_the_typed_text_on_screen(
    client_for, office, started
):
    Assessment.objects.update(status="accepted")
    answer = client_for(office.officer).post(
        topic_url(office, "save/"), {"text": "ช้าไป", "version": 0}
    )
    assert answer.status_code == 409
    assert "ช้าไป" in answer.text
    assert first_text() == ""


@pytest.mark.parametrize("role", ["staff", "observer", "director", "admin"])
def test_others_only_read(client_for, office, started, role):
    client = client_for(office.people[role])
    assert client.get(topic_url(office)).status_code == 200
    answer = client.post(topic_url(office, "save/"), {"text": "ก", "version": 0})
    assert answer.status_code == 403
    assert first_text() == ""


def test_other_office_and_unknown_topic_are_not_found(client_for, office, started):
    stranger = make_office("elsewhere")
    assert client_for(stranger.officer).get(topic_url(office)).status_code == 404
    assert client_for(office.officer).get(office.url("2570/profile/14/")).status_code == 404
