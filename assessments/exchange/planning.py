"""Taking a filled workbook in: first a plan to look at, then all of it or nothing.

A cell that the file did not change leaves the portal's text alone, whatever it is now. Where
both were changed since the export, the plan shows both and the person chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit
from agencies.models import User
from assessments import answering
from assessments.answering import LONGEST_FINDING, LONGEST_NARRATIVE, LONGEST_NOTE
from assessments.enums import Answer
from assessments.exchange.reading import Cell
from assessments.exchange.slots import (
    FIELDS,
    ITEM,
    KINDS,
    LINE,
    Place,
    Slot,
    Slots,
    is_open,
    mark_of,
    slots_of,
    words_of,
    writable_numbers,
)
from assessments.models import Assessment, CategoryAssessment, ItemAnswer
from assessments.scores import bands
from core.thai_numerals import to_arabic_digits
from core.thai_text import fold_for_search
from core.word_changes import Words, word_changes
from documents.revisions import NotEditable, SaveConflict

LIMITS = {ITEM: LONGEST_NARRATIVE, LINE: LONGEST_NOTE}
YES_NO = {
    "มี": Answer.YES,
    "yes": Answer.YES,
    "ยังไม่มี": Answer.NO,
    "ไม่มี": Answer.NO,
    "no": Answer.NO,
    "": "",
}
WHAT = {
    (ITEM, "text"): gettext_lazy("Narrative"),
    (ITEM, "percent"): gettext_lazy("Percent"),
    (ITEM, "dimensions"): gettext_lazy("Dimensions"),
    (LINE, "answer"): gettext_lazy("Answer"),
    (LINE, "text"): gettext_lazy("Explanation"),
}
# Steps that comparing texts for a preview may cost, of one change and of all.
COST_OF_ONE, COST_OF_ALL = 4_000_000, 60_000_000


@dataclass(frozen=True)
class Fault:
    """One thing wrong in the file: sheet, row, column's letter and head, and what."""

    cell: Cell
    message: str


@dataclass
class Change:
    """A cell that would change the portal. Of a new finding `slot` is None.

    `is_disputed`: the portal's text was changed since the export too. `words`: both texts as one
    row of runs, of the first ones that are not too long to compare.
    """

    cell: Cell
    answer: ItemAnswer
    slot: Slot | None
    old: str
    new: str
    is_disputed: bool
    words: list[Words] = field(default_factory=list)

    @property
    def what(self) -> str:
        place = self.cell.place
        return WHAT.get((place.kind, place.field)) or KINDS[place.kind].label

    @property
    def where(self) -> str:
        return self.cell.place.line or self.cell.place.item

    @property
    def is_short(self) -> bool:
        return self.cell.place.field != "text"

    @property
    def cost(self) -> int:
        """Return what comparing both texts word by word costs at worst."""
        return len(self.old) * len(self.new)


@dataclass
class Plan:
    """All changed cells against the assessment as it stands."""

    assessment: Assessment
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def disputed(self) -> int:
        return sum(change.is_disputed for change in self.changes)

    @property
    def digest(self) -> str:
        """Return what the plan amounts to; another digest means the portal has changed."""
        return audit.canonical_hash(
            [[change.cell.plain(), change.old, change.new] for change in self.changes]
        )


def compare_words(plan: Plan) -> None:
    """Give the plan's changes of texts their words, as far as time allows."""
    left = COST_OF_ALL
    for change in plan.changes:
        if change.old and not change.is_short and change.cost <= min(left, COST_OF_ONE):
            left -= change.cost
            change.words = word_changes(change.old, change.new)


class PlanOutdated(Exception):
    """The assessment has changed since the plan was looked at; nothing was written."""


def plan_import(assessment: Assessment, cells: list[Cell], user: User) -> Plan:
    """Return what importing the cells would do; with faults it must not be applied. 7 queries."""
    slots, own = slots_of(assessment), writable_numbers(user, assessment)
    plan, seen = Plan(assessment), {}
    for cell in cells:
        try:
            change = _planned(cell, slots, own)
            if change is None:
                continue
            if cell.place.ref or cell.place.kind not in KINDS:
                _refuse_twice(cell, seen)
        except LookupError as error:
            plan.faults.append(Fault(cell, str(error.args[0])))
        else:
            plan.changes.append(change)
    _check_percents(plan, slots)
    return plan


