"""The list of people as officers and secretaries use it."""

import datetime as dt

import pytest

from committees.models import Appointment, Attendee, Resolution
from core import clock
from tests.agencies.factories import make_office
from tests.committees.factories import CommitteeFactory, SeatFactory
from tests.committees.in_force import SINCE, put_in_force
from tests.committees.meetings.people import call, make_meeting


@pytest.fixture
def office(db):
    return make_office()


def base_of(meeting):
    return f"/o/office/2570/meetings/{meeting.pk}/"


@pytest.mark.django_db
def test_unknown_name_keeps_what_was_typed_and_says_what_to_do(office, client_for):
    meeting = make_meeting(office, "planned")
    browser = client_for(office.officer)
    address = f"{base_of(meeting)}people/add/"

    refused = browser.post(address, {"name": "ดร.นอก สมมติ", "email": "nok@example.org"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "ไม่พบชื่อนี้ในสำนักงาน" in page
    assert 'value="ดร.นอก สมมติ"' in page
    assert 'value="nok@example.org"' in page
    outsider = {"name": "ดร.นอก สมมติ", "position": "ผู้ทรงคุณวุฒิ", "email": "nok@example.org"}
    browser.post(address, outsider)
    browser.post(address, {"name": office.staff.get_full_name(), "is_member": "on"})
    again = browser.post(address, outsider)

    assert again.status_code == 422
    assert "มีชื่อนี้ในรายชื่อแล้ว" in again.content.decode()
    rows = list(meeting.attendees.values_list("user__username", "email", "is_member"))
    assert rows == [("staff", "", True), (None, "nok@example.org", False)]


@pytest.mark.django_db
def test_committees_secretary_keeps_attendance_but_calls_nobody(office, client_for):
    committee = CommitteeFactory(agency=office.agency)
    SeatFactory(committee=committee, user=office.member, role="secretary")
    meeting = make_meeting(office, committees=[committee])
    row = call(meeting, office.staff)
    browser = client_for(office.member)

    assert browser.get(f"{base_of(meeting)}people/").status_code == 200
    browser.post(f"{base_of(meeting)}attendance/mark/", {"mark": f"{row.pk}:present"})
    assert browser.post(f"{base_of(meeting)}people/send/").status_code == 403
    assert browser.post(f"{base_of(meeting)}people/fill/").status_code == 403
    row.refresh_from_db()
    assert row.attendance == "present"


@pytest.mark.django_db
def test_secretary_is_who_the_order_in_force_names_and_nobody_drafted(office, client_for):
    committee = CommitteeFactory(agency=office.agency)
    seat = SeatFactory(committee=committee, user=office.member, role="secretary")
    put_in_force(committee)
    SeatFactory(committee=committee, user=office.staff, role="secretary")
    seat.delete()
    meeting = make_meeting(office, committees=[committee])
    address = f"{base_of(meeting)}people/"

    def opened(user) -> int:
        return client_for(user).get(address).status_code

    assert (opened(office.member), opened(office.staff)) == (200, 403)
    today = clock.today()
    for days in ({"starts_on": today + dt.timedelta(1)}, {"starts_on": SINCE, "ends_on": today}):
        Appointment.objects.update(**days)
        assert (opened(office.member), opened(office.staff)) == (403, 403)


@pytest.mark.django_db
def test_list_of_a_held_meeting_no_longer_changes(office, client_for):
    meeting = make_meeting(office, "held")
    row = call(meeting, office.staff)
    browser = client_for(office.officer)

    for path, data in [
        ("people/fill/", {}),
        ("people/add/", {"name": office.member.get_full_name()}),
        ("people/change/", {"do": f"{row.pk}:remove"}),
        ("people/send/", {}),
    ]:
        assert browser.post(f"{base_of(meeting)}{path}", data).status_code == 409

    assert list(Attendee.objects.all()) == [row]


@pytest.mark.django_db
def test_chat_group_gets_the_result_with_the_resolutions_words(office, client_for):
    meeting = make_meeting(office, "held")
    call(meeting, office.staff, attendance="present")
    item = meeting.agenda.create(kind="for_consideration", title="ร่างผลการประเมิน")
    for status, words in [("open", "ให้เสนอผู้อำนวยการ"), ("draft", "ยังร่างอยู่")]:
        Resolution.objects.create(item=item, kind="approved", status=status, text=words)

    page = client_for(office.officer).get(f"{base_of(meeting)}people/").content.decode()

    assert "สรุปผล: ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570" in page
    assert "ผู้มาประชุม 1 จาก 1 คน" in page
    assert "ให้เสนอผู้อำนวยการ" in page
    assert "ยังร่างอยู่" not in page
    assert "ขอเชิญประชุม" not in page


@pytest.mark.django_db
def test_reply_of_one_tap_on_the_meetings_page(office, client_for):
    meeting = make_meeting(office)
    row = call(meeting, office.member, invited_at=meeting.created_at)
    browser = client_for(office.member)

    page = browser.get(base_of(meeting)).content.decode()
    assert f'action="/meetings/reply/{row.token}/"' in page
    assert row.token not in client_for(office.staff).get(base_of(meeting)).content.decode()
