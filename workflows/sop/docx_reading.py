"""The step table of an SOP kept in Word, as an SOP's data, with an honest word on every row.

The table is known by its printed heads (those of the three seed layouts). What the file does not
say is guessed, and told: symbols of the flow chart, windows, fiscal years. Pictures and lines of
a drawn chart cannot be read, and that is told as well.
"""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.thai_numerals import to_arabic_digits
from core.thai_text import fold_for_search
from workflows.enums import LayoutCode, Symbol
from workflows.sop.data import NodeData, SopData, StepData
from workflows.sop.docx_table import Cell, Row, Shape, WordFile
from workflows.sop.layouts import FIXED_COLUMNS
from workflows.sop.time_reading import likely_year, read_times

# Column → how its printed head may begin. The longer beginnings are looked for first.
LABELS = {
    "number": ("ลำดับที่", "ลำดับ", "ที่", "ขั้นตอนที่"),
    "chart": ("ผังขั้นตอน", "ผังกระบวนการ", "ผังการ", "ผังงาน", "ขั้นตอนการดำเนินงาน", "ขั้นตอน"),
    "detail": ("รายละเอียดงาน", "รายละเอียด"),
    "control_point": ("จุดควบคุม",),
    "time": ("เวลาดำเนินการ", "ระยะเวลา", "เวลา"),
    "standard": ("มาตรฐานคุณภาพ", "มาตรฐาน"),
    "responsible": ("ผู้รับผิดชอบ",),
    "documents": ("เอกสารที่เกี่ยวข้อง", "เอกสาร", "แบบฟอร์ม"),
    "remark": ("หมายเหตุ",),
}
LEAST_HEADS, HEAD_ROWS = 3, 6
MAX_STEPS = 99
TEXT_LIMIT = 2000
DIAMONDS = ("diamond", "decision")
ROUNDED = ("terminator", "ellipse", "oval", "roundrect", "alternateprocess")
ENDS = re.compile(r"^(เริ่ม|เริ่มต้น|จุดเริ่มต้น|สิ้นสุด|จบ|จบการทำงาน)$")
ASKS = re.compile(r"หรือไม่|ไม่เห็นชอบ|ไม่อนุมัติ|ไม่ผ่าน|ไม่ถูกต้อง")
NAME = re.compile(r"^(?:ชื่องาน|ชื่อกระบวนงาน|ชื่อกระบวนการ|กระบวนงาน|ชื่อเรื่อง)\s*[:：]?\s*(\S.*)$")


@dataclass
class RowReport:
    """What became of a row of the Word table; `step` is the number it got, if it got one."""

    table: int
    row: int
    step: int | None
    title: str = ""
    read: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass
class WordSop:
    """The SOP that was read, the report on each row, and what holds for the whole file."""

    data: SopData
    rows: list[RowReport]
    notes: list[str]


@dataclass
class _Found:
    """A table whose heads are known: column → (first, last) grid column, and its body rows."""

    number: int
    columns: dict[str, tuple[int, int]]
    rows: list[Row]


def read_sop_table(file: WordFile) -> WordSop:
    """Return the SOP of the file's step table; heads repeated on later pages are left out.

    Raises ValidationError when no table has the heads of a step table, or it has no step.
    """
    found = _step_tables(file)
    if not found:
        raise ValidationError(
            _("No table of steps was found. Its heads must read like “%s”.")
            % "ลำดับที่ · ผังขั้นตอนการดำเนินงาน · รายละเอียดงาน · ผู้รับผิดชอบ"
        )
    year = likely_year([_cell_text(row, table, "time") for table in found for row in table.rows])
    reader = _Reader(year)
    for table in found:
        for row in table.rows:
            reader.take(table, row)
    if not reader.steps:
        raise ValidationError(_("The table of steps has no row below its heads."))
    reader.guess_symbols()
    keys = {key for table in found for key in table.columns}
    data = SopData(
        slug="",
        name=next((match[1] for text in file.paragraphs if (match := NAME.match(text))), ""),
        layout=LayoutCode.D6 if "documents" in keys else LayoutCode.S7,
        written_for_year=year,
        steps=reader.steps,
    )
    return WordSop(data, reader.reports, _notes(file, found, year, data))


def _notes(file: WordFile, found: list[_Found], year: int | None, data: SopData) -> list[str]:
    notes = []
    if len(found) > 1:
        notes.append(_("%s tables with the same heads were read as one.") % len(found))
    if others := len(file.tables) - len(found):
        notes.append(_("%s other tables were not read.") % others)
    if file.paragraphs:
        notes.append(
            _("%s paragraphs outside the table were not read; write them as sections.")
            % len(file.paragraphs)
        )
    if year:
        notes.append(_("Times name years; guessed that it was written for fiscal year %s.") % year)
    if not data.name:
        notes.append(_("The name of the work was not found; write it below."))
    return notes


