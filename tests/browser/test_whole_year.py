"""One fiscal year in the browser: from opening the cycle to the printed Application Report."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect
from weasyprint import HTML

from tests.browser import year_steps as steps

pytestmark = pytest.mark.both_databases

SOP = "งานพัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA)"


@pytest.fixture
def make_file(tmp_path):
    """Return a maker of small PDF files, each with a content of its own."""

    def make(words: str) -> Path:
        path = tmp_path / f"รายงานการประชุม {words}.pdf"
        HTML(string=f"<p>Minutes of the meeting on {words}</p>").write_pdf(path)
        return path

    return make


def text_of(pdf: Path) -> str:
    """Return what a reader finds in the PDF without its spaces: Thai breaks lines anywhere."""
    command = ["pdftotext", pdf, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", "", text)


def pages_of(pdf: Path) -> int:
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)", info, re.M)[1])


def open_year_and_appoint(officer, visit, on_day):
    on_day("2026-11-16")
    steps.open_year(officer, SOP)
    officer.open("calendar/?show=list")
    first_step = officer.find("tbody tr").first
    expect(first_step).to_contain_text("1 มี.ค. – 31 ธ.ค. 2570")
    expect(first_step).to_contain_text("กำหนด 4 ม.ค. 2571 เลื่อนจาก 31 ธ.ค. 2570 (วันสิ้นปี)")
    officer.open("calendar/?show=gantt")
    expect(officer.find(".pmqa-gantt tbody tr:not(.pmqa-gantt__group)")).to_have_count(8)

    on_day("2027-05-10")
    steps.fill_committees(officer)
    steps.draft_order(officer)
    director = visit("director", phone=True)
    steps.sign_order(director, "187", "10 พ.ค. 2570")
    director.sees("187/2570", "10 พฤษภาคม 2570")
    return director


def assess(officer, visit, on_day, make_file):
    on_day("2027-06-01")
    officer.open("assessment/")
    officer.find("input[name=edition][value='pmqa-4.0']").check()
    officer.send_to("/assessment/start/")
    steps.write_profile(officer)
    champions = {}
    for number, levels in steps.COMPLETE_LEVELS.items():
        champion = champions[number] = visit(f"champion{number}")
        items = steps.items_of(champion, number)
        steps.write_item(champion, items[0], levels[0], make_file=make_file, slowly=number == 1)
        for item, complete in zip(items[1:], levels[1:], strict=True):
            steps.write_item_at_once(item, f"champion{number}", complete)
        steps.submit_category(champion, number)
        item = steps.items_of(champion, 7)[number - 1]
        steps.write_results(champion, item, steps.RESULTS[number], make_file=make_file)
        champion.open("assessment/category/7/")
        champion.send_to(f"/parts/{number}/")
    steps.submit_category(officer, 7)
    return champions


def review(officer, champions, director):
    officer.open("assessment/category/3/")
    officer.unfold("textarea[name=comment]")
    officer.fill(comment="ขอให้ระบุผู้รับผิดชอบในหัวข้อ 3.1")
    officer.send_to("/category/3/return/")
    champion = champions[3]
    item = steps.items_of(champion, 3)[0]
    champion.sees("ขอให้ระบุผู้รับผิดชอบในหัวข้อ 3.1")
    champion.open(item)
    champion.write_long_text("narrative", "กลุ่มส่งเสริมการจัดการศึกษารับผิดชอบการรับฟังผู้รับบริการทุกไตรมาส")
    steps.submit_category(champion, 3)
    for number in range(1, 8):
        officer.open(f"assessment/category/{number}/")
        officer.send_to(f"/category/{number}/accept/")
    officer.open("assessment/category/2/")
    officer.sees("4.75000")
    director.open("assessment/")
    director.sees("3.96429")
    director.send_to("/assessment/accept/")


def plan(officer, director, on_day):
    on_day("2027-07-01")
    officer.open("plan/")
    officer.send_to("/plan/start/")
    steps.add_action(
        officer,
        "จัดทำระบบติดตามผลการวางแผน",
        starts_on="1/7/2570",
        ends_on="30 กันยายน 2570",
        measure="ร้อยละของแผนงานที่ติดตามทันกำหนด",
        target="ร้อยละ 90",
        budget="45,000",
    )
    officer.send_to("/plan/submit/")
    steps.open_waiting_matter(director)
    director.sees("จัดทำระบบติดตามผลการวางแผน", "45,000")
    director.find("a[data-pmqa-open]").click()
    director.fill(comment="ขอให้ลดงบประมาณ")
    director.send_to("/return/")
    officer.open("plan/")
    officer.sees("ขอให้ลดงบประมาณ")
    officer.press("main td a[href*='/plan/actions/']")
    officer.fill(budget="30,000")
    officer.send("form:has([name=budget])")
    officer.send_to("/plan/submit/")
    steps.open_waiting_matter(director)
    director.sees("30,000")
    director.send_to("/approve/")
    officer.open("plan/")
    expect(officer.find("main .pmqa-chip--done")).to_be_visible()


def print_papers(officer, folder) -> tuple[Path, Path]:
    officer.open("reports/")
    report = officer.print_paper("application-report", folder / "application-report.pdf")
    officer.open("reports/?group=committees")
    return report, officer.print_paper("order", folder / "order.pdf")


def test_a_year_runs_from_its_opening_to_the_printed_report(
    demo_office, visit, on_day, make_file, tmp_path
):
    officer = visit("officer")

    director = open_year_and_appoint(officer, visit, on_day)
    champions = assess(officer, visit, on_day, make_file)
    review(officer, champions, director)
    plan(officer, director, on_day)
    report, order = print_papers(officer, tmp_path)

    assert report.read_bytes().startswith(b"%PDF")
    assert order.read_bytes().startswith(b"%PDF")
    assert pages_of(report) > 10
    words = text_of(report)
    for heading in ("ลักษณะสำคัญขององค์การ", "การนำองค์การ", "จัดทำระบบติดตามผลการวางแผน"):
        assert heading in words
    assert "396.42857" in words or "๓๙๖.๔๒๘๕๗" in words
    assert "๑๘๗/๒๕๗๐" in text_of(order)
    for person in (officer, director, *champions.values()):
        assert person.reports == []
