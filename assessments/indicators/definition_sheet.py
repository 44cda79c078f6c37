"""Definitions as an Excel sheet: which columns it has, writing and reading them.

Texts are written as texts, so that nothing a person typed is ever taken for a formula. The sheet
is Thai, as papers are; choices stand as drop-down lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from assessments.enums import Direction, IndicatorKind, ResultRule
from assessments.indicators.definition_checks import LEVEL_NAMES
from assessments.indicators.definition_words import CHOICES
from assessments.models import Indicator
from core.excel_files import LONGEST_CELL, WORDS, fit_to_paper, workbook
from core.excel_reading import Limits, read_tables
from core.thai_numerals import plain_decimal
from core.thai_text import fold_for_search, normalize

MAX_ROWS = 1000
MAX_TEXT = 4_000
HEAD_ROWS = 5
LIMITS = Limits(
    size=5 * 1024 * 1024,
    sheets=8,
    rows=MAX_ROWS + HEAD_ROWS + 2,
    columns=60,
    letters=1_500_000,
)
SHEET, LISTS, HELP_SHEET = "ตัวชี้วัด", "รายการ", "วิธีใช้"
# Column → what its head may be called; the first one is written. And the width in letters.
HEADS: dict[str, tuple[tuple[str, ...], float]] = {
    "code": (("รหัส", "รหัสตัวชี้วัด", "code"), 12),
    "name": (("ตัวชี้วัด", "ชื่อตัวชี้วัด", "indicator"), 46),
    "kind": (("ประเภท", "ประเภทตัวชี้วัด", "kind"), 24),
    "group": (("หัวข้อหมวด 7", "หัวข้อ", "item"), 12),
    "measure": (("ตัววัดของเกณฑ์", "measure"), 14),
    "level": (("ระดับตัวชี้วัด", "level"), 12),
    "perspective": (("มุมมอง", "มิติ", "perspective"), 26),
    "definition": (("นิยาม", "คำนิยาม", "definition"), 40),
    "unit": (("หน่วยวัด", "หน่วยนับ", "unit"), 12),
    "direction": (("ทิศทาง", "direction"), 14),
    "formula": (("สูตรคำนวณ", "สูตร", "formula"), 30),
    "data_source": (("แหล่งข้อมูล", "data source"), 26),
    "owner": (("ผู้รับผิดชอบ", "เจ้าภาพ", "key man", "owner"), 26),
    "owner_unit": (("กลุ่มที่รับผิดชอบ", "กลุ่ม", "หน่วยงาน"), 26),
    "checker": (("ผู้ตรวจสอบ", "checker"), 26),
    "target": (("ค่าเป้าหมาย", "เป้าหมาย", "target"), 12),
    "weight": (("น้ำหนัก", "weight"), 10),
    "rule": (("เกณฑ์การให้คะแนน", "กติกา", "rule"), 28),
    "lower_bound": (("ค่าต่ำ", "ขอบล่าง"), 10),
    "upper_bound": (("ค่าสูง", "ขอบบน"), 10),
    **{
        name: ((f"ระดับ {number}", f"เกณฑ์ระดับ {number}", f"level {number}"), 12)
        for number, name in enumerate(LEVEL_NAMES, start=1)
    },
    "comparator_name": (("คู่เทียบ", "compared with"), 24),
    "comparator_value": (("ค่าของคู่เทียบ",), 12),
    "note": (("หมายเหตุ", "note"), 30),
}
NEEDED = ("code", "name", "kind")
# What people write for a choice besides its Thai and English words.
ALIASES = {
    "direction": {
        Direction.HIGHER: ("ยิ่งมากยิ่งดี", "มากดี", "สูงดี"),
        Direction.LOWER: ("ยิ่งน้อยยิ่งดี", "น้อยดี", "ต่ำดี"),
    },
    "kind": {
        IndicatorKind.CATEGORY_7: ("หมวด 7",),
        IndicatorKind.KRS: ("KRS", "คำรับรอง", "คำรับรองการปฏิบัติราชการ"),
        IndicatorKind.OTHER: ("อื่น",),
    },
    "rule": {
        ResultRule.PCT_OF_TARGET: ("ร้อยละของเป้าหมาย", "ร้อยละ"),
        ResultRule.LINEAR: ("เส้นตรง", "เชิงเส้น"),
        ResultRule.FIVE_LEVELS: ("ห้าระดับ", "5 ระดับ"),
        ResultRule.THREE_TARGETS: ("สามเป้าหมาย", "3 เป้าหมาย"),
        ResultRule.MILESTONES: ("ขั้นของความสำเร็จ", "ขั้นความสำเร็จ", "milestone"),
    },
}
# The row that shows how it is done; it is never taken in.
EXAMPLE = "ตัวอย่าง"
HELP = (
    "หนึ่งแถวคือหนึ่งตัวชี้วัด รหัสเดียวกับที่มีในระบบ = แก้ไขตัวชี้วัดนั้น รหัสใหม่ = เพิ่มตัวชี้วัด",
    "แถวที่รหัสเขียนว่า “ตัวอย่าง” ไม่ถูกนำเข้า ลบทิ้งได้",
    "คอลัมน์ที่ลบออก = คงค่าเดิมในระบบ ช่องว่าง = ลบค่าเดิม ยกเว้นช่อง “ผลปี …” ที่ว่าง = คงค่าเดิม",
    "เกณฑ์ห้าระดับ กรอกตัวเลขระดับ 1 ถึง 5 · สามเป้าหมาย กรอกตัวเลขระดับ 1 ถึง 3 · "
    "ขั้นของความสำเร็จ เขียนข้อความของแต่ละขั้น",
    "ตัวเลขใช้เลขไทยหรือเลขอารบิกได้ ปีเป็น พ.ศ.",
    "เมื่อนำเข้า ระบบแสดงทุกแถวให้ตรวจก่อน และยังไม่บันทึกจนกว่าจะกดยืนยัน",
    "ถ้ามีช่องผิดแม้ช่องเดียว ระบบบอกทุกช่องที่ผิดพร้อมกัน และไม่บันทึกแถวใดเลย",
)


@dataclass(frozen=True)
class Cell:
    """A cell of the sheet: its column's letter and head, and its text."""

    column: str
    head: str
    text: str


