"""Telling people something: ledger rows written inside the transaction that causes them."""

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction

from agencies.models import Agency, User
from core import clock
from notifications.deliveries import queue_deliveries
from notifications.enums import NoticeKind
from notifications.models import Notification


def notify(
    agency: Agency,
    recipients: Iterable[User],
    *,
    rule: str,
    kind: NoticeKind = NoticeKind.OTHER,
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
    `kind` decides by people's preferences where the notice travels.
    """
    people = {person.pk: person for person in recipients}
    object_id = f"{obj.pk}{':' + occurrence if occurrence else ''}"
    write_rows(
        Notification(
            agency=agency,
            recipient=person,
            rule=rule,
            kind=kind,
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
    """Write ledger rows, pass over those already there, and queue messages; all in bulk."""
    rows = list(rows)
    if not rows:
        return
    with transaction.atomic():
        Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        queue_deliveries(
            rows[0].agency,
            {row.recipient_id for row in rows if row.recipient_id},
            {row.address for row in rows if row.address},
        )
