"""The self-assessment's Word file opens in LibreOffice, which prints it without loss of text."""

import pytest

from assessments.answering import save_narrative
from reports.self_assessment_docx import category_docx
from tests.assessments.factories import make_assessment
from tests.libreoffice import converted, text_of_pdf
from tests.permission_matrix.world import make_office

pytestmark = pytest.mark.django_db


def test_long_narratives_are_printed_whole_by_libreoffice(tmp_path):
    office = make_office("one")
    started = make_assessment(office)
    text = "\n".join(f"Paragraph{number:03}" for number in range(120))
    save_narrative(started.answer("1.1"), text, version=0, by=office.people["officer"])
    path = tmp_path / "category.docx"
    path.write_bytes(category_docx(started.category(1)))
    words = text_of_pdf(converted(path, "pdf", tmp_path / "out"))
    assert [f"Paragraph{number:03}" in words for number in range(120)] == [True] * 120
