"""The self-assessment on paper and as a Word file says what the record says."""

import io

import pytest
from django.template.loader import render_to_string
from docx import Document
from docx.oxml.ns import qn

from assessments.answering import add_finding, save_narrative
from assessments.models import ItemAnswer
from documents.house_look.look import OURS
from documents.pdf_rendering import read_style
from reports.self_assessment import assessment_context, category_context
from reports.self_assessment_docx import assessment_docx, category_docx
from tests.assessments.factories import add_evidence, add_indicator, answer_all, make_assessment
from tests.permission_matrix.world import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def started():
    office = make_office("one")
    started = make_assessment(office)
    by = office.people["officer"]
    answer_all(started.category(1), by)
    answer = started.answer("1.2")
    save_narrative(answer, "ประกาศเจตนารมณ์\nทบทวนทุกปี", version=0, by=by)
    add_finding(answer, "ofi", "ยังไม่วัด <ผล>", by)
    add_evidence(answer, by)
    return started


def html_of(context) -> str:
    apart = {"title": "", "author": "", "look": OURS, "signatures": (), "paper_digits": "thai"}
    return render_to_string("pdf/self_assessment.html", context | apart)


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(row.text for row in document.paragraphs), *cells])


def test_paper_has_scores_charts_and_each_category(started):
    html = html_of(assessment_context(started.assessment))
    assert html.count("<svg") >= 2
    assert html.count('<section class="chapter" id="category-') == 7
    assert "ประกาศเจตนารมณ์" in html and "ยังไม่วัด &lt;ผล&gt;" in html
    assert "๕๐๐.๐๐" in html


def test_category_report_has_one_category(started):
    html = html_of(category_context(started.category(1)))
    assert html.count('<section class="chapter" id="category-') == 1
    assert "สรุปคะแนนการประเมิน" not in html


def test_bookmarks_name_a_category_without_its_score(started):
    html = html_of(category_context(started.category(1)))
    assert 'class="head scored" data-title="หมวด ๑ การนำองค์การ"' in html
    style = read_style("pdf/application_report.css")
    assert ".scored { bookmark-label: attr(data-title) }" in style


def test_full_points_of_a_thousand_have_their_comma():
    percents = make_assessment(make_office("one"), edition="pmqa-2562").assessment
    assert '<td class="number">๑,๐๐๐</td>' in html_of(assessment_context(percents))


def test_word_file_has_the_texts_of_the_paper(started):
    words = words_of(assessment_docx(started.assessment))
    for text in ("ทบทวนทุกปี", "ยังไม่วัด <ผล>", "โอกาสในการปรับปรุง (OFI)", "คะแนนรวม (คำนวณโดยระบบ)"):
        assert text in words
    evidence = started.answer("1.2").evidence_links.select_related("evidence").first().evidence
    assert f"[{evidence.code}]" in words
    # The digits of the paper: an item's code as the PDF has it, the evidence's as it is filed.
    assert "๑.๒" in words and "๕๐๐.๐๐" in words and "500.00" not in words
    part = words_of(category_docx(started.category(2)))
    assert "ทบทวนทุกปี" not in part and part.count("ยังไม่ได้จัดทำ") == 4


def test_word_file_turns_the_results_and_keeps_codes_whole(started):
    evidence = started.answer("1.2").evidence_links.first().evidence
    type(evidence).objects.filter(pk=evidence.pk).update(code="1.2-01")
    narrative = "ตาม ๑.๒-๐๑ และ 10.1-01"
    ItemAnswer.objects.filter(pk=started.answer("1.1").pk).update(narrative=narrative)
    add_indicator(started.answer("7.1"), target=80, value=90, name="ร้อยละที่สำเร็จ")
    document = Document(io.BytesIO(assessment_docx(started.assessment)))
    assert [str(section.orientation) for section in document.sections] == [
        "PORTRAIT (0)",
        "LANDSCAPE (1)",
    ]
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[1].cells] == [
        "๗.๑", "ร้อยละที่สำเร็จ (ค่ามากดี)", "ร้อยละ", "–", "–", "๙๐", "๘๐", "๑๑๒.๕", "๕๐๐.๐๐",
    ]  # fmt: skip
    text = next(row for row in document.paragraphs if row.text.startswith("ตาม "))
    assert text.text == "ตาม 1.2-01 และ 10.1-01"
    assert len(text._p.findall(f".//{qn('w:noBreakHyphen')}")) == 1
