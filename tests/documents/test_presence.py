"""Who has an editor open: seen within 45 seconds, asked only about what one may see."""

import datetime as dt

import pytest

from core import clock
from documents import presence
from documents.models import EditingPresence
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def answer(office):
    return make_assessment(office).answer("1.1")


def test_others_are_shown_for_45_seconds(office, answer, django_assert_num_queries):
    presence.seen(answer, office.champion1)
    presence.seen(answer, office.member)
    with django_assert_num_queries(1):
        presence.seen(answer, office.member)
    assert EditingPresence.objects.count() == 2
    assert presence.others(answer, office.champion1) == [office.member]
    old = clock.now() - dt.timedelta(seconds=46)
    EditingPresence.objects.filter(user=office.member).update(seen_at=old)
    assert presence.others(answer, office.champion1) == []


def test_page_hears_who_else_is_editing(client_for, office, answer):
    address = office.url("2570/documents/presence/")
    told = {"type": "assessments.itemanswer", "id": answer.pk}
    first = client_for(office.member).post(address, told)
    assert first.json() == {"names": [], "words": ""}
    second = client_for(office.champion1).post(address, told).json()
    assert second["names"] == [str(office.member)]
    assert second["words"] == f"{office.member} กำลังแก้ไขหน้านี้อยู่ด้วย"


def test_who_does_not_edit_is_neither_told_nor_shown(client_for, office, answer):
    presence.seen(answer, office.champion1)
    address = office.url("2570/documents/presence/")
    told = {"type": "assessments.itemanswer", "id": answer.pk}
    for person in (office.observer, office.staff, office.director):
        refused = client_for(person).post(address, told)
        assert refused.status_code == 403
        assert str(office.champion1) not in refused.text
    assert presence.others(answer, office.champion1) == []


def test_unknown_kinds_and_foreign_objects_are_404(client_for, office, answer):
    address = office.url("2570/documents/presence/")
    client = client_for(office.member)
    assert client.post(address, {"type": "agencies.user", "id": 1}).status_code == 404
    assert client.post(address, {"type": "assessments.itemanswer", "id": "x"}).status_code == 404
    stranger = make_office("other")
    other = client_for(stranger.officer).post(
        stranger.url("2570/documents/presence/"),
        {"type": "assessments.itemanswer", "id": answer.pk},
    )
    assert other.status_code == 404
    assert not EditingPresence.objects.exists()
