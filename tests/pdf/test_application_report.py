"""The Application Report: its figures, its page numbers, an empty year, hostile texts."""

import io
import re
import subprocess

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.enums import FindingKind
from assessments.models import ItemAnswer
from documents import papers
from documents.pdf_rendering import draw_here
from reports.application_report import report_context
from tests.agencies.factories import make_office
from tests.assessments.factories import add_evidence, add_finding, add_indicator, make_assessment
from tests.pdf.cells import watch_cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")


@pytest.fixture
def year(office):
    return make_assessment(office)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return done.stdout.decode()


def rendered(cycle):
    return papers.render("application-report", cycle, draw=draw_here)


def queries_of(cycle) -> int:
    with CaptureQueriesContext(connection) as done:
        context = report_context(cycle)
        list(context["orders"])
    return len(done)


def fill(year, officer):
    """Write item 1.1 and give it a strength, an OFI and a piece of evidence."""
    answer = year.answer("1.1")
    ItemAnswer.objects.filter(pk=answer.pk).update(narrative="ทบทวนวิสัยทัศน์ 2 ครั้ง\n\nทุกปี")
    add_finding(answer, officer)
    add_finding(answer, officer, FindingKind.OFI, "ขยายผลไปสู่สถานศึกษา")
    return add_evidence(answer, officer)


def test_context_counts_what_the_year_holds(year, office):
    fill(year, office.officer)
    add_indicator(year.answer("7.1"), target=80, value=90)
    context = report_context(year.cycle)
    item = context["categories"][0]["items"][0]
    assert item["paragraphs"] == ["ทบทวนวิสัยทัศน์ 2 ครั้ง", "ทุกปี"]
    assert (item["strengths"], item["ofis"]) == (["ทำต่อเนื่อง"], ["ขยายผลไปสู่สถานศึกษา"])
    assert context["evidence_count"] == 1
    assert context["evidence"][0]["title"] == "การนำองค์การ"
    assert context["summary"]["texts"] == ["ผลลัพธ์บรรลุค่าเป้าหมาย 1 จาก 1 ตัวชี้วัด"]
    assert context["summary"]["figures"][2:] == [
        ("จุดเด่น (ข้อ)", "1"),
        ("โอกาสในการปรับปรุง (ข้อ)", "1"),
        ("หลักฐาน (รายการ)", "1"),
        ("กิจกรรมในแผนปรับปรุงองค์การ (กิจกรรม)", "0"),
    ]


def test_contents_and_evidence_name_the_real_pages(year, office):
    fill(year, office.officer)
    paper = rendered(year.cycle)
    pages = text_of(paper.pdf).split("\f")
    contents = {
        words.strip(): number
        for words, number in re.findall(r"^\s*(.+?)\s*(?:\. ?){3,}\s*([๐-๙]+)$", pages[1], re.M)
    }
    before = paper.layout.page_of("summary") - 1
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    named = {"บทสรุปผู้บริหาร": "summary", "หมวด ๑ การนำองค์การ": "category-1"}
    named |= {"แผนปรับปรุงองค์การ": "plan", "ก ดัชนีหลักฐาน": "evidence"}
    for words, element in named.items():
        page = paper.layout.page_of(element)
        assert contents[words] == str(page - before).translate(thai)
        assert pages[page - 1].rstrip().splitlines()[-1].strip() == contents[words]
    cited = str(paper.layout.page_of("proofs-1.1") - before).translate(thai)
    row = next(
        line
        for line in pages[paper.layout.page_of("evidence") - 1].splitlines()
        if "รายงานตัวอย่าง" in line
    )
    assert row.split()[-1] == cited


def test_empty_year_prints_in_arabic_digits_without_errors(year, office, caplog):
    office.agency.paper_digits = "arabic"
    office.agency.save()
    year.cycle.agency.refresh_from_db()
    text = text_of(rendered(year.cycle).pdf)
    assert "ยังไม่ได้จัดทำ" in text
    assert "พ.ศ. 2570" in text
    assert not re.search("[๐-๙]", text)
    assert [row.message for row in caplog.records if row.name == "weasyprint"] == []


