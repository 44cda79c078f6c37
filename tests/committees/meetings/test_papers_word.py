"""The papers of a meeting as Word files: type, margins, page numbers, words, hostile words."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from committees.models import AgendaItem
from documents import papers
from tests.agencies.factories import make_office
from tests.committees.factories import make_committees
from tests.committees.meetings.on_paper import (
    add_headings,
    add_item,
    call,
    make_meeting,
    take_minutes,
)

pytestmark = pytest.mark.django_db

HOSTILE = "<w:p>&lt;b&gt;\x0b ]]> ${1+1}"


@pytest.fixture
def meeting():
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    _steering, working = make_committees(office)
    meeting = make_meeting(office, working)
    call(meeting, "นางตัวอย่าง ลำดับสอง", role="chair", attendance="present")
    headings = add_headings(meeting)
    said = "<p>ชี้แจง <b>กรอบเวลา</b></p><ol><li>ข้อแรก</li><li>ข้อสอง</li></ol>"
    said += "<table><tr><td>งบ</td><td>86,000</td></tr></table>"
    add_item(headings["for_consideration"], "ร่างแผน 2 ปี", "เห็นชอบ 3 ข้อ", minutes_text=said)
    take_minutes(meeting, office)
    return meeting


def opened(kind, meeting):
    return Document(io.BytesIO(papers.file_to_edit(kind, meeting, "docx")))


def text_of(document) -> list[str]:
    return [row.text for row in document.paragraphs if row.text.strip()]


def test_minutes_in_word_have_the_type_and_margins_of_official_papers(meeting):
    document = opened("minutes", meeting)
    section = document.sections[0]
    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.left_margin,
            section.right_margin,
            section.top_margin,
            section.bottom_margin,
        )
    ]
    assert millimetres == [210, 297, 30, 20, 25, 20]
    look = document.styles["Normal"].element.rPr
    assert look.rFonts.get(qn("w:cs")) == look.rFonts.get(qn("w:ascii")) == "TH Sarabun New"
    assert look.find(qn("w:szCs")).get(qn("w:val")) == "32"
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    order = [child.tag for child in section._sectPr]
    assert order.index(qn("w:pgNumType")) == order.index(qn("w:cols")) - 1
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) == "thaiNumbers"


def test_minutes_in_word_say_their_parts_in_order(meeting):
    document = opened("minutes", meeting)
    lines = text_of(document)
    expected = [
        "รายงานการประชุมคณะทำงาน PMQA",
        "ครั้งที่ ๒/๒๕๗๐",
        "เมื่อวันอังคารที่ ๑๕ มิถุนายน ๒๕๗๐",
        "ณ ห้องประชุม ๑",
        "ผู้มาประชุม",
        "ผู้ไม่มาประชุม",
        "เริ่มประชุมเวลา  ๑๓.๓๐ น.",
        "ระเบียบวาระที่ ๔\tเรื่องที่เสนอให้ที่ประชุมพิจารณา",
        "\t๔.๑\tร่างแผน ๒ ปี",
        "ชี้แจง กรอบเวลา",
        "1. ข้อแรก",
        "2. ข้อสอง",
        "มติที่ประชุม  เห็นชอบ ๓ ข้อ",
        "เลิกประชุมเวลา  ๑๕.๔๕ น.",
    ]
    places = [lines.index(line.replace("1.", "๑.").replace("2.", "๒.")) for line in expected]
    assert places == sorted(places)
    bold = [run.text for row in document.paragraphs for run in row.runs if run.font.cs_bold]
    assert "กรอบเวลา" in bold
    assert document.tables[1].rows[0].cells[1].text == "๘๖,๐๐๐"
    assert "ผู้จดรายงานการประชุม" in document.tables[-1].rows[0].cells[0].text


@pytest.mark.parametrize(("form", "words"), [("memo", "บันทึกข้อความ"), ("letter", "ขอแสดงความนับถือ")])
def test_invitation_in_word_has_its_reply_form(meeting, form, words):
    meeting.invitation_form, meeting.speed = form, "urgent"
    text = "\n".join(text_of(opened("invitation", meeting)))
    assert words in text
    assert "วันอังคารที่ ๑๕ มิถุนายน ๒๕๗๐ เวลา ๑๓.๓๐ – ๑๕.๔๕ น." in text
    assert "แบบตอบรับการเข้าร่วมประชุม" in text
    assert next(line.strip() for line in text.split("\n") if "ด่วน" in line) in (
        "ด่วน",
        "ด่วน\tบันทึกข้อความ",
    )


@pytest.mark.parametrize("kind", ["agenda", "invitation", "minutes"])
def test_hostile_words_stay_words(meeting, kind):
    AgendaItem.objects.update(title=HOSTILE, minutes_text=HOSTILE, detail=HOSTILE)
    meeting.title = meeting.place = meeting.invitation_text = HOSTILE
    text = "\n".join(text_of(opened(kind, meeting)))
    assert "${" in text
