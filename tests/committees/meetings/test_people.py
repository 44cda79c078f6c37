"""Who is called to a meeting, and how they are told."""

import datetime as dt
import email
import email.policy

import icalendar
import pytest

from approvals.transitions import perform
from committees.meetings import called_people, calling, inviting
from committees.meetings.due import meetings_due
from committees.models import AgendaItem, Appointment, Attendee, Committee, CommitteeMember
from core import clock
from notifications.models import Delivery, Notification
from notifications.sending import send
from tests.agencies.factories import make_office, make_person
from tests.committees.factories import YEAR, CommitteeFactory, make_committees, make_order
from tests.committees.meetings.people import STARTS, call, call_many, make_meeting

CALLED_ON = dt.date(2027, 6, 1)


def names(meeting):
    return [(row.name, row.role) for row in meeting.attendees.all()]


def make_body(office, order=0, **seats):
    """Return a committee with seats given as name=role, in that order."""
    committee = CommitteeFactory(agency=office.agency, kind="other", order=order)
    for place, (name, role) in enumerate(seats.items()):
        CommitteeMember.objects.create(
            committee=committee, user=office.people[name], role=role, order=place
        )
    return committee


@pytest.mark.django_db
def test_two_committees_call_each_person_once_in_order_of_precedence():
    office = make_office()
    steering = make_body(office, 0, director="chair", deputy="vice_chair")
    working = make_body(office, 1, deputy="chair", member="member", officer="secretary")
    meeting = make_meeting(office, "planned", [working, steering])

    assert called_people.fill(meeting, by=office.officer) == 4
    assert called_people.fill(meeting, by=office.officer) == 0

    people = office.people
    assert names(meeting) == [
        (people["director"].get_full_name(), "chair"),
        (people["deputy"].get_full_name(), "vice_chair"),
        (people["member"].get_full_name(), "member"),
        (people["officer"].get_full_name(), "secretary"),
    ]
    assert {row.unit for row in meeting.attendees.all()} == {office.unit}


@pytest.mark.django_db
def test_appointment_in_force_on_the_day_counts_not_the_live_seat():
    office = make_office()
    committee = make_body(office, 0, director="chair", member="member")
    order = make_order(office, "signed")
    day = STARTS.astimezone(clock.BANGKOK).date()
    facts = {"order": order, "committee": committee, "position": "ตามคำสั่ง", "role": "member"}
    for place, (name, starts, ends) in enumerate(
        [
            ("director", dt.date(2027, 1, 4), None),
            ("deputy", dt.date(2027, 1, 4), day),
            ("staff", day, None),
            ("member", day + dt.timedelta(days=1), None),
        ]
    ):
        user = office.people[name]
        Appointment.objects.create(
            user=user, name=f"{name} ตามคำสั่ง", place=place, starts_on=starts, ends_on=ends, **facts
        )
    meeting = make_meeting(office, "planned", [committee])

    called_people.fill(meeting, by=office.officer)

    assert names(meeting) == [("director ตามคำสั่ง", "member"), ("staff ตามคำสั่ง", "member")]


@pytest.mark.django_db
def test_name_and_position_stay_as_they_were_at_calling():
    office = make_office()
    meeting = make_meeting(office, "planned", [make_body(office, 0, member="member")])
    called_people.fill(meeting, by=office.officer)
    old = office.member.get_full_name()

    office.member.last_name, office.member.is_active = "ใหม่", False
    office.member.save()

    assert meeting.attendees.get().name == old


@pytest.mark.django_db
def test_training_calls_all_active_staff_with_their_unit_and_no_members():
    office = make_office()
    make_person(office.agency, "gone", is_active=False)
    meeting = make_meeting(office, "planned", kind="training")

    called_people.fill(meeting, by=office.officer)

    rows = list(meeting.attendees.all())
    assert len(rows) == 13
    assert {(row.is_member, row.unit) for row in rows} == {(False, office.unit)}


@pytest.mark.django_db
def test_list_is_added_to_moved_and_shortened_but_not_by_who_came():
    office = make_office()
    meeting = make_meeting(office)
    first, second = call(meeting, office.member), call(meeting, office.staff)
    outsider = called_people.add(
        meeting, by=office.officer, name="ดร.นอก", position="ผู้ทรงคุณวุฒิ", email="nok@example.org"
    )

    assert called_people.add(meeting, by=office.officer, user=office.member) is None
    assert called_people.add(meeting, by=office.officer, name="ดร.นอก") is None
    assert called_people.move(second, "up") is True
    assert called_people.move(second, "up") is False
    assert [row.pk for row in meeting.attendees.all()] == [second.pk, first.pk, outsider.pk]

    Attendee.objects.filter(pk=first.pk).update(attendance="present")
    assert called_people.remove(first, by=office.officer) is False
    assert called_people.remove(second, by=office.officer) is True
    assert meeting.attendees.count() == 2


