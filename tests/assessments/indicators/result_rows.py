"""Who may open and type the results of a round."""

import datetime as dt

from assessments.enums import RoundStatus
from assessments.models import Indicator, IndicatorValue, MonitoringRound
from core import clock, fiscal_year
from tests.permission_matrix.table import ADMINISTRATORS, EVERYONE, OFFICERS, row


def make_round(cycle, months: int, status: str = RoundStatus.OPEN, **days) -> MonitoringRound:
    """Return a round of the cycle: ends with its month, reports due 15 days later."""
    ends_on = fiscal_year.month_start(cycle.fiscal_year, months) - dt.timedelta(days=1)
    defaults = {
        "starts_on": fiscal_year.first_day(cycle.fiscal_year),
        "ends_on": ends_on,
        "opens_on": ends_on,
        "due_on": ends_on + dt.timedelta(days=15),
        "status": status,
    } | days
    found, _new = MonitoringRound.objects.update_or_create(
        cycle=cycle, months=months, defaults=defaults
    )
    return found


def objects(office, indicator) -> dict:
    """An open round of 8 months, for the indicator of champion1, and a value that waits."""
    kept = make_round(indicator.cycle, 8)
    Indicator.objects.filter(pk=indicator.pk).update(owner=office.people["champion1"])
    second = Indicator.objects.create(
        cycle=indicator.cycle, kind="other", name="จำนวนข้อร้องเรียน", unit="เรื่อง", target=3
    )
    IndicatorValue.objects.create(
        indicator=second,
        fiscal_year=office.year,
        months=8,
        value=2,
        entered_by=office.people["champion1"],
        entered_at=clock.now(),
    )
    return {"result_round": kept}


def more(office, count) -> None:
    """Further indicators with values of three years."""
    kept = MonitoringRound.objects.get(
        cycle__agency=office.agency, cycle__fiscal_year=office.year, months=8
    )
    for number in range(count):
        one = Indicator.objects.create(
            cycle=kept.cycle,
            kind="category_7",
            group="7.2",
            name=f"ความพึงพอใจ {number}",
            unit="ร้อยละ",
            target=85,
            owner=office.people["champion1"],
        )
        for year, months in ((office.year - 2, 12), (office.year - 1, 12), (office.year, 8)):
            IndicatorValue.objects.create(
                indicator=one,
                fiscal_year=year,
                months=months,
                value=80,
                entered_by=office.people["champion1"],
                entered_at=clock.now(),
            )


PAGE = {"pk": "indicator"}
RULES = {
    "floor": "zero",
    "missing": "left_out",
    "months": "6, 9, 12",
    "opens_before_days": "0",
    "due_days": "15",
    "on_plan_pct": "100",
    "version": "0",
}
ROWS = [
    row("indicators:list", get=EVERYONE),
    row("indicators:detail", get=EVERYONE, ids=PAGE),
    row(
        "indicators:value-save",
        post=OFFICERS | {"champion1"},
        ids=PAGE | {"months": "result_round.months"},
        data={"value": "87.5", "version": 0},
    ),
    # Who may check nothing is told so beside the form.
    row("indicators:check", get=EVERYONE, post=EVERYONE, data={"act": "confirm"}, ok={422}),
    row("indicators:totals", get=EVERYONE),
    row("indicators:letci", get=EVERYONE),
    row("indicators:results-export", get=EVERYONE),
    row(
        "indicators:settings",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        data=RULES,
    ),
]
