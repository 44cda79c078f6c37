"""The round's report and its memo as Word files, for offices that finish them there."""

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from agencies.models import Agency
from assessments.models import MonitoringRound
from core.thai_numerals import to_thai_digits
from documents.official_words import sender_lines
from documents.paper_digits import uses_thai_digits
from documents.word.official import add_memo_head, add_opening, add_signature
from documents.word.sheet import Run, WordSheet
from improvement.monitoring.memo_paper import memo_data
from improvement.monitoring.report_paper import Signer, plain, report_data, report_title

DOTS = "." * 48
SIZE = 13
ACTIONS = (
    ("ลำดับ", 15),
    ("กิจกรรม", 49),
    ("แผน", 16),
    ("ผล", 16),
    ("ผล/แผน", 17),
    ("สถานะ", 24),
    ("ปัญหา/อุปสรรค", 36),
    ("ความเสี่ยง", 30),
    ("แนวทางแก้ไข", 34),
    ("ผู้รับผิดชอบ", 30),
)
INDICATORS = (
    ("ลำดับ", 15),
    ("ตัวชี้วัด", 77),
    ("หน่วยวัด", 25),
    ("แผน/เป้าหมาย", 28),
    ("ผล", 25),
    ("ร้อยละ", 22),
    ("สถานะ", 35),
    ("ผู้รับผิดชอบ", 40),
)


class _File:
    """A Word file in the office's digits."""

    def __init__(self, title: str, agency: Agency, **options):
        is_thai = uses_thai_digits(agency)
        self.digits = to_thai_digits if is_thai else str
        self.sheet = WordSheet(title=title, author=agency.name_th, thai_digits=is_thai, **options)

    def turn(self) -> None:
        """Lay the page across with margins of 15 mm."""
        section = self.sheet.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(15)
        section.top_margin, section.bottom_margin = Mm(20), Mm(15)

    def line(self, text: str, **look) -> None:
        bold = look.pop("bold", False)
        self.sheet.paragraph(Run(self.digits(text), bold=bold), **look)

    def table(self, columns, rows) -> None:
        cells = [[Run(self.digits(text), size=SIZE) for text in row] for row in rows]
        heads, widths = zip(*columns, strict=True)
        self.sheet.table(cells, widths, head=heads, lined=True)


def report_docx(row: MonitoringRound) -> bytes:
    """Return the report as a Word file: the words and figures of the paper."""
    data = report_data(row)
    file = _File(report_title(row), data["agency"])
    file.turn()
    for text in (data["title"], data["period"], data["agency"].name_th):
        file.line(text, bold=True, align="centre")
    file.line("   ".join(f"{label} {figure}" for figure, label in data["head"]), before=6)
    file.line("กิจกรรมตามแผน", bold=True, before=6, keep=True)
    file.table(ACTIONS, [*map(_action, data["actions"]), _mean(data)])
    file.line(data["rule"], before=3)
    if data["indicators"]:
        file.line("ตัวชี้วัด", bold=True, before=10, keep=True)
        file.table(INDICATORS, map(_indicator, data["indicators"]))
    _compared(file, data["compared"])
    file.line("ข้อเสนอเพื่อพิจารณา", bold=True, before=10, keep=True)
    for place, text in enumerate(data["proposals"], start=1):
        file.line(f"{place}. {text}", left=6)
    file.line(data["state"], before=6)
    signers = ((data["reporter"], "ผู้รายงาน"), (data["director"], "ผู้รับรอง"))
    _signatures(file, signers)
    return file.sheet.content()


def _action(each: dict) -> tuple[str, ...]:
    return (
        str(each["number"]),
        each["title"],
        each["planned"] or "",
        each["actual"] or "",
        each["ratio"] or "",
        each["state"],
        each["trouble"],
        each["risk"],
        each["remedy"],
        each["owner"] or each["unit"],
    )


def _mean(data: dict) -> tuple[str, ...]:
    totals = data["totals"]
    figures = (totals["planned"] or "", totals["actual"] or "", totals["ratio"] or "")
    return ("", data["mean"], *figures, "", "", "", "", "")


def _indicator(each: dict) -> tuple[str, ...]:
    return (
        str(each["number"]),
        f"{each['code']} {each['name']}".strip(),
        each["unit"],
        plain(each["planned"]),
        plain(each["value"]),
        each["share"] or "",
        each["state"],
        each["owner"],
    )


def _compared(file: _File, compared: dict | None) -> None:
    if compared is None:
        return
    columns = [("ลำดับ", 15), ("เรื่อง", 117), *((head, 34) for head in compared["heads"])]
    for title, lines in (
        ("เปรียบเทียบผลของกิจกรรมแต่ละรอบ (ร้อยละ)", compared["actions"]),
        ("เปรียบเทียบผลตัวชี้วัดแต่ละรอบ", compared["indicators"]),
    ):
        if lines:
            file.line(title, bold=True, before=10, keep=True)
            file.table(columns, [_line(place, each) for place, each in enumerate(lines, start=1)])


def _line(place: int, each: dict) -> tuple[str, ...]:
    cells = (f"{cell['text']} {cell['way']}".strip() for cell in each["cells"])
    return (str(place), each["title"], *cells)


def _signatures(file: _File, signers) -> None:
    file.line("", before=18, keep=True)
    table = file.sheet.table([[_signed(file, *pair) for pair in signers]], [130, 130])
    for cell in table.rows[0].cells:
        cell.paragraphs[0].alignment = 1


def _signed(file: _File, signer: Signer, role: str) -> str:
    day = signer.day or "........ / ........ / ........"
    text = f"(ลงชื่อ) {DOTS} {role}\n({signer.name or DOTS})\n{signer.position}\nวันที่ {day}"
    return file.digits(text)


def memo_docx(row: MonitoringRound) -> bytes:
    """Return the covering memo as a Word file."""
    data = memo_data(row)
    file = _File(data["subject"], data["agency"], top=15)
    digits, sheet = file.digits, file.sheet
    sender = sender_lines(data["unit"], data["office"], data["phone"], data["email"])
    add_memo_head(
        sheet,
        sender=[digits(line) for line in sender],
        number="",
        day=digits(data["day"]),
        subject=digits(data["subject"]),
    )
    add_opening(sheet, "เรียน", digits(data["to"]))
    for head, text in data["parts"]:
        sheet.paragraph([Run(digits(f"{head}  "), bold=True), digits(text)], first=25, before=6)
    for text in data["asked"]:
        sheet.paragraph(digits(text), left=25)
    signer, director = data["signer"], data["director"]
    add_signature(sheet, signer.name, digits(signer.position).splitlines(), space=48)
    choices = "   ".join(f"☐ {choice}" for choice in data["choices"])
    sheet.paragraph(choices, before=18, keep=True)
    add_signature(sheet, director.name, digits(director.position).splitlines(), space=48)
    return sheet.content()
