"""The appointment order as a Word file, for offices that finish it there: the parts of the PDF."""

from docx.shared import Mm, Pt

from committees.models import AppointmentOrder
from committees.order_words import order_context
from documents.paper_digits import uses_thai_digits
from documents.word.emblem import add_emblem
from documents.word.sheet import Run, WordSheet

# In mm: the emblem's place, the columns of members, indents of the paper rules.
EMBLEM_TOP, EMBLEM_HEIGHT = 15, 30
MEMBER_COLUMNS = (16, 48, 56, 40)
PARAGRAPH, DUTIES, DUTY_NUMBER = 25, 18, 8
DATE_AT, SIGNATURE_AT = 38, 72
SIGNATURE_SPACE = 62


def order_docx(order: AppointmentOrder) -> bytes:
    """Return the order as a Word file, with room for the emblem on its first page."""
    data = order_context(order, wrap=_as_it_is)
    sheet = WordSheet(
        title=order.title,
        author=order.agency.name_th,
        thai_digits=uses_thai_digits(order.agency),
        top=EMBLEM_TOP,
    )
    _emblem(sheet)
    for line in (f"คำสั่ง{data['office']}", f"ที่ {data['number']}", *_subject(data)):
        sheet.paragraph(line, align="centre")
    sheet.paragraph("_" * 20, align="centre")
    for text in (data["reason"], data["authority"]):
        for line in text.splitlines():
            sheet.paragraph(line, first=PARAGRAPH, before=6)
    for committee in data["committees"]:
        _committee(sheet, committee)
    _closing(sheet, data)
    return sheet.content()


def _as_it_is(text: str, _chars: int | None = None) -> str:
    return text


def _subject(data: dict) -> list[str]:
    first, *rest = data["title_lines"]
    return [f"เรื่อง {first}", *rest]


def _emblem(sheet: WordSheet) -> None:
    """Put the office's emblem at its place, or leave a line of its height."""
    first = sheet.document.sections[0].first_page_header.paragraphs[0]
    first.paragraph_format.line_spacing = Pt(1)
    place = sheet.paragraph(align="centre")
    if not add_emblem(place, EMBLEM_HEIGHT):
        place.paragraph_format.line_spacing = Mm(EMBLEM_HEIGHT)
    place.paragraph_format.space_after = Pt(12)


def _committee(sheet: WordSheet, committee: dict) -> None:
    heading = f"{committee['number']} {committee['name']} ประกอบด้วย"
    sheet.paragraph(Run(heading, bold=True), left=8, first=-8, before=8, keep=True)
    sheet.table([_member(member) for member in committee["members"]], MEMBER_COLUMNS)
    if not committee["duties"]:
        return
    sheet.paragraph(Run("มีหน้าที่", bold=True), left=10, before=6, keep=True)
    for number, duty in committee["duties"]:
        sheet.paragraph(
            f"{number}\t{duty}",
            left=DUTIES + DUTY_NUMBER,
            first=-DUTY_NUMBER,
            tabs=[DUTIES + DUTY_NUMBER],
        )


def _member(member: dict) -> tuple[str, str, str, str]:
    place = "\n".join(filter(None, (member["position"], member["category"])))
    return member["number"], member["name"], place, member["role"]


def _closing(sheet: WordSheet, data: dict) -> None:
    """The end of the text, the day and the signature stay on one page."""
    words = "ให้ผู้ได้รับการแต่งตั้งปฏิบัติหน้าที่ตามที่ได้รับมอบหมายอย่างเต็มความสามารถ เพื่อให้เกิดผลดีต่อทางราชการ"
    sheet.paragraph(words, first=PARAGRAPH, before=14, keep=True)
    sheet.paragraph(data["in_force"], first=PARAGRAPH, before=6, keep=True)
    day = f"สั่ง\u00a0 ณ\u00a0 วันที่ {data['signed_on']}"
    sheet.paragraph(day, first=DATE_AT, before=12, keep=True)
    lines = [f"({data['signer_name']})", *data["signer_position"]]
    for place, line in enumerate(lines):
        sheet.paragraph(
            line,
            align="centre",
            left=SIGNATURE_AT,
            before=0 if place else SIGNATURE_SPACE,
            keep=place < len(lines) - 1,
        )
