"""Entering results that another body announced: every figure as received, none computed.

A result that was checked against the announcement is locked; then it changes only after it was
unlocked with a reason. Each step is one conditional UPDATE and one line in the audit log.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F

from agencies import audit
from agencies.models import Agency, User
from assessments.models import OfficialResult, OfficialScore, PrintedTotal
from core import clock
from documents.revisions import NotEditable


class Twice(Exception):
    """The body's result of that year was entered already."""


class Changed(Exception):
    """Somebody changed the result since it was read. `current` is how it now stands."""

    def __init__(self, current: OfficialResult):
        super().__init__("the result has changed")
        self.current = current


class ReasonNeeded(Exception):
    """Unlocking needs a reason."""


def add_result(
    agency: Agency,
    fields: dict,
    scores: Mapping[int, Decimal | None],
    by: User,
    printed: Sequence[tuple[str, Decimal, int]] = (),
) -> OfficialResult:
    """Enter a result with the scores of its categories, and its total as `printed` elsewhere:
    (place, total, decimals). Raises Twice.
    """
    try:
        with transaction.atomic():
            result = OfficialResult.objects.create(
                agency=agency, entered_by=by, entered_at=clock.now(), **fields
            )
            _store_scores(result, scores)
            _store_printed(result, printed)
            audit.record(
                agency, by, "official.add", result, summary=str(result), after=facts(result)
            )
    except IntegrityError as error:
        raise Twice from error
    return result


def save_result(
    result: OfficialResult,
    fields: dict,
    scores: Mapping[int, Decimal | None],
    *,
    version: int,
    by: User,
    printed: Sequence[tuple[str, Decimal, int]] = (),
) -> None:
    """Change an unlocked result on the version that was read.

    Raises NotEditable when it is locked, Changed for a newer version, Twice when year and body
    are taken; then nothing is written.
    """
    before = facts(result)
    try:
        with transaction.atomic():
            _claim(result, version, is_locked=False, **fields)
            OfficialScore.objects.filter(result=result).delete()
            _store_scores(result, scores)
            result.printed_totals.all().delete()
            _store_printed(result, printed)
            _record(result, by, "official.edit", str(result), before)
    except IntegrityError as error:
        raise Twice from error


def lock_result(result: OfficialResult, by: User, *, version: int) -> None:
    """Lock a result that was checked. Raises NotEditable when it is locked, or Changed."""
    with transaction.atomic():
        _claim(result, version, is_locked=False, to_locked=True)
        _record(result, by, "official.lock", str(result), None)


def unlock_result(result: OfficialResult, by: User, reason: str, *, version: int) -> None:
    """Unlock a result, with the reason. Raises ReasonNeeded, NotEditable or Changed."""
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        _claim(result, version, is_locked=True, to_locked=False)
        _record(result, by, "official.unlock", reason.strip(), None)


def remove_result(result: OfficialResult, by: User, *, version: int) -> None:
    """Remove an unlocked result; the audit log keeps that it was there. Raises as `save_result`."""
    with transaction.atomic():
        _claim(result, version, is_locked=False)
        audit.record(
            result.agency, by, "official.remove", result, summary=str(result), before=facts(result)
        )
        result.delete()


def scores_of(result: OfficialResult) -> dict[int, Decimal]:
    """Return category number → announced score."""
    return {row.category_number: row.score for row in result.scores.all()}


def printed_of(result: OfficialResult) -> list[tuple[str, Decimal, int]]:
    """Return the totals as other places print them: (place, total, decimals)."""
    return [(row.place, row.total, row.decimals) for row in result.printed_totals.all()]


def facts(result: OfficialResult) -> dict:
    """Return the result as plain data, for the audit log's hash."""
    rows = OfficialScore.objects.filter(result=result).order_by("category_number")
    known = {
        "year": result.fiscal_year,
        "body": result.body,
        "scale": result.scale,
        "total": str(result.total),
        "level": result.level_name,
        "rank": [result.rank, result.rank_of],
        "file": result.file_id,
        "scores": [[row.category_number, str(row.score)] for row in rows],
    }
    printed = PrintedTotal.objects.filter(result=result)
    if found := [[row.place, str(row.total), row.decimals] for row in printed]:
        known["printed"] = found
    if result.rank_among:
        known["rank_among"] = result.rank_among
    return known


def _claim(
    result: OfficialResult,
    version: int,
    *,
    is_locked: bool,
    to_locked: bool | None = None,
    **fields,
) -> None:
    changes = fields if to_locked is None else {"is_locked": to_locked}
    rows = OfficialResult.objects.filter(pk=result.pk, version=version, is_locked=is_locked)
    if rows.update(**changes, version=F("version") + 1):
        result.refresh_from_db()
        return
    current = OfficialResult.objects.select_related("entered_by").get(pk=result.pk)
    if current.is_locked != is_locked:
        raise NotEditable
    raise Changed(current)


def _store_scores(result: OfficialResult, scores: Mapping[int, Decimal | None]) -> None:
    OfficialScore.objects.bulk_create(
        OfficialScore(result=result, category_number=number, score=score)
        for number, score in scores.items()
        if score is not None
    )


def _store_printed(result: OfficialResult, printed: Sequence[tuple[str, Decimal, int]]) -> None:
    PrintedTotal.objects.bulk_create(
        PrintedTotal(result=result, place=place, total=total, decimals=decimals)
        for place, total, decimals in printed
    )


def _record(result: OfficialResult, by: User, action: str, summary: str, before) -> None:
    audit.record(
        result.agency, by, action, result, summary=summary, before=before, after=facts(result)
    )
