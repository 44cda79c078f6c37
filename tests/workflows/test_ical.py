"""Calendar files, as written and as another program reads them."""

import datetime as dt

import vobject

from tests.workflows.factories import day
from workflows.ical import MOST_EVENTS, Event, calendar_file

MADE = dt.datetime(2027, 6, 15, 2, 0, tzinfo=dt.UTC)
MOVED = dt.datetime(2027, 6, 10, 4, 30, 5, tzinfo=dt.UTC)


def test_calendar_file_is_written_as_rfc_5545_says(settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    event = Event(
        key="step-7-window-1",
        summary="ขั้นที่ 1; แต่งตั้ง, คณะทำงาน",
        starts_on=day("2027-05-01"),
        ends_on=day("2027-05-31"),
        description="บรรทัดแรก\nบรรทัดสอง",
        path="/o/office/2570/calendar/steps/7/",
        changed_at=MOVED,
        sequence=2,
    )
    written = calendar_file("PMQA สนง.", [event], MADE).decode().replace("\r\n ", "")
    assert written.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PMQA portal//Fiscal year calendar//TH",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:PMQA สนง.",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Asia/Bangkok",
        "BEGIN:VEVENT",
        "SUMMARY:ขั้นที่ 1\\; แต่งตั้ง\\, คณะทำงาน",
        "DTSTART;VALUE=DATE:20270501",
        "DTEND;VALUE=DATE:20270601",
        "DTSTAMP:20270610T043005Z",
        "UID:step-7-window-1@pmqa.example.go.th",
        "SEQUENCE:2",
        "DESCRIPTION:บรรทัดแรก\\nบรรทัดสอง",
        "LAST-MODIFIED:20270610T043005Z",
        "TRANSP:TRANSPARENT",
        "URL:https://pmqa.example.go.th/o/office/2570/calendar/steps/7/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_calendar_file_is_read_back_by_another_program():
    long_words = "จัดทำรายงานผลการพัฒนาคุณภาพการบริหารจัดการภาครัฐ " * 8
    events = [
        Event("b", "ครบกำหนด: ส่งรายงาน", day("2027-07-01"), day("2027-07-01")),
        Event("a", long_words, day("2027-02-28"), day("2028-02-29"), "ก\x0bข\x00ค\r\nง"),
    ]
    content = calendar_file("PMQA", events, MADE)
    read = vobject.readOne(content.decode())
    assert [
        (event.uid.value[:2], event.dtstart.value, event.dtend.value) for event in read.vevent_list
    ] == [
        ("a@", day("2027-02-28"), day("2028-03-01")),
        ("b@", day("2027-07-01"), day("2027-07-02")),
    ]
    assert read.vevent_list[0].summary.value == long_words.strip()
    assert read.vevent_list[0].description.value == "ก ข ค\nง"
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_calendar_file_is_the_same_bytes_again_and_bounded():
    first = day("2027-01-01")
    events = [Event(f"e{n}", "x", first, first) for n in range(MOST_EVENTS + 5)]
    content = calendar_file("PMQA", events, MADE)
    assert content == calendar_file("PMQA", reversed(events), MADE)
    assert content.count(b"BEGIN:VEVENT") == MOST_EVENTS