def _refuse_twice(cell: Cell, seen: dict[Place, Cell]) -> None:
    first = seen.setdefault(cell.place, cell)
    if first is not cell:
        raise LookupError(_("The same stands in row %s already.") % first.row)


def _planned(cell: Cell, slots: Slots, own: set[int]) -> Change | None:
    """Return the change a cell makes, or None. Raises LookupError with a message."""
    answer = _answer_of(cell, slots)
    slot = slots.found.get(cell.place)
    if slot is None and not _is_new_finding(cell, slots):
        return None
    new = _READ[cell.place.field](cell, slots, answer)
    old = slot.text if slot else ""
    if mark_of(cell.place, new) == mark_of(cell.place, old):
        return None
    category = answer.category_assessment
    if category.category.number not in own:
        raise LookupError(_("Category %d is not yours to write.") % category.category.number)
    if not is_open(category):
        raise LookupError(
            _("Category %d is locked: it was submitted or accepted.") % category.category.number
        )
    is_disputed = bool(cell.seen) and mark_of(cell.place, old) != cell.seen
    return Change(cell, answer, slot, old, new, is_disputed)


def _answer_of(cell: Cell, slots: Slots) -> ItemAnswer:
    place = cell.place
    if place.kind not in FIELDS:
        message = _("The kind of row is not known. Write one of these: %s")
        raise LookupError(message % " · ".join(FIELDS))
    answer = slots.answers.get(place.item)
    if answer is None:
        raise LookupError(_("There is no item “%s” in the criteria.") % place.item[:20])
    if place.kind == LINE and place.line not in {row.code for row in slots.lines[place.item]}:
        raise LookupError(
            _("Item %(item)s has no line “%(line)s”.")
            % {"item": place.item, "line": place.line[:20]}
        )
    return answer


def _is_new_finding(cell: Cell, slots: Slots) -> bool:
    """Return whether the cell adds a finding; one that stands there already adds nothing."""
    place = cell.place
    if place.kind not in KINDS:
        raise LookupError(_("This edition has nothing to fill here."))
    if place.ref:
        raise LookupError(_("It was removed from the portal since the export."))
    same = mark_of(place, cell.text)
    kind = KINDS[place.kind]
    return not any(
        row.kind == kind and mark_of(place, row.text) == same for row in slots.findings[place.item]
    )


def _read_text(cell: Cell, _slots: Slots, _answer: ItemAnswer) -> str:
    limit = LIMITS.get(cell.place.kind, LONGEST_FINDING)
    if len(cell.text) > limit:
        raise LookupError(
            _("Too long: %(length)s characters, at most %(limit)s.")
            % {"length": len(cell.text), "limit": limit}
        )
    return cell.text


def _read_answer(cell: Cell, _slots: Slots, _answer: ItemAnswer) -> str:
    known = {fold_for_search(word): word for word in YES_NO}
    word = known.get(fold_for_search(cell.text))
    if word is None:
        raise LookupError(_("Write มี or ยังไม่มี, or leave the cell empty."))
    return {Answer.YES: "มี", Answer.NO: "ยังไม่มี", "": ""}[YES_NO[word]]


def _read_percent(cell: Cell, slots: Slots, answer: ItemAnswer) -> str:
    text = _digits(cell.text)
    if text:
        _check(_whole(text), {}, slots, answer)
    return text


def _read_dimensions(cell: Cell, slots: Slots, answer: ItemAnswer) -> str:
    known = {row["code"].lower(): row["code"] for row in slots.codes(answer)}
    found: dict[str, int] = {}
    for piece in cell.text.replace("\n", ",").replace("·", ",").split(","):
        words = piece.replace("=", " ").replace(":", " ").split()
        if not words:
            continue
        code = known.get(words[0].lower())
        if code is None or len(words) != 2 or code in found:
            message = _("Write each dimension with its percentage, such as “%s”.")
            raise LookupError(message % ", ".join(f"{row} 30" for row in known.values()))
        found[code] = _whole(_digits(words[1]))
    ordered = {code: found[code] for code in known.values() if code in found}
    _check(None, ordered, slots, answer)
    return words_of(ordered)


