"""The improvement plan as an Excel file: one row an action, money as numbers.

Texts stay texts whatever somebody typed into them.
"""

from core import excel_files
from core.thai_dates import format_short
from improvement.enums import ActionStatus
from improvement.models import Action
from improvement.year_plan import QUARTERS, YearPlan

STATUS_WORDS = {
    ActionStatus.PLANNED: "ยังไม่เริ่ม",
    ActionStatus.RUNNING: "กำลังดำเนินการ",
    ActionStatus.DONE: "แล้วเสร็จ",
    ActionStatus.CANCELLED: "ยกเลิก",
}
HEADS = (
    ("ที่", 5), ("โครงการ", 26), ("กิจกรรม", 36), ("ประเด็นที่ตอบ", 36), ("หมวด", 7),
    ("เริ่ม", 13), ("สิ้นสุด", 13), ("ตัวชี้วัด", 28), ("ค่าเป้าหมาย", 16),
    ("งบประมาณ (บาท)", 16), ("ไตรมาส 1", 14), ("ไตรมาส 2", 14), ("ไตรมาส 3", 14),
    ("ไตรมาส 4", 14), ("ผู้รับผิดชอบ", 24), ("กลุ่มงาน", 22), ("ความเสี่ยง", 26),
    ("สถานะ", 16), ("ผลที่เกิดขึ้น", 30),
)  # fmt: skip
MONEY = 9
LAST_MONEY = MONEY + len(QUARTERS)


def write_sheet(shown: YearPlan) -> bytes:
    """Return the Excel file of the plan."""

    def fill(book) -> None:
        sheet = book.add_worksheet("แผนปรับปรุง")
        plain = book.add_format(excel_files.WORDS)
        bold = book.add_format(excel_files.WORDS | {"bold": True})
        money = book.add_format(excel_files.WORDS | {"num_format": "#,##0.00"})
        sums = book.add_format(excel_files.WORDS | {"num_format": "#,##0.00", "bold": True})
        for column, (head, width) in enumerate(HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        line = 0
        for section in shown.sections:
            project = section.project.name if section.project else ""
            for bar in section.bars:
                line += 1
                _write_action(sheet, line, bar.number, project, bar.action, plain, money)
        sheet.write_string(line + 1, MONEY - 1, "รวม", bold)
        for column, amount in enumerate([shown.total.total, *shown.total.quarters], start=MONEY):
            sheet.write_number(line + 1, column, float(amount), sums)
        excel_files.fit_to_paper(sheet)

    return excel_files.workbook(fill)


def _write_action(sheet, line, number, project, action: Action, plain, money) -> None:
    texts = [
        project,
        action.title,
        action.point.text if action.point else "",
        str(action.category_number),
        format_short(action.starts_on, "th"),
        format_short(action.ends_on, "th"),
        action.measure,
        action.target,
    ]
    sheet.write_number(line, 0, number, plain)
    for column, text in enumerate(texts, start=1):
        sheet.write_string(line, column, text[: excel_files.LONGEST_CELL], plain)
    amounts = [action.budget, *(getattr(action, f"budget_q{each}") for each in QUARTERS)]
    for column, amount in enumerate(amounts, start=MONEY):
        if amount is not None:
            sheet.write_number(line, column, float(amount), money)
    rest = [
        str(action.owner or ""),
        action.unit.name if action.unit else "",
        action.risk,
        STATUS_WORDS[action.status],
        action.outcome,
    ]
    for column, text in enumerate(rest, start=LAST_MONEY + 1):
        sheet.write_string(line, column, text[: excel_files.LONGEST_CELL], plain)
