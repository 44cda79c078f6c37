"""The profile's summary as a Word file, for offices that finish the award's form by hand."""

from assessments.models import Assessment
from core.thai_numerals import to_thai_digits
from documents.paper_digits import uses_thai_digits
from documents.word.sheet import Run, WordSheet

FIRST = 13
TEXT_WIDTH = 160


def add_profile(sheet: WordSheet, parts: list[dict], digits) -> None:
    """Add parts, groups and topics (`profile.documents.printed_parts`) to a Word sheet."""
    for part in parts:
        sheet.paragraph(
            Run(digits(f"{part['code']}. {part['title']}"), bold=True, size=18),
            before=12,
            keep=True,
        )
        for group in part["groups"]:
            heading = digits(f"{group['code']} {group['title']}")
            sheet.paragraph(Run(heading, bold=True), before=8, keep=True)
            for answer in group["answers"]:
                _topic(sheet, answer, digits)


def _topic(sheet: WordSheet, answer, digits) -> None:
    heading = digits(f"{answer.topic.code} {answer.topic.title_th}")
    sheet.paragraph(Run(heading, bold=True), before=4, keep=True)
    for line in answer.paragraphs:
        sheet.paragraph(digits(line), first=FIRST)
    if answer.lines:
        heads = [column.th for column in answer.columns]
        rows = [*answer.lines, *([answer.total] if answer.total else [])]
        widths = [TEXT_WIDTH / len(heads)] * len(heads)
        texts = [[digits(cell) for cell in row] for row in rows]
        sheet.table(texts, widths, head=heads, lined=True)
    if not answer.paragraphs and not answer.lines:
        words = "(ดูภาพในเอกสาร PDF)" if answer.image_id else "ยังไม่ได้จัดทำ"
        sheet.paragraph(words, first=FIRST)


def summary_docx(assessment: Assessment, title: str, parts: list[dict]) -> bytes:
    """Return the summary as a Word file."""
    agency = assessment.cycle.agency
    thai = uses_thai_digits(agency)
    sheet = WordSheet(title=title, author=agency.name_th, thai_digits=thai)
    digits = to_thai_digits if thai else str
    for line in (title, agency.name_th):
        sheet.paragraph(Run(digits(line), bold=True), align="centre")
    add_profile(sheet, parts, digits)
    return sheet.content()
