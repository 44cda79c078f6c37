"""The self-assessment as a Word file, for offices that finish it there: the texts of the PDF."""

from assessments.models import Assessment, CategoryAssessment
from core.thai_numerals import format_decimal, to_thai_digits
from documents.paper_digits import uses_thai_digits
from documents.word.sheet import Run, WordSheet
from reports.self_assessment import (
    assessment_context,
    assessment_title,
    category_context,
    category_title,
)
from reports.word_pages import add_results, add_text, begin_upright

FIRST = 13
SCORE_COLUMNS = (16, 84, 30, 30)
ITEM_COLUMNS = (16, 74, 46, 24)


def assessment_docx(assessment: Assessment) -> bytes:
    """Return the whole assessment as a Word file."""
    return _file(assessment_title(assessment), assessment_context(assessment))


def category_docx(row: CategoryAssessment) -> bytes:
    """Return one category as a Word file."""
    return _file(category_title(row), category_context(row))


def _file(title: str, data: dict) -> bytes:
    agency = data["agency"]
    thai = uses_thai_digits(agency)
    digits = to_thai_digits if thai else str
    sheet = WordSheet(title=title, author=agency.name_th, thai_digits=thai, digits=digits)
    for line in (title, agency.name_th, data["edition_words"]):
        sheet.paragraph(Run(line, bold=True), align="centre")
    if data["is_whole"]:
        add_scores(sheet, data)
    add_categories(sheet, data)
    return sheet.content()


def add_scores(sheet: WordSheet, data: dict) -> None:
    """Add the table of the categories' scores, then a new page."""
    rows = [
        (
            str(row["number"]),
            row["title"],
            "–" if row["maximum"] is None else format_decimal(row["maximum"], 2),
            format_decimal(row["score"], 5),
        )
        for row in data["categories"]
    ]
    total = format_decimal(data["total"], 5)
    rows.append(("", "คะแนนรวม (คำนวณโดยระบบ)", format_decimal(data["maximum"], 2), total))
    sheet.paragraph(Run("สรุปคะแนน", bold=True), before=12, keep=True)
    heads = ("หมวด", "ชื่อหมวด", "คะแนนเต็ม", "คะแนน")
    sheet.table(rows, SCORE_COLUMNS, head=heads, lined=True)
    note = "คะแนนนี้เป็นผลการประเมินตนเอง ไม่ใช่คะแนนที่หน่วยงานกลางประกาศ หัวข้อที่ยังไม่มีคะแนนนับเป็น 0"
    sheet.paragraph(note, before=6)
    sheet.page_break()


def add_categories(sheet: WordSheet, data: dict) -> None:
    """Add the categories, each from a new page; the last may end on a turned one."""
    for place, category in enumerate(data["categories"]):
        if place:
            begin_upright(sheet)
        _category(sheet, category, data["references"])
        add_results(sheet, category)


def _category(sheet: WordSheet, category: dict, known: dict[str, int]) -> None:
    """Add one category: its scores, texts, evidence and findings."""
    score = format_decimal(category["score"], 2)
    heading = f"หมวด {category['number']} {category['title']} ({score} คะแนน)"
    sheet.paragraph(Run(heading, bold=True, size=18), before=6, keep=True)
    rows = [(row["code"], row["title"], _reached(row), _score(row)) for row in category["items"]]
    heads = ("หัวข้อ", "ประเด็น", "ระดับการพัฒนา", "คะแนน")
    sheet.table(rows, ITEM_COLUMNS, head=heads, lined=True)
    for row in category["items"]:
        _item(sheet, row, known)


def _reached(row: dict) -> str:
    """Return the lines with “yes” a level, or the percentage."""
    if row["levels"]:
        names = ("พื้นฐาน", "ก้าวหน้า", "เกิดผล")
        return "\n".join(
            f"{name} {len(level['yes'])}/{level['level'].lines}"
            for name, level in zip(names, row["levels"], strict=False)
        )
    if row["percent"] is not None:
        return f"ร้อยละ {row['percent']}"
    return f"{len(row['indicators'])} ตัวชี้วัด" if row["indicators"] else "–"


def _score(row: dict) -> str:
    return "–" if row["score"] is None else format_decimal(row["score"], 2)


def _item(sheet: WordSheet, row: dict, known: dict[str, int]) -> None:
    sheet.paragraph(Run(f"{row['code']} {row['title']}", bold=True), before=12, keep=True)
    for text in row["paragraphs"] or ["ยังไม่ได้จัดทำ"]:
        add_text(sheet, text, known, first=FIRST)
    if row["indicators"]:
        words = f"ผลการดำเนินการ {len(row['indicators'])} ตัวชี้วัด ดูตารางผลลัพธ์ตามตัวชี้วัดท้ายหมวด"
        sheet.paragraph(words, before=3)
    if row["evidence"]:
        codes = " ".join(f"[{evidence.code}]" for evidence in row["evidence"])
        sheet.paragraph(Run(f"หลักฐาน {codes}", as_written=True), before=3)
    for title, texts in (
        ("จุดเด่น", row["strengths"]),
        ("โอกาสในการปรับปรุง (OFI)", row["ofis"]),
    ):
        if texts:
            sheet.paragraph(Run(title, bold=True), before=6, keep=True)
            for text in texts:
                sheet.paragraph(f"–\t{text}", left=FIRST + 5, first=-5, tabs=[FIRST + 5])
