"""The paper `sop`: columns of each layout, pages, connectors, and that nothing overflows."""

import re
import subprocess

import pytest

from documents import pdf_rendering
from documents.papers import render
from tests.agencies.factories import AgencyFactory
from tests.pdf.cells import watch_cells
from workflows.sop.data import NodeData, SopData, StepData, WindowData
from workflows.sop.files import import_sop, read_sop, shipped_files

pytestmark = pytest.mark.django_db
THAI = "การพัฒนาคุณภาพการบริหารจัดการภาครัฐอย่างต่อเนื่องของสำนักงานเขตพื้นที่การศึกษา" * 2
LONG = "x" * 120


def paper(data):
    version = import_sop(data, AgencyFactory())
    return render("sop", version, draw=pdf_rendering.draw_here)


def shipped(slug):
    return paper(read_sop(shipped_files()[slug].read_text()))


def heads(html):
    """Return the labels of the columns of each printed table."""
    rows = re.findall(r'<tr class="labels">(.*?)</tr>', html, re.S)
    strip = re.compile(r"<[^>]+>")
    return [[strip.sub("", c) for c in re.findall(r"<th[^>]*>(.*?)</th>", r)] for r in rows]


S7_HEADS = "ลำดับที่ ผังขั้นตอนการดำเนินงาน รายละเอียดงาน เวลาดำเนินการ มาตรฐานคุณภาพงาน ผู้รับผิดชอบ หมายเหตุ"
D6_HEADS = [
    *("ลำดับ", "ผังกระบวนการ", "รายละเอียดงาน/ จุดควบคุม"),
    *("ระยะเวลา", "ผู้รับผิดชอบ", "เอกสารที่เกี่ยวข้อง"),
]


def test_sisaket_prints_three_table_pages_of_seven_columns():
    done = shipped("sisaket-pmqa")
    assert heads(done.html) == [S7_HEADS.split()] * 3
    assert [done.layout.page_of(f"step-{n}") for n in range(1, 9)] == [3, 3, 3, 4, 4, 4, 5, 5]
    assert done.html.count("(ต่อ)") == 2
    pages = [connectors(done, page) for page in (3, 4, 5)]
    assert pages == [["ไปหน้า 4"], ["จากหน้า 3", "ไปหน้า 5"], ["จากหน้า 4"]]
    assert done.page_count == 5


def test_doh_prints_eight_rows_then_two_and_its_signature():
    done = shipped("doh-pmqa")
    assert heads(done.html) == [D6_HEADS] * 2
    pages = [done.layout.page_of(f"step-{n}") for n in range(1, 11)]
    assert pages == [*[pages[0]] * 8, *[pages[0] + 1] * 2]
    assert done.layout.page_of("closing") == pages[-1]
    assert "กรกฎาคม 2565" in done.html
    assert done.html.count("<thead>") == 2


def test_phetchabun_2_1_prints_one_page_without_time_column():
    done = shipped("phetchabun-2-1")
    expected = [label for label in S7_HEADS.split() if label != "เวลาดำเนินการ"]
    assert heads(done.html) == [expected]
    assert "คำอธิบายสัญลักษณ์ผังขั้นตอน" in done.html
    assert "งานสารบรรณ พ.ศ. 2526" in re.sub(r"<[^>]+>", "", done.html)
    assert done.html.count('class="connector') == 0


def test_phetchabun_2_3_spans_its_quality_standard():
    done = shipped("phetchabun-2-3")
    assert heads(done.html) == [S7_HEADS.split()]
    assert done.html.count('rowspan="6"') == 1


def test_thai_text_can_be_read_back():
    done = shipped("phetchabun-2-1")
    text = subprocess.run(["pdftotext", "-", "-"], input=done.pdf, capture_output=True, check=True)
    assert "ศึกษา วิเคราะห์ภารกิจ" in text.stdout.decode()


def test_office_digits_hold_when_the_sop_names_none():
    data = read_sop(shipped_files()["phetchabun-2-2"].read_text())
    data.print_options = {}
    done = paper(data)
    assert "๒ สัปดาห์" in done.html
    assert "พ.ศ. ๒๕๓๗" in re.sub(r"<[^>]+>", "", done.html)


def text_of(done, *options):
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=done.pdf, capture_output=True, check=True).stdout.decode()


def connectors(done, page):
    """Return the words of the page connectors on a page, as they read back."""
    return re.findall(
        "(?:ไป|จาก)หน้า [0-9, ]*[0-9]", text_of(done, "-f", str(page), "-l", str(page))
    )


def hostile_step(number):
    words = [THAI[:120], LONG, "สั้น"][number % 3]
    symbol = "decision" if number in (4, 9) else "activity"
    nodes = [NodeData(symbol, words, "", {4: 2, 9: 4, 12: 1}.get(number), "ไม่เห็นชอบ")]
    if number == 6:
        nodes = [NodeData("activity", text) for text in ("หนึ่ง", THAI[:120], "สาม")]
    blank = number % 4 == 0
    return StepData(
        *(number, "ขั้นตอน"),
        detail="" if blank else f"{THAI} {LONG}",
        standard="" if number % 2 else LONG,
        responsible_text="" if blank else THAI[:200],
        documents=[] if blank else [LONG, THAI],
        remark="" if number % 2 else LONG,
        nodes=nodes,
        windows=[WindowData("months", "", 5, 14), WindowData("undated", LONG)],
    )


@pytest.mark.parametrize("layout", ["S7", "D6", "P"])
def test_hostile_sop_stays_inside_its_cells(layout, monkeypatch):
    sheets = []

    def draw(sheet):
        sheets.append(sheet)
        return pdf_rendering.draw_here(sheet)

    data = SopData(
        *("hostile", f"ชื่อ {LONG}", "", THAI[:200], THAI[:100], layout, None, ""),
        *([THAI, LONG], [], [LONG], [LONG], {"title": LONG}),
        steps=[hostile_step(number) for number in range(1, 13)],
    )
    version = import_sop(data, AgencyFactory())
    overflowing = []
    watch_cells(monkeypatch, overflowing)
    done = render("sop", version, draw=draw)
    assert len(sheets) == 2
    assert [done.layout.page_of(f"step-{n}") is not None for n in range(1, 13)] == [True] * 12
    assert overflowing == []
