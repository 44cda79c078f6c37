"""The award's own papers: application data, executive summary, readiness assessment."""

from django.utils.translation import gettext_lazy as _

from assessments.progress import load
from core.excel_files import text_table
from core.thai_numerals import format_decimal, to_thai_digits
from documents.enums import PaperGroup
from documents.paper_digits import uses_thai_digits
from documents.papers import PaperKind, register
from documents.word.sheet import Run, WordSheet
from reports.award.known import known_of
from reports.award.readiness import Readiness, readiness_of
from reports.award.topics import APPLICATION, READINESS, SUMMARY, form_of
from reports.award.writing import texts_of
from workflows.models import Cycle
from workflows.queries import cycles_visible_to

NOTHING = "ยังไม่ได้จัดทำ"
# Under a topic that may stay empty: nothing is owed there.
LEFT_EMPTY = "–"
MISSING_RULE = (
    "หัวข้อที่ยังไม่ให้คะแนนนับเป็น 0 คะแนนหมวดคือค่าเฉลี่ยของหัวข้อ คะแนนรวมคือค่าเฉลี่ยของหมวด "
    "ปัดเศษครั้งเดียวเป็นทศนิยมสองตำแหน่ง"
)
OWN_NOTE = "ผลการประเมินตนเองแสดงไว้เพื่อเปรียบเทียบเท่านั้น ไม่นำมาคำนวณรวมกับคะแนนความพร้อม"


def text_context(cycle: Cycle, kind: str) -> dict:
    """Return what a text form prints: what was typed, else what the record knows."""
    form, stored = form_of(kind), texts_of(cycle, kind)
    known = known_of(cycle) if kind == APPLICATION else {}
    rows = []
    for number, topic in enumerate(form.topics, start=1):
        row = stored.get(topic.code)
        text = (row.text if row else "").strip() or known.get(topic.known, "")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        nothing = NOTHING if topic.needed else LEFT_EMPTY
        printed = {"number": number, "code": topic.code, "title": topic.th}
        rows.append(printed | {"lines": lines, "nothing": nothing})
    return {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "form": form,
        "rows": rows,
    }


def text_docx(cycle: Cycle, kind: str) -> bytes:
    """Return a text form as a Word file, for offices that finish it there."""
    data, agency = text_context(cycle, kind), cycle.agency
    thai = uses_thai_digits(agency)
    digits = to_thai_digits if thai else str
    sheet = WordSheet(title=title_of(cycle, kind), author=agency.name_th, thai_digits=thai)
    for line in (data["form"].th, agency.name_th, f"ประจำปีงบประมาณ พ.ศ. {cycle.fiscal_year}"):
        sheet.paragraph(Run(digits(line), bold=True), align="centre")
    for row in data["rows"]:
        heading = digits(f"{row['number']}. {row['title']}")
        sheet.paragraph(Run(heading, bold=True), before=12, keep=True)
        for line in row["lines"] or [row["nothing"]]:
            sheet.paragraph(digits(line), first=25)
    return sheet.content()


def sheet_of(cycle: Cycle) -> Readiness:
    """Return the readiness sheet of a cycle with an assessment."""
    assessment = cycle.assessment
    assessment.cycle = cycle
    return readiness_of(cycle, load(assessment)[assessment.pk])


def readiness_context(cycle: Cycle) -> dict:
    """Return what the readiness assessment prints."""
    return {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "sheet": sheet_of(cycle),
        "missing_rule": MISSING_RULE,
        "own_note": OWN_NOTE,
    }


def readiness_xlsx(cycle: Cycle) -> bytes:
    """Return the readiness assessment as an Excel file; cells are texts."""
    sheet = sheet_of(cycle)
    lines = []
    for category in sheet.categories:
        for row in category.items:
            score = "" if row.score is None else str(row.score)
            code = row.item.code
            lines.append((code, row.item.title_th, score, row.text, _two(row.own_percent)))
        name = f"หมวด {category.number} {category.category.title_th}"
        words = f"ค่าเฉลี่ย จาก {category.scored}/{len(category.items)} หัวข้อ"
        lines.append((name, words, _two(category.shown), "", _two(category.own_percent)))
    lines.append(("รวม", "ค่าเฉลี่ยของหมวด", _two(sheet.shown), "", _two(sheet.own_percent)))
    lines.append(("หมายเหตุ", f"{MISSING_RULE} {OWN_NOTE}", "", "", ""))
    heads = (
        ("หัวข้อ", 20),
        ("ประเด็น", 50),
        ("ความพร้อม (0–5)", 16),
        ("เหตุผล", 60),
        ("ประเมินตนเอง (ร้อยละ)", 22),
    )
    return text_table("ความพร้อม", heads, lines)


def _two(value) -> str:
    return "" if value is None else format_decimal(value, 2)


def title_of(cycle: Cycle, kind: str) -> str:
    """Return the Thai title of a form of the award."""
    return f"{form_of(kind).th} ปีงบประมาณ พ.ศ. {cycle.fiscal_year}"


def _whole_cycles(user):
    return cycles_visible_to(user).select_related("agency__parent", "assessment__edition")


def _assessed_cycles(user):
    return _whole_cycles(user).filter(assessment__isnull=False)


COMMON = {
    "group": PaperGroup.AWARD,
    "model": Cycle,
    "agency_of": lambda cycle: cycle.agency,
    "fiscal_year_of": lambda cycle: cycle.fiscal_year,
    "stylesheets": ("pdf/award.css",),
}

register(
    PaperKind(
        kind=APPLICATION,
        label=_("Award: application data"),
        template="pdf/award/texts.html",
        context=lambda cycle: text_context(cycle, APPLICATION),
        title=lambda cycle: title_of(cycle, APPLICATION),
        visible_to=_whole_cycles,
        docx=lambda cycle: text_docx(cycle, APPLICATION),
        **COMMON,
    )
)

register(
    PaperKind(
        kind=SUMMARY,
        label=_("Award: executive summary"),
        template="pdf/award/texts.html",
        context=lambda cycle: text_context(cycle, SUMMARY),
        title=lambda cycle: title_of(cycle, SUMMARY),
        visible_to=_whole_cycles,
        docx=lambda cycle: text_docx(cycle, SUMMARY),
        **COMMON,
    )
)

register(
    PaperKind(
        kind=READINESS,
        label=_("Award: readiness assessment"),
        template="pdf/award/readiness.html",
        context=readiness_context,
        title=lambda cycle: title_of(cycle, READINESS),
        visible_to=_assessed_cycles,
        xlsx=readiness_xlsx,
        **COMMON,
    )
)