@dataclass(frozen=True)
class SheetRow:
    number: int
    cells: dict[str, Cell]

    def text(self, key: str) -> str:
        return self.cells[key].text if key in self.cells else ""


@dataclass(frozen=True)
class Sheet:
    """What was read: rows by column name, and the heads that mean nothing here."""

    rows: list[SheetRow]
    unread: list[str]

    def plain(self) -> dict[str, Any]:
        """Return the sheet as JSON-able data; `from_plain` is the reverse."""
        heads: dict[str, list[str]] = {}
        for row in self.rows:
            heads |= {key: [cell.column, cell.head] for key, cell in row.cells.items()}
        texts = [
            [row.number, {key: cell.text for key, cell in row.cells.items()}] for row in self.rows
        ]
        return {"heads": heads, "rows": texts, "unread": self.unread}

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> "Sheet":
        rows = [
            SheetRow(number, {key: Cell(*data["heads"][key], text) for key, text in texts.items()})
            for number, texts in data["rows"]
        ]
        return cls(rows, data["unread"])


def value_key(year: int) -> str:
    return f"value_{year}"


def heads_of(years: Iterable[int]) -> dict[str, tuple[tuple[str, ...], float]]:
    """Return all columns: those of the definition, then one value a year (B.E.)."""
    return HEADS | {value_key(year): ((f"ผลปี {year}", f"ผล {year}"), 12) for year in years}


def words_of_choice(key: str) -> dict[str, str]:
    """Return value → Thai word of a column with choices."""
    with translation.override("th"):
        return {value: str(label) for value, label in CHOICES[key].choices}


def read_sheet(uploaded, years: list[int]) -> Sheet:
    """Return the first sheet whose heads are known. Raises ValidationError, and nothing else.

    `uploaded` is a Django UploadedFile. Formulas count as the value they last showed; the row of
    the example is left out.
    """
    heads = heads_of(years)
    known = {fold_for_search(name): key for key, (names, _w) in heads.items() for name in names}
    for _name, table in read_tables(uploaded, LIMITS, _clean):
        for place, values in enumerate(table[:HEAD_ROWS]):
            found = [known.get(fold_for_search(value), "") for value in values]
            if "code" in found and "name" in found:
                return _below(table, place, found)
    raise ValidationError(
        _("No row of heads was found. The columns “%(first)s” and “%(second)s” are needed.")
        % {"first": HEADS["code"][0][0], "second": HEADS["name"][0][0]}
    )