def test_long_words_stay_inside_their_cells(year, office, monkeypatch):
    overflowing = []
    watch_cells(monkeypatch, overflowing)
    answer = year.answer("7.1")
    long = "x" * 120
    for kind in (FindingKind.STRENGTH, FindingKind.OFI):
        add_finding(answer, office.officer, kind, f"{long} ผู้มีส่วนได้ส่วนเสีย{'ก' * 90}")
    add_indicator(answer, target=1250000, value=987654321, name=f"ร้อยละ{long}")
    link = fill(year, office.officer)
    type(link.evidence).objects.filter(pk=link.evidence_id).update(title=long)
    rendered(year.cycle)
    assert overflowing == []


def test_queries_do_not_grow_with_the_rows(year, office):
    answer = year.answer("7.1")
    fill(year, office.officer)
    add_indicator(answer, target=80, value=90)
    before = queries_of(year.cycle)
    for _number in range(5):
        add_finding(answer, office.officer)
        add_evidence(answer, office.officer)
        add_indicator(answer, target=80, value=90)
    assert queries_of(year.cycle) == before


def test_results_lie_on_turned_pages_with_the_years_that_are_known(year, office):
    indicator = add_indicator(year.answer("7.1"), target=80, value=90)
    for number, value in ((2565, 1), (2567, 2), (2569, None)):
        indicator.values.create(fiscal_year=number, value=value)
    category = report_context(year.cycle)["categories"][6]
    row = category["indicators"][0]
    assert row["years"] == [2567, 2568, 2569, 2570]
    assert [figure["shown"] for figure in row["values"]] == [2, None, None, 90]
    paper = papers.render("category-report", year.category(7), draw=draw_here)
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        wide = [page.MediaBox[2] > page.MediaBox[3] for page in pdf.pages]
    assert wide == [False] * (len(wide) - 1) + [True]
    assert paper.layout.page_of(f"table-{category['results_number']}") is None  # its own numbers
    assert paper.layout.page_of("table-2") == len(wide)
    assert "ตารางที่ ๒ ผลลัพธ์" in re.sub(r"\s+", " ", text_of(paper.pdf).split("\f")[-2])


def test_code_typed_in_a_text_names_the_page_and_is_named_in_the_index(year, office):
    evidence = fill(year, office.officer).evidence
    type(evidence).objects.filter(pk=evidence.pk).update(code="1.1-01")
    ItemAnswer.objects.filter(pk=year.answer("4.1").pk).update(narrative="ตาม 1.1-01 และ 9.9-01")
    paper = rendered(year.cycle)
    said = re.search(r"ตาม .*?</p>", paper.html)[0]
    assert re.sub("<[^>]*>", "", said) == "ตาม 1.1-01 (หน้า ๑๔) และ 9.9-01"
    assert f'<a href="#evidence-{evidence.pk}">1.1-01</a>' in said
    cited = re.search(r'paper-pages">(.*?)<', paper.html)[1]
    places = (paper.layout.labels["proofs-1.1"], paper.layout.labels["cited-4.1-1-0"])
    assert cited == ", ".join(places)


def test_short_summaries_stay_whole_and_long_ones_break(year, office):
    answer = year.answer("1.1")
    add_finding(answer, office.officer, text="ก" * 300)
    assert report_context(year.cycle)["categories"][0]["closes_short"]
    add_finding(answer, office.officer, text="ก" * 300)
    assert not report_context(year.cycle)["categories"][0]["closes_short"]


def test_tables_and_figures_are_numbered_through_and_referred_to(year, office):
    fill(year, office.officer)
    indicator = add_indicator(year.answer("7.1"), target=80, value=90)
    indicator.values.create(fiscal_year=2569, value=85)
    html = rendered(year.cycle).html
    lists = re.findall(r'<a href="#((?:table|figure)-\d+)" data-page="(.*?)">(.*?)</a>', html)
    named = [(element, re.sub(r"&ensp;.*", "", words)) for element, _page, words in lists]
    assert named[0] == ("table-1", "ตารางที่ ๑")
    assert named[-2:] == [("figure-1", "ภาพที่ ๑"), ("figure-2", "ภาพที่ ๒")]
    assert [page for _element, page, _words in lists if page in ("", "0", "๐")] == []
    assert [html.count(f'id="{element}"') for element, _words in named] == [1] * len(named)
    evidence = re.search(r"ดูหลักฐาน .*?</p>", html)[0]
    assert re.sub(r"<[^>]*>", "", evidence) == "ดูหลักฐาน ๑.๑-๑ รายงานตัวอย่าง หน้า ๑๖"
