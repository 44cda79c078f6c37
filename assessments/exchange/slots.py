"""The places of a self-assessment that a workbook may fill: answers, texts and findings.

A slot holds its text as the workbook says it. Export and import both read it from here, so what
one writes the other finds again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from agencies.models import User
from agencies.roles import is_officer
from assessments import answering
from assessments.enums import Answer, AssessmentStatus, FindingKind, Level
from assessments.models import (
    Assessment,
    CategoryAssessment,
    ChecklistLine,
    Finding,
    ItemAnswer,
    LineAnswer,
    LineNote,
)
from assessments.progress import RESULTS
from assessments.scores import bands
from committees import roles
from core.thai_text import normalize
from workflows.enums import CycleStatus

# What a row of the workbook is; the sheets are Thai, as papers are.
ITEM, LINE = "คำบรรยาย", "ข้อคำถาม"
FINDING_WORDS = {FindingKind.STRENGTH: "จุดแข็ง", FindingKind.OFI: "OFI"}
KINDS = {word: kind for kind, word in FINDING_WORDS.items()}
# What people write for the same.
OTHER_KIND_WORDS = {"จุดเด่น": "จุดแข็ง", "โอกาสในการปรับปรุง": "OFI"}
ANSWER_WORDS = {Answer.YES: "มี", Answer.NO: "ยังไม่มี", "": ""}
LEVEL_WORDS = {
    Level.BASIC: "พื้นฐาน (Basic)",
    Level.ADVANCE: "ก้าวหน้า (Advance)",
    Level.SIGNIFICANCE: "พัฒนาจนเกิดผล (Significance)",
}
# Kind of row → the fields that are filled in it.
FIELDS = {
    ITEM: ("percent", "dimensions", "text"),
    LINE: ("answer", "text"),
    **dict.fromkeys(KINDS, ("text",)),
}


@dataclass(frozen=True)
class Place:
    """Where a slot stands: kind of row, item, line's code or finding's key, field."""

    kind: str
    item: str
    line: str
    ref: str
    field: str


@dataclass(frozen=True)
class Slot:
    """What stands at a place now, and what it is written to."""

    text: str
    answer: ItemAnswer
    version: int = 0
    line: ChecklistLine | None = None
    finding: Finding | None = None

    @property
    def category_assessment(self) -> CategoryAssessment:
        return self.answer.category_assessment


@dataclass
class Slots:
    """All slots of an assessment, in the order of the criteria."""

    assessment: Assessment
    found: dict[Place, Slot]
    answers: dict[str, ItemAnswer]
    lines: dict[str, list[ChecklistLine]]
    findings: dict[str, list[Finding]]

    def codes(self, answer: ItemAnswer) -> list[dict]:
        """Return the dimensions of the item; none in an edition by levels."""
        is_result = answer.category_assessment.category.number == RESULTS
        return bands.dimensions_of(self.assessment.edition, is_result=is_result)


def slots_of(assessment: Assessment) -> Slots:
    """Return the assessment's slots (fetched with edition and cycle); 5 queries."""
    within = {"item_answer__category_assessment__assessment": assessment}
    answers = {}
    for answer in ItemAnswer.objects.filter(
        category_assessment__assessment=assessment
    ).select_related("item", "category_assessment__category"):
        answer.category_assessment.assessment = assessment
        answers[answer.item.code] = answer
    answers = dict(sorted(answers.items(), key=lambda row: _order(row[1])))
    lines: dict[str, list[ChecklistLine]] = {code: [] for code in answers}
    codes = {answer.item_id: code for code, answer in answers.items()}
    for line in ChecklistLine.objects.filter(item__in=codes).order_by("order", "pk"):
        lines[codes[line.item_id]].append(line)
    given = dict(LineAnswer.objects.filter(**within).values_list("line", "answer"))
    notes = {note.line_id: note for note in LineNote.objects.filter(**within)}
    findings: dict[str, list[Finding]] = {code: [] for code in answers}
    by_pk = {answer.pk: code for code, answer in answers.items()}
    for finding in Finding.objects.filter(**within):
        findings[by_pk[finding.item_answer_id]].append(finding)
    slots = Slots(assessment, {}, answers, lines, findings)
    for code, answer in answers.items():
        _fill(slots, code, answer, given, notes)
    return slots


def _order(answer: ItemAnswer) -> tuple[int, int, int]:
    return answer.category_assessment.category.number, answer.item.order, answer.pk


def _fill(slots: Slots, code: str, answer: ItemAnswer, given: dict, notes: dict) -> None:
    found = slots.found
    found[Place(ITEM, code, "", "", "text")] = Slot(answer.narrative, answer, answer.version)
    if "bands" in slots.assessment.edition.scoring_data:
        percent = "" if answer.percent is None else str(answer.percent)
        found[Place(ITEM, code, "", "", "percent")] = Slot(percent, answer)
        found[Place(ITEM, code, "", "", "dimensions")] = Slot(words_of(answer.dimensions), answer)
    for line in slots.lines[code]:
        note = notes.get(line.pk)
        place = (LINE, code, line.code, "")
        found[Place(*place, "answer")] = Slot(
            ANSWER_WORDS[given.get(line.pk, "")], answer, line=line
        )
        found[Place(*place, "text")] = Slot(
            note.text if note else "", answer, note.version if note else 0, line=line
        )
    for finding in slots.findings[code]:
        place = Place(FINDING_WORDS[finding.kind], code, "", str(finding.pk), "text")
        found[place] = Slot(finding.text, answer, finding.version, finding=finding)


def words_of(dimensions: Mapping[str, int]) -> str:
    """Return the steps of the dimensions as the workbook says them: "A 30, D 45"."""
    return ", ".join(f"{code} {step}" for code, step in dimensions.items())


def clean(text: str) -> str:
    """Return the text as the portal keeps what a sheet says: one kind of line end, no controls."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    kept = (letter if letter in "\n\t" or letter.isprintable() else " " for letter in text)
    return normalize("".join(kept)).strip()


def mark_of(place: Place, text: str) -> str:
    """Return the short mark of a text at its place: another one means that it was changed.

    Blanks within a line do not count: programs of sheets treat them each in their own way.
    """
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    whole = "\0".join([place.kind, place.item, place.line, place.ref, place.field, *lines])
    return sha256(whole.encode()).hexdigest()[:10]


def writable_numbers(user: User, assessment: Assessment) -> set[int]:
    """Return the categories that the person writes, whatever their state; 2 queries at most."""
    cycle = assessment.cycle
    if is_officer(user, cycle.agency):
        return set(roles.ALL_CATEGORIES)
    return set(roles.written_categories(user, cycle.agency, cycle.fiscal_year))


def is_open(category_assessment: CategoryAssessment) -> bool:
    """Return whether the category takes changes; the save itself asks again."""
    assessment = category_assessment.assessment
    return (
        category_assessment.status in answering.WRITABLE
        and assessment.status == AssessmentStatus.IN_PROGRESS
        and assessment.cycle.status == CycleStatus.OPEN
    )
