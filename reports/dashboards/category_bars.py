"""How the seven categories go, each in one word: the rule.

In this order, the first that fits:

1. on plan: submitted to the Working Team, or accepted by it;
2. no day: no due date is set, so nothing can be late;
3. overdue: the due date is past;
4. at risk: half of the time has passed and less is written than time has passed (by the
   office's percent of the plan);
5. on plan.

Time runs from the opening of the year's cycle to the category's due date. Of the items a written
one counts 1, one that is begun or returned counts a half.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from assessments.progress import REVIEWED, CategoryState
from core import clock
from improvement.monitoring.traffic import CENT, Course, Traffic, keeps_plan, planned_share
from reports.dashboards.the_year import TheYear

HALF = Decimal(50)
WEIGHTS = {"written": Decimal(1), "writing": Decimal("0.5"), "returned": Decimal("0.5")}
CHIPS = {Traffic.ON_PLAN: "done", Traffic.AT_RISK: "due_soon", Traffic.OVERDUE: "overdue"}


@dataclass(frozen=True)
class Bar:
    """A category: how much is written in percent, its word, its day."""

    state: CategoryState
    percent: Decimal
    word: Traffic | None
    due_on: dt.date | None
    is_sent: bool

    @property
    def chip(self) -> str:
        return CHIPS[self.word] if self.word else "not_started"

    @property
    def label(self) -> str:
        return word_label(self.word)


def word_label(word: Traffic | None) -> str:
    """Return the one word that a director reads."""
    labels = {
        Traffic.ON_PLAN: _("On plan"),
        Traffic.AT_RISK: _("At risk"),
        Traffic.OVERDUE: _("Overdue"),
        Traffic.DONE: _("Done"),
        Traffic.NOT_DUE: _("Not due yet"),
        Traffic.MISSING: _("No report yet"),
    }
    return labels[word] if word else _("No due date")


def word_of(
    percent: Decimal,
    starts_on: dt.date,
    due_on: dt.date | None,
    today: dt.date,
    on_plan_pct: int,
    *,
    is_sent: bool,
) -> Traffic | None:
    """Return the word of a category; None without a day. The rule stands above."""
    if is_sent:
        return Traffic.ON_PLAN
    if due_on is None:
        return None
    if due_on < today:
        return Traffic.OVERDUE
    passed = planned_share(Course(min(starts_on, due_on), due_on, today))
    is_behind = passed >= HALF and not keeps_plan(passed, percent, on_plan_pct)
    return Traffic.AT_RISK if is_behind else Traffic.ON_PLAN


def written_percent(states: list[str]) -> Decimal:
    """Return how much is written, in percent to two decimals; 0 of no items."""
    if not states:
        return Decimal("0.00")
    done = sum((WEIGHTS.get(state, Decimal(0)) for state in states), Decimal(0))
    return (100 * done / len(states)).quantize(CENT, ROUND_HALF_UP)


def bars(year: TheYear, categories: list[CategoryState]) -> list[Bar]:
    """Return a bar for each category; no query."""
    starts_on = year.cycle.starts_on or clock.day_of(year.cycle.opened_at)
    return [_bar(year, state, starts_on) for state in categories]


def _bar(year: TheYear, state: CategoryState, starts_on: dt.date) -> Bar:
    row = state.category_assessment
    is_sent = row.status in REVIEWED
    percent = written_percent([item.state for item in state.items])
    word = word_of(
        percent, starts_on, row.due_on, year.today, year.rules.on_plan_pct, is_sent=is_sent
    )
    return Bar(state, percent, word, row.due_on, is_sent)
