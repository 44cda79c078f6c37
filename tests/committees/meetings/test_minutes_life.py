"""The life of minutes: to the chair, back, and confirmed in one of three ways."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from approvals.models import ApprovalRequest, PaperFreeze
from approvals.requests import count_waiting_for
from approvals.transitions import AlreadyChanged, RequirementsMissing, perform
from committees.enums import Attendance
from committees.meetings import minutes, resolutions
from committees.models import Minutes, Resolution
from notifications.due_items import due_items
from tests.committees.meetings.minutes_world import call, make_meeting, make_world, times

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(frozen_today):
    frozen_today(dt.date(2027, 6, 16))
    made = make_world()
    times(made.meeting)
    return made


def submitted(world) -> Minutes:
    held = minutes.begin(world.meeting, by=world.office.officer)
    minutes.submit(held, by=world.office.officer, checker=world.office.deputy)
    return held


def checked(world) -> Minutes:
    held = submitted(world)
    perform(held, "approve", world.office.deputy)
    return held


def titles_for(world, user) -> list[str]:
    return [item.title for item in due_items(world.office.agency, user)]


def test_minutes_wait_for_what_is_missing(world):
    world.meeting.attendees.filter(user=world.office.member).update(attendance="")
    world.meeting.closed_at = None
    world.meeting.save()
    resolutions.add_resolution(world.items["draft"], "noted", by=world.office.officer)
    held = minutes.begin(world.meeting, by=world.office.officer)

    with pytest.raises(RequirementsMissing) as refusal:
        minutes.submit(held, by=world.office.officer, checker=world.office.deputy)

    assert refusal.value.missing == [
        "ยังขาด: รายชื่อผู้มาประชุมครบ",
        "ยังขาด: เวลาเลิกประชุม",
        "ยังขาด: มติ 1 รายการยังไม่ยืนยัน",
    ]
    held.refresh_from_db()
    assert (held.status, held.checker) == ("writing", None)


def test_submitted_minutes_wait_for_the_chair_and_not_for_the_director(world):
    submitted(world)

    request = ApprovalRequest.objects.get()
    agency = world.office.agency
    assert request.addressed_to == world.office.deputy
    assert count_waiting_for(world.office.deputy, agency) == 1
    assert count_waiting_for(world.office.director, agency) == 0
    words = "ตรวจรายงานการประชุม: การประชุมคณะทำงาน ครั้งที่ 2/2570"
    assert words in titles_for(world, world.office.deputy)
    assert words not in titles_for(world, world.office.director)


def test_only_the_chosen_person_checks(world):
    held = submitted(world)

    for name in ("officer", "director", "member"):
        with pytest.raises(PermissionDenied):
            perform(held, "approve", world.office.people[name])


def test_returned_minutes_are_typed_again_and_tell_why(world, client_for):
    held = submitted(world)
    address = world.url("return/")

    answer = client_for(world.office.deputy).post(address, {"comment": "แก้ชื่อผู้มาประชุม"})

    held.refresh_from_db()
    assert (answer.status_code, held.status) == (302, "writing")
    page = client_for(world.office.officer).get(world.url())
    assert "แก้ชื่อผู้มาประชุม" in page.content.decode()
    assert world.office.officer.notifications.filter(rule="minutes-returned").count() == 1


def test_return_without_reason_is_refused(world, client_for):
    held = submitted(world)

    answer = client_for(world.office.deputy).post(world.url("return/"), {"comment": " "})

    held.refresh_from_db()
    assert (answer.status_code, held.status) == (422, "for_check")


def test_minutes_that_changed_are_not_approved_unseen(world, client_for):
    held = submitted(world)
    client = client_for(world.office.deputy)
    seen = client.get(world.url()).context["data_hash"]
    world.meeting.attendees.filter(user=world.office.member).update(attendance=Attendance.ABSENT)

    answer = client.post(world.url("approve/"), {"data_hash": seen})

    held.refresh_from_db()
    assert (answer.status_code, held.status) == (409, "writing")


def test_confirmed_minutes_keep_their_words_and_paper(world):
    held = checked(world)

    minutes.confirm_here(held, by=world.office.officer)
    world.meeting.attendees.filter(user=world.office.member).update(name="ชื่อใหม่")
    world.items["draft"].__class__.objects.update(title="เปลี่ยน")

    held.refresh_from_db()
    names = [row["name"] for row in held.snapshot["present"]]
    assert (held.status, held.confirmed_by) == ("confirmed", "same_meeting")
    assert world.office.member.get_full_name() in names
    freeze = PaperFreeze.objects.get()
    assert (freeze.kind, freeze.object_id) == ("minutes", world.meeting.pk)


def test_confirmed_minutes_never_change_again(world):
    held = checked(world)
    minutes.confirm_here(held, by=world.office.officer)

    for name in ("rewrite", "submit", "circulate", "confirm_next"):
        with pytest.raises(AlreadyChanged):
            perform(held, name, world.office.officer)


@pytest.mark.parametrize("how", ["here", "next", "circulation"])
def test_who_came_is_not_changed_between_the_check_and_the_confirmation(world, client_for, how):
    held = checked(world)
    later = make_meeting(
        world.office, number=3, starts_at=world.meeting.starts_at + dt.timedelta(7)
    )
    if how == "circulation":
        minutes.circulate(held, by=world.office.officer, until=dt.date(2027, 6, 16))
        held.answers.model.objects.bulk_create(
            held.answers.model(minutes=held, user=row.user, reply="confirm", at=later.starts_at)
            for row in minutes.circulation_members(held).select_related("user")
        )
    client = client_for(world.office.officer)
    attendee = world.meeting.attendees.get(user=world.office.member)
    client.post(
        world.office.url(f"2570/meetings/{world.meeting.pk}/attendance/mark/"),
        {"mark": f"{attendee.pk}:leave"},
    )

    answer = client.post(world.url("confirm/"), {"how": how, "at": later.pk})

    held.refresh_from_db()
    assert world.meeting.attendees.get(pk=attendee.pk).attendance == Attendance.ABSENT
    assert (answer.status_code, held.status == "confirmed") == (422, False)
    assert "เปลี่ยนไปหลังการตรวจ" in answer.content.decode()


@pytest.mark.parametrize("status", ["planned", "cancelled", "called"])
def test_minutes_are_not_confirmed_by_a_meeting_that_was_not_held(world, client_for, status):
    held = checked(world)
    tomorrow = world.meeting.starts_at + dt.timedelta(days=30)
    later = make_meeting(world.office, number=3, starts_at=tomorrow, status=status)

    answer = client_for(world.office.officer).post(
        world.url("confirm/"), {"how": "next", "at": later.pk}
    )

    held.refresh_from_db()
    assert (answer.status_code, held.status) == (422, "checked")


def test_next_meeting_confirms_with_corrections_and_says_so(world, client_for):
    checked(world)
    later = make_meeting(
        world.office,
        number=3,
        starts_at=world.meeting.starts_at + dt.timedelta(days=30),
        previous=world.meeting,
    )
    call(later, world.office.deputy, "chair")
    item = later.agenda.create(kind="confirm_minutes", title="รับรองรายงานการประชุม")
    client = client_for(world.office.officer)
    page = client.get(f"{world.office.url('2570/meetings/')}{later.pk}/minutes/?item={item.pk}")

    answer = client.post(
        world.url("confirm/"),
        {"how": "next", "at": later.pk, "corrections": "หน้า 2 แก้ 11 เป็น 12", "back": "later"},
    )

    held = world.meeting.minutes
    held.refresh_from_db()
    assert page.context["confirms"] == held
    assert answer.url.startswith(f"/o/office/2570/meetings/{later.pk}/minutes/")
    assert (held.status, held.confirmed_by, held.confirmed_at) == (
        "confirmed",
        "next_meeting",
        later,
    )
    assert held.snapshot["corrections"] == "หน้า 2 แก้ 11 เป็น 12"
    said = Resolution.objects.get(item=item)
    assert (said.kind, said.status) == ("confirmed", "done")
    assert said.text == "ครั้งที่ 2/2570 โดยมีการแก้ไข"


def test_circulation_asks_each_member_until_all_answered(world, client_for):
    held = checked(world)
    officer = client_for(world.office.officer)

    officer.post(world.url("circulate/"), {"until": "30/6/2570"})
    early = officer.post(world.url("confirm/"), {"how": "circulation"})
    words = "รับรองรายงานการประชุม: การประชุมคณะทำงาน ครั้งที่ 2/2570"
    asked = [
        name
        for name in ("deputy", "champion1", "champion2", "member", "officer")
        if words in titles_for(world, world.office.people[name])
    ]
    for name in asked:
        data = {"reply": "confirm"}
        if name == "member":
            data = {"reply": "correct", "text": "แก้ชื่อ"}
        client_for(world.office.people[name]).post(world.url("answer/"), data)
    wished = officer.get(world.url()).context["circulation"]["wished"]
    closed = officer.post(world.url("confirm/"), {"how": "circulation", "corrections": wished})

    held.refresh_from_db()
    assert early.status_code == 422
    assert asked == ["deputy", "champion1", "champion2", "member", "officer"]
    assert words not in titles_for(world, world.office.member)
    assert closed.status_code == 302
    assert (held.status, held.confirmed_by) == ("confirmed", "circulation")
    assert held.corrections == f"แก้ชื่อ ({world.office.member})"


def test_circulation_closes_after_its_day_without_all_answers(world, frozen_today):
    held = checked(world)
    minutes.circulate(held, by=world.office.officer, until=dt.date(2027, 6, 20))
    frozen_today(dt.date(2027, 6, 21))

    minutes.close_circulation(held, by=world.office.officer)

    assert held.status == "confirmed"


def test_answer_after_closing_is_refused(world, client_for):
    held = checked(world)
    minutes.confirm_here(held, by=world.office.officer)

    answer = client_for(world.office.member).post(world.url("answer/"), {"reply": "confirm"})

    assert answer.status_code == 409
    assert held.answers.count() == 0


def test_who_is_no_member_does_not_answer(world, client_for):
    held = checked(world)
    minutes.circulate(held, by=world.office.officer, until=dt.date(2027, 6, 20))

    answer = client_for(world.office.champion3).post(world.url("answer/"), {"reply": "confirm"})

    assert answer.status_code == 403
