"""Remarks: who is told, how words are shown, how long they may be changed, how they settle."""

import datetime as dt

import pytest

from agencies.models import AuditEntry
from assessments.models import Comment, ProfileAnswer
from assessments.sharing import comments
from assessments.sharing.words import linked
from core import clock
from documents.revisions import NotEditable
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment
from workflows.models import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def told(rule):
    return {row.recipient.username for row in Notification.objects.filter(rule=rule)}


def test_words_are_escaped_and_only_web_addresses_are_links():
    assert linked("<b>ดู https://obec.go.th/a?b=1&c=2. javascript:alert(1) www.x.th") == (
        '&lt;b&gt;ดู <a href="https://obec.go.th/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">'
        "https://obec.go.th/a?b=1&amp;c=2</a>. javascript:alert(1) www.x.th"
    )
    assert "<script" not in linked('https://x.th/"><script>alert(1)</script>')


def test_mentioned_and_champion_are_told_once_each(started, office):
    name = f"{office.member.first_name} {office.member.last_name}"
    comments.post(started.answer("1.1"), f"@{name} ขอปีที่เริ่ม", office.officer)
    assert told("comment_mentioned") == {office.member.username}
    assert told("comment_added") == {office.champion1.username}
    # Chosen from the list: the name is written before the words.
    comment = comments.post(
        started.answer("1.1"), "ช่วยดู", office.officer, mentions=[office.champion2]
    )
    assert comment.text == f"@{office.champion2.first_name} {office.champion2.last_name} ช่วยดู"


def test_answer_of_an_answer_hangs_below_the_first(started, office):
    first = comments.post(started.answer("1.1"), "หนึ่ง", office.officer)
    second = comments.post(started.answer("1.1"), "สอง", office.champion1, parent=first)
    third = comments.post(started.answer("1.1"), "สาม", office.member, parent=second)
    assert third.parent == first
    assert office.officer.username in told("comment_added")


def test_own_words_change_for_fifteen_minutes(client_for, started, office, frozen_today):
    frozen_today(dt.date(2027, 1, 4))
    comment = comments.post(started.answer("1.1"), "ก่อน", office.champion1)
    address = office.url(f"2570/assessment/comment/{comment.pk}/")
    client = client_for(office.champion1)
    assert client.post(address, {"text": "หลัง"}).status_code == 302
    kept = AuditEntry.objects.get(action="comment.edit")
    assert kept.summary == "1.1: ก่อน"
    assert client_for(office.officer).post(address, {"text": "x"}).status_code == 403
    frozen_today(clock.now() + dt.timedelta(minutes=16))
    assert client.post(address, {"text": "ช้าไป"}).status_code == 409
    assert client.post(f"{address}delete/").status_code == 409
    assert Comment.objects.get().text == "หลัง"


def test_answered_words_are_not_deleted(client_for, started, office):
    comment = comments.post(started.answer("1.1"), "ถาม", office.champion1)
    answer = comments.post(started.answer("1.1"), "ตอบ", office.officer, parent=comment)
    client = client_for(office.champion1)
    address = office.url(f"2570/assessment/comment/{comment.pk}/delete/")
    assert client.post(address).status_code == 409
    client_for(office.officer).post(office.url(f"2570/assessment/comment/{answer.pk}/delete/"))
    assert client.post(address).status_code == 302
    assert AuditEntry.objects.filter(action="comment.delete").count() == 2


def test_settled_and_opened_again(started, office):
    comment = comments.post(started.category(1), "ทบทวนภาพรวม", office.officer)
    assert comments.settle(comment, True, office.champion1)
    assert not comments.settle(comment, True, office.member)
    comment.refresh_from_db()
    assert comment.resolved_by == office.champion1
    assert comments.settle(comment, False, office.member)


def test_topic_and_category_pages_take_remarks(client_for, started, office):
    topic = ProfileAnswer.objects.get(assessment=started.assessment, topic__number=1)
    client = client_for(office.member)
    for on, pk, page in (
        ("topic", topic.pk, "2570/profile/1/"),
        ("category", started.category(1).pk, "2570/assessment/category/1/"),
    ):
        answer = client.post(office.url(f"2570/assessment/comments/{on}/{pk}/"), {"text": "ดีแล้ว"})
        assert answer.status_code == 302
        assert "ดีแล้ว" in client.get(answer.url.partition("#")[0]).text
        assert page in answer.url
    assert "ดีแล้ว" in client.get(office.url("2570/assessment/comments/")).text
    assert client.get(office.url("2570/assessment/comments/?show=review")).context["rows"] == []


def test_observer_reads_and_does_not_write(client_for, started, office):
    comment = comments.post(started.answer("1.1"), "อ่านได้", office.champion1)
    client = client_for(office.observer)
    item = started.answer("1.1").pk
    assert "อ่านได้" in client.get(office.url(f"2570/assessment/item/{item}/")).text
    add = office.url(f"2570/assessment/comments/item/{item}/")
    assert client.post(add, {"text": "x"}).status_code == 403
    settle = office.url(f"2570/assessment/comment/{comment.pk}/settle/")
    assert client.post(settle, {"settled": "1"}).status_code == 403


def test_empty_and_foreign_answers_are_refused(client_for, started, office):
    client = client_for(office.champion1)
    other = comments.post(started.answer("1.2"), "ข้ออื่น", office.officer)
    address = office.url(f"2570/assessment/comments/item/{started.answer('1.1').pk}/")
    assert client.post(address, {"text": "  "}).status_code == 422
    assert client.post(address, {"text": "x", "parent": other.pk}).status_code == 422
    assert Comment.objects.count() == 1


def test_closed_year_takes_no_remark(started, office):
    Cycle.objects.update(status="closed")
    with pytest.raises(NotEditable):
        comments.post(started.answer("1.1"), "ช้าไป", office.officer)
