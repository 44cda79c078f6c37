"""Quorum, the three lists, the calendar file and the texts for a chat group."""

import datetime as dt

import icalendar
import pytest
import vobject

from committees.meetings import chat_text
from committees.meetings.attendance import lists, mark, mark_all, unmarked
from committees.meetings.ics import meeting_file
from committees.meetings.quorum import Quorum, quorum_of
from committees.models import Attendee, Meeting
from tests.agencies.factories import make_office
from tests.committees.meetings.people import ENDS, STARTS, call, make_meeting


def unfolded(content: bytes) -> bytes:
    return content.replace(b"\r\n ", b"")


def members(count: int, present: int = 0, substitutes: int = 0) -> list[Attendee]:
    marks = ["present"] * present + ["substitute"] * substitutes
    return [
        Attendee(name=f"คนที่ {number}", is_member=True, attendance=mark)
        for number, mark in enumerate(marks + [""] * (count - len(marks)), 1)
    ]


@pytest.mark.parametrize(
    ("count", "number", "needed"), [(18, None, 9), (17, None, 9), (1, None, 1), (18, 10, 10)]
)
def test_quorum_is_half_of_the_members_or_the_number_of_the_meeting(count, number, needed):
    assert quorum_of(Meeting(quorum=number), members(count)).needed == needed


def test_quorum_counts_substitutes_and_no_people_in_attendance():
    rows = [*members(18, present=8, substitutes=1), Attendee(is_member=False, attendance="present")]

    quorum = quorum_of(Meeting(), rows)

    assert (quorum, quorum.is_met, quorum.percent) == (Quorum(9, 18, 9), True, 50)


def test_quorum_is_not_met_by_one_too_few_or_without_members():
    short = quorum_of(Meeting(), members(18, present=8))

    assert (short.is_met, short.missing) == (False, 1)
    assert quorum_of(Meeting(quorum=10), members(18, present=9)).is_met is False
    assert quorum_of(Meeting(), []).is_met is False


def test_lists_name_substitutes_reasons_and_people_in_attendance():
    rows = [
        Attendee(name="นางประธาน", position="ผู้อำนวยการ", role="chair", attendance="present"),
        Attendee(
            name="นายสมาชิก",
            position="นักวิชาการ",
            role="member",
            attendance="substitute",
            substitute_name="นางสาวแทน",
            substitute_position="นักวิชาการชำนาญการ",
        ),
        Attendee(name="นายลา", role="member", attendance="absent", absence_reason="ติดราชการ"),
        Attendee(name="นายเงียบ", role="secretary"),
        Attendee(name="นายฟัง", is_member=False, attendance="present"),
        Attendee(name="นายไม่มา", is_member=False),
    ]

    present, absent, in_attendance = lists(rows)

    facts = [(row.number, row.name, row.position, row.role, row.remark) for row in present]
    assert facts == [
        (1, "นางประธาน", "ผู้อำนวยการ", "ประธานกรรมการ", ""),
        (2, "นางสาวแทน", "นักวิชาการชำนาญการ", "กรรมการ", "แทน นายสมาชิก"),
    ]
    assert [(row.number, row.name, row.remark) for row in absent] == [
        (1, "นายลา", "ติดราชการ"),
        (2, "นายเงียบ", ""),
    ]
    assert [(row.number, row.name, row.role) for row in in_attendance] == [(1, "นายฟัง", "")]
    assert [row.name for row in unmarked(rows)] == ["นายเงียบ"]


@pytest.mark.django_db
def test_marking_keeps_the_first_time_and_stops_with_a_cancelled_meeting(frozen_today):
    office = make_office()
    meeting = make_meeting(office)
    row = call(meeting, office.member)
    frozen_today(STARTS)
    assert mark(row, "present") is True
    frozen_today(STARTS + dt.timedelta(minutes=40))
    assert mark(row, "present") is True
    row.refresh_from_db()
    assert row.checked_in_at == STARTS

    assert mark(row, "absent", "ลา") is True
    row.refresh_from_db()
    assert (row.attendance, row.absence_reason, row.checked_in_at) == ("absent", "ลา", None)
    assert mark(row, "substitute") is False

    Meeting.objects.update(status="cancelled")
    assert mark(row, "present") is False


@pytest.mark.django_db
def test_all_present_spares_who_replied_not_to_come():
    office = make_office()
    meeting = make_meeting(office)
    coming = call(meeting, office.member)
    away = call(meeting, office.champion1, reply="cannot")
    sends = call(meeting, office.champion2, reply="substitute", substitute_name="นางแทน")
    known = call(meeting, office.champion3, attendance="absent", absence_reason="ลา")

    assert mark_all(meeting, by=office.officer) == 2

    rows = {row.pk: row.attendance for row in meeting.attendees.all()}
    assert rows == {coming.pk: "present", away.pk: "", sends.pk: "substitute", known.pk: "absent"}


