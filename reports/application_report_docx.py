"""The Application Report as a Word file, whole: for offices that finish it by hand.

Its texts, tables and lists are those of the PDF; drawings stay in the PDF.
"""

from assessments.profile.summary_docx import add_profile
from core.thai_dates import format_long, format_range
from core.thai_numerals import format_decimal, to_thai_digits
from documents.paper_digits import uses_thai_digits
from documents.word.sheet import Run, WordSheet
from reports.application_report import report_context
from reports.self_assessment_docx import add_categories, add_scores
from reports.word_pages import begin_upright
from workflows.models import Cycle

FIRST = 13
SUMMARY_COLUMNS = (120, 40)
FINDING_COLUMNS = (14, 73, 73)
PLAN_COLUMNS = (10, 50, 32, 38, 30)
EVIDENCE_COLUMNS = (20, 74, 36, 30)
ORDER_COLUMNS = (12, 30, 44, 74)


def report_docx(cycle: Cycle) -> bytes:
    """Return the whole report as a Word file."""
    data = report_context(cycle)
    thai = uses_thai_digits(cycle.agency)
    digits = to_thai_digits if thai else str
    title = digits(f"รายงานผลการดำเนินการพัฒนาองค์การ ปีงบประมาณ พ.ศ. {cycle.fiscal_year}")
    author = cycle.agency.name_th
    sheet = WordSheet(title=title, author=author, thai_digits=thai, digits=digits)
    for line in (title, "Application Report", data["edition_words"], author):
        sheet.paragraph(Run(line, bold=True), align="centre", before=6)
    for part in (_summary, _profile, _categories, _findings, _plan, _evidence, _orders):
        begin_upright(sheet)
        part(sheet, data, digits)
    return sheet.content()


def _heading(sheet: WordSheet, text: str) -> None:
    sheet.paragraph(Run(text, bold=True, size=20), before=6, keep=True)


def _summary(sheet: WordSheet, data: dict, digits) -> None:
    summary = data["summary"]
    _heading(sheet, "บทสรุปผู้บริหาร")
    total = (
        f"{summary['opening']} ได้คะแนนรวม {format_decimal(data['total'], 2)} {summary['change']}"
    )
    for text in (total, summary["best"], *summary["texts"]):
        if text and summary["best"]:
            sheet.paragraph(digits(text.strip()), first=FIRST)
    rows = [(name, digits(figure)) for name, figure in summary["figures"]]
    sheet.table(rows, SUMMARY_COLUMNS, head=("รายการ", "จำนวน"), lined=True)


def _profile(sheet: WordSheet, data: dict, digits) -> None:
    _heading(sheet, "ลักษณะสำคัญขององค์การ")
    add_profile(sheet, data["profile"], digits)


def _categories(sheet: WordSheet, data: dict, digits) -> None:
    add_scores(sheet, data)
    add_categories(sheet, data)


def _findings(sheet: WordSheet, data: dict, digits) -> None:
    _heading(sheet, "จุดเด่นและโอกาสในการปรับปรุง")
    rows = [
        (digits(str(row["number"])), _listed(row["strengths"]), _listed(row["ofis"]))
        for row in data["categories"]
    ]
    heads = ("หมวด", "จุดเด่น", "โอกาสในการปรับปรุง (OFI)")
    sheet.table(rows, FINDING_COLUMNS, head=heads, lined=True)


def _listed(texts: list[str]) -> str:
    return "\n".join(f"– {text}" for text in texts)


def _plan(sheet: WordSheet, data: dict, digits) -> None:
    _heading(sheet, "แผนปรับปรุงองค์การ")
    if not data["plan"]:
        sheet.paragraph("ยังไม่ได้จัดทำ", first=FIRST)
        return
    rows = [
        (
            digits(str(place)),
            f"{action.title}\n{digits(action.answers)}".strip(),
            digits(format_range(action.starts_on, action.ends_on, "th")),
            f"{action.measure}\n{digits(action.target)}".strip(),
            str(action.owner or (action.unit.name if action.unit else "")),
        )
        for place, action in enumerate(data["actions"], start=1)
    ]
    heads = ("ที่", "กิจกรรม", "ระยะเวลา", "ตัวชี้วัดและค่าเป้าหมาย", "ผู้รับผิดชอบ")
    sheet.table(rows, PLAN_COLUMNS, head=heads, lined=True)


def _evidence(sheet: WordSheet, data: dict, digits) -> None:
    _heading(sheet, "ภาคผนวก ก  ดัชนีหลักฐาน")
    rows = [
        (
            Run(row["evidence"].code, as_written=True),
            row["title"],
            ", ".join(row["items"]),
            digits(row["form"]),
        )
        for group in data["evidence"]
        for row in group["rows"]
    ]
    heads = ("รหัส", "รายการหลักฐาน", "หัวข้อ", "รูปแบบ")
    sheet.table(rows, EVIDENCE_COLUMNS, head=heads, lined=True)


def _orders(sheet: WordSheet, data: dict, digits) -> None:
    _heading(sheet, "ภาคผนวก ข  คำสั่งแต่งตั้งคณะกรรมการ")
    rows = [
        (
            digits(str(place)),
            digits(f"{order.number}/{order.calendar_year}"),
            digits(format_long(order.signed_on, "th")),
            digits(order.title),
        )
        for place, order in enumerate(data["orders"], start=1)
    ]
    sheet.table(rows, ORDER_COLUMNS, head=("ที่", "คำสั่งที่", "ลงวันที่", "เรื่อง"), lined=True)
