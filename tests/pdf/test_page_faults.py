"""The faults of pages are found where they are forced."""

import pytest

from documents.pdf_rendering import draw_here
from tests.pdf import page_faults
from tests.pdf.page_lines import captured
from tests.pdf.test_rendering import sheet

LINE = '<p style="width:{width}mm">{words}</p>'
NARROW = "@page{size:80mm 60mm;margin:5mm}"


def pages_of(body, style=""):
    with captured() as pages:
        draw_here(sheet(body, NARROW + style))
    return pages


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("ให้แล้วเสร็จ ภายในวันที่ 30 <br>เมษายน 2570", "30 เมษายน"),
        ("ประชุม ครั้งที่ <br>๑/๒๕๖๘", "ครั้งที่ ๑/๒๕๖๘"),
        ("งบประมาณ 1,250,<br>000 บาท ของปี", "1,250,000"),
        ("ภายในเวลา 15 <br>วัน", "15 วัน"),
        ("เห็นชอบโดย นาย<br>กิตติ ตัวอย่าง", "นายกิตติ"),
        ("ดูที่ http://example.go.th/pap<br>ers", "http://example.go.th/papers"),
        ("สำนักงานปร<br>ะถมศึกษา", "letter parted from its mark"),
        ("สำนักงานเขตพื้<br>นที่การศึกษา", "word cut"),
    ],
)
def test_lines_that_cut_what_is_whole_are_found(words, whole):
    (fault,) = page_faults.cut(pages_of(f"<p>{words}</p>"))
    assert fault.startswith(f"page 1, {whole}")


def test_lines_that_end_where_they_may_are_left_alone():
    words = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา ดำเนินการพัฒนาคุณภาพการบริหารจัดการภาครัฐ " * 6
    assert page_faults.cut(pages_of(f"<p>{words}</p>")) == []


def test_text_beside_its_page_or_cell_is_found():
    table = '<table style="table-layout:fixed;width:20mm"><tr><td>{}</td><td>ก</td></tr></table>'
    assert page_faults.outside(pages_of(table.format("สั้น"))) == []
    wide = table.format('<span style="white-space:nowrap">ตัวเลขที่กว้างกว่าช่องของตน</span>')
    assert page_faults.outside(pages_of(wide)) == ["page 1: ตัวเลขที่กว้างกว่าช่องของตน"]


def test_a_heading_alone_at_the_foot_is_found():
    body = '<p>ก</p><h2>หัวข้อ</h2><p style="break-before:page">ข</p>'
    style = "h2{break-after:auto}"
    assert page_faults.lone_headings(pages_of(body, style)) == ["page 1: หัวข้อ"]
    assert page_faults.lone_headings(pages_of("<p>ก</p><h2>หัวข้อ</h2><p>ข</p>", style)) == []


def test_a_table_that_goes_on_without_its_head_is_found():
    rows = "<tr><td>ก</td></tr>" * 30
    table = f'<table class="long"><thead><tr><th>หัว</th></tr></thead><tbody>{rows}</tbody></table>'
    assert page_faults.headless_tables(pages_of(table)) == []
    without = pages_of(table, "thead{display:table-row-group}")
    assert page_faults.headless_tables(without)[0] == "page 2: long"
