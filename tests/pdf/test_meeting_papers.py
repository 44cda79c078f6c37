"""The papers of a meeting: parts in order, type, digits, long lists, hostile words."""

import datetime as dt
import json
import re
import subprocess

import pytest

from committees.meetings.papers_agenda import agenda_context
from committees.meetings.papers_minutes import decided_minutes, minutes_context, minutes_data
from committees.models import AgendaItem, CommitteeMember, Minutes
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
from tests.pdf.measured import find, measure

pytestmark = pytest.mark.django_db

# 16 point of TH Sarabun in the house's Sarabun; part A's sheet: left 30, right 20, foot 20 mm.
BODY = 10.72
LEFT, RIGHT, FOOT = 30, 190, 277
HOSTILE = '</p><script>alert(1)</script><img src="http://evil.example/x.png"> {{ 7|add:7 }}'


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


def text_of(pdf: bytes) -> list[str]:
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def in_order(text: str, *parts: str) -> None:
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def assert_within_margins(pages, top: float) -> None:
    for number, page in enumerate(pages, start=1):
        assert min(line.left for line in page) >= LEFT - 0.1
        assert max(line.right for line in page) <= RIGHT + 0.3
        assert max(line.foot for line in page) <= FOOT
        assert min(line.top for line in page) >= (top if number == 1 else 26.9)


def test_minutes_print_form_11(meeting, monkeypatch):
    pages = measure(monkeypatch)
    AgendaItem.objects.filter(meeting=meeting, kind="other").update(
        title=f"เรื่องอื่น ๆ {HOSTILE}", minutes_text=HOSTILE
    )
    paper = papers.render("minutes", meeting, draw=draw_here)
    text = " ".join(" ".join(text_of(paper.pdf)).split())
    in_order(
        text,
        "รายงานการประชุมคณะทำงาน PMQA",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต ๑",
        "ครั้งที่ ๒/๒๕๗๐",
        "เมื่อวันอังคารที่ ๑๕ มิถุนายน ๒๕๗๐",
        "ณ ห้องประชุม ๑",
        "ผู้มาประชุม",
        "ประธานกรรมการ",
        "แทน นายตัวอย่าง ลำดับหก",
        "ผู้ไม่มาประชุม",
        "ติดราชการ",
        "ผู้เข้าร่วมประชุม",
        "เริ่มประชุมเวลา ๑๓.๓๐ น.",
        "ระเบียบวาระที่ ๑",
        "๓๐ กันยายน ๒๕๗๐",
        "มติที่ประชุม รับทราบ",
        "ระเบียบวาระที่ ๒",
        "- ไม่มี -",
        "ระเบียบวาระที่ ๔",
        "๔.๑",
        "PMQA 4.0 งบประมาณ ๘๖,๐๐๐ บาท",
        "มติที่ประชุม เห็นชอบ ตาม https://example.go.th/plan2",
        "ระเบียบวาระที่ ๕",
        "<script>alert(๑)</script>",
        "{{ ๗|add:๗ }}",
        "เลิกประชุมเวลา ๑๕.๔๕ น.",
        "(ลงชื่อ)",
        "ผู้จดรายงานการประชุม",
    )
    assert "ผู้ตรวจรายงานการประชุม" in text
    assert_within_margins(pages, top=25)
    _page, said = find(pages, "เลขานุการ")
    assert (said.size, said.left) == (BODY, 59.0)
    _page, label = find(pages, "ระเบียบวาระที่ ๔")
    assert (label.left, label.is_bold) == (30, True)
    _page, heading = find(pages, "รายงานการประชุมคณะทำงาน")
    assert heading.left - LEFT == pytest.approx(RIGHT - heading.right, abs=0.5)
    assert find(pages, "- ๒ -")[0] == 2
    assert 27 <= find(pages, "- ๒ -")[1].top <= 33


def test_arabic_digits_by_the_offices_setting(meeting):
    meeting.agency.paper_digits = "arabic"
    printed = str(minutes_context(meeting)) + str(agenda_context(meeting))
    assert "15 มิถุนายน 2570" in printed
    assert not re.search("[๐-๙]", printed)


def test_first_meeting_has_no_minutes_to_confirm(meeting, office):
    first = agenda_context(meeting)["items"]
    assert [item["none"] for item in first if item["depth"] == 0] == ["", "- ไม่มี -", "", "", ""]
    meeting.previous = make_meeting(office, office.working, number=1)
    second = agenda_context(meeting)["items"][1]
    assert second["none"] == ""
    words = re.sub(r"<[^>]+>", "", second["title"])
    assert words == "เรื่องรับรองรายงานการประชุม ครั้งที่ ๑/๒๕๗๐ เมื่อวันที่ ๑๕ มิถุนายน ๒๕๗๐"


def test_electronic_meeting_says_so_and_how_people_were_identified(meeting):
    meeting.mode, meeting.identified_by = "online", "เปิดกล้องและขานชื่อ"
    data = minutes_data(meeting)
    assert data["place"] == "ผ่านสื่ออิเล็กทรอนิกส์"
    assert data["identified_by"] == "เปิดกล้องและขานชื่อ"
    meeting.mode = "hybrid"
    assert minutes_data(meeting)["place"] == "ณ ห้องประชุม 1 และผ่านสื่ออิเล็กทรอนิกส์"