@pytest.mark.django_db
def test_calendar_file_is_read_back_by_two_readers(settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    settings.DEFAULT_FROM_EMAIL = "PMQA <pmqa@example.go.th>"
    office = make_office(name_th="สำนักงานตัวอย่าง")
    meeting = make_meeting(office, mode="hybrid", online_url="https://meet.example.com/x")

    content = meeting_file(meeting, path="/meetings/reply/abc/")

    first = icalendar.Calendar.from_ical(content)
    event = first.walk("VEVENT")[0]
    assert (first["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 1)
    assert event["UID"] == f"meeting-{meeting.pk}@pmqa.example.go.th"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (STARTS, ENDS)
    assert event["ORGANIZER"] == "mailto:pmqa@example.go.th"
    second = vobject.readOne(content.decode()).vevent
    assert second.summary.value == "ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570"
    assert second.location.value == "ห้องประชุม 1 · ประชุมออนไลน์"
    assert second.description.value == (
        "สำนักงานตัวอย่าง\nhttps://pmqa.example.go.th/meetings/reply/abc/"
    )
    assert b"meet.example.com" not in unfolded(content)
    assert b"https://meet.example.com/x" in unfolded(meeting_file(meeting, shows_link=True))


@pytest.mark.django_db
def test_calendar_entry_moves_and_goes_away_by_the_same_uid():
    office = make_office()
    meeting = make_meeting(office)
    before = icalendar.Calendar.from_ical(meeting_file(meeting)).walk("VEVENT")[0]
    meeting.version, meeting.ends_at, meeting.status = 3, None, "cancelled"

    calendar = icalendar.Calendar.from_ical(meeting_file(meeting))
    after = calendar.walk("VEVENT")[0]

    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 3)
    assert before["UID"] == after["UID"]
    assert (calendar["METHOD"], after["STATUS"]) == ("CANCEL", "CANCELLED")
    assert after.decoded("DTEND") == STARTS + dt.timedelta(hours=2)


@pytest.mark.django_db
def test_words_of_people_cannot_add_lines_to_the_calendar():
    meeting = make_meeting(
        make_office(), title="ก\r\nATTENDEE:mailto:x@example.com", place="a\x0bb"
    )

    event = icalendar.Calendar.from_ical(meeting_file(meeting)).walk("VEVENT")[0]

    assert "ATTENDEE" not in event
    assert event["LOCATION"] == "a b"


@pytest.mark.django_db
def test_chat_texts_say_day_time_place_and_link_in_thai(settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    meeting = make_meeting(make_office(), ends_at=None)
    agenda = [("1", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"), ("2", "เรื่องอื่น ๆ")]

    assert chat_text.invitation(meeting, "/m/", agenda) == (
        "ขอเชิญประชุมคณะทำงาน PMQA ครั้งที่ 2/2570\n"
        "วันอังคารที่ 15 มิถุนายน 2570 เวลา 13.30 น.\n"
        "สถานที่: ห้องประชุม 1\n"
        "\n"
        "ระเบียบวาระ\n"
        "1. เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ\n"
        "2. เรื่องอื่น ๆ\n"
        "\n"
        "ตอบรับภายใน 11 มิ.ย. 2570\n"
        "ตอบรับและดูเอกสาร: https://pmqa.example.go.th/m/"
    )
    assert chat_text.reminder(meeting, "/m/", 3) == (
        "ขอเตือน: ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570\n"
        "วันอังคารที่ 15 มิถุนายน 2570 เวลา 13.30 น.\n"
        "สถานที่: ห้องประชุม 1\n"
        "ยังไม่ตอบรับ 3 คน\n"
        "ตอบรับและดูเอกสาร: https://pmqa.example.go.th/m/"
    )
    assert chat_text.result(meeting, "/m/", Quorum(9, 18, 15), ["มติที่ประชุม เห็นชอบ"]) == (
        "สรุปผล: ประชุมคณะทำงาน PMQA ครั้งที่ 2/2570\n"
        "วันอังคารที่ 15 มิถุนายน 2570\n"
        "ผู้มาประชุม 15 จาก 18 คน\n"
        "\n"
        "1. มติที่ประชุม เห็นชอบ\n"
        "\n"
        "อ่านต่อ: https://pmqa.example.go.th/m/"
    )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("การประชุมคณะกรรมการ", "ขอเชิญประชุมคณะกรรมการ"),
        ("อบรมเกณฑ์ PMQA", "ขอเชิญอบรมเกณฑ์ PMQA"),
        ("เปิดบ้าน PMQA", "ขอเชิญเข้าร่วม เปิดบ้าน PMQA"),
    ],
)
def test_invitation_for_the_chat_says_no_word_twice(title, words):
    meeting = Meeting(title=title, starts_at=STARTS, place="ห้องประชุม 1")

    assert chat_text.invitation(meeting, "/m/").splitlines()[0] == words
