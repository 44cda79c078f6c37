"""The list of a round's results: filtered, fifty a page, each row with what it shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from assessments.enums import RoundStatus
from assessments.indicators.reading import ResultRow, add_figures
from assessments.indicators.result_permissions import can_enter
from assessments.indicators.sparkline import sparkline
from core.thai_numerals import plain_decimal
from core.thai_text import fold_for_search
from workflows.enums import CycleStatus

PAGE = 50
# Beside the value of the round there is room for two earlier ones.
EARLIER = 2


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; "" is no limit."""

    words: str = ""
    who: str = ""
    kind: str = ""
    group: str = ""
    perspective: str = ""
    unit: str = ""
    state: str = ""


def found(
    rows: Iterable[ResultRow], wanted: Wanted, user: User, unit: int | None
) -> list[ResultRow]:
    """Return the rows that fit; `unit` is the person's own. Asks no queries."""
    words = fold_for_search(wanted.words)
    return [
        row
        for row in rows
        if _is_whose(row, wanted.who, user, unit)
        and _fits(row, wanted)
        and (not words or words in fold_for_search(f"{row.indicator.code} {row.indicator.name}"))
    ]


def _is_whose(row: ResultRow, who: str, user: User, unit: int | None) -> bool:
    if who == "mine":
        return row.indicator.owner_id == user.pk
    if who == "unit":
        return unit is not None and row.indicator.owner_unit_id == unit
    return True


def _fits(row: ResultRow, wanted: Wanted) -> bool:
    indicator = row.indicator
    return (
        wanted.kind in ("", indicator.kind)
        and wanted.group in ("", indicator.group)
        and wanted.perspective in ("", indicator.perspective)
        and wanted.unit in ("", str(indicator.owner_unit_id))
        and _is_in_state(row, wanted.state)
    )


def _is_in_state(row: ResultRow, state: str) -> bool:
    if state == "":
        return True
    if state == "missing":
        return row.value is None
    if state in ("met", "short"):
        return row.meets_target is (state == "met")
    return row.state == state


def is_writable(row: ResultRow) -> bool:
    """Return whether the round takes the row's value now, whoever asks."""
    return (
        row.round is not None
        and row.round.status == RoundStatus.OPEN
        and row.indicator.cycle.status == CycleStatus.OPEN
        and row.state != "confirmed"
    )


def page_of(rows: Sequence[ResultRow], number: str | None) -> Page:
    """Return one page of the rows, which then have the figures of five years; 1 query."""
    page = Paginator(rows, PAGE).get_page(number)
    add_figures(page.object_list)
    return page


def shown(row: ResultRow, user: User, earlier: Sequence[int]) -> dict:
    """Return what a line of the list shows; `earlier` are the months of its narrow columns."""
    indicator = row.indicator
    return {
        "row": row,
        "indicator": indicator,
        "code": indicator.group or indicator.code,
        "earlier": [(months, row.of_rounds.get(months)) for months in earlier],
        "sparkline": sparkline(row),
        "can_edit": is_writable(row) and can_enter(user, indicator),
        "typed": as_typed(row.value),
        "chip": chip_of(row),
        "target_words": target_words(row),
    }


def as_typed(value: Decimal | None) -> str:
    """Return a value as a person types it: no commas, no idle zeros."""
    return "" if value is None else plain_decimal(value)


_CHIPS = {
    "confirmed": ("done", "check-circle-fill"),
    "waiting": ("in_progress", "hourglass-split"),
    "returned": ("returned", "arrow-counterclockwise"),
    "missing": ("not_started", "circle"),
    "late": ("overdue", "exclamation-triangle-fill"),
}


def chip_of(row: ResultRow) -> dict:
    """Return the status chip: tint, icon, words."""
    words = {
        "confirmed": _("Checked"),
        "waiting": _("Entered"),
        "returned": _("Returned for correction"),
        "missing": _("No value yet"),
    }
    label = words.get(row.state) or late_words(row.days_late)
    kind, icon = _CHIPS[row.state]
    return {"kind": kind, "icon": icon, "label": label}


def late_words(days: int) -> str:
    return ngettext("%(count)s day overdue", "%(count)s days overdue", days) % {"count": days}


def target_words(row: ResultRow) -> str:
    """Return how the value stands to its target, in the words of its direction."""
    if row.meets_target is None:
        return ""
    if row.meets_target:
        return _("Target met")
    return _("Above the target") if row.is_lower_better else _("Below the target")
