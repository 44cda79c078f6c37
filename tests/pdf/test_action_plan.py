"""The action plan on paper: heads, bars, notes, digits, long years."""

import re
import subprocess

import pytest

from documents import papers
from documents.pdf_rendering import draw_here
from tests.agencies.factories import make_office
from tests.pdf.cells import watch_cells
from tests.workflows.factories import day, make_cycle, months

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(frozen_today):
    frozen_today(day("2027-03-31"))
    return make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")


def _cycle(office, steps):
    return make_cycle(office.agency, steps, procedure={"name": "PMQA"}, by=office.officer)


def rendered(cycle):
    return papers.render("action-plan", cycle, draw=draw_here)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return " ".join(done.stdout.decode().split())


def test_plan_prints_heads_steps_and_notes_in_thai_digits(office):
    cycle = _cycle(
        office,
        [
            [{"title": "แต่งตั้งคณะกรรมการ"}, months(-1, 2)],
            [{"title": "จัดทำรายงาน"}, months(8, 12)],
        ],
    )
    paper = rendered(cycle)
    text = text_of(paper.pdf)
    assert "แผนปฏิบัติงาน PMQA ประจำปีงบประมาณ พ.ศ. ๒๕๗๐" in text
    assert "พ.ศ. ๒๕๖๙" in text
    assert [text.count(f"ไตรมาส {number}") for number in "๑๒๓๔"] == [1, 1, 1, 1]
    assert "เริ่ม ก.ย. ๖๙" in text
    assert "ต่อถึง ต.ค. ๗๐" in text
    assert "ข้อมูล ณ ๓๑ มีนาคม ๒๕๗๐" in text
    assert paper.page_count == 1


def test_plan_prints_arabic_digits_by_office_setting(office):
    office.agency.paper_digits = "arabic"
    office.agency.save()
    text = text_of(rendered(_cycle(office, [[months(0, 3)]])).pdf)
    assert "พ.ศ. 2570" in text
    assert not re.search("[๐-๙]", text)


def test_many_long_steps_repeat_the_head_and_stay_inside_their_cells(office, monkeypatch, caplog):
    overflowing = []
    watch_cells(monkeypatch, overflowing)
    long = "จัดทำรายงานผลการดำเนินงานของผู้มีส่วนได้ส่วนเสีย" * 3
    step = {
        "title": long,
        "responsible_text": "คณะกรรมการพัฒนาคุณภาพการบริหารจัดการภาครัฐ",
        "documents": [long, "x" * 60],
    }
    paper = rendered(_cycle(office, [[step, months(number % 12, 13)] for number in range(14)]))
    assert paper.page_count > 2
    assert text_of(paper.pdf).count("กิจกรรม/ขั้นตอน") == paper.page_count
    assert overflowing == []
    assert [row.message for row in caplog.records if row.name == "weasyprint"] == []
