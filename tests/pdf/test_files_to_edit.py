"""Word and Excel files of papers open in LibreOffice, which prints them without loss of text."""

import io

import pytest
from openpyxl import load_workbook

from assessments.models import Evidence, ItemAnswer
from committees.models import Attendee, Meeting
from core import clock
from documents import papers
from improvement.models import ImprovementPlan
from tests.assessments.factories import add_evidence, add_finding, add_indicator, make_assessment
from tests.improvement.factories import add_action
from tests.libreoffice import all_converted, text_of_pdf
from tests.permission_matrix.world import make_office

pytestmark = pytest.mark.django_db
# Without digits: Thai words around it turn them into the office's.
FORMULA = "=HYPERLINK(A) Kept"


@pytest.fixture
def subjects():
    """A year that says something in every paper with a file to edit."""
    office = make_office("one")
    officer = office.people["officer"]
    started = make_assessment(office)
    ItemAnswer.objects.filter(pk=started.answer("1.1").pk).update(narrative="Narrative001")
    started.assessment.profile_answers.filter(topic__number=1).update(text="Profile001")
    add_finding(started.answer("1.1"), officer, text="Strength001")
    add_evidence(started.answer("1.1"), officer)
    Evidence.objects.update(title=FORMULA)
    add_indicator(started.answer("7.1"), target=80, value=90, name="Indicator001")
    plan = ImprovementPlan.objects.create(cycle=started.cycle)
    add_action(plan, officer, title="Action001", outcome=FORMULA)
    meeting = Meeting.objects.create(
        agency=office.agency, fiscal_year=2570, title="Meeting001", starts_at=clock.now(),
        created_by=officer, created_at=clock.now(),
    )  # fmt: skip
    Attendee.objects.create(meeting=meeting, name=FORMULA, position="Position001")
    return {
        ("application-report", "docx"): started.cycle,
        ("profile-summary", "docx"): started.assessment,
        ("evidence-index", "xlsx"): started.assessment,
        ("improvement-plan", "xlsx"): started.cycle,
        ("indicator-report", "xlsx"): started.cycle,
        ("action-plan", "xlsx"): started.cycle,
        ("attendance", "xlsx"): meeting,
    }


# What each file must still say when LibreOffice has printed it.
SAID = {
    "application-report": ["Narrative001", "Profile001", "Strength001", "Action001", FORMULA],
    "profile-summary": ["Profile001"],
    "evidence-index": [FORMULA, "1.1-1"],
    "improvement-plan": ["Action001", FORMULA],
    "indicator-report": ["Indicator001"],
    "action-plan": [],
    "attendance": ["Meeting001", "Position001", FORMULA],
}


def test_files_to_edit_keep_their_texts(subjects, tmp_path):
    files = {}
    for (kind, form), subject in subjects.items():
        files[kind] = tmp_path / f"{kind}.{form}"
        files[kind].write_bytes(papers.file_to_edit(kind, subject, form))
    for kind in ("evidence-index", "improvement-plan", "attendance"):
        book = load_workbook(io.BytesIO(files[kind].read_bytes()))
        cells = [cell for row in book.active.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells if cell.value == FORMULA} == {"s"}
        assert book.active.page_setup.orientation == "landscape"
    printed = all_converted(files.values(), "pdf", tmp_path / "out")
    lost = {
        kind: [words for words in SAID[kind] if words not in text_of_pdf(printed[path])]
        for kind, path in files.items()
    }
    assert {kind: words for kind, words in lost.items() if words} == {}
