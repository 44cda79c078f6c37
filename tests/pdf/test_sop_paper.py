"""The paper `sop`: columns of each layout, pages, connectors, and that nothing overflows."""

import io
import re
import subprocess

import pikepdf
import pytest

from documents import pdf_rendering
from documents.papers import render
from tests.agencies.factories import AgencyFactory
from tests.pdf.shipped import shipped
from tests.pdf.text_boxes import outside, overlapping, watch_texts
from workflows.sop.data import NodeData, SopData, StepData, WindowData
from workflows.sop.files import import_sop, read_sop, shipped_files

pytestmark = pytest.mark.django_db
THAI = "การพัฒนาคุณภาพการบริหารจัดการภาครัฐอย่างต่อเนื่องของสำนักงานเขตพื้นที่การศึกษา" * 2
LONG = "x" * 120


def paper(data):
    version = import_sop(data, AgencyFactory())
    return render("sop", version, draw=pdf_rendering.draw_here)


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


NESTED = (
    f"<p>{THAI} <b>ผู้อำนวยการ</b>{LONG}</p><ol><li>หนึ่ง<ol><li>{THAI[:120]}<ol><li>{LONG}</li>"
    f"<li>ก<ul><li>{THAI}</li></ul></li></ol></li></ol></li><li><em>{LONG}</em></li></ol>"
    f"<table><tr><th>{LONG}</th><th>{THAI[:90]}</th></tr><tr><td></td><td>{LONG}</td></tr></table>"
)


def hostile_step(number):
    words = [THAI[:120], LONG, "สั้น"][number % 3]
    symbol = "decision" if number in (4, 9, 11) else "activity"
    edge = {4: 2, 9: 4, 11: 2, 12: 1}.get(number)
    nodes = [NodeData(symbol, words, LONG[:40], edge, THAI[:40] if edge else "")]
    if number == 6:
        nodes = [NodeData("activity", text) for text in ("หนึ่ง", THAI[:120], "สาม")]
    blank = number % 4 == 0
    return StepData(
        *(number, "ขั้นตอน"),
        phase={1: "plan", 3: "do", 7: "check", 12: "act"}.get(number, ""),
        detail="" if blank else f"{THAI} {LONG}",
        standard="" if number % 2 else LONG,
        responsible_text="" if blank else THAI[:200],
        accountable_text=LONG if number == 3 else "",
        documents=[] if blank else [LONG, THAI],
        remark="" if number % 2 else LONG,
        nodes=nodes,
        windows=[WindowData("months", "", 5, 14), WindowData("undated", LONG)],
    )


@pytest.mark.parametrize("layout", ["S7", "D6", "P"])
def test_hostile_sop_stays_inside_its_cells(layout, monkeypatch):
    sections = [
        {"number": "3.", "title": LONG, "html": NESTED},
        {"title": THAI, "shows": "flow_chart"},
        {"number": "4.", "title": "ตาราง", "shows": "table"},
        {"number": "5.", "title": "ภาคผนวก", "html": NESTED},
    ]
    data = SopData(
        *("hostile", f"ชื่อ {LONG}", "", THAI[:200], THAI[:100], layout, None, ""),
        *([THAI, LONG], sections, [LONG], [LONG], {"title": LONG}),
        steps=[hostile_step(number) for number in range(1, 13)],
    )
    data.print_options["spans"] = [{"column": "responsible", "from": 4, "to": 8}]
    pages = watch_texts(monkeypatch)
    done = paper(data)
    found = [done.layout.page_of(f"step-{n}") for n in range(1, 13)]
    assert found == sorted(page or 0 for page in found)
    assert [text for page in pages for text in outside(page)] == []
    assert [pair for page in pages for pair in overlapping(page)] == []


def test_phases_stand_as_bands_before_their_first_steps():
    data = read_sop(shipped_files()["phetchabun-2-1"].read_text())
    for step, phase in zip(data.steps, ("plan", "plan", "do", "check", "act"), strict=True):
        step.phase = phase
    html = paper(data).html
    bands = re.findall(r'<tr class="phase">(.*?)</tr>', html, re.S)
    words = [re.sub(r"<[^>]+>", "", band).strip() for band in bands]
    assert words == ["วางแผน (Plan)", "ปฏิบัติตามแผน (Do)", "ตรวจสอบ (Check)", "ปรับปรุง (Act)"]


def test_accountable_is_named_below_the_responsible_where_given():
    data = read_sop(shipped_files()["doh-pmqa"].read_text())
    data.steps[1].accountable_text = "ผอ.กพร."
    html = re.sub(r"<[^>]+>", "", paper(data).html)
    assert html.count("ผู้รับผิดชอบหลัก/ผู้อนุมัติ: ผอ.กพร.") == 1
    assert html.count("ผู้รับผิดชอบหลัก") == 1


def test_rich_lists_count_on_from_the_number_of_their_section():
    data = read_sop(shipped_files()["doh-pmqa"].read_text())
    html = "<ol><li>หนึ่ง<ol><li>ย่อย</li></ol></li><li>สอง</li></ol>"
    data.sections[2] = {"number": "3.", "title": "คำจำกัดความ", "html": html}
    lines = text_of(paper(data), "-layout", "-l", "1").split("\n")
    found = [" ".join(line.split()) for line in lines]
    assert [line for line in found if line.startswith("3.")] == [
        "3. คำจำกัดความ",
        "3.1 หนึ่ง",
        "3.1.1 ย่อย",
        "3.2 สอง",
    ]


def test_steps_without_symbols_and_sops_without_steps_are_printed():
    data = read_sop(shipped_files()["doh-pmqa"].read_text())
    data.steps[2].nodes = []
    assert paper(data).page_count == 3
    version = import_sop(data, AgencyFactory())
    version.steps.all().delete()
    done = render("sop", version, draw=pdf_rendering.draw_here)
    assert heads(done.html) == [D6_HEADS]


@pytest.mark.parametrize("slug", sorted(shipped_files()))
def test_every_word_of_a_shipped_sop_reads_back_and_has_its_letters(slug):
    data = read_sop(shipped_files()[slug].read_text())
    done = shipped(slug)
    text = re.sub(r"\s", "", text_of(done, "-raw"))
    for step in data.steps:
        words = [*step.detail.split("\n"), *(node.label for node in step.nodes)]
        words += step.documents if data.layout == "D6" else [step.standard]
        missing = [line for line in words if re.sub(r"\s", "", line) not in text]
        assert missing == []
    assert missing_letters(done.pdf) == 0


def missing_letters(pdf):
    """Return how often the pages draw glyph 0, the empty box of a letter that a font lacks."""
    count = 0
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) not in ("Tj", "TJ"):
                    continue
                pieces = operands[0] if str(operator) == "TJ" else operands
                for piece in pieces:
                    if isinstance(piece, pikepdf.String):
                        glyphs = bytes(piece)
                        pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
                        count += sum(pair == (0, 0) for pair in pairs)
    return count
