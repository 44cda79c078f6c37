"""The team's consensus, and what an outside assessor gave."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from agencies import audit
from agencies.models import User
from assessments.answering import claim_or_refuse
from assessments.enums import ScoreKind
from assessments.models import ItemAnswer, ItemScore, LineAnswer
from assessments.progress import ItemState
from assessments.scores.history import note_score
from assessments.scores.sheets import YEAR_OPEN, Changed, Sheet, lines_of, refuse_wrong
from core import clock
from documents.revisions import NotEditable
from workflows.enums import CycleStatus
from workflows.models import Cycle


def open_consensus(item: ItemState, by: User) -> ItemScore:
    """Open the consensus: members' scores are shown to those who do not score. May run again.

    Raises NotEditable when the year's cycle is closed.
    """
    with transaction.atomic():
        cycle = item.category_assessment.assessment.cycle
        if not Cycle.objects.filter(pk=cycle.pk, status=CycleStatus.OPEN).update(
            status=F("status")
        ):
            raise NotEditable
        row, is_new = ItemScore.objects.get_or_create(
            item_answer=item.answer,
            kind=ScoreKind.CONSENSUS,
            defaults={"user": by, "at": clock.now()},
        )
        if is_new:
            _record(item, by, "score.open", row)
    return row


def record_consensus(
    item: ItemState, sheet: Sheet, reason: str, *, version: int, by: User, adopt: bool
) -> ItemScore:
    """Store what the team agreed on, with the reason; with `adopt` it becomes the office's answer.

    Raises AnswerRefused, Changed when somebody recorded meanwhile, NotEditable when the cycle is
    closed, or when the answer is to be taken over and the category is locked; then nothing is
    written.
    """
    with transaction.atomic():
        row = _store(item, ScoreKind.CONSENSUS, sheet, {"reason": reason}, version, by)
        if adopt:
            _adopt(item, sheet, by)
        _record(item, by, "score.consensus", row, sheet)
    return row


def record_external(
    item: ItemState,
    sheet: Sheet,
    reason: str,
    *,
    assessor: str,
    given_on: dt.date,
    version: int,
    by: User,
) -> ItemScore:
    """Store what an outside assessor gave on a day. Raises as `record_consensus`."""
    at = dt.datetime.combine(given_on, dt.time(12), clock.now().tzinfo)
    changes = {"reason": reason, "assessor": assessor, "at": at}
    with transaction.atomic():
        row = _store(item, ScoreKind.EXTERNAL, sheet, changes, version, by)
        _record(item, by, "score.external", row, sheet)
    return row


def _store(
    item: ItemState, kind: str, sheet: Sheet, changes: dict, version: int, by: User
) -> ItemScore:
    lines = lines_of(item)
    refuse_wrong(item, lines, sheet)
    row, _new = ItemScore.objects.get_or_create(
        item_answer=item.answer, kind=kind, defaults={"user": by, "at": clock.now()}
    )
    values = {"at": clock.now(), "is_handed_in": True, "user": by} | changes
    stored = ItemScore.objects.filter(YEAR_OPEN, pk=row.pk, version=version).update(
        **values, **sheet.columns(item, lines), version=F("version") + 1
    )
    row.refresh_from_db()
    if not stored:
        raise NotEditable if row.version == version else Changed(row)
    return row


def _adopt(item: ItemState, sheet: Sheet, by: User) -> None:
    """Make the sheet the office's own answer, as if each line had been answered so."""
    answer = item.answer
    claim_or_refuse(item.category_assessment)
    if item.has_checklist:
        rows = [
            LineAnswer(
                item_answer=answer,
                line=line,
                answer=sheet.lines[line.code],
                answered_at=clock.now(),
                answered_by=by,
            )
            for line in lines_of(item)
            if line.code in sheet.lines
        ]
        LineAnswer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["item_answer", "line"],
            update_fields=["answer", "answered_at", "answered_by"],
        )
    else:
        ItemAnswer.objects.filter(pk=answer.pk).update(
            percent=sheet.percent, dimensions=dict(sheet.dimensions or {})
        )
    note_score(answer, by)


def _record(item: ItemState, by: User, action: str, row: ItemScore, sheet: Sheet | None = None):
    audit.record(
        item.category_assessment.assessment.agency,
        by,
        action,
        row,
        summary=item.answer.item.code,
        after=None
        if sheet is None
        else {"lines": dict(sheet.lines), "percent": sheet.percent, "score": str(row.score)},
    )
