"""The daily digest: reminders of one person in one message, on working days at the office's hour.

A digest is a delivery that waits for its moment; reminders join it until it is sent.
"""

import datetime as dt
from dataclasses import dataclass, field

from agencies.holidays import holiday_dates, is_working_day
from agencies.models import Agency, Holiday
from core import clock
from core.clock import BANGKOK
from notifications.enums import NoticeKind
from notifications.office_settings import notice_settings_of

# Events go out at once; these wait for the digest of whoever wants one.
DIGEST_KINDS = frozenset({NoticeKind.DUE_SOON, NoticeKind.OVERDUE, NoticeKind.ESCALATION})
# Where the portal stood still in the morning, the digest is made up for until this time.
LATEST = dt.time(16, 30)
# No run of free days in Thailand is longer.
LOOK_AHEAD = dt.timedelta(days=30)


@dataclass(frozen=True)
class DigestDays:
    """The office's digest hour and the days on which it works, from one day on."""

    at: dt.time
    holidays: dict[dt.date, Holiday] = field(default_factory=dict)

    def first_from(self, day: dt.date) -> dt.date:
        """Return the first working day from the day on."""
        while not is_working_day(day, self.holidays):
            day += dt.timedelta(days=1)
        return day

    def of(self, instant: dt.datetime) -> dt.date:
        """Return the day of the digest that a reminder written at the instant joins."""
        local = instant.astimezone(BANGKOK)
        day = local.date()
        if local.time() >= max(self.at, LATEST):
            day += dt.timedelta(days=1)
        return self.first_from(day)

    def after(self, day: dt.date) -> dt.date:
        """Return the day of the next digest, when that of the day has gone."""
        return self.first_from(day + dt.timedelta(days=1))

    def moment(self, day: dt.date) -> dt.datetime:
        """Return the instant at which the digest of the day leaves."""
        return dt.datetime.combine(day, self.at, BANGKOK).astimezone(dt.UTC)


def digest_days(agency: Agency, instant: dt.datetime | None = None) -> DigestDays:
    """Return the office's digest days from the instant (default now) on. Two queries."""
    start = clock.day_of(instant or clock.now())
    return DigestDays(
        at=notice_settings_of(agency).digest_at,
        holidays=holiday_dates(agency, start, start + LOOK_AHEAD),
    )
