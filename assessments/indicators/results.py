"""Typing the values of a round: by whom the indicator belongs to, while the round is open.

How a value is written is the rule of `assessments.indicators.values`; here is when it may be. Every
save is a revision that says who and when, also when an officer types in an owner's place.
"""

from decimal import Decimal

from django.db import transaction

from agencies import audit
from agencies.models import User
from assessments.indicators.values import row_of, write
from assessments.models import WHOLE_YEAR, Indicator, MonitoringRound
from assessments.rounds.making import hold_open
from assessments.scores.history import note_score
from documents.revisions import Saved

NUMBERS = ("value", "planned")
TEXTS = ("problem", "obstacle", "risk", "remedy", "note")
FIELDS = (*NUMBERS, *TEXTS)


def enter(
    indicator: Indicator,
    kept: MonitoringRound,
    changes: dict[str, Decimal | str | None],
    *,
    version: int,
    by: User,
    request_id: str = "",
) -> Saved:
    """Save some of `FIELDS` of the indicator's value of the round, typed on `version` (0: none).

    A value of None takes it back: missing is no 0. The value waits to be checked again and keeps
    which definition was in force. Raises SaveConflict when somebody saved since, NotEditable when
    the round or year is not open or the value is confirmed; then nothing is written.

    The whole year's value counts in the self-assessment; the day's score is noted with it. What
    was accepted there stays as it was in its snapshot and papers.
    """
    unknown = set(changes) - set(FIELDS)
    if unknown or kept.cycle_id != indicator.cycle_id:
        raise ValueError("no field of a value, or a round of another year")
    with transaction.atomic():
        hold_open(kept)
        row = row_of(indicator, kept.cycle.fiscal_year, kept.months)
        saved = write(row, changes, indicator, version=version, by=by, request_id=request_id)
        if "value" in changes:
            _note(indicator, kept, changes["value"], by)
    return saved


def _note(indicator: Indicator, kept: MonitoringRound, value: Decimal | None, by: User) -> None:
    """Write a changed figure into the audit log, and the year's into the history of scores."""
    audit.record(
        indicator.cycle.agency,
        by,
        "indicator.value",
        indicator,
        summary=f"{indicator.name}: {kept.months}",
        after={"months": kept.months, "value": None if value is None else str(value)},
    )
    if kept.months == WHOLE_YEAR and indicator.item_answer_id:
        note_score(indicator.item_answer, by)
