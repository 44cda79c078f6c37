"""What time it is: the one door to the clock, so that screens, rules and tests agree on the day.

A demo may be stopped at the day its story is told on: PMQA_TODAY=2027-06-15 (DEMO or DEBUG only).
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

BANGKOK = ZoneInfo("Asia/Bangkok")
_frozen_day: ContextVar[dt.date | None] = ContextVar("frozen_day", default=None)


def now() -> dt.datetime:
    """Return the present instant, aware, in UTC; on a chosen day, at the real time of day."""
    moment = timezone.now()
    day = _chosen_day()
    if day is None:
        return moment
    local = moment.astimezone(BANGKOK)
    return dt.datetime.combine(day, local.time(), BANGKOK).astimezone(dt.UTC)


def today() -> dt.date:
    """Return the present day in Asia/Bangkok, by which every deadline is decided."""
    return _chosen_day() or day_of(timezone.now())


def day_of(instant: dt.datetime) -> dt.date:
    """Return the day of an instant in Asia/Bangkok."""
    return instant.astimezone(BANGKOK).date()


def hour_and_minute(instant: dt.datetime) -> str:
    """Return an instant as HH:MM of Bangkok, for “saved 09:41”."""
    return instant.astimezone(BANGKOK).strftime("%H:%M")


@contextmanager
def frozen(day: dt.date) -> Iterator[None]:
    """Make it `day` inside the block, for this thread or task only."""
    token = _frozen_day.set(day)
    try:
        yield
    finally:
        _frozen_day.reset(token)


def _chosen_day() -> dt.date | None:
    if day := _frozen_day.get():
        return day
    if settings.PMQA_TODAY and (settings.DEMO or settings.DEBUG):
        return _day_of_setting(settings.PMQA_TODAY)
    return None


@cache
def _day_of_setting(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"PMQA_TODAY is no date like 2027-06-15: {text}") from error
