"""A memo or an announcement as a Word file, for offices that finish it there."""

from core.thai_numerals import to_thai_digits
from documents.official_words import CHOICES
from documents.paper_digits import uses_thai_digits
from documents.word.official import (
    PARAGRAPH,
    add_emblem_space,
    add_listed,
    add_marks,
    add_memo_head,
    add_opening,
    add_signature,
)
from documents.word.rich_text import add_rich
from documents.word.sheet import WordSheet
from reports.letters.printed import letter_data
from reports.models import Letter

DAY_AT = 38


def letter_docx(letter: Letter) -> bytes:
    """Return the letter as a Word file: the parts of the PDF in the same order."""
    thai = uses_thai_digits(letter.agency)
    data = letter_data(letter)
    sheet = WordSheet(title=letter.subject, author=letter.agency.name_th, thai_digits=thai, top=15)
    add_marks(sheet, data["secrecy"])
    if data["is_memo"]:
        _memo_opening(sheet, data)
    else:
        _announcement_opening(sheet, data)
    before = len(sheet.document.paragraphs)
    add_rich(sheet, data["body"], to_thai_digits if thai else str, 0, first=PARAGRAPH)
    for paragraph in sheet.document.paragraphs[before:]:
        paragraph.paragraph_format.space_before = 76200
    _closing(sheet, data)
    return sheet.content()


def _memo_opening(sheet: WordSheet, data: dict) -> None:
    add_memo_head(
        sheet,
        sender=data["sender"],
        number=data["number"],
        day=data["day"],
        subject=data["subject"],
        speed=data["speed"],
    )
    add_opening(sheet, "เรียน", data["to"])
    add_listed(sheet, "อ้างถึง", data["references"])
    add_listed(sheet, "สิ่งที่ส่งมาด้วย", data["enclosures"])


def _announcement_opening(sheet: WordSheet, data: dict) -> None:
    add_emblem_space(sheet)
    sheet.paragraph(f"ประกาศ{data['sender'][0]}", align="centre")
    sheet.paragraph(f"เรื่อง {data['subject']}", align="centre")
    sheet.paragraph("_" * 20, align="centre")


def _closing(sheet: WordSheet, data: dict) -> None:
    if not data["is_memo"]:
        day = f"ประกาศ\u00a0 ณ\u00a0 วันที่ {data['day']}"
        sheet.paragraph(day, first=DAY_AT, before=12, keep=True)
    add_signature(sheet, *data["signer"])
    if data["decider"]:
        sheet.paragraph("   ".join(f"☐ {choice}" for choice in CHOICES), before=18, keep=True)
        add_signature(sheet, *data["decider"])