def _clean(text: str) -> str:
    text = "".join(
        letter if letter == "\n" or letter.isprintable() else " " for letter in text[: MAX_TEXT + 1]
    )
    return normalize(text).strip()


def _below(table: list[list[str]], place: int, found: list[str]) -> Sheet:
    twice = sorted({key for key in found if key and found.count(key) > 1})
    if twice:
        names = ", ".join(table[place][found.index(key)] for key in twice)
        raise ValidationError(_("These columns stand in the sheet twice: %s") % names)
    for key in NEEDED:
        if key not in found:
            raise ValidationError(_("The column “%s” is missing.") % HEADS[key][0][0])
    columns = [
        (index, key, get_column_letter(index + 1), table[place][index])
        for index, key in enumerate(found)
        if key
    ]
    rows = []
    for number, values in enumerate(table[place + 1 :], start=place + 2):
        cells = {key: Cell(letter, head, values[i]) for i, key, letter, head in columns}
        if cells["code"].text != EXAMPLE and any(cell.text for cell in cells.values()):
            rows.append(SheetRow(number, cells))
    if not rows:
        raise ValidationError(_("There is no row below the heads."))
    if len(rows) > MAX_ROWS:
        raise ValidationError(
            _("The sheet has more than %(limit)s rows. Import it in parts.") % {"limit": MAX_ROWS}
        )
    return Sheet(
        rows, [text for text, key in zip(table[place], found, strict=True) if text and not key]
    )


def cells_of(indicator: Indicator, values: Mapping[int, Decimal | None]) -> dict[str, str]:
    """Return an indicator as the texts of its row. People are named, or by user name in doubt."""
    cells = {}
    for key in HEADS:
        if key in LEVEL_NAMES:
            place = LEVEL_NAMES.index(key)
            kept = indicator.thresholds
            cells[key] = str(kept[place]) if place < len(kept) else ""
            continue
        value = getattr(indicator, key)
        if key in CHOICES:
            cells[key] = words_of_choice(key).get(value, "")
        elif key == "measure":
            cells[key] = value.code if value else ""
        else:
            cells[key] = plain(value)
    return cells | {value_key(year): plain(value) for year, value in values.items()}


def plain(value: Any) -> str:
    """Return a value as the text of a cell; a number without needless zeros."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return str(value).replace("\r\n", "\n")


def write_sheet(
    rows: Iterable[Mapping[str, str]], years: list[int], lists: Mapping[str, list[str]]
) -> bytes:
    """Return rows of texts as an Excel file with drop-down lists, and how to fill it.

    `lists` are the choices of a column beyond the fixed ones: people, units, items, measures.
    """
    heads = heads_of(years)
    lists = {key: list(words_of_choice(key).values()) for key in CHOICES} | dict(lists)

    def fill(book) -> None:
        words, bold = book.add_format(WORDS), book.add_format(WORDS | {"bold": True})
        sheet = book.add_worksheet(SHEET)
        for column, (names, width) in enumerate(heads.values()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, names[0], bold)
        for line, cells in enumerate(rows, start=1):
            for column, key in enumerate(heads):
                sheet.write_string(line, column, cells.get(key, "")[:LONGEST_CELL], words)
        fit_to_paper(sheet)
        _help_sheet(book, words)
        _list_sheet(book, sheet, list(heads), lists)

    return workbook(fill)


def _help_sheet(book, words) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    sheet.set_column(0, 0, 120)
    for line, text in enumerate(HELP):
        sheet.write_string(line, 0, text, words)


def _list_sheet(book, sheet, keys: list[str], lists: Mapping[str, list[str]]) -> None:
    """Write the choices on a sheet of their own and hang them on their columns."""
    own = book.add_worksheet(LISTS)
    for place, (key, choices) in enumerate(lists.items()):
        own.write_string(0, place, HEADS[key][0][0])
        for line, text in enumerate(choices, start=1):
            own.write_string(line, place, text)
        if not choices:
            continue
        letter, column = get_column_letter(place + 1), keys.index(key)
        source = f"='{LISTS}'!${letter}$2:${letter}${len(choices) + 1}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, column, MAX_ROWS, column, rule)
    own.hide()
