"""Reminders: 30, 7 and 1 days before a deadline (an office setting) and once when overdue.

The ledger's unique key (rule, object, recipient, due day) makes a second run send nothing.
Some days after a deadline passed, others are told once too (`escalations`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import translation

from agencies.models import Agency
from core import clock
from notifications.due_items import DueItem, due_items
from notifications.enums import NoticeKind
from notifications.escalations import escalation_rows
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
    return _asking(agency, _dated_items(agency), on)


def _dated_items(agency: Agency) -> list[DueItem]:
    """Return what has a deadline that is not older than the item's own beginning."""
    return [
        item
        for item in due_items(agency)
        if item.due_on and not (item.remind_from and item.due_on < item.remind_from)
    ]


def _asking(agency: Agency, items: Iterable[DueItem], on: dt.date) -> list[tuple[str, DueItem]]:
    days = tuple(agency.reminder_days) or DEFAULT_DAYS
    asked = (
        (rule_for(item.due_on, on, days, agency.reminds_overdue), item)
        for item in items
        if item.due_on
    )
    return [(rule, item) for rule, item in asked if rule]


def rows_due(agency: Agency, on: dt.date) -> list[Notification]:
    """Return the reminders and escalations of the day that are not in the ledger yet.

    A fixed number of queries, whatever the number of things and people.
    """
    with translation.override(settings.LANGUAGE_CODE):
        items = _dated_items(agency)
        rows = list(_rows(agency, _asking(agency, items, on)))
        rows += escalation_rows(agency, items, on)
    return _not_told_yet(agency, rows)


def write_reminders(agency: Agency, on: dt.date | None = None) -> int:
    """Write the day's reminders and escalations of one office and return how many are new."""
    rows = rows_due(agency, on or clock.today())
    write_rows(rows)
    return len(rows)


def _rows(agency: Agency, asked: Iterable[tuple[str, DueItem]]) -> Iterator[Notification]:
    now = clock.now()
    return (
        Notification(
            agency=agency,
            recipient_id=person,
            rule=rule,
            kind=NoticeKind.OVERDUE if rule == OVERDUE else NoticeKind.DUE_SOON,
            object_type=item.object_type,
            object_id=item.object_id,
            due_on=item.due_on,
            title=item.title[:300],
            body=item.why,
            url=item.url,
            created_at=now,
        )
        for rule, item in asked
        for person in item.people
    )


def _not_told_yet(agency: Agency, rows: list[Notification]) -> list[Notification]:
    """Leave out what the ledger holds. One query; the unique key still guards the writing."""
    if not rows:
        return []
    known = set(
        Notification.objects.filter(
            agency=agency,
            rule__in={row.rule for row in rows},
            due_on__gte=min(row.due_on for row in rows),
            due_on__lte=max(row.due_on for row in rows),
        )
        .order_by()
        .values_list("rule", "object_type", "object_id", "recipient", "due_on")
    )
    return [row for row in rows if _key(row) not in known]


def _key(row: Notification) -> tuple:
    return (row.rule, row.object_type, row.object_id, row.recipient_id, row.due_on)
