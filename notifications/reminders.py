"""Reminders: 30, 7 and 1 days before a deadline (an office setting) and once when overdue.

The ledger's unique key (rule, object, recipient, due day) makes a second run send nothing.
"""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils import translation

from agencies.models import Agency
from core import clock
from notifications.due_items import DueItem, due_items
from notifications.models import Notification
from notifications.notices import write_rows

DEFAULT_DAYS = (30, 7, 1)
OVERDUE = "overdue"
# A reminder whose day passed while the scheduler stood still is made up for within this time.
CATCH_UP_DAYS = 2


def rule_for(due_on: dt.date, on: dt.date, days: tuple[int, ...], overdue: bool) -> str | None:
    """Return the rule (`d30`, `overdue`, …) that asks for a reminder on the day, or None.

    `days` are the office's numbers of days before a deadline. A number n fires on the day that
    is n days before `due_on` and, where nothing ran then, up to two days later, but never so
    late that the next smaller number has its turn.
    """
    left = (due_on - on).days
    if left < 0:
        return OVERDUE if overdue else None
    following = 0
    for number in sorted(days):
        if max(number - CATCH_UP_DAYS, following) <= left <= number:
            return f"d{number}"
        following = number + 1
    return None


def reminders_due(agency: Agency, on: dt.date) -> list[tuple[str, DueItem]]:
    """Return (rule, item) for everything of the office that asks for a reminder on the day."""
    days = tuple(agency.reminder_days) or DEFAULT_DAYS
    found = []
    for item in due_items(agency):
        if item.due_on is None or (item.remind_from and item.due_on < item.remind_from):
            continue
        rule = rule_for(item.due_on, on, days, agency.reminds_overdue)
        if rule:
            found.append((rule, item))
    return found


def write_reminders(agency: Agency, on: dt.date | None = None) -> int:
    """Write the day's reminders of one office and return how many are new."""
    day = on or clock.today()
    with translation.override(settings.LANGUAGE_CODE):
        rows = list(_rows(agency, day))
    before = agency.notifications.count()
    write_rows(rows)
    return agency.notifications.count() - before


def _rows(agency: Agency, day: dt.date) -> Iterator[Notification]:
    return (
        Notification(
            agency=agency,
            recipient_id=person,
            rule=rule,
            object_type=item.object_type,
            object_id=item.object_id,
            due_on=item.due_on,
            title=item.title[:300],
            body=item.why,
            url=item.url,
            created_at=clock.now(),
        )
        for rule, item in reminders_due(agency, day)
        for person in item.people
    )