@pytest.mark.django_db
def test_calling_invites_everybody_once_and_later_only_the_new(frozen_today):
    frozen_today(CALLED_ON)
    office = make_office()
    body = make_body(office, 0, director="chair", member="member")
    meeting = make_meeting(office, "planned", [body])
    AgendaItem.objects.create(meeting=meeting, kind="other", title="เรื่องอื่น ๆ")

    perform(meeting, "call", office.officer)

    assert Notification.objects.filter(rule="meeting-invited").count() == 2
    called_people.add(meeting, by=office.officer, user=office.staff)
    assert inviting.send_invitations(meeting) == 1
    assert inviting.send_invitations(meeting) == 0
    notices = Notification.objects.filter(rule="meeting-invited").order_by("pk")
    assert [row.recipient.username for row in notices] == ["director", "member", "staff"]
    own = meeting.attendees.get(user=office.member)
    assert notices[1].url == f"/meetings/reply/{own.token}/"
    assert notices[1].title == "ขอเชิญประชุม: ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570"
    assert notices[1].body == "วันอังคารที่ 15 มิถุนายน 2570 เวลา 13.30 – 16.30 น. · ห้องประชุม 1"
    assert Delivery.objects.count() == 3


@pytest.mark.django_db
def test_invitation_travels_with_its_calendar_to_people_and_outsiders(smtp, settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    office = make_office()
    meeting = make_meeting(office, online_url="https://meet.example.com/x", mode="hybrid")
    rows = [call(meeting, office.member), call(meeting), call(meeting, name="ไม่มีอีเมล", email="")]

    inviting.send_invitations(meeting)
    states = [send(row.pk) for row in Delivery.objects.order_by("pk")]

    assert states == ["sent", "sent"]
    for raw, to, attendee in zip(
        smtp.arrived, ["member@example.com", "nok@example.org"], rows, strict=False
    ):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert message["To"] == to
        body = message.get_body().get_content()
        link = f"https://pmqa.example.go.th/meetings/reply/{attendee.token}/"
        assert link in body
        assert "meet.example.com" not in body
        (part,) = message.iter_attachments()
        assert part.get_filename() == f"meeting-{meeting.pk}.ics"
        event = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
        assert (event["URL"], event["SUMMARY"]) == (link, "ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570")
        assert event.decoded("DTSTART") == STARTS


@pytest.mark.django_db
def test_changed_time_tells_the_invited_again_with_a_higher_sequence(frozen_today):
    frozen_today(CALLED_ON)
    office = make_office()
    meeting = make_meeting(office, committees=[make_body(office, 0, member="member")])
    call(meeting, office.member)
    inviting.send_invitations(meeting)
    call(meeting, office.staff)  # not invited yet
    changes = {name: getattr(meeting, name) for name in ("title", "number", "starts_at", "place")}
    committees = list(Committee.objects.filter(agency=office.agency, fiscal_year=YEAR))

    calling.change_meeting(
        meeting, changes | {"title": "ชื่อใหม่"}, committees, version=1, by=office.officer
    )
    assert Notification.objects.filter(rule="meeting-moved").count() == 0
    meeting.refresh_from_db()
    later = changes | {"starts_at": STARTS - dt.timedelta(hours=1)}
    calling.change_meeting(meeting, later, committees, version=2, by=office.officer)

    notice = Notification.objects.get(rule="meeting-moved")
    assert notice.recipient == office.member
    assert "เวลา 12.30" in notice.body
    (file,) = inviting.calendar_of(notice)
    event = icalendar.Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert (event["SEQUENCE"], event["STATUS"]) == (3, "CONFIRMED")


@pytest.mark.django_db
def test_cancelling_tells_why_and_takes_the_entry_out_of_calendars(frozen_today):
    frozen_today(CALLED_ON)
    office = make_office()
    meeting = make_meeting(office)
    call_many(meeting, 2)
    inviting.send_invitations(meeting)

    perform(meeting, "cancel", office.officer, comment="ประธานติดราชการด่วน")

    notices = list(Notification.objects.filter(rule="meeting-cancelled"))
    assert [row.body for row in notices] == ["ประธานติดราชการด่วน"] * 2
    (file,) = inviting.calendar_of(notices[0])
    assert icalendar.Calendar.from_ical(file.content)["METHOD"] == "CANCEL"


@pytest.mark.django_db
def test_waiting_replies_are_due_items_by_one_query(frozen_today, django_assert_num_queries):
    frozen_today(CALLED_ON)
    office = make_office()
    meeting = make_meeting(office)
    call(meeting, office.member)
    call_many(meeting, 119)
    inviting.send_invitations(meeting)
    Attendee.objects.filter(user__username__startswith="person").update(reply="attend")

    with django_assert_num_queries(1):
        items = list(meetings_due(office.agency, None))

    assert [(item.title, item.due_on, item.people) for item in items] == [
        (
            "ตอบรับการประชุม: ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570",
            dt.date(2027, 6, 11),
            (office.member.pk,),
        )
    ]
    assert list(meetings_due(office.agency, office.staff)) == []


@pytest.mark.django_db
def test_seats_fill_the_list_while_there_is_no_order(frozen_today):
    frozen_today(CALLED_ON)
    office = make_office()
    _steering, working = make_committees(office)
    Appointment.objects.all().delete()
    meeting = make_meeting(office, "planned", [working])

    assert called_people.fill(meeting, by=office.officer) == 14
    outside = meeting.attendees.filter(user=None)
    assert outside.count() == 5