def _digits(text: str) -> str:
    return to_arabic_digits(text).replace("%", "").strip()


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise LookupError(_("Choose one of the steps of the bands"))
    return int(text)


def _check(percent: int | None, dimensions: dict, slots: Slots, answer: ItemAnswer) -> None:
    is_result = answer.category_assessment.category.number == 7
    fault = bands.check(percent, dimensions, slots.assessment.edition, is_result=is_result)
    if fault:
        raise LookupError(fault)


_READ = {
    "text": _read_text,
    "answer": _read_answer,
    "percent": _read_percent,
    "dimensions": _read_dimensions,
}


def _check_percents(plan: Plan, slots: Slots) -> None:
    """Refuse a percentage above the ceiling that the dimensions of its item set."""
    for place, (percent, dimensions, change) in _scores(plan.changes).items():
        try:
            _check(percent, dimensions, slots, slots.answers[place])
        except LookupError as error:
            plan.faults.append(Fault(change.cell, str(error.args[0])))


def _scores(changes: list[Change]) -> dict[str, tuple[int | None, dict, Change]]:
    """Return item → (percent, dimensions, a change) as the changes would leave them."""
    found = {}
    for change in changes:
        name = change.cell.place.field
        if name not in ("percent", "dimensions"):
            continue
        answer = change.answer
        percent, dimensions, first = found.get(
            answer.item.code, (answer.percent, dict(answer.dimensions), change)
        )
        if name == "percent":
            percent = int(change.new) if change.new else None
        else:
            pairs = (piece.split() for piece in change.new.split(", ") if piece)
            dimensions = {code: int(step) for code, step in pairs}
        found[answer.item.code] = (percent, dimensions, first)
    return found


def apply_plan(
    assessment: Assessment,
    cells: list[Cell],
    digest: str,
    takes: Mapping[int, bool],
    by: User,
) -> int:
    """Write what the plan of that digest showed, all of it or nothing; return how many.

    `takes` says of each disputed change, by its number in the plan, whether the file's text is
    taken; where it says nothing, the portal's stays. Raises PlanOutdated when the plan would
    now be another one, and answering's FindingInUse.
    """
    with transaction.atomic():
        _hold(assessment)
        plan = plan_import(assessment, cells, by)
        if plan.faults or plan.digest != digest:
            raise PlanOutdated
        chosen = [
            change
            for number, change in enumerate(plan.changes)
            if not change.is_disputed or takes.get(number)
        ]
        try:
            _write(chosen, by)
        except (SaveConflict, NotEditable, answering.AnswerRefused) as error:
            raise PlanOutdated from error
        if chosen:
            audit.record(
                assessment.cycle.agency,
                by,
                "assessment.import",
                assessment,
                summary=_("Workbook imported: %d changes") % len(chosen),
                after=[[row.where, str(row.what), row.old[:500], row.new[:500]] for row in chosen],
            )
    return len(chosen)


def _hold(assessment: Assessment) -> None:
    """Claim the open categories, so that no other save comes in between plan and writing."""
    rows = CategoryAssessment.objects.filter(assessment=assessment)
    for category in rows.order_by("pk"):
        answering.claim(category)


def _write(changes: list[Change], by: User) -> None:
    for change in changes:
        place, slot = change.cell.place, change.slot
        if place.field == "answer":
            value = YES_NO[change.new]
            answering.answer_line(change.answer, slot.line, value, by)
        elif place.kind == ITEM and place.field == "text":
            answering.save_narrative(change.answer, change.new, version=slot.version, by=by)
        elif place.kind == LINE:
            answering.save_line_note(
                change.answer, slot.line, change.new, version=slot.version, by=by
            )
        elif place.kind in KINDS:
            _write_finding(change, by)
    for percent, dimensions, change in _scores(changes).values():
        answering.set_percent(change.answer, percent, by, dimensions=dimensions)


def _write_finding(change: Change, by: User) -> None:
    if change.slot is None:
        answering.add_finding(change.answer, KINDS[change.cell.place.kind], change.new, by)
        return
    finding = change.slot.finding
    finding.item_answer = change.answer
    if change.new:
        answering.edit_finding(finding, change.new, version=finding.version, by=by)
    else:
        answering.remove_finding(finding, by)
