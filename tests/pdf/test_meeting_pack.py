"""The meeting pack: one PDF with real page numbers, and attached files page by page."""

import io
import re
import subprocess

import pikepdf
import pytest
from PIL import Image

from assessments.models import Evidence
from committees.meetings.agendas import numbered
from committees.models import MeetingPaper
from documents import papers
from documents.pdf_rendering import draw_here
from documents.stored_files import store_bytes
from reports import meeting_pack_files
from reports.meeting_pack_files import attached_to
from tests.agencies.factories import make_office
from tests.assessments.factories import add_evidence, make_assessment
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

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture
def office():
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    office.steering, office.working = make_committees(office)
    return office


@pytest.fixture
def meeting(office):
    """The second meeting, which confirms the minutes of the first."""
    earlier = make_meeting(office, office.working, number=1)
    headings = add_headings(earlier)
    resolve(headings["chair_informs"], "รับทราบเรื่องแรก")
    call(earlier, "นางตัวอย่าง ลำดับสอง", role="chair", attendance="present")
    take_minutes(earlier, office)
    meeting = make_meeting(office, office.working, previous=earlier)
    meeting.headings = add_headings(meeting)
    meeting.item = add_item(meeting.headings["for_consideration"], "ร่างผลการประเมิน")
    return meeting


def pdf_of(*texts: str, wide=False, turned=0, password="") -> bytes:
    """Return a PDF with a Latin text on each page."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for text in texts:
        page = pdf.add_blank_page(page_size=(842, 595) if wide else (595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 24 Tf 100 300 Td ({text}) Tj ET".encode())
        if turned:
            page.rotate(turned, relative=False)
    stream = io.BytesIO()
    locked = pikepdf.Encryption(owner=password, user=password) if password else False
    pdf.save(stream, encryption=locked)
    return stream.getvalue()


def lay(meeting, title, content, *, item=None, kind="application/pdf", name="ไฟล์.pdf"):
    """Lay a file on the meeting's table."""
    stored = store_bytes(meeting.agency, name, content, kind, None)
    order = meeting.papers.count()
    return MeetingPaper.objects.create(
        meeting=meeting, item=item, title=title, file=stored, order=order
    )


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "#c33").save(stream, "PNG")
    return stream.getvalue()


def pages_of(pdf: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return done.stdout.decode().split("\f")[:-1]


def test_pack_is_one_book_with_real_page_numbers(meeting, office):
    make_assessment(office)
    lay(meeting, "แผนงาน ฉบับร่าง", pdf_of("FIRST-A", "FIRST-B"), item=meeting.item)
    lay(meeting, "ตารางกว้าง", pdf_of("WIDE-A", wide=True), item=meeting.item, name="b.pdf")
    lay(meeting, "ภาพถ่าย", png(), kind="image/png", name="c.png")
    lay(meeting, "เสีย", b"%PDF-1.7 nothing of this is a PDF", item=meeting.item, name="d.pdf")
    lay(meeting, "ใส่รหัส", pdf_of("SECRET", password="x"), item=meeting.item, name="e.pdf")
    lay(meeting, "ไฟล์เวิร์ด", b"PK", item=meeting.item, kind=DOCX, name="f.docx")
    paper = papers.render("meeting-pack", meeting, draw=draw_here)
    pages = pages_of(paper.pdf)
    assert len(pages) == paper.page_count
    contents = {
        " ".join(words.split()): number
        for words, number in re.findall(r"^\s*(.+?)\s*(?:\. ?){3,}\s*([๐-๙]+)$", pages[1], re.M)
    }
    for words, element in {
        "ระเบียบวาระการประชุม": "agenda",
        "สถานะการดำเนินงานของปี": "steps",
        "สถานะและคะแนนรายหมวด": "categories",
        "ผลตัวชี้วัด": "indicators",
        "แผนปรับปรุงองค์การ": "plan",
    }.items():
        page = paper.layout.page_of(element)
        assert contents[words] == str(page).translate(THAI)
    attached = {
        words: pages[int(number.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))) - 1]
        for words, number in contents.items()
        if words.startswith("เอกสารประกอบ")
    }
    assert list(attached) == [
        "เอกสารประกอบการประชุม ภาพถ่าย",
        "เอกสารประกอบวาระ ๔.๑ แผนงาน ฉบับร่าง",
        "เอกสารประกอบวาระ ๔.๑ ตารางกว้าง",
        "เอกสารประกอบวาระ ๔.๑ เสีย",
        "เอกสารประกอบวาระ ๔.๑ ใส่รหัส",
        "เอกสารประกอบวาระ ๔.๑ ไฟล์เวิร์ด",
    ]
    texts = list(attached.values())
    assert "FIRST-A" in texts[1] and "๑/๒" in texts[1]
    assert "WIDE-A" in texts[2]
    assert "เสียหายหรือตั้งรหัสผ่าน" in texts[3] and "d.pdf" in texts[3]
    assert "เสียหายหรือตั้งรหัสผ่าน" in texts[4] and "SECRET" not in texts[4]
    assert "f.docx" in texts[5] and f"/meetings/{meeting.pk}/" in texts[5]
    following = next(page for page in pages if "FIRST-B" in page)
    assert f"หน้า {pages.index(following) + 1} / {len(pages)}".translate(THAI) in following
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        box = pdf.pages[pages.index(texts[2])].mediabox
        assert box[2] > box[3]
        with pdf.open_outline() as outline:
            names = [row.title for row in outline.root]
    assert names[0] == "ระเบียบวาระการประชุม"
    assert names[-1].startswith("เอกสารประกอบวาระ ๔.๑")


def decided(meeting):
    return [
        (row.paper.title, row.notice, row.shapes) for row in attached_to(meeting, numbered(meeting))
    ]


def test_turned_pages_count_as_they_are_read(meeting):
    lay(meeting, "หมุน", pdf_of("T", turned=90))
    assert decided(meeting) == [("หมุน", "", [True])]


def test_what_is_beyond_the_limit_is_told_in_words(meeting, monkeypatch):
    monkeypatch.setattr(meeting_pack_files, "MOST_PAGES", 3)
    lay(meeting, "สองหน้า", pdf_of("A", "B"), item=meeting.item)
    lay(meeting, "อีกสองหน้า", pdf_of("C", "D"), item=meeting.item, name="2.pdf")
    lay(meeting, "หน้าเดียว", pdf_of("E"), item=meeting.item, name="3.pdf")
    assert decided(meeting) == [
        ("สองหน้า", "", [False, False]),
        ("อีกสองหน้า", "too_many", []),
        ("หน้าเดียว", "", [False]),
    ]


def test_files_that_not_everybody_may_have_stay_out(meeting, office):
    secret = lay(meeting, "ลับ", pdf_of("X"))
    link = add_evidence(make_assessment(office).answer("1.1"), office.officer)
    Evidence.objects.filter(pk=link.evidence_id).update(
        file=secret.file, kind="file", is_confidential=True
    )
    assert decided(meeting) == [("ลับ", "not_for_all", [])]
