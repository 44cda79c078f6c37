"""The process register as an Excel sheet: which columns it has, reading and writing them.

Texts are written as texts, so that nothing a person typed is ever taken for a formula.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from core.excel_files import text_table
from core.excel_reading import Limits, read_tables
from core.thai_numerals import to_arabic_digits
from core.thai_text import fold_for_search, normalize
from workflows.models import Process
from workflows.register import SopState

MAX_ROWS = 1000
# Longer than any field of the register; one long text may stand in every cell and take no room.
MAX_TEXT = 5_000
# The heads must stand near the top: above them there is a title at most.
HEAD_ROWS = 10
LIMITS = Limits(
    size=5 * 1024 * 1024,
    sheets=20,
    rows=MAX_ROWS + HEAD_ROWS + 1,
    columns=40,
    letters=5_000_000,
)
SHEET_NAME = "ทะเบียนกระบวนงาน"
# Column → what its head may be called; the first one is written. The sheet is Thai, as papers are.
HEADS = {
    "code": ("รหัส", "รหัสกระบวนงาน", "รหัสกระบวนการ", "code"),
    "name": ("กระบวนงาน", "ชื่อกระบวนงาน", "กระบวนการ", "ชื่อกระบวนการ", "process"),
    "unit": ("กลุ่ม/หน่วย", "กลุ่ม", "หน่วย", "หน่วยงาน", "กลุ่มงาน", "unit"),
    "kind": ("ประเภทงาน", "ประเภท", "ประเภทกระบวนงาน", "kind of work", "kind"),
    "owner": ("เจ้าของกระบวนงาน", "เจ้าของ", "ผู้รับผิดชอบ", "owner"),
    "procedure": ("คู่มือ SOP", "SOP", "คู่มือ"),
    "note": ("หมายเหตุ", "note"),
}
STATE_HEAD, ACTIVE_HEAD = "สถานะคู่มือ", "สถานะกระบวนงาน"
STATE_WORDS = {
    SopState.NONE: "ยังไม่มี",
    SopState.DRAFT: "กำลังเขียน",
    SopState.WAITING: "รออนุมัติ",
    SopState.IN_USE: "ใช้อยู่ ฉบับที่ {}",
    SopState.RETIRED: "เลิกใช้",
}
KIND_WORDS = {
    "law": "ตามระเบียบกฎหมายหรือข้อสั่งการ",
    "routine": "งานสนับสนุนที่มีระเบียบปฏิบัติประจำ",
    "policy": "นโยบายหรือโครงการพิเศษ",
}
WIDTHS = (10, 48, 36, 34, 28, 40, 30, 18, 18)


@dataclass
class Cell:
    """A cell of the sheet: its column's letter and its text."""

    column: str
    text: str


@dataclass
class SheetRow:
    number: int
    cells: dict[str, Cell]


@dataclass
class Sheet:
    """What was read: rows by column name, and the heads that mean nothing here."""

    rows: list[SheetRow]
    unread: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """Return the sheet as JSON-able data; `from_plain` is the reverse."""
        return {
            "unread": self.unread,
            "rows": [
                [row.number, {key: [cell.column, cell.text] for key, cell in row.cells.items()}]
                for row in self.rows
            ],
        }

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> "Sheet":
        return cls(
            [
                SheetRow(number, {key: Cell(*cell) for key, cell in cells.items()})
                for number, cells in data["rows"]
            ],
            data["unread"],
        )


def read_sheet(uploaded) -> Sheet:
    """Return the first sheet whose heads are known. Raises ValidationError, and nothing else.

    `uploaded` is a Django UploadedFile. Formulas count as the value they last showed.
    """
    for _name, table in read_tables(uploaded, LIMITS, _clean):
        for place, values in enumerate(table[:HEAD_ROWS]):
            heads = [_known_head(value) for value in values]
            if "name" in heads:
                return _sheet_below(table, place, heads)
    raise ValidationError(
        _("No row of heads was found. The columns “%(name)s” and “%(kind)s” are needed.")
        % {"name": HEADS["name"][0], "kind": HEADS["kind"][0]}
    )


def _clean(text: str) -> str:
    text = "".join(
        letter if letter == "\n" or letter.isprintable() else " " for letter in text[:MAX_TEXT]
    )
    return normalize(text).strip()


def _known_head(text: str) -> str:
    wanted = fold_for_search(text)
    for key, names in HEADS.items():
        if wanted and wanted in {fold_for_search(name) for name in names}:
            return key
    return ""


def _sheet_below(table: list[list[str]], place: int, heads: list[str]) -> Sheet:
    twice = {head for head in heads if head and heads.count(head) > 1}
    if twice:
        names = ", ".join(HEADS[head][0] for head in sorted(twice))
        raise ValidationError(_("These columns stand in the sheet twice: %s") % names)
    if "kind" not in heads:
        raise ValidationError(_("The column “%s” is missing.") % HEADS["kind"][0])
    known = [(index, head) for index, head in enumerate(heads) if head]
    rows = []
    for number, values in enumerate(table[place + 1 :], start=place + 2):
        cells = {head: Cell(get_column_letter(i + 1), values[i]) for i, head in known}
        if any(cell.text for cell in cells.values()):
            rows.append(SheetRow(number, cells))
    if not rows:
        raise ValidationError(_("There is no row below the heads."))
    if len(rows) > MAX_ROWS:
        raise ValidationError(
            _("The sheet has more than %(limit)s rows. Import it in parts.") % {"limit": MAX_ROWS}
        )
    unread = [text for text, head in zip(table[place], heads, strict=True) if text and not head]
    return Sheet(rows, [text for text in unread if text not in (STATE_HEAD, ACTIVE_HEAD)])


def write_sheet(processes: Iterable[Process]) -> bytes:
    """Return the processes (of `register.found_processes`) as an Excel file."""
    heads = [*(names[0] for names in HEADS.values()), STATE_HEAD, ACTIVE_HEAD]
    columns = list(zip(heads, WIDTHS, strict=True))
    return text_table(SHEET_NAME, columns, map(_cells_of, processes))


def _cells_of(process: Process) -> list[str]:
    state = STATE_WORDS[process.sop_state].format(process.used_number)
    return [
        process.code,
        process.name,
        process.unit.name if process.unit else "",
        KIND_WORDS[process.kind],
        str(process.owner) if process.owner else "",
        process.procedure.name if process.procedure else "",
        process.note,
        state,
        "ยังดำเนินการ" if process.is_active else "เลิกดำเนินการ",
    ]


def code_of(text: str) -> str:
    """Return a code as it is kept: Arabic digits, no blanks around."""
    return to_arabic_digits(text).strip()
