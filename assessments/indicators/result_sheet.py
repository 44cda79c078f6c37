"""Results of a round in Excel: a line an indicator with figures, score and words, then totals."""

from assessments.indicators.forecast import forecast_of
from assessments.indicators.listing import chip_of
from assessments.indicators.totals import Overview, Part
from assessments.models import IndicatorValue
from core.excel_files import LONGEST_CELL, WORDS, fit_to_paper, workbook

HEADS = (
    ("ข้อ", 8),
    ("รหัส", 12),
    ("ตัวชี้วัด", 46),
    ("หน่วยนับ", 12),
    ("ทิศทาง", 14),
    ("น้ำหนัก", 9),
    ("เป้าหมาย", 12),
    ("ค่าตามแผนของรอบ", 12),
    ("ผล", 12),
    ("ร้อยละของเป้าหมาย", 12),
    ("คะแนน (เต็ม 5)", 12),
    ("สถานะ", 18),
    ("คาดการณ์สิ้นปี", 12),
    ("ปัญหา", 30),
    ("อุปสรรค", 30),
    ("ความเสี่ยง", 30),
    ("แนวทางแก้ไข", 30),
    ("หมายเหตุ", 30),
)
TEXTS = ("problem", "obstacle", "risk", "remedy", "note")
TOTAL_HEADS = (
    ("กลุ่ม", 50),
    ("จำนวน", 10),
    ("กรอกแล้ว", 10),
    ("ถึงเป้าหมาย", 12),
    ("คะแนนถ่วงน้ำหนัก", 16),
    ("หมายเหตุ", 40),
)


def result_sheet(found: Overview | None) -> bytes:
    """Return the workbook: one sheet of results, one of totals; heads only without a year."""

    def fill(book) -> None:
        plain, bold = book.add_format(WORDS), book.add_format(WORDS | {"bold": True})
        number = book.add_format(WORDS | {"num_format": "#,##0.00###"})
        five = book.add_format(WORDS | {"num_format": "0.00000"})
        formats = {"text": plain, "number": number, "score": five}
        results = _sheet(book, "ผลตัวชี้วัด", HEADS, bold)
        totals = _sheet(book, "คะแนนถ่วงน้ำหนัก", TOTAL_HEADS, bold)
        if found is None:
            return
        words = _words_of(found)
        for line, row in enumerate(found.rows, start=1):
            _write(results, line, _cells(row, words.get(row.indicator.pk, {})), formats)
        parts = [found.whole, *found.groups, *found.kinds, *found.perspectives, *found.units]
        for line, part in enumerate(parts, start=1):
            _write(totals, line, _total_cells(part), formats)

    return workbook(fill)


def _words_of(found: Overview) -> dict[int, dict]:
    """Return indicator → the words beside its value of the round; 1 query."""
    rows = IndicatorValue.objects.filter(
        indicator__cycle=found.cycle, fiscal_year=found.cycle.fiscal_year, months=found.months
    )
    return {row["indicator_id"]: row for row in rows.values("indicator_id", *TEXTS)}


def _cells(row, words: dict) -> list[tuple[str, object]]:
    indicator = row.indicator
    ahead = forecast_of(row)
    planned = row.figure.planned if row.figure else None
    return [
        ("text", indicator.group),
        ("text", indicator.code),
        ("text", indicator.name),
        ("text", indicator.unit),
        ("text", indicator.get_direction_display()),
        ("number", indicator.weight),
        ("number", indicator.target),
        ("number", planned),
        ("number", row.value),
        ("number", row.result.success_pct),
        ("score", row.score),
        ("text", str(chip_of(row)["label"])),
        ("number", ahead.value if ahead else None),
        *(("text", words.get(name, "")) for name in TEXTS),
    ]


def _total_cells(part: Part) -> list[tuple[str, object]]:
    return [
        ("text", str(part.label)),
        ("number", part.counts["all"]),
        ("number", part.counts["entered"]),
        ("number", part.counts["met"]),
        ("score", part.score),
        ("text", part.missing_words),
    ]


def _sheet(book, name: str, heads, bold):
    sheet = book.add_worksheet(name)
    for column, (head, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    fit_to_paper(sheet)
    return sheet


def _write(sheet, line: int, cells, formats) -> None:
    for column, (kind, value) in enumerate(cells):
        if value is None:
            sheet.write_blank(line, column, None, formats["text"])
        elif kind == "text":
            sheet.write_string(line, column, str(value)[:LONGEST_CELL], formats["text"])
        else:
            sheet.write_number(line, column, float(value), formats[kind])
