"""LINE against a stand-in server that checks the protocol."""

import json

import pytest

from core import clock
from notifications.channels.line import retry_key
from notifications.models import AddressFlag, ContactSettings, Delivery
from notifications.sending import CLAIM_LIFETIME, send, sweep
from tests.notifications.channels.conftest import LINE_ID
from tests.notifications.test_deliveries import come_due


def state(push):
    push.refresh_from_db()
    return push.status, push.tries, AddressFlag.objects.count()


def test_push_reaches_the_person_in_thai_with_the_link(line, push, settings):
    settings.BASE_URL = "https://pmqa.example.go.th"

    assert send(push.pk) == "sent"

    (asked,) = line.asked
    content = json.loads(asked.body)
    assert content["to"] == LINE_ID
    (message,) = content["messages"]
    assert "ส่งรายงานหมวด 1" in message["text"]
    assert "กำหนด 31 มีนาคม 2570" in message["text"]
    assert "https://pmqa.example.go.th/o/office/2570/" in message["text"]


def test_each_try_carries_the_same_retry_key(line, push):
    line.rules.answer = (500, {}, {"message": "Internal server error"})
    assert send(push.pk) == "pending"
    come_due(push)
    line.rules.answer = (409, {"x-line-accepted-request-id": "r1"}, {"message": "accepted"})
    assert send(push.pk) == "sent"
    keys = [asked.headers["x-line-retry-key"] for asked in line.asked]
    assert keys == [retry_key(push)] * 2
    assert state(push) == ("sent", 2, 0)


@pytest.mark.parametrize(
    ("status", "headers", "expected", "flags"),
    [
        (400, {}, "failed", 1),
        (401, {}, "pending", 0),
        (403, {}, "pending", 0),
        (404, {}, "failed", 0),
        (409, {}, "pending", 0),
        (429, {}, "pending", 0),
        (500, {}, "pending", 0),
        (503, {}, "pending", 0),
    ],
)
def test_answers_of_line_decide_what_follows(line, push, status, headers, expected, flags):
    line.rules.answer = (status, headers, {"message": "why"})
    assert send(push.pk) == expected
    assert state(push) == (expected, 1, flags)
    assert push.error == f"LINE {status} why"


def test_wait_that_line_asks_for_is_kept(line, push):
    line.rules.answer = (429, {"Retry-After": "900"}, {"message": "You have reached your limit."})
    send(push.pk)
    push.refresh_from_db()
    assert 890 < (push.next_try_at - clock.now()).total_seconds() < 1130


def test_wrong_token_is_the_portals_fault_and_no_persons(line, push, settings):
    settings.LINE_CHANNEL_ACCESS_TOKEN = "old"
    assert send(push.pk) == "pending"
    assert state(push) == ("pending", 1, 0)
    assert push.error == "LINE 401 Authentication failed"


def test_push_whose_answer_is_lost_is_tried_again(line, push):
    answer = line.rules.answer

    def hang(asked):
        line.released.wait(5)
        return 200, {}, b"{}"

    line.reply = hang
    assert send(push.pk) == "pending"
    line.reply, line.rules.answer = line.rules, answer
    come_due(push)
    assert send(push.pk) == "sent"
    assert len({asked.headers["x-line-retry-key"] for asked in line.asked}) == 1


def test_push_interrupted_by_a_crash_waits_again(line, push):
    Delivery.objects.filter(pk=push.pk).update(
        status="claimed", claimed_at=clock.now() - CLAIM_LIFETIME * 2, tries=1
    )
    assert sweep() == [push.pk]


def test_person_who_unlinked_gets_nothing_and_it_is_no_failure(line, push):
    ContactSettings.objects.update(line_user_id="")
    assert send(push.pk) == "skipped"
    assert line.asked == []


def test_long_message_stays_within_the_limit_and_counts_the_rest(line, push):
    notice = push.notifications.get()
    for number in range(40):
        notice.pk, notice.object_id, notice.title = None, f"more{number}", "ก" * 290
        notice.save()
        push.carriages.create(notification=notice, channel="line")
    send(push.pk)
    text = json.loads(line.asked[0].body)["messages"][0]["text"]
    assert len(text.encode("utf-16-le")) // 2 <= 5000
    assert text.endswith("ยังมีอีก 27 เรื่องในระบบ: http://127.0.0.1:8000")
