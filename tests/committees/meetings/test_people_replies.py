"""Replies by link, by signed-in colleagues and by phone."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import AuditEntry
from committees.meetings import replies
from committees.meetings.replies import Answer, ReplyRefused
from committees.models import Attendee, Meeting
from core import clock
from notifications.models import Notification
from tests.agencies.factories import make_office
from tests.committees.factories import CommitteeFactory, SeatFactory
from tests.committees.meetings.people import STARTS, call, call_many, make_meeting

BEFORE = dt.date(2027, 6, 1)
LINK = "https://meet.example.com/secret"


@pytest.fixture
def office(frozen_today, db):
    frozen_today(BEFORE)
    return make_office()


@pytest.fixture
def invited(office):
    """A member of the office called to a hybrid meeting."""
    meeting = make_meeting(office, mode="hybrid", online_url=LINK)
    return call(meeting, office.member, invited_at=clock.now())


def page_of(attendee):
    return f"/meetings/reply/{attendee.token}/"


def reply_of(attendee):
    attendee.refresh_from_db()
    return (attendee.reply, attendee.substitute_name, attendee.reply_note)


@pytest.mark.django_db
def test_link_shows_the_meeting_to_anybody_and_nobody_else_on_the_list(office, invited):
    call(invited.meeting, office.staff, name="นายคนอื่น ในรายชื่อ", invited_at=clock.now())

    response = Client().get(page_of(invited))

    page = response.content.decode()
    assert response.status_code == 200
    assert "ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570" in page
    assert "วันอังคารที่ 15 มิถุนายน 2570" in page
    assert invited.name in page
    assert "นายคนอื่น" not in page
    assert LINK not in page
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == (
        "no-store",
        "noindex, nofollow",
    )
    assert reply_of(invited) == ("", "", "")


@pytest.mark.django_db
def test_address_of_an_invitation_or_door_is_handed_on_to_nobody(office, invited, client_for):
    door = f"/meetings/door/{invited.meeting.door_token}/"
    for answer in (Client().get(page_of(invited)), client_for(office.officer).get(door)):
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.django_db
def test_online_link_appears_after_saying_yes(invited):
    browser = Client()

    response = browser.post(page_of(invited), {"reply": "attend"}, follow=True)

    assert reply_of(invited) == ("attend", "", "")
    assert LINK in response.content.decode()
    unfolded = browser.get(page_of(invited) + "meeting.ics").content.replace(b"\r\n ", b"")
    assert LINK.encode() in unfolded
    browser.post(page_of(invited), {"reply": "cannot", "note": "ติดราชการ"})
    assert reply_of(invited) == ("cannot", "", "ติดราชการ")
    assert LINK not in browser.get(page_of(invited)).content.decode()
    assert AuditEntry.objects.filter(action="attendee.reply", actor=None).count() == 2


@pytest.mark.django_db
def test_late_reply_is_told_so_and_kept(invited, frozen_today):
    frozen_today(dt.date(2027, 6, 13))

    page = Client().get(page_of(invited)).content.decode()
    assert "เลยกำหนดตอบรับ 11 มิถุนายน 2570 แล้ว แต่ยังตอบได้" in page
    Client().post(page_of(invited), {"reply": "attend"})

    assert reply_of(invited)[0] == "attend"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("held", "การประชุมนี้จัดไปแล้ว จึงตอบรับไม่ได้อีก"),
        ("cancelled", "การประชุมนี้ยกเลิกแล้ว ไม่ต้องดำเนินการใดอีก"),
    ],
)
def test_held_or_cancelled_meeting_refuses_in_plain_words(invited, status, words):
    Meeting.objects.update(status=status)

    shown = Client().get(page_of(invited))
    refused = Client().post(page_of(invited), {"reply": "attend"})

    assert (shown.status_code, refused.status_code) == (200, 409)
    assert words in shown.content.decode()
    assert words in refused.content.decode()
    assert reply_of(invited)[0] == ""


@pytest.mark.django_db
def test_reply_ends_with_the_beginning_of_the_meeting(invited, frozen_today):
    frozen_today(STARTS + dt.timedelta(seconds=1))

    response = Client().post(page_of(invited), {"reply": "attend"})

    assert response.status_code == 409
    assert "การประชุมเริ่มแล้ว" in response.content.decode()


@pytest.mark.django_db
def test_unknown_taken_back_or_not_yet_sent_invitations_lead_nowhere(office, invited):
    uninvited = call(invited.meeting, office.staff)
    assert Client().get("/meetings/reply/unknown/").status_code == 404
    assert Client().get(page_of(uninvited)).status_code == 404
    Meeting.objects.update(status="planned")
    assert Client().get(page_of(invited)).status_code == 404


@pytest.mark.django_db
def test_who_tries_links_or_floods_one_is_asked_to_wait(invited):
    browser = Client()
    for _ in range(replies.REPLIES):
        assert browser.post(page_of(invited), {"reply": "attend"}).status_code == 302
    assert browser.post(page_of(invited), {"reply": "cannot"}).status_code == 429
    assert reply_of(invited)[0] == "attend"

    for number in range(30):
        browser.get(f"/meetings/reply/guess{number}/")
    assert browser.get("/meetings/reply/guess/").status_code == 429
    assert browser.get(page_of(invited)).status_code == 200  # a colleague behind the same address


@pytest.mark.django_db
def test_visitor_names_a_substitute_with_position_and_learns_nothing_of_the_office(office, invited):
    name = office.champion1.get_full_name()
    page = page_of(invited)

    for data, words in [
        ({}, "กรอกชื่อผู้เข้าประชุมแทน"),
        ({"substitute_name": name}, "กรอกตำแหน่งของผู้เข้าประชุมแทน"),
    ]:
        refused = Client().post(page, {"reply": "substitute"} | data)
        assert refused.status_code == 422
        assert words in refused.content.decode()
        assert office.staff.get_full_name() not in refused.content.decode()
    data = {"substitute_name": name, "substitute_position": "นักวิชาการ"}
    Client().post(page, {"reply": "substitute"} | data)

    assert reply_of(invited)[:2] == ("substitute", name)
    assert invited.substitute is None


@pytest.mark.django_db
def test_colleague_chooses_a_substitute_from_the_register_who_is_told(office, invited, client_for):
    browser = client_for(office.member)
    data = {"reply": "substitute", "substitute_name": "ไม่มีใครชื่อนี้"}
    refused = browser.post(page_of(invited), data)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "ไม่พบชื่อนี้ในสำนักงาน ตรวจตัวสะกดอีกครั้ง" in page
    assert 'value="ไม่มีใครชื่อนี้"' in page

    typed = f"{office.champion1.first_name}  {office.champion1.last_name}"
    data = {"reply": "substitute", "substitute_name": typed, "from": "meeting"}
    response = browser.post(page_of(invited), data)

    assert response["Location"] == f"/o/office/2570/meetings/{invited.meeting_id}/"
    assert reply_of(invited)[:2] == ("substitute", office.champion1.get_full_name())
    notice = Notification.objects.get(rule="meeting-substitute")
    assert (notice.recipient, notice.url) == (office.champion1, response["Location"])
    assert invited.token not in notice.url


@pytest.mark.django_db
def test_seats_own_substitute_is_proposed(office, invited):
    committee = CommitteeFactory(agency=office.agency)
    SeatFactory(committee=committee, user=office.member, substitute=office.deputy)
    invited.meeting.committees.set([committee])

    page = Client().get(page_of(invited)).content.decode()

    assert f'value="{office.deputy.get_full_name()}"' in page


@pytest.mark.django_db
def test_secretary_records_what_was_told_by_phone_until_the_meeting_is_held(office, invited):
    answer = Answer("cannot", note="ลาป่วย")
    Meeting.objects.update(starts_at=clock.now() - dt.timedelta(minutes=5))

    with pytest.raises(ReplyRefused):
        replies.give(invited, answer, by=None)
    replies.record(invited, answer, by=office.officer)
    assert reply_of(invited) == ("cannot", "", "ลาป่วย")
    assert AuditEntry.objects.get(action="attendee.reply").actor == office.officer

    Meeting.objects.update(status="held")
    with pytest.raises(ReplyRefused):
        replies.record(invited, answer, by=office.officer)


@pytest.mark.django_db
def test_reply_page_asks_as_often_with_one_or_120_people(office, invited, client_for):
    def count(browser):
        browser.get(page_of(invited))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page_of(invited)).status_code == 200
        return len(queries)

    signed_in = client_for(office.member)
    few = (count(Client()), count(signed_in))
    call_many(invited.meeting, 119)

    assert (count(Client()), count(signed_in)) == few
    assert max(few) <= 10


def test_two_replies_at_once_never_mix(committed_database):
    office = make_office()
    meeting = make_meeting(office, starts_at=clock.now() + dt.timedelta(days=2), ends_at=None)
    row = call(meeting, office.member, invited_at=clock.now())
    answers = [
        Answer("attend", note="มา"),
        Answer("substitute", "ส่ง", substitute_name="นางแทน", substitute_position="นักวิชาการ"),
    ]
    start = threading.Barrier(2)

    def give(answer):
        start.wait()
        replies.give(Attendee.objects.select_related("meeting").get(pk=row.pk), answer, by=None)
        connection.close()

    for _ in range(5):
        threads = [threading.Thread(target=give, args=[answer]) for answer in answers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert reply_of(row) in {("attend", "", "มา"), ("substitute", "นางแทน", "ส่ง")}