def _step_tables(file: WordFile) -> list[_Found]:
    """Return the tables of steps: the first whose heads are known, and those that go on."""
    found: list[_Found] = []
    for number, rows in enumerate(file.tables, start=1):
        columns, place = _heads(rows)
        if columns and found and set(columns) != set(found[0].columns):
            continue
        if not columns and not (found and _goes_on(rows, found[-1], number)):
            continue
        body = rows[place + 1 :] if columns else rows
        known = columns or found[-1].columns
        words = _folded(rows[place]) if columns else set()
        found.append(
            _Found(number, known, [row for row in body if not words or _folded(row) != words])
        )
    return found


def _goes_on(rows: list[Row], before: _Found, number: int) -> bool:
    """A table without heads right after a step table of as many columns is its next page."""
    width = max(last for _first, last in before.columns.values())
    cells = rows[0].cells if rows else []
    return (
        number == before.number + 1
        and len(cells) >= len(before.columns)
        and cells[-1].last == width
    )


def _heads(rows: list[Row]) -> tuple[dict[str, tuple[int, int]], int]:
    """Return the known columns and the place of the row of heads; ({}, 0) without one."""
    for place, row in enumerate(rows[:HEAD_ROWS]):
        columns: dict[str, tuple[int, int]] = {}
        for cell in row.cells:
            key = _label(cell.text)
            if key and key not in columns:
                columns[key] = (cell.first, cell.last)
        if len(columns) >= LEAST_HEADS and {"detail", "chart"} & set(columns):
            return columns, place
    return {}, 0


def _label(text: str) -> str:
    wanted = fold_for_search(text)
    if not wanted or len(wanted) > 60:
        return ""
    beginnings = sorted(
        ((fold_for_search(words), key) for key, all_words in LABELS.items() for words in all_words),
        key=lambda pair: -len(pair[0]),
    )
    for words, key in beginnings:
        if wanted.startswith(words) and (len(words) > 4 or wanted == words):
            return key
    return ""


def _folded(row: Row) -> set[str]:
    return {fold_for_search(cell.text) for cell in row.cells if cell.text}


def _cell_at(row: Row, table: _Found, key: str) -> Cell | None:
    """Return the row's cell that stands below the head, where the most of it is."""
    if key not in table.columns:
        return None
    first, last = table.columns[key]
    over = [
        (min(last, cell.last) - max(first, cell.first), -cell.first, cell) for cell in row.cells
    ]
    over = [entry for entry in over if entry[0] >= 0]
    return max(over, key=lambda entry: entry[:2])[2] if over else None


def _cell_text(row: Row, table: _Found, key: str) -> str:
    cell = _cell_at(row, table, key)
    return cell.text if cell else ""


