"""The round's report in Excel: actions, indicators and the comparison, one sheet each.

Numbers are numbers, so that the office reckons on; every text is written as text.
"""

from assessments.models import MonitoringRound
from core.excel_files import A4, LONGEST_CELL, workbook
from improvement.monitoring.report_paper import report_data

BASE = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top"}
ACTIONS = (
    ("ลำดับ", 7, "number"),
    ("กิจกรรม", 36, "title"),
    ("แผน (ร้อยละ)", 11, "planned"),
    ("ผล (ร้อยละ)", 11, "actual"),
    ("ผล/แผน", 11, "ratio"),
    ("สถานะ", 18, "state"),
    ("ผลที่ได้", 30, "result"),
    ("ปัญหา/อุปสรรค", 30, "trouble"),
    ("ความเสี่ยง", 24, "risk"),
    ("แนวทางแก้ไข", 30, "remedy"),
    ("งบประมาณ (บาท)", 14, "budget"),
    ("ใช้จ่ายแล้ว (บาท)", 14, "spent"),
    ("หลักฐาน", 18, "evidence_words"),
    ("ผู้รับผิดชอบ", 24, "owner"),
    ("กลุ่ม", 20, "unit"),
)
INDICATORS = (
    ("ลำดับ", 7, "number"),
    ("รหัส", 10, "code"),
    ("ตัวชี้วัด", 44, "name"),
    ("หน่วยวัด", 14, "unit"),
    ("แผน/เป้าหมาย", 14, "planned"),
    ("ผล", 14, "value"),
    ("ร้อยละ", 11, "share"),
    ("สถานะ", 18, "state"),
    ("ปัญหา/อุปสรรค", 30, "trouble"),
    ("แนวทางแก้ไข", 30, "remedy"),
    ("ผู้รับผิดชอบ", 24, "owner"),
)
FIGURES = {"planned", "actual", "ratio", "budget", "spent", "value", "share"}
HEAD_ROW = 4


def report_xlsx(row: MonitoringRound) -> bytes:
    """Return the Excel file of the report."""
    data = report_data(row)

    def fill(book) -> None:
        formats = _formats(book)
        heads = (data["title"], data["period"], data["agency"].name_th)
        actions = _Sheet(book, formats, "กิจกรรม", heads, ACTIONS)
        actions.rows(data["actions"])
        actions.mean(data)
        _Sheet(book, formats, "ตัวชี้วัด", heads, INDICATORS).rows(data["indicators"])
        if data["compared"]:
            _compare(book, formats, heads, data["compared"])

    return workbook(fill)


def _formats(book) -> dict:
    cell = BASE | {"border": 1, "text_wrap": True}
    return {
        "title": book.add_format(BASE | {"bold": True, "font_size": 16}),
        "head": book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#EFEFEF"}),
        "text": book.add_format(cell),
        "figure": book.add_format(cell | {"num_format": "#,##0.00"}),
        "sum": book.add_format(cell | {"bold": True, "num_format": "#,##0.00"}),
    }


class _Sheet:
    """A sheet with the report's three head lines, column heads and rows."""

    def __init__(self, book, formats: dict, name: str, heads, columns):
        self.sheet, self.formats, self.columns = book.add_worksheet(name), formats, columns
        self.line = HEAD_ROW + 1
        for place, text in enumerate(heads):
            self.sheet.write_string(place, 0, text, formats["title"])
        for column, (head, width, _key) in enumerate(columns):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(HEAD_ROW, column, head, formats["head"])
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(HEAD_ROW)
        self.sheet.freeze_panes(HEAD_ROW + 1, 2)

    def rows(self, rows: list[dict]) -> None:
        for each in rows:
            for column, (_head, _width, key) in enumerate(self.columns):
                self.cell(column, key, each.get(key))
            self.line += 1

    def cell(self, column: int, key: str, value, kind: str = "") -> None:
        if value is None or value == "":
            self.sheet.write_blank(self.line, column, None, self.formats[kind or "text"])
        elif key in FIGURES:
            self.sheet.write_number(self.line, column, float(value), self.formats[kind or "figure"])
        elif key == "number":
            self.sheet.write_number(self.line, column, value, self.formats[kind or "text"])
        else:
            text = str(value)[:LONGEST_CELL]
            self.sheet.write_string(self.line, column, text, self.formats[kind or "text"])

    def mean(self, data: dict) -> None:
        values = {"title": data["mean"]} | {
            key: data["totals"][key] for key in ("planned", "actual", "ratio")
        }
        for column, (_head, _width, key) in enumerate(self.columns):
            self.cell(column, key, values.get(key), "sum")
        self.sheet.write_string(self.line + 2, 0, data["rule"], self.formats["title"])
        self.sheet.write_string(self.line + 3, 0, data["state"], self.formats["title"])


def _compare(book, formats, heads, compared: dict) -> None:
    columns = [("ลำดับ", 7, "number"), ("เรื่อง", 50, "title")]
    for place, head in enumerate(compared["heads"]):
        columns += [(head, 14, f"text{place}"), ("เทียบรอบก่อน", 14, f"way{place}")]
    sheet = _Sheet(book, formats, "เปรียบเทียบ", heads, columns)
    lines = [*compared["actions"], *compared["indicators"]]
    for number, each in enumerate(lines, start=1):
        row = {"number": number, "title": each["title"]}
        for place, cell in enumerate(each["cells"]):
            row |= {f"text{place}": cell["text"], f"way{place}": cell["way"]}
        sheet.rows([row])
