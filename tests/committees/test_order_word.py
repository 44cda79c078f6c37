"""The order as a Word file: page, type, parts, long lists, words that look like markup."""

import datetime as dt
import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from committees.models import CommitteeMember
from documents import papers
from tests.agencies.factories import make_office
from tests.committees.factories import YEAR, make_committees, make_order
from tests.libreoffice import converted, text_of_pdf

pytestmark = pytest.mark.django_db
HOSTILE = "<w:p>&lt;b&gt;\x0b ]]> ${1+1}"


@pytest.fixture
def office():
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    office.steering, office.working = make_committees(office)
    return office


def signed(office, **fields):
    return make_order(
        office,
        "signed",
        number="235",
        calendar_year=2567,
        signed_on=dt.date(2024, 10, 1),
        signer_name="นายตัวอย่าง ลำดับหนึ่ง",
        signer_position="รองผู้อำนวยการ\nรักษาราชการแทนผู้อำนวยการสำนักงาน",
        **fields,
    )


def opened(order):
    return Document(io.BytesIO(papers.file_to_edit("order", order, "docx")))


def test_word_file_has_page_and_type_of_official_papers(office):
    document = opened(signed(office))
    section = document.sections[0]
    lengths = [section.page_width, section.page_height, section.left_margin, section.right_margin]
    assert [round(length.mm) for length in lengths] == [210, 297, 30, 20]
    look = document.styles["Normal"].element.rPr
    assert look.rFonts.get(qn("w:cs")) == "TH Sarabun New"
    assert look.find(qn("w:szCs")).get(qn("w:val")) == "32"
    for table in document.tables:
        assert [round(column.width.mm) for column in table.columns] == [16, 48, 56, 40]
        assert table.style.name != "Table Grid"


def test_word_file_says_the_parts_in_order(office):
    document = opened(signed(office, supersedes_text="คำสั่งที่ 198/2566 ลงวันที่ 9 พฤศจิกายน 2566"))
    lines = [line.text for line in document.paragraphs if line.text.strip()]
    expected = [
        "คำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต ๑",
        "ที่ ๒๓๕/๒๕๖๗",
        "เรื่อง แต่งตั้งคณะกรรมการ",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๗๐",
        "เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย",
        "อาศัยอำนาจตามความในมาตรา ๓๗ จึงยกเลิกคำสั่งที่ ๑๙๘/๒๕๖๖ ลงวันที่ ๙ พฤศจิกายน ๒๕๖๖ "
        "และแต่งตั้งคณะกรรมการ จำนวน ๒ คณะ ดังต่อไปนี้",
        "๑. คณะกรรมการกำกับดูแล PMQA ประกอบด้วย",
        "๑)\tประเมินองค์การด้วยตนเอง",
        "๒. คณะทำงาน PMQA ประกอบด้วย",
        "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
        "สั่ง\u00a0 ณ\u00a0 วันที่ ๑ ตุลาคม พ.ศ. ๒๕๖๗",
        "(นายตัวอย่าง ลำดับหนึ่ง)",
        "รองผู้อำนวยการ",
        "รักษาราชการแทนผู้อำนวยการสำนักงาน",
    ]
    places = [lines.index(line) for line in expected]
    assert places == sorted(places)
    first = [cell.text for cell in document.tables[0].rows[0].cells]
    assert first == ["๑.๑", office.director.get_full_name(), "นักวิชาการ", "ประธานกรรมการ"]
    champion = [cell.text for cell in document.tables[1].rows[1].cells]
    assert champion[2] == "นักวิชาการ\nเจ้าภาพหมวด ๑"


def test_office_with_arabic_digits_gets_them_in_word(office):
    office.agency.paper_digits = "arabic"
    office.agency.save()
    document = opened(signed(office))
    assert "ที่ 235/2567" in [line.text for line in document.paragraphs]
    assert document.tables[0].rows[1].cells[0].text == "1.2"


def test_long_word_file_opens_in_libreoffice(office, tmp_path):
    CommitteeMember.objects.bulk_create(
        CommitteeMember(committee=office.working, outside_name=f"Member{n:03}", order=9500 + n)
        for n in range(103)
    )
    order = make_order(office)
    path = tmp_path / "order.docx"
    path.write_bytes(papers.file_to_edit("order", order, "docx"))
    assert len(Document(path).tables[1].rows) == 117
    text = text_of_pdf(converted(path, "pdf", tmp_path / "out"))
    assert 0 < text.index("Member000") < text.index("Member102")


def test_hostile_words_stay_words_in_word(office):
    order = make_order(office, reason=HOSTILE, title=HOSTILE)
    CommitteeMember.objects.filter(outside_name__endswith="คนที่2").update(outside_name=HOSTILE)
    text = "\n".join(line.text for line in opened(order).paragraphs)
    assert "${" in text
    assert "<w:p>" in text


def test_word_file_is_handed_out_to_the_office_only(office, client_for):
    order = make_order(office)
    address = office.url(f"{YEAR}/documents/papers/order/{order.pk}.docx")
    other = make_office("other")
    assert client_for(office.observer).get(address).status_code == 200
    assert client_for(other.officer).get(address).status_code == 404