def test_resolution_never_leaves_its_item_in_long_minutes(meeting, monkeypatch):
    meeting.agenda.all().delete()
    for place in range(14):
        heading = AgendaItem.objects.create(
            meeting=meeting, kind="for_consideration", title=f"เรื่องที่ {place}", order=place
        )
        for number in range(4 + place % 2):
            sentence = "ที่ประชุมพิจารณารายละเอียดและข้อเสนอของคณะทำงานแต่ละหมวด "
            add_item(
                heading,
                f"เรื่องย่อย {number}",
                f"มติของเรื่อง{place}ย่อย{number} " + sentence * (number % 2),
                minutes_text=f"<p>{sentence * (1 + (place + number) % 5)}จบ</p>",
            )
    pages = measure(monkeypatch)
    paper = papers.render("minutes", meeting, draw=draw_here)
    assert paper.page_count >= 8
    assert_within_margins(pages, top=25)
    whole = "".join(text_of(paper.pdf))
    assert whole.count("มติที่ประชุม") == 63
    for number, page in enumerate(pages[1:], start=2):
        words = [line.words for line in page]
        digits = str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert f"- {digits} -" in words
        body = [text for text in words if not text.startswith("- ")]
        assert not body[0].startswith("มติที่ประชุม")


def test_120_people_sign_under_repeated_heads(office, monkeypatch):
    meeting = make_meeting(office, office.working)
    for number in range(119):
        call(meeting, f"นางสาวคนที่{number} ตัวอย่าง", "นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ")
    call(meeting, office.champion1.get_full_name(), user=office.champion1)
    CommitteeMember.objects.filter(user=office.champion1).delete()
    pages = measure(monkeypatch)
    paper = papers.render("attendance", meeting, draw=draw_here)
    sheets = text_of(paper.pdf)
    assert len(sheets) == paper.page_count >= 5
    for sheet in sheets:
        assert "ลายมือชื่อ" in sheet and "ชื่อ – สกุล" in sheet
    assert office.champion1.get_full_name() in sheets[-1] + sheets[-2]
    assert "๑๒๐" in sheets[-1] + sheets[-2]
    assert_within_margins(pages, top=25)
    rows = [line for page in pages for line in page if line.words.startswith("นางสาวคนที่")]
    assert len(rows) == 119


@pytest.mark.parametrize("form", ["memo", "letter"])
def test_invitation_has_its_parts_and_the_reply_form_its_own_page(meeting, monkeypatch, form):
    pages = measure(monkeypatch)
    agency = meeting.agency
    agency.phone, agency.email = "0 4500 0000", "saraban1@example.go.th"
    agency.address = "เลขที่ 99 ถนนตัวอย่าง"
    meeting.invitation_form, meeting.invitation_number = form, "ศธ 04000/ว 124"
    meeting.invited_on, meeting.reply_by = dt.date(2027, 6, 1), dt.date(2027, 6, 10)
    meeting.speed = "very_urgent"
    paper = papers.render("invitation", meeting, draw=draw_here)
    sheets = text_of(paper.pdf)
    letter = " ".join(sheets[0].split())
    details = ("๑๕ มิถุนายน ๒๕๗๐ เวลา ๑๓.๓๐ – ๑๕.๔๕ น. ณ ห้องประชุม ๑", "จึงเรียนมาเพื่อโปรด")
    signed = ("(นาย", "ผู้อำนวยการสำนักงาน")
    mark, number = find(pages, "ด่วนมาก")[1], find(pages, "ที่")[1]
    # 32 point of TH Sarabun, on the first page alone, above the line of ที่.
    assert (mark.size, mark.foot < number.foot) == (21.44, True)
    assert [sheet.count("ด่วนมาก") for sheet in sheets] == [1] + [0] * (len(sheets) - 1)
    if form == "memo":
        head = ("บันทึกข้อความ", "ส่วนราชการ", "ศธ ๐๔๐๐๐/ว ๑๒๔", "๑ มิถุนายน ๒๕๗๐", "เรื่อง")
        in_order(letter, *head, "เรียน คณะทำงาน PMQA", *details, *signed)
        assert "ขอแสดงความนับถือ" not in letter
        _page, title = find(pages, "บันทึกข้อความ")
        assert (title.size, title.is_bold) == (19.43, True)
        assert find(pages, "ส่วนราชการ")[1].size == 13.4
        assert title.top < 30
        assert (mark.left > 45, mark.right < title.left) == (True, True)
    else:
        head = ("ศธ ๐๔๐๐๐/ว ๑๒๔", "เลขที่ ๙๙", "๑ มิถุนายน ๒๕๗๐", "เรื่อง", "เรียน")
        in_order(letter, *head, "สิ่งที่ส่งมาด้วย", *details, "ขอแสดงความนับถือ", *signed, "โทร.")
        # The emblem's space, 3 cm high, is free above everything.
        assert min(line.top for line in pages[0] if line is not mark) >= 45
        assert (mark.left, mark.right < 96, mark.foot < 50) == (LEFT, True, True)
        assert "บัญชีรายชื่อแนบท้าย" in sheets[1]
    assert "saraban1@example.go.th" in letter
    assert "แบบตอบรับการเข้าร่วมประชุม" in sheets[-1]
    assert "ภายในวันที่ ๑๐ มิถุนายน ๒๕๗๐" in " ".join(sheets[-1].split())
    assert "แบบตอบรับการเข้าร่วมประชุม" not in letter.replace("แบบตอบรับการเข้าร่วมประชุม จำนวน", "")
    text = [line for line in pages[0] if line.size == BODY]
    assert min(line.left for line in text) >= LEFT
    assert max(line.right for page in pages for line in page) <= RIGHT + 0.3
