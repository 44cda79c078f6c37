"""Telling people something: ledger rows written inside the transaction that causes them."""

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction

from agencies.models import Agency, User
from core import clock
from notifications.deliveries import queue_deliveries
from notifications.models import Notification


def notify(
    agency: Agency,
    recipients: Iterable[User],
    *,
    rule: str,
    obj: models.Model,
    title: str,
    url: str,
    body: str = "",
    due_on: dt.date | None = None,
    occurrence: str = "",
) -> None:
    """Tell each recipient once about an event on `obj`.

    One ledger row per recipient; a second call with the same rule, object, recipient and day
    adds nothing. `occurrence` (a log row's id, say) tells repeated events of one day apart.
    """
    people = {person.pk: person for person in recipients}
    object_id = f"{obj.pk}{':' + occurrence if occurrence else ''}"
    write_rows(
        Notification(
            agency=agency,
            recipient=person,
            rule=rule,
            object_type=obj._meta.label_lower,
            object_id=object_id,
            due_on=due_on or clock.today(),
            title=title[:300],
            body=body,
            url=url,
            created_at=clock.now(),
        )
        for person in people.values()
    )


def write_rows(rows: Iterable[Notification]) -> None:
    """Write ledger rows, pass over those already there, and queue one message a person."""
    rows = list(rows)
    if not rows:
        return
    with transaction.atomic():
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        queue_deliveries(
            rows[0].agency,
            {row.recipient_id for row in rows if row.recipient_id},
            {row.address for row in rows if row.address},
        )
