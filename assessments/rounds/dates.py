"""The days of a monitoring round: cumulative from 1 October, to the last day of a month.

Source: the director-work proposal's rounds of 6, 9 and 12 months (document-formats, D5), and the
Administrative Procedure Act section 64: a period that ends on a closed day ends on the next
working day. So only the day on which reports are due moves; the round's own last day never does.
"""

import datetime as dt
from dataclasses import dataclass

from assessments.models import MonitoringSettings
from core import fiscal_year as fiscal
from workflows.dates import Holidays, due_day

# A late round may look back at the first months of the next year, not further.
FIRST_MONTHS, LAST_MONTHS = 1, 15
USUAL_MONTHS = (6, 9, 12)


@dataclass(frozen=True)
class RoundDays:
    """From when to when a round looks, when it opens, and when reports are due."""

    starts_on: dt.date
    ends_on: dt.date
    opens_on: dt.date
    due_on: dt.date


def months_of(rules: MonitoringSettings) -> tuple[int, ...]:
    """Return the months of the office's rounds, in order; 6, 9 and 12 where it chose none.

    What is no whole number from 1 to 15 is passed over.
    """
    wanted = {month for month in rules.round_months or () if isinstance(month, int)}
    chosen = sorted(month for month in wanted if FIRST_MONTHS <= month <= LAST_MONTHS)
    return tuple(chosen) or USUAL_MONTHS


def round_days(year: int, months: int, rules: MonitoringSettings, holidays: Holidays) -> RoundDays:
    """Return the days of the round after `months` of the fiscal year (B.E.).

    It ends on the last day of that month, opens the office's number of days before, and its
    reports are due the office's number of days after, on a working day.
    """
    ends_on = fiscal.month_start(year, months) - dt.timedelta(days=1)
    due_on, _why = due_day(ends_on + dt.timedelta(days=rules.due_days), holidays)
    return RoundDays(
        starts_on=fiscal.first_day(year),
        ends_on=ends_on,
        opens_on=ends_on - dt.timedelta(days=rules.opens_before_days),
        due_on=due_on,
    )
