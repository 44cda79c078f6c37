"""The best-practice paper: PDF under its ten headings, and the same as a Word file."""

import io

from django.utils.translation import gettext_lazy as _
from docx.shared import Mm
from PIL import Image

from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from documents.enums import PaperGroup
from documents.paper_digits import uses_thai_digits
from documents.papers import PaperKind, register
from documents.stored_files import open_file
from documents.word.rich_text import add_rich
from documents.word.sheet import Run, WordSheet
from improvement.models import BestPractice
from improvement.practices.headings import FLOW_CHART, HEADINGS, LETTERS, PDCA, PHOTOS
from improvement.practices.photos import by_level
from improvement.practices.queries import practices_visible_to, whole_practices
from improvement.practices.writing import has_words

# Pictures of a Word page, in mm.
PHOTO_WIDTH, CHART_WIDTH = 78, 150
# The levels as the paper prints them; on screens they have the words of the language.
LEVELS = {
    "national": "ระดับชาติหรือกระทรวง",
    "parent": "ระดับหน่วยงานต้นสังกัด",
    "province": "ระดับจังหวัดหรือเขตพื้นที่",
    "office": "ระดับหน่วยงาน",
}


def practice_context(practice: BestPractice) -> dict:
    """Return what the paper shows, in the order of the headings."""
    row = whole_practices().get(pk=practice.pk)
    texts = {each.code: each.text for each in row.sections.all()}
    groups = [
        {"words": LEVELS[group["level"]], "photos": group["photos"]}
        for group in by_level(row.photos.all())
    ]
    return {
        "practice": row,
        "agency": row.agency,
        "year": row.fiscal_year,
        "is_thai": uses_thai_digits(row.agency),
        "headings": [_heading(heading, texts) for heading in HEADINGS],
        "letters": list(row.letters.all()),
        "groups": groups,
        "letters_at": LETTERS,
        "chart_at": FLOW_CHART,
        "photos_at": PHOTOS,
    }


def _heading(heading, texts: dict) -> dict:
    parts = [
        {"part": part, "text": texts.get(part.code, ""), "depth": part.number.count(".")}
        for part in heading.parts
    ]
    return {
        "number": heading.number,
        "title": heading.title,
        "parts": [row for row in parts if row["part"].code not in PDCA],
        "phases": [row for row in parts if row["part"].code in PDCA],
    }


def practice_docx(practice: BestPractice) -> bytes:
    """Return the paper as a Word file, for offices that go on writing there."""
    data = practice_context(practice)
    row, agency = data["practice"], data["agency"]
    digits = to_thai_digits if data["is_thai"] else str
    sheet = WordSheet(title=row.title, author=agency.name_th, thai_digits=data["is_thai"])
    for line in ("ผลงานที่เป็นแบบอย่างที่ดี (Best Practice)", row.title, agency.name_th):
        sheet.paragraph(Run(digits(line), bold=True), align="centre")
    sheet.paragraph(digits(f"ปีงบประมาณ พ.ศ. {data['year']}"), align="centre")
    for heading in data["headings"]:
        _add_heading(sheet, heading, data, digits)
    return sheet.content()


def _add_heading(sheet: WordSheet, heading: dict, data: dict, digits) -> None:
    title = digits(f"{heading['number']}. {heading['title']}")
    sheet.paragraph(Run(title, bold=True), before=8, keep=True)
    if heading["number"] == 1:
        sheet.paragraph(digits(data["practice"].title), left=8)
    for row in heading["parts"]:
        _add_part(sheet, row, digits)
    if heading["number"] == FLOW_CHART and data["practice"].flow_chart:
        _picture(sheet, data["practice"].flow_chart, CHART_WIDTH)
    for row in heading["phases"]:
        _add_part(sheet, row, digits)
    if heading["number"] == LETTERS:
        _add_letters(sheet, data, digits)
    if heading["number"] == PHOTOS:
        _add_photos(sheet, data["groups"], digits)


def _add_part(sheet: WordSheet, row: dict, digits) -> None:
    part = row["part"]
    if part.number:
        words = digits(f"{part.number} {part.title}")
        sheet.paragraph(Run(words, bold=True), left=8 * row["depth"], before=4, keep=True)
    if has_words(row["text"]) or part.is_needed:
        add_rich(sheet, row["text"] or "<p>-</p>", digits, 8 + 8 * row["depth"])


def _add_letters(sheet: WordSheet, data: dict, digits) -> None:
    if data["practice"].model_name:
        name = digits(data["practice"].model_name)
        sheet.paragraph(Run(name, bold=True, size=20), align="centre", before=4)
    rows = [
        [
            Run(digits(each.letter), bold=True, size=28),
            [Run(digits(each.word), bold=True), digits(f"\n{each.explanation}")],
        ]
        for each in data["letters"]
    ]
    if rows:
        sheet.table(rows, [25, 135], lined=True)


def _add_photos(sheet: WordSheet, groups: list[dict], digits) -> None:
    for group in groups:
        sheet.paragraph(Run(digits(group["words"]), bold=True), before=6, keep=True)
        for photo in group["photos"]:
            _picture(sheet, photo.file, PHOTO_WIDTH)
            sheet.paragraph(digits(caption_of(photo)), align="centre")


def _picture(sheet: WordSheet, file, width: float) -> None:
    paragraph = sheet.paragraph(align="centre", before=4, keep=True)
    with open_file(file) as content, Image.open(content) as picture:
        kept = io.BytesIO()
        # Word knows no WebP.
        picture.convert("RGB").save(kept, "JPEG", quality=88)
    kept.seek(0)
    paragraph.add_run().add_picture(kept, width=Mm(width))


def caption_of(photo) -> str:
    """Return the caption with the day the photograph was taken."""
    if photo.taken_on is None:
        return photo.caption
    return f"{photo.caption} ({format_long(photo.taken_on)})"


register(
    PaperKind(
        kind="best-practice",
        has_signatures=True,
        group=PaperGroup.AWARD,
        model=BestPractice,
        label=_("Best practice"),
        template="pdf/best_practice.html",
        stylesheets=("pdf/best_practice.css",),
        context=practice_context,
        title=lambda practice: f"Best Practice {practice.title}",
        agency_of=lambda practice: practice.agency,
        fiscal_year_of=lambda practice: practice.fiscal_year,
        visible_to=practices_visible_to,
        docx=practice_docx,
    )
)
