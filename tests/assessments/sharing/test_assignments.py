"""Items handed out: to whom, with which day, who is told, what waits for whom."""

import datetime as dt

import pytest

from agencies.models import AuditEntry
from assessments.answering import AnswerRefused
from assessments.due import due_categories
from assessments.models import CategoryAssessment, ItemAssignment
from assessments.sharing.assignments import assign, assignable, set_done, take_back
from documents.revisions import NotEditable
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def titles(office, person):
    rows = due_categories(office.agency, person)
    return [row.title for row in rows if row.object_type == "assessments.itemassignment"]


def test_only_the_team_in_force_is_given_items(started, office):
    row = started.category(1)
    assert {person.username for person in assignable(row)} == {
        office.champion1.username,
        office.member.username,
    }
    assert len(assignable(started.category(7))) == 7
    with pytest.raises(AnswerRefused):
        assign(row, [started.answer("1.1")], [office.staff], office.champion1)
    with pytest.raises(AnswerRefused):
        assign(row, [started.answer("2.1")], [office.member], office.champion1)
    assert not ItemAssignment.objects.exists()


def test_several_items_make_one_notice_and_wait_in_my_work(started, office):
    row, items = started.category(1), [started.answer("1.1"), started.answer("1.3")]
    day = dt.date(2027, 3, 1)
    assert assign(row, items, [office.member], office.champion1, due_on=day, note="ร่างแรก") == 2
    told = Notification.objects.get(rule="item_assigned")
    assert told.recipient == office.member
    assert "1.1, 1.3" in told.title
    assert len(titles(office, office.member)) == 2
    # The same again changes nothing; another day does, and is kept in the audit log.
    assert assign(row, items, [office.member], office.champion1, due_on=day, note="ร่างแรก") == 0
    assert assign(row, items[:1], [office.member], office.champion1) == 1
    kept = AuditEntry.objects.filter(action="assignment.give").order_by("sequence").last()
    assert kept.summary == f"1.1 → {office.member} → 2027-03-01 ร่างแรก"


def test_done_and_taken_back_items_wait_no_longer(started, office):
    items = [started.answer("1.1"), started.answer("1.2")]
    assign(started.category(1), items, [office.member], office.champion1)
    first, second = ItemAssignment.objects.select_related(
        "user", "item_answer__item", "item_answer__category_assessment__assessment__cycle__agency"
    )
    set_done(first, True, office.member)
    assert len(titles(office, office.member)) == 1
    take_back(second, office.champion1)
    assert titles(office, office.member) == []
    assert AuditEntry.objects.filter(action="assignment.remove").count() == 1


def test_locked_category_hands_out_nothing(started, office):
    CategoryAssessment.objects.update(status="submitted")
    with pytest.raises(NotEditable):
        assign(started.category(1), [started.answer("1.1")], [office.member], office.champion1)


def test_day_after_the_categorys_own_is_asked_about(client_for, started, office):
    CategoryAssessment.objects.update(due_on=dt.date(2027, 6, 30))
    address = office.url("2570/assessment/category/1/share/")
    client = client_for(office.champion1)
    data = {
        "items": [started.answer("1.1").pk],
        "people": [office.member.pk],
        "due_on": "๑๕/๗/๒๕๗๐",
        "note": "ร่าง",
    }
    asked = client.post(address, data)
    assert asked.status_code == 422
    assert list(asked.context["form"].errors) == ["due_on"]
    assert "๑๕/๗/๒๕๗๐" in asked.text
    assert client.post(address, data | {"is_late_meant": "on"}).status_code == 302
    assert ItemAssignment.objects.get().due_on == dt.date(2027, 7, 15)
    passed = client.post(address, data | {"due_on": "1/1/2560"})
    assert list(passed.context["form"].errors) == ["due_on"]


def test_assignee_ticks_on_the_items_page(client_for, started, office):
    answer = started.answer("1.1")
    assign(started.category(1), [answer], [office.member], office.champion1)
    row = ItemAssignment.objects.get()
    address = office.url(f"2570/assessment/hand-out/{row.pk}/done/")
    assert client_for(office.champion2).post(address, {"done": "1"}).status_code == 403
    back = client_for(office.member).post(address, {"done": "1", "from": "item"})
    assert back.url.endswith(f"/item/{answer.pk}/#sharing")
    row.refresh_from_db()
    assert row.done_at is not None
