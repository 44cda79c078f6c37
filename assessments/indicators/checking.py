"""Checking results before a round closes (ตรวจก่อนปิดระบบ): a second person confirms or returns.

A confirmed value is locked; returning it, with a reason, opens it again for its owner.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.roles import officers_of
from approvals.models import TransitionLog
from approvals.transitions import AlreadyChanged, RequirementsMissing, perform
from assessments.enums import RoundStatus
from assessments.indicators.addresses import indicator_address
from assessments.indicators.reading import ResultRow, rows_of
from assessments.models import IndicatorValue, MonitoringRound
from assessments.rounds.queries import rules_of
from notifications.enums import NoticeKind
from notifications.notices import notify
from workflows.enums import CycleStatus


def has_value(row: IndicatorValue) -> list[str]:
    """Refuse to confirm what has no value."""
    return [] if row.value is not None else [_("There is no value to confirm.")]


def round_is_kept_open(row: IndicatorValue) -> list[str]:
    """Refuse where the owner could not mend the value: the round must be open."""
    return [] if _round_is(row, RoundStatus.OPEN) else [_("The round is not open.")]


def round_is_not_accepted(row: IndicatorValue) -> list[str]:
    """Refuse once the round was accepted: its figures are what was accepted."""
    if _round_is(row, RoundStatus.OPEN, RoundStatus.CLOSED):
        return []
    return [_("The round is not open any more.")]


def _round_is(row: IndicatorValue, *states: str) -> bool:
    return MonitoringRound.objects.filter(
        cycle=row.indicator.cycle_id,
        cycle__fiscal_year=row.fiscal_year,
        cycle__status=CycleStatus.OPEN,
        months=row.months,
        status__in=states,
    ).exists()


def note_check(row: IndicatorValue, log: TransitionLog) -> None:
    """Write who checked, when, and the reason of a return, on the value itself."""
    IndicatorValue.objects.filter(pk=row.pk).update(
        checked_by=log.by, checked_at=log.at, check_note=log.comment
    )


def tell_owner(row: IndicatorValue, log: TransitionLog) -> None:
    """Tell owner and who typed that the value came back, with the reason."""
    indicator = row.indicator
    people = {person for person in (indicator.owner, row.entered_by) if person}
    notify(
        log.agency,
        people or officers_of(log.agency),
        rule="indicator_returned",
        kind=NoticeKind.RETURNED,
        obj=row,
        title=_("Result returned: %(name)s") % {"name": indicator.name},
        body=log.comment,
        url=indicator_address(indicator, row.months),
        occurrence=str(log.pk),
    )


def check_many(
    rows: Iterable[IndicatorValue], name: str, by: User, comment: str = ""
) -> tuple[int, list[str]]:
    """Confirm or return values; return how many were, and why each other one was not.

    Each value is its own transition: what somebody changed meanwhile stays out, the rest is done.
    The caller leaves out what the person may not check. Raises CommentNeeded for a return without
    a reason (then nothing is done).
    """
    done, refused = 0, []
    for row in rows:
        title = row.indicator.name
        try:
            perform(row, name, by, comment=comment, version=row.version)
        except AlreadyChanged:
            refused.append(_("%(name)s: changed meanwhile") % {"name": title})
        except RequirementsMissing as missing:
            refused.append(f"{title}: {' '.join(missing.missing)}")
        else:
            done += 1
    return done, refused


def rows_of_round(kept: MonitoringRound) -> list[ResultRow]:
    """Return all results of the round; 3 queries."""
    indicators = kept.cycle.indicators.select_related("owner").order_by("group", "order", "pk")
    return rows_of(indicators, kept.cycle, kept.months, rules_of(kept.cycle.agency), [kept])


def missing_for_closing(kept: MonitoringRound) -> list[str]:
    """Return what is not settled before the round closes, in words: values that are missing,
    returned or not checked yet; the same list the page shows. 3 queries.
    """
    words = {
        "missing": _("no value yet"),
        "late": _("no value yet"),
        "returned": _("returned, not corrected yet"),
        "waiting": _("not checked yet"),
    }
    return [
        f"{title_of(row)}: {words[row.state]}" for row in rows_of_round(kept) if row.state in words
    ]


def title_of(row: ResultRow) -> str:
    """Return item (or code) and name of the indicator."""
    indicator = row.indicator
    return f"{indicator.group or indicator.code} {indicator.name}".strip()
