"""Checking in: at the door with a phone, and by the secretary with one tap a person."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.meetings import door
from committees.models import Attendee, Meeting, MeetingFeedback
from tests.agencies.factories import make_office
from tests.committees.meetings.people import ENDS, STARTS, call, call_many, make_meeting

BANGKOK = dt.timezone(dt.timedelta(hours=7))


def at(day, hour, minute=0):
    return dt.datetime(2027, 6, day, hour, minute, tzinfo=BANGKOK)


@pytest.fixture
def office(db):
    return make_office()


def door_of(meeting):
    return f"/meetings/door/{meeting.door_token}/"


@pytest.mark.parametrize(
    ("ends", "closes"),
    [
        (ENDS, at(15, 18, 30)),
        (at(15, 22, 30), dt.datetime(2027, 6, 15, 23, 59, 59, tzinfo=BANGKOK)),
        (None, dt.datetime(2027, 6, 15, 23, 59, 59, tzinfo=BANGKOK)),
        (at(16, 16), at(16, 18)),
    ],
)
def test_door_is_open_from_two_hours_before_to_two_hours_after(ends, closes):
    assert door.window(Meeting(starts_at=STARTS, ends_at=ends)) == (at(15, 11, 30), closes)


@pytest.mark.django_db
def test_invitee_checks_in_with_one_tap_and_the_first_time_counts(office, client_for, frozen_today):
    meeting = make_meeting(office)
    row = call(meeting, office.member)
    frozen_today(at(15, 13, 25))
    browser = client_for(office.member)

    assert "มาประชุมแล้ว" in browser.get(door_of(meeting)).content.decode()
    row.refresh_from_db()
    assert row.attendance == ""
    browser.post(door_of(meeting))
    frozen_today(at(15, 13, 40))
    browser.post(door_of(meeting))

    row.refresh_from_db()
    assert (row.attendance, row.checked_in_at) == ("present", at(15, 13, 25))
    assert "เช็กชื่อแล้ว" in browser.get(door_of(meeting)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("moment", [at(15, 11, 29), at(15, 18, 31), at(14, 13, 30)])
def test_door_is_closed_outside_its_hours(office, client_for, frozen_today, moment):
    meeting = make_meeting(office)
    row = call(meeting, office.member)
    frozen_today(moment)

    assert client_for(office.member).post(door_of(meeting)).status_code == 409

    row.refresh_from_db()
    assert row.attendance == ""


@pytest.mark.django_db
def test_substitute_checks_in_for_the_member_and_strangers_do_not(office, client_for, frozen_today):
    meeting = make_meeting(office)
    substitute = {"substitute": office.champion1, "substitute_name": "แทน"}
    row = call(meeting, office.member, reply="substitute", **substitute)
    frozen_today(STARTS)

    client_for(office.champion1).post(door_of(meeting))
    refused = client_for(office.staff).post(door_of(meeting))

    row.refresh_from_db()
    assert row.attendance == "substitute"
    assert refused.status_code == 409
    assert "ท่านไม่อยู่ในรายชื่อของการประชุมนี้" in refused.content.decode()
    assert meeting.attendees.count() == 1


@pytest.mark.django_db
def test_staff_not_called_to_a_training_are_added_in_attendance(office, client_for, frozen_today):
    meeting = make_meeting(office, kind="training")
    frozen_today(STARTS)

    for _ in range(2):
        client_for(office.staff).post(door_of(meeting))

    row = meeting.attendees.get()
    assert (row.user, row.is_member, row.unit, row.attendance) == (
        office.staff,
        False,
        office.unit,
        "present",
    )


@pytest.mark.django_db
def test_door_leads_through_sign_in_and_is_unknown_to_other_offices(office, client_for):
    meeting = make_meeting(office)
    other = make_office("other")

    anonymous = Client().get(door_of(meeting))
    assert anonymous["Location"] == f"/accounts/login/?next={door_of(meeting)}"
    assert client_for(other.officer).get(door_of(meeting)).status_code == 404
    assert client_for(other.officer).post(door_of(meeting)).status_code == 404


@pytest.mark.django_db
def test_poster_shows_a_code_drawn_by_the_portal(office, client_for, settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    meeting = make_meeting(office)
    browser = client_for(office.officer)
    page = f"/o/office/2570/meetings/{meeting.pk}/door/"

    assert f"https://pmqa.example.go.th{door_of(meeting)}" in browser.get(page).content.decode()
    code = browser.get(page + "code.svg")
    assert (code["Content-Type"], code["X-Content-Type-Options"]) == ("image/svg+xml", "nosniff")
    assert code.content.startswith(b"<?xml")
    assert b"<script" not in code.content


@pytest.mark.django_db
def test_secretary_marks_with_one_tap_and_the_figures_follow(office, client_for):
    meeting = make_meeting(office)
    rows = call_many(meeting, 18)
    Attendee.objects.filter(pk__in=[row.pk for row in rows[:8]]).update(attendance="present")
    browser = client_for(office.officer)
    address = f"/o/office/2570/meetings/{meeting.pk}/attendance/"
    assert "ขาดอีก 1 คนจึงครบองค์ประชุม" in browser.get(address).content.decode()

    tap = browser.post(
        f"{address}mark/", {"mark": f"{rows[8].pk}:present"}, headers={"HX-Request": "true"}
    )

    part = tap.content.decode()
    assert f'id="person-{rows[8].pk}"' in part
    assert f'id="person-{rows[7].pk}"' not in part
    assert "9 จาก 18" in part
    assert "ครบองค์ประชุม (ต้องมี 9 คน)" in part
    assert 'hx-swap-oob="true"' in part
    plain = browser.post(f"{address}mark/", {"mark": f"{rows[9].pk}:duty"})
    assert plain["Location"] == f"{address}#person-{rows[9].pk}"
    rows[9].refresh_from_db()
    assert (rows[9].attendance, rows[9].absence_reason) == ("absent", "ติดราชการ")
    assert browser.post(f"{address}mark/", {"mark": f"{rows[9].pk}:dance"}).status_code == 400
    browser.post(f"{address}all/")
    assert meeting.attendees.filter(attendance="present").count() == 17


@pytest.mark.django_db
def test_substitute_unknown_to_the_office_gets_a_word_at_the_field(office, client_for):
    meeting = make_meeting(office)
    row = call(meeting, office.member)
    browser = client_for(office.officer)
    page = f"/o/office/2570/meetings/{meeting.pk}/people/{row.pk}/"

    refused = browser.post(page, {"attendance": "substitute", "substitute_name": "ใครสักคน"})
    assert refused.status_code == 422
    assert "ไม่พบชื่อนี้ในสำนักงาน" in refused.content.decode()
    data = {"attendance": "substitute", "substitute_name": office.deputy.get_full_name()}
    browser.post(page, data | {"back": "attendance"})

    row.refresh_from_db()
    assert (row.reply, row.attendance, row.substitute) == (
        "substitute",
        "substitute",
        office.deputy,
    )


@pytest.mark.django_db
def test_training_shows_units_and_takes_one_feedback_of_who_was_there(office, client_for):
    meeting = make_meeting(office, "held", kind="training")
    facts = {"is_member": False, "unit": office.unit, "role": ""}
    call(meeting, office.member, attendance="present", **facts)
    call(meeting, office.staff, attendance="absent", **facts)
    call(meeting, office.champion1, attendance="present", is_member=False)
    base = f"/o/office/2570/meetings/{meeting.pk}/"

    page = client_for(office.officer).get(f"{base}attendance/").content.decode()
    cells = '<td class="pmqa-number">{}</td>'.format
    assert f"กลุ่มอำนวยการ</th>{cells(2)}{cells(1)}{cells(50)}" in page
    member = client_for(office.member)
    for rating in ("7", ""):
        refused = member.post(f"{base}feedback/", {"rating": rating})
        assert refused.status_code == 422
    member.post(f"{base}feedback/", {"rating": "2", "text": "เร็วไป"})
    member.post(f"{base}feedback/", {"rating": "4", "text": "ดีขึ้น"})
    client_for(office.champion1).post(f"{base}feedback/", {"rating": "5", "text": ""})
    assert client_for(office.staff).post(f"{base}feedback/", {"rating": "1"}).status_code == 403

    assert MeetingFeedback.objects.count() == 2
    result = client_for(office.officer).get(f"{base}feedback/").content.decode()
    assert "4.5 <small>จาก 5</small>" in result
    assert "ดีขึ้น" in result
    assert office.member.get_full_name() not in result


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "people/", "attendance/"])
def test_pages_ask_as_often_for_one_as_for_120_people(office, client_for, page):
    meeting = make_meeting(office)
    call(meeting, office.member)
    browser = client_for(office.officer)
    address = f"/o/office/2570/meetings/{meeting.pk}/{page}"

    def count():
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    few = count()
    call_many(meeting, 119)

    assert count() == few <= 15
