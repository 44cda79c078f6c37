"""Score sheets: a checklist or a percentage with dimensions, and what it is worth.

A member's sheet is private. Every change is one conditional UPDATE on the sheet's version; a
sheet that was handed in is closed for good, because its member sees the others' from then on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q

from agencies import audit
from agencies.models import User
from assessments import scoring
from assessments.answering import AnswerRefused
from assessments.enums import Answer, AssessmentStatus, ScoreKind
from assessments.models import ChecklistLine, ItemScore
from assessments.progress import ItemState
from assessments.scores import bands
from core import clock
from documents.revisions import NotEditable
from workflows.enums import CycleStatus

# Scores are given while the year's cycle is open; members' while the whole is in progress too.
YEAR_OPEN = Q(item_answer__category_assessment__assessment__cycle__status=CycleStatus.OPEN)
IN_PROGRESS = YEAR_OPEN & Q(
    item_answer__category_assessment__assessment__status=AssessmentStatus.IN_PROGRESS
)
TRIES = 5


class HandedIn(Exception):
    """The sheet was handed in; it cannot be changed any more."""


class Incomplete(Exception):
    """The sheet has lines or a percentage left to choose."""


class Changed(Exception):
    """The score was changed since it was read. `current` is how it now stands."""

    def __init__(self, current: ItemScore):
        super().__init__("the score has changed")
        self.current = current


@dataclass(frozen=True)
class Sheet:
    """What somebody answered: line code → yes or no, or a percentage with its dimensions.

    `given` is a plain figure, for results whose score no checklist gives.
    """

    lines: Mapping[str, str]
    percent: int | None = None
    dimensions: Mapping[str, int] | None = None
    given: Decimal | None = None

    def columns(self, item: ItemState, lines: Sequence[ChecklistLine]) -> dict:
        """Return the columns that store the sheet, its score among them."""
        return {
            "lines": dict(self.lines),
            "percent": self.percent,
            "dimensions": dict(self.dimensions or {}),
            "score": score_of(item, lines, self),
        }


def lines_of(item: ItemState) -> list[ChecklistLine]:
    """Return the lines of the item's checklist; none (and no query) where it has no checklist."""
    if not item.has_checklist:
        return []
    return list(ChecklistLine.objects.filter(item=item.answer.item_id).order_by("order", "pk"))


def is_scored_by_people(item: ItemState) -> bool:
    """Return whether people give the score: results by levels follow from indicators instead."""
    return item.has_checklist or not item.is_by_levels


def score_of(item: ItemState, lines: Sequence[ChecklistLine], sheet: Sheet) -> Decimal | None:
    """Return what the sheet is worth by the rules of the edition, to 5 decimals.

    Unanswered lines count as no; None where the item's full points are unknown.
    """
    if item.has_checklist:
        given = [(line.level, sheet.lines.get(line.code, "")) for line in lines]
        levels = scoring.level_scores(item.edition.scoring_data["levels"], given)
        return scoring.to_five(scoring.item_by_levels(levels))
    if item.is_by_levels:
        return sheet.given
    worth = scoring.item_by_percent(sheet.percent, item.points, item.edition.scoring_data["bands"])
    return None if worth is None else scoring.to_five(worth)


def refuse_wrong(item: ItemState, lines: Sequence[ChecklistLine], sheet: Sheet) -> None:
    """Raise AnswerRefused for a line of another item, an unknown answer or a wrong percentage."""
    known = {line.code for line in lines}
    if not set(sheet.lines) <= known or not set(sheet.lines.values()) <= set(Answer.values):
        raise AnswerRefused(str(sheet.lines))
    if item.is_by_levels:
        return
    fault = bands.check(
        sheet.percent, sheet.dimensions or {}, item.edition, is_result=item.is_result
    )
    if fault:
        raise AnswerRefused(fault)


def set_line(item: ItemState, line: ChecklistLine, value: str, by: User) -> ItemScore:
    """Store the member's own yes or no to a line; "" takes it back.

    Raises AnswerRefused, HandedIn, or NotEditable when the year's work is closed.
    """
    lines = lines_of(item)

    def change(row: ItemScore) -> Sheet:
        kept = {code: given for code, given in row.lines.items() if code != line.code}
        return Sheet(kept | ({line.code: value} if value else {}))

    return _change(item, lines, change, by)


def set_percent(
    item: ItemState, percent: int | None, dimensions: Mapping[str, int], by: User
) -> ItemScore:
    """Store the member's own percentage and dimensions; refuses as `set_line`."""
    return _change(item, [], lambda _row: Sheet({}, percent, dimensions), by)


def _change(
    item: ItemState,
    lines: Sequence[ChecklistLine],
    change: Callable[[ItemScore], Sheet],
    by: User,
) -> ItemScore:
    """Apply the change to the newest sheet; tabs of one person never undo each other."""
    with transaction.atomic():
        row, _new = ItemScore.objects.get_or_create(
            item_answer=item.answer,
            user=by,
            kind=ScoreKind.MEMBER,
            defaults={"at": clock.now()},
        )
        for _try in range(TRIES):
            if row.is_handed_in:
                raise HandedIn
            sheet = change(row)
            refuse_wrong(item, lines, sheet)
            if _write(row, IN_PROGRESS & Q(is_handed_in=False), sheet.columns(item, lines)):
                row.refresh_from_db()
                return row
            row.refresh_from_db()
        raise NotEditable


def hand_in(item: ItemState, by: User, reason: str = "") -> None:
    """Hand the member's own sheet in; from now on it is closed and the others' are shown.

    Raises Incomplete while something is left to choose, HandedIn the second time, NotEditable
    when the year's work is closed.
    """
    lines = lines_of(item)
    with transaction.atomic():
        row = ItemScore.objects.filter(
            item_answer=item.answer, user=by, kind=ScoreKind.MEMBER
        ).first()
        if row is None or not _is_complete(item, lines, row):
            raise Incomplete
        if row.is_handed_in:
            raise HandedIn
        changes = {"is_handed_in": True, "reason": reason}
        if not _write(row, IN_PROGRESS & Q(is_handed_in=False), changes):
            row.refresh_from_db()
            raise HandedIn if row.is_handed_in else NotEditable
        # The audit log is read by officers: it tells that, never what.
        agency = item.category_assessment.assessment.agency
        audit.record(agency, by, "score.hand_in", row, summary=item.answer.item.code)


def _is_complete(item: ItemState, lines: Sequence[ChecklistLine], row: ItemScore) -> bool:
    if item.has_checklist:
        return all(line.code in row.lines for line in lines)
    return row.percent is not None


def _write(row: ItemScore, editable: Q, changes: dict) -> bool:
    """Write to the row if it still has the version that was read."""
    return bool(
        ItemScore.objects.filter(editable, pk=row.pk, version=row.version).update(
            **changes, at=clock.now(), version=F("version") + 1
        )
    )
