"""Memo and announcement by the regulation: margins, type, places, marks, Word files."""

import datetime as dt

import pytest
from weasyprint.document import Document

from documents import papers
from documents.pdf_rendering import draw_here
from tests.agencies.factories import make_office
from tests.libreoffice import converted, text_of_pdf
from tests.pdf.measured import MM, find, measure
from tests.reports.letters.factories import make_letter

pytestmark = pytest.mark.django_db
BODY, LABEL, TITLE, MARK = 10.72, 13.4, 19.43, 21.44
SENTENCE = "คณะทำงานได้ประเมินองค์การด้วยตนเองครบทุกหมวดและรวบรวมหลักฐานไว้แล้ว "
LONG = "".join(f"<p>{SENTENCE * 4}</p>" for _number in range(9))


@pytest.fixture
def office():
    return make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")


def watch_emblem(monkeypatch, name):
    """Return a list that fills with (page, left, top, width, height) of the emblem's boxes, mm."""
    places = []
    write = Document.write_pdf

    def write_pdf(document, *args, **kwargs):
        places[:] = [
            (
                number,
                *(
                    round(size * MM)
                    for size in (box.content_box_x(), box.content_box_y(), box.width, box.height)
                ),
            )
            for number, page in enumerate(document.pages, start=1)
            for box in page._page_box.descendants()
            if getattr(box.element, "get", lambda key: None)("class") == name
        ]
        return write(document, *args, **kwargs)

    monkeypatch.setattr(Document, "write_pdf", write_pdf)
    return places


def test_memo_keeps_the_regulations_places_type_and_marks(office, monkeypatch):
    emblem = watch_emblem(monkeypatch, "memo-emblem")
    pages = measure(monkeypatch)
    letter = make_letter(
        office,
        number="ศธ 04000/124",
        dated_on=dt.date(2027, 4, 3),
        speed="most_urgent",
        secrecy="confidential",
        enclosures="ร่างคำสั่ง จำนวน 1 ฉบับ",
        body=LONG,
        signer_acting="รักษาราชการแทน ผู้อำนวยการกลุ่มอำนวยการ",
    )
    paper = papers.render("memo", letter, draw=draw_here)

    assert paper.page_count == 2
    assert emblem == [(1, 30, 15, 15, 15)]
    page, title = find(pages, "บันทึกข้อความ")
    assert (page, title.size, title.is_bold) == (1, TITLE, True)
    speed = find(pages, "ด่วนที่สุด")[1]
    assert (speed.size, speed.left > 45, speed.right < title.left) == (MARK, True, True)
    for label in ("ส่วนราชการ", "ที่", "เรื่อง"):
        assert (find(pages, label)[1].size, find(pages, label)[1].left) == (LABEL, 30.0)
    number, day = find(pages, "ศธ ๐๔๐๐๐/๑๒๔")[1], find(pages, "๓ เมษายน ๒๕๗๐")[1]
    assert abs(number.foot - day.foot) < 0.3
    assert find(pages, "โทร. ๐ ๔๕๐๐ ๐๐๐๐")[1].top > find(pages, "กลุ่มอำนวยการ")[1].top
    assert find(pages, "คณะทำงานได้ประเมิน")[1].left == pytest.approx(55, abs=0.1)
    words = [line for page in pages for line in page if line.words != "ลับ"]
    assert min(line.left for line in words) >= 29.9
    assert max(line.right for line in words) <= 190.3
    assert {line.size for line in words} == {BODY, LABEL, TITLE, MARK}
    # Secrecy stands top and bottom centre of both pages.
    marks = [
        (number, line)
        for number, page in enumerate(pages, start=1)
        for line in page
        if line.words == "ลับ"
    ]
    assert [(number, line.size, line.top < 15, line.foot > 280) for number, line in marks] == [
        (number, MARK, at_top, not at_top) for number in (1, 2) for at_top in (True, False)
    ]
    assert all((line.left + line.right) / 2 == pytest.approx(105, abs=0.5) for _page, line in marks)
    page, number = find(pages, "- ๒ -")
    assert (page, number.top < 30 < number.foot) == (2, True)
    lead = [line for line in pages[0] if line.words.endswith("...")]
    assert [round(line.right) for line in lead] == [190]
    assert lead[0].words.removesuffix("...") in "".join(line.words for line in pages[1])
    page, name = find(pages, "(นายตัวอย่าง")
    acting = find(pages, "รักษาราชการแทน")[1]
    text_end = max(
        line.foot
        for line in pages[1]
        if line.words.startswith("คณะ") or (line.left < 31 and line.foot < name.top)
    )
    assert (page, name.top - text_end > 20) == (2, True)
    assert (name.left + name.right) / 2 == pytest.approx((acting.left + acting.right) / 2, abs=0.3)
    assert (name.left + name.right) / 2 > 110
    assert find(pages, "ทราบ")[1].top > acting.foot


def test_announcement_has_the_parts_of_its_form_in_order(office, monkeypatch):
    emblem = watch_emblem(monkeypatch, "letter-emblem")
    pages = measure(monkeypatch)
    letter = make_letter(
        office,
        kind="announcement",
        sender=office.agency.name_th,
        dated_on=dt.date(2026, 10, 1),
        body="<p>ด้วยสำนักงานกำหนดแนวทาง ดังนี้</p><ol><li>ประเมินให้ครบ 7 หมวด</li></ol>",
    )
    paper = papers.render("announcement", letter, draw=draw_here)
    parts = [
        find(pages, words)[1]
        for words in (
            "ประกาศสำนักงานเขตพื้นที่",
            "เรื่อง รายงานผล",
            "ด้วยสำนักงาน",
            "ประเมินให้ครบ",
            "ประกาศ\xa0 ณ\xa0 วันที่ ๑ ตุลาคม พ.ศ. ๒๕๖๙",
            "(นายตัวอย่าง",
            "ผู้อำนวยการกลุ่ม",
        )
    ]
    assert paper.page_count == 1
    assert emblem == [(1, 96, 15, 28, 30)]
    assert parts == sorted(parts, key=lambda line: line.top)
    assert {line.size for line in parts} == {BODY}
    for head in parts[:2]:
        assert (head.left + head.right) / 2 == pytest.approx(110, abs=0.5)
    assert parts[2].left == pytest.approx(55, abs=0.1)
    assert parts[0].top > 45


def test_memo_as_word_file_is_printed_whole_by_libreoffice(office, tmp_path):
    letter = make_letter(
        office,
        number="ศธ 04000/124",
        dated_on=dt.date(2027, 4, 3),
        speed="urgent",
        secrecy="secret",
        references="คำสั่งที่ 112/2569",
        body="".join(f"<p>Paragraph{number:02}</p>" for number in range(30)),
    )
    path = tmp_path / "memo.docx"
    path.write_bytes(papers.file_to_edit("memo", letter, "docx"))
    words = text_of_pdf(converted(path, "pdf", tmp_path / "out"))
    wanted = ["บันทึกข้อความ", "ด่วน", "ลับมาก", "โทร. ๐ ๔๕๐๐ ๐๐๐๐", "คำสั่งที่ ๑๑๒/๒๕๖๙"]
    wanted += ["ศธ ๐๔๐๐๐/๑๒๔", "๓ เมษายน ๒๕๗๐", "(นายตัวอย่าง ลำดับหนึ่ง)"]
    wanted += [f"Paragraph{number:02}" for number in range(30)]
    assert [word for word in wanted if word not in words] == []
    assert words.count("ลับมาก") == 4
