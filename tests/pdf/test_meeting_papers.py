"""The papers of a meeting: parts in order, type, digits, long lists, hostile words."""

import datetime as dt
import json

import pytest

from committees.meetings.papers_minutes import decided_minutes, minutes_data
from committees.models import Minutes
from documents import papers
from documents.pdf_rendering import draw_here
from tests.agencies.factories import make_office
from tests.committees.factories import make_committees
from tests.committees.meetings.on_paper import (
    add_headings,
    add_item,
    call,
    make_meeting,
    resolve,
    take_minutes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    office.steering, office.working = make_committees(office)
    return office


@pytest.fixture
def meeting(office):
    """The meeting of the model paper: present, absent, in attendance, five headings."""
    meeting = make_meeting(office, office.working)
    call(
        meeting,
        "นางสาวตัวอย่าง ลำดับสอง",
        "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
        role="chair",
        attendance="present",
    )
    call(
        meeting,
        "นายตัวอย่าง ลำดับหก",
        attendance="substitute",
        substitute_name="นางแทน ลำดับสาม",
        substitute_position="นักวิเคราะห์",
    )
    call(meeting, "นายตัวอย่าง ลำดับเก้า", attendance="absent", absence_reason="ติดราชการ")
    call(meeting, "นายเข้าร่วม ลำดับสิบสอง", is_member=False, role="", attendance="present")
    headings = add_headings(meeting)
    headings["chair_informs"].minutes_text = "<p>ประธานแจ้งให้รายงานภายในวันที่ 30 กันยายน 2570</p>"
    headings["chair_informs"].save()
    resolve(headings["chair_informs"], "", "noted")
    add_item(
        headings["for_consideration"],
        "ร่างแผนปฏิบัติงาน PMQA 4.0 งบประมาณ 86,000 บาท",
        "เห็นชอบ ตาม https://example.go.th/plan2",
        minutes_text="<p>เลขานุการชี้แจง <b>กรอบเวลา</b></p>",
    )
    take_minutes(meeting, office)
    return meeting


def test_minutes_data_says_who_came_and_what_was_resolved(meeting):
    data = minutes_data(meeting)
    assert json.loads(json.dumps(data)) == data
    assert data["heading"] == "รายงานการประชุมคณะทำงาน PMQA"
    assert (data["number"], data["held_on"]) == ("ครั้งที่ 2/2570", "2027-06-15")
    assert (data["opened_at"], data["closed_at"]) == ("13:30", "15:45")
    assert [row["name"] for row in data["present"]] == ["นางสาวตัวอย่าง ลำดับสอง", "นางแทน ลำดับสาม"]
    assert data["present"][1]["remark"] == "แทน นายตัวอย่าง ลำดับหก"
    assert [(row["name"], row["remark"]) for row in data["absent"]] == [
        ("นายตัวอย่าง ลำดับเก้า", "ติดราชการ")
    ]
    assert [row["name"] for row in data["in_attendance"]] == ["นายเข้าร่วม ลำดับสิบสอง"]
    assert [(row["number"], row["resolutions"]) for row in data["items"]] == [
        ("1", ["รับทราบ"]),
        ("2", []),
        ("3", []),
        ("4", []),
        ("4.1", ["เห็นชอบ ตาม https://example.go.th/plan2"]),
        ("5", []),
    ]


def test_confirmed_minutes_say_what_they_said(meeting, office):
    snapshot = minutes_data(meeting)
    Minutes.objects.update(
        status="confirmed",
        snapshot=snapshot,
        confirmed_by="next_meeting",
        confirmed_on=dt.date(2027, 7, 1),
    )
    meeting.attendees.all().delete()
    office.officer.first_name = "เปลี่ยนใหม่"
    office.officer.save()
    assert decided_minutes(meeting) == snapshot
