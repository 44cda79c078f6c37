"""The action plan in Excel: the columns of the paper, two lines a step, one sheet a cycle.

Every text is written as text: what an office types is never run as a formula. The money column
is left for the office to fill in.
"""

import io
import re
from collections.abc import Sequence

import xlsxwriter

from agencies.models import Agency
from core.thai_dates import format_long
from core.thai_numerals import to_thai_digits
from documents.paper_digits import uses_thai_digits
from workflows.action_plan import Plan, PlanRow, heads

FIRST_MONTH = 2
OUTPUT, BUDGET, OWNER = 14, 15, 16
HEAD = 2  # The three lines of the head follow title and office.
BODY = 5
# Excel's own numbers: A4, and a hatch of thin rising lines.
A4, LIGHT_UP = 9, 14
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_NAME = 31


def workbook(plans: Sequence[Plan], agency: Agency) -> bytes:
    """Return an Excel file with one sheet for each plan."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        formats = _formats(book)
        names: set[str] = set()
        for plan in plans:
            sheet = book.add_worksheet(_sheet_name(plan.cycle.version.procedure.name, names))
            _Sheet(sheet, formats, agency).write(plan)
        if not plans:
            book.add_worksheet()
    return content.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes and no other sheet has (letter case apart)."""
    plain = _NOT_IN_SHEET_NAMES.sub("-", name).strip(" '") or "SOP"
    for number in range(1, 1000):
        end = "" if number == 1 else f" ({number})"
        found = plain[: _LONGEST_SHEET_NAME - len(end)].rstrip(" '") + end
        if found.casefold() not in taken and found.casefold() != "history":
            break
    taken.add(found.casefold())
    return found


def _formats(book) -> dict:
    base = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "vcenter"}
    cell = base | {"border": 1, "text_wrap": True}
    head = cell | {"bold": True, "align": "center", "bg_color": "#EFEFEF"}
    bar = cell | {"align": "center", "text_wrap": False}
    kinds = {
        "title": base | {"bold": True, "font_size": 18, "align": "center"},
        "office": base | {"align": "center", "font_size": 16},
        "head": head,
        "number": cell | {"align": "center"},
        "text": cell | {"valign": "top"},
        "money": cell | {"num_format": "#,##0.00", "align": "right", "valign": "top"},
        "month": bar,
        "planned": bar | {"pattern": LIGHT_UP, "fg_color": "#333333", "bg_color": "#FFFFFF"},
        "actual": bar | {"pattern": 1, "bg_color": "#333333", "font_color": "#FFFFFF"},
        "note": base | {"font_size": 12},
    }
    return {name: book.add_format(fields) for name, fields in kinds.items()}


class _Sheet:
    """Writes one plan, with the office's digits."""

    def __init__(self, sheet, formats: dict, agency: Agency):
        self.sheet, self.formats, self.agency = sheet, formats, agency
        self.is_thai = uses_thai_digits(agency)

    def text(self, row: int, column: int, words: str, kind: str) -> None:
        words = to_thai_digits(words) if self.is_thai else words
        self.sheet.write_string(row, column, words, self.formats[kind])

    def merged(self, first: tuple[int, int], last: tuple[int, int], words: str, kind: str) -> None:
        self.sheet.merge_range(*first, *last, "", self.formats[kind])
        self.text(*first, words, kind)

    def write(self, plan: Plan) -> None:
        self._set_up()
        self.merged((0, 0), (0, OWNER), plan.title, "title")
        self.merged((1, 0), (1, OWNER), self.agency.name_th, "office")
        self._heads(plan.year)
        line = BODY
        for row in plan.rows:
            self._step(line, row)
            line += 2
        self.text(line + 1, 1, "ช่องลาย = แผน   ช่องทึบ = ผลการดำเนินงาน   ◀ ▶ = นอกปีงบประมาณ", "note")
        if plan.read_on:
            self.text(line + 2, 1, f"ข้อมูล ณ {format_long(plan.read_on, 'th')}", "note")

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD, BODY - 1)
        sheet.set_footer("&Cหน้า &P / &N")
        sheet.freeze_panes(BODY, FIRST_MONTH)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 7)
        sheet.set_column(1, 1, 38)
        sheet.set_column(FIRST_MONTH, FIRST_MONTH + 11, 5)
        sheet.set_column(OUTPUT, OUTPUT, 26)
        sheet.set_column(BUDGET, BUDGET, 13)
        sheet.set_column(OWNER, OWNER, 24)

    def _heads(self, year: int) -> None:
        names = {0: "ลำดับ", 1: "กิจกรรม/ขั้นตอน"}
        names |= {OUTPUT: "ผลผลิต/ตัวชี้วัด", BUDGET: "งบประมาณ (บาท)", OWNER: "ผู้รับผิดชอบ"}
        for column, words in names.items():
            self.merged((HEAD, column), (BODY - 1, column), words, "head")
        lines = heads(year)
        for line, name in ((HEAD, "years"), (HEAD + 1, "quarters")):
            column = FIRST_MONTH
            for words, months in lines[name]:
                self.merged((line, column), (line, column + months - 1), words, "head")
                column += months
        for month, words in enumerate(lines["months"]):
            self.text(HEAD + 2, FIRST_MONTH + month, words, "head")

    def _step(self, line: int, row: PlanRow) -> None:
        notes = f"\n({', '.join(row.notes)})" if row.notes else ""
        self.merged((line, 0), (line + 1, 0), str(row.row.number), "number")
        self.merged((line, 1), (line + 1, 1), row.row.title + notes, "text")
        self.merged((line, OUTPUT), (line + 1, OUTPUT), "\n".join(row.outputs), "text")
        self.sheet.merge_range(line, BUDGET, line + 1, BUDGET, "", self.formats["money"])
        self.merged((line, OWNER), (line + 1, OWNER), row.row.responsible_text, "text")
        for month in range(12):
            column = FIRST_MONTH + month
            arrow = "◀" if month == 0 and row.begins_before else ""
            arrow = "▶" if month == 11 and row.goes_on else arrow
            self.text(line, column, arrow, "planned" if month in row.planned else "month")
            self.text(line + 1, column, "", "actual" if month in row.actual else "month")
        self.sheet.set_row(line, 24)
        self.sheet.set_row(line + 1, 24)
