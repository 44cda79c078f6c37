"""The papers of a monitoring round as they are drawn: digits, cells, pages."""

import re
import subprocess
from decimal import Decimal

import pytest

from documents import papers
from documents.pdf_rendering import draw_here
from tests.agencies.factories import make_office
from tests.improvement.monitoring.factories import make_year, open_round, report
from tests.pdf.cells import watch_cells

pytestmark = pytest.mark.django_db
LONG = "หลักฐานหมวด 3 และหมวด 4 อยู่หลายกลุ่มงานของสำนักงานเขตพื้นที่การศึกษาประถมศึกษา ส่งล่าช้า"


def read_back(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def row(db):
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    plan = make_year(office, actions=3)
    opened = open_round(office, plan)
    for action in plan.actions.all():
        report(
            opened,
            action,
            office.officer,
            planned_pct=Decimal(40),
            actual_pct=Decimal("17.50"),
            problem=LONG,
            risk=LONG,
            remedy=LONG,
        )
    return opened


def test_report_and_memo_stay_in_their_cells_and_pages(row, monkeypatch):
    overflowing: list[str] = []
    watch_cells(monkeypatch, overflowing)
    paper = papers.render("round-report", row, draw=draw_here)
    assert paper.page_count == 2
    text = re.sub(r"<[^>]+>", "", paper.html)
    assert "๑๗.๕๐" in text
    assert "๔๓.๗๕" in text
    assert "(๑ ตุลาคม ๒๕๖๙ – ๓๑ มีนาคม ๒๕๗๐)" in text
    assert "๔๐.๐๐" in read_back(paper.pdf)
    memo = papers.render("round-memo", row, draw=draw_here)
    assert memo.page_count == 1
    assert overflowing == []
