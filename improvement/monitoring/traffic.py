"""How far an action of the plan is at the end of a round, in one word: the one rule.

In this order, the first that fits:

1. done: 100 percent reached (or the action was finished by then);
2. not due yet: it begins after the round's end and nothing was reported;
3. no report: nothing was reported of it;
4. overdue: its last day has come by the round's end, and it is not done;
5. on plan: actual ÷ plan × 100 is at least the office's percent (usually 100), or nothing was
   planned yet;
6. at risk: below that.

An indicator has no last day of its own: it is on plan, at risk, or without report.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

CENT = Decimal("0.01")
FULL = Decimal(100)


class Traffic(models.TextChoices):
    DONE = "done", pgettext_lazy("round", "Done")
    ON_PLAN = "on_plan", gettext_lazy("On plan")
    AT_RISK = "at_risk", gettext_lazy("At risk (below plan)")
    OVERDUE = "overdue", gettext_lazy("Overdue")
    NOT_DUE = "not_due", gettext_lazy("Not due yet")
    MISSING = "missing", gettext_lazy("No report yet")


# Which of the portal's status chips shows each word.
CHIPS = {
    Traffic.DONE: "done",
    Traffic.ON_PLAN: "done",
    Traffic.AT_RISK: "due_soon",
    Traffic.OVERDUE: "overdue",
    Traffic.NOT_DUE: "not_started",
    Traffic.MISSING: "waiting",
}
BELOW = (Traffic.AT_RISK, Traffic.OVERDUE)


@dataclass(frozen=True)
class Course:
    """An action's days, and the last day of the round in which it is looked at."""

    starts_on: dt.date
    ends_on: dt.date
    read_on: dt.date


def planned_share(course: Course) -> Decimal:
    """Return the percent of the action's days that have passed at the round's end.

    Both days count. 0.00 before the first, 100.00 from the last on; half-up to two decimals.
    """
    if course.read_on < course.starts_on:
        return Decimal("0.00")
    days = (course.ends_on - course.starts_on).days + 1
    passed = min((course.read_on - course.starts_on).days + 1, days)
    return (FULL * passed / days).quantize(CENT, ROUND_HALF_UP)


def ratio_of(planned: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """Return actual ÷ plan × 100, half-up to two decimals; None of nothing, or of 0 planned."""
    if actual is None or not planned:
        return None
    return (FULL * actual / planned).quantize(CENT, ROUND_HALF_UP)


def keeps_plan(planned: Decimal | None, actual: Decimal, on_plan_pct: int) -> bool:
    """Return whether the actual is at least the office's percent of the plan; exact, unrounded."""
    return not planned or actual * FULL >= planned * on_plan_pct


def traffic_of(
    course: Course,
    planned: Decimal | None,
    actual: Decimal | None,
    on_plan_pct: int,
    *,
    is_done: bool = False,
) -> Traffic:
    """Return the word of an action; the order of the rules stands above."""
    if is_done or (actual is not None and actual >= FULL):
        return Traffic.DONE
    if course.starts_on > course.read_on and not actual:
        return Traffic.NOT_DUE
    if actual is None:
        return Traffic.MISSING
    if course.ends_on <= course.read_on:
        return Traffic.OVERDUE
    return Traffic.ON_PLAN if keeps_plan(planned, actual, on_plan_pct) else Traffic.AT_RISK


def share_of_target(
    planned: Decimal | None, value: Decimal | None, *, lower_is_better: bool
) -> Decimal | None:
    """Return how much of its plan an indicator reached, in percent to two decimals.

    Where lower is better the fraction is turned over; a value of 0 has then reached all of it.
    None where plan or value is missing, or the fraction has no sense (nothing or less planned).
    """
    if value is None or planned is None or value < 0 or planned < 0:
        return None
    if lower_is_better and not value:
        return FULL.quantize(CENT)
    above, below = (planned, value) if lower_is_better else (value, planned)
    return (FULL * above / below).quantize(CENT, ROUND_HALF_UP) if below else None


def traffic_of_indicator(
    planned: Decimal | None, value: Decimal | None, on_plan_pct: int, *, lower_is_better: bool
) -> Traffic | None:
    """Return on plan, at risk, or no report; None where nothing was planned to measure by."""
    if value is None:
        return Traffic.MISSING
    share = share_of_target(planned, value, lower_is_better=lower_is_better)
    if share is None:
        return None
    return Traffic.ON_PLAN if share >= on_plan_pct else Traffic.AT_RISK


def rule_in_words(on_plan_pct: int) -> list[str]:
    """Return the rule as it is printed under the table."""
    return [
        _("Done: 100 percent reached."),
        _("On plan: actual ÷ plan × 100 is %(percent)s or more.") % {"percent": on_plan_pct},
        _("At risk (below plan): actual ÷ plan × 100 is below %(percent)s.")
        % {"percent": on_plan_pct},
        _("Overdue: the action's last day has come by the end of the round and it is not done."),
        _("Not due yet: the action begins after the end of the round."),
    ]