class _Reader:
    """Makes steps of rows, one after the other, and reports on each."""

    def __init__(self, year: int | None):
        self.year = year
        self.steps: list[StepData] = []
        self.reports: list[RowReport] = []
        # Step → its drawn shapes, for guessing the symbols when all steps are known.
        self.shapes: dict[int, list[Shape]] = {}

    def take(self, table: _Found, row: Row) -> None:
        report = RowReport(table.number, row.number, None)
        self.reports.append(report)
        cells = {key: _cell_at(row, table, key) for key in table.columns}
        self._tell_unreadable(cells, report)
        texts = {key: cell.text if cell else "" for key, cell in cells.items()}
        chart = cells.get("chart")
        drawn = [shape for shape in chart.shapes if shape.text] if chart else []
        if not any(texts.values()) and not drawn:
            report.unread.append(_("The row is empty."))
            return
        if self._belongs_above(cells, texts, drawn):
            self._go_on(texts, report)
        elif len(self.steps) >= MAX_STEPS:
            report.unread.append(_("An SOP has at most %s steps.") % MAX_STEPS)
        else:
            self._begin(cells, texts, drawn, report)

    def _belongs_above(self, cells, texts, drawn) -> bool:
        """A row whose number is joined with the one above, or left empty, goes on with it."""
        number = cells.get("number")
        if number is None or not self.steps:
            return False
        return number.continues or (not texts["number"] and not (drawn or texts.get("chart")))

    def _go_on(self, texts: dict[str, str], report: RowReport) -> None:
        step = self.steps[-1]
        report.step, report.title = step.number, step.title
        for key, name in (("detail", "detail"), ("standard", "standard"), ("remark", "remark")):
            if texts.get(key):
                joined = "\n".join(part for part in (getattr(step, name), texts[key]) if part)
                setattr(step, name, self._cut(joined, TEXT_LIMIT, key, report))
                report.read.append(_COLUMN_WORDS[key]())
        if texts.get("documents"):
            step.documents += self._documents(texts["documents"], report)
            report.read.append(_COLUMN_WORDS["documents"]())
        report.guessed.append(_("The row goes on with step %s.") % step.number)
        for key in ("time", "responsible", "chart", "control_point"):
            if texts.get(key):
                report.unread.append(f"{_COLUMN_WORDS[key]()}: {texts[key][:80]}")

    def _begin(self, cells, texts, drawn: list[Shape], report: RowReport) -> None:
        number = len(self.steps) + 1
        printed = to_arabic_digits(texts.get("number", "")).strip(" .()")
        if printed and printed != str(number):
            report.guessed.append(
                _("Numbered %(number)s; the file says “%(printed)s”.")
                % {"number": number, "printed": printed[:20]}
            )
        step = StepData(number=number, title="")
        report.step = number
        self._title(step, texts, drawn, report)
        for key in ("detail", "control_point", "standard", "remark"):
            if texts.get(key):
                setattr(step, key, self._cut(texts[key], TEXT_LIMIT, key, report))
        if texts.get("responsible"):
            words = " ".join(texts["responsible"].split("\n"))
            step.responsible_text = self._cut(words, 250, "responsible", report)
        if texts.get("documents"):
            step.documents = self._documents(texts["documents"], report)
        self._time(step, texts.get("time", ""), report)
        report.read += [
            _COLUMN_WORDS[key]() for key, text in texts.items() if text and key != "number"
        ]
        self.shapes[number] = drawn
        self.steps.append(step)

    def _title(self, step: StepData, texts, drawn: list[Shape], report: RowReport) -> None:
        chart = " ".join(texts.get("chart", "").split("\n"))
        words = chart or (drawn[0].text if drawn else "")
        if not words:
            words = texts.get("detail", "").split("\n")[0] or next(filter(None, texts.values()))
            report.guessed.append(_("Name of the step, from the first words of the row"))
        step.title = report.title = self._cut(words, 200, "chart", report)

    def _time(self, step: StepData, text: str, report: RowReport) -> None:
        if not text:
            return
        read = read_times(text, self.year)
        step.windows = read.windows
        if not read.windows or read.drops_words:
            step.time_text = self._cut(" ".join(text.split("\n")), 250, "time", report)
        if not read.windows:
            report.unread.append(_("Time as a window: “%s” is kept as printed words.") % text[:60])
        elif read.is_guess or read.drops_words:
            report.guessed.append(_("Window of time, from “%s”") % " ".join(text.split())[:60])

    def _documents(self, text: str, report: RowReport) -> list[str]:
        lines = [re.sub(r"^(?:[-•*–]|\d{1,2}[.)])\s*", "", line) for line in text.split("\n")]
        return [self._cut(line, 250, "documents", report) for line in lines if line]

    def _cut(self, text: str, limit: int, key: str, report: RowReport) -> str:
        if len(text) > limit:
            report.unread.append(
                _("%(column)s: only the first %(limit)s characters.")
                % {"column": _COLUMN_WORDS[key](), "limit": limit}
            )
        return text[:limit].strip()

    def _tell_unreadable(self, cells: dict[str, Cell | None], report: RowReport) -> None:
        told = set()
        for key, cell in cells.items():
            if cell is None:
                continue
            words = _COLUMN_WORDS[key]()
            if cell.has_picture:
                report.unread.append(_("A picture (%s)") % words)
            if cell.has_table:
                report.unread.append(_("A table inside a cell (%s)") % words)
            if cell.continues and key not in FIXED_COLUMNS:
                report.unread.append(
                    _("A cell joined with the one above (%s); its text stands there only") % words
                )
            if cell.last - cell.first > 0 and id(cell) in told:
                report.unread.append(_("A cell joined over columns (%s)") % words)
            told.add(id(cell))
        chart = cells.get("chart")
        if chart and chart.shapes:
            report.unread.append(_("Lines and arrows of the drawn chart"))

    def guess_symbols(self) -> None:
        """Give every step its symbols: by the drawn shapes, else by its words and its place."""
        reports = {report.step: report for report in reversed(self.reports)}
        for step in self.steps:
            shapes = self.shapes.get(step.number) or [Shape("", step.title)]
            for shape in shapes:
                label = shape.text[:200] or step.title
                symbol = self._symbol(step, shape, label)
                node = NodeData(str(symbol), label)
                if symbol == Symbol.DECISION and step.number > 1:
                    said = ASKS.search(label)
                    node.edge_to = step.number - 1
                    node.edge_label = said[0] if said and said[0].startswith("ไม่") else "ไม่ใช่"
                step.nodes.append(node)
            report = reports[step.number]
            names = ", ".join(str(Symbol(node.symbol).label) for node in step.nodes)
            report.guessed.append(_("Symbol: %s") % names)
            if any(node.edge_to for node in step.nodes):
                report.guessed.append(_("“No” leads back to step %s.") % (step.number - 1))

    def _symbol(self, step: StepData, shape: Shape, label: str) -> Symbol:
        geometry = shape.geometry.lower()
        if any(word in geometry for word in DIAMONDS) or ASKS.search(label):
            return Symbol.DECISION
        if any(word in geometry for word in ROUNDED) or ENDS.match(label):
            return Symbol.TERMINAL
        is_end = step.number in (1, len(self.steps))
        return Symbol.TERMINAL if is_end and not geometry else Symbol.ACTIVITY


_COLUMN_WORDS = {
    "number": lambda: _("No."),
    "chart": lambda: _("Flow chart"),
    "detail": lambda: _("Work detail"),
    "control_point": lambda: _("Control point"),
    "time": lambda: _("Time"),
    "standard": lambda: _("Quality standard"),
    "responsible": lambda: _("Responsible"),
    "documents": lambda: _("Related documents"),
    "remark": lambda: _("Remarks"),
}
