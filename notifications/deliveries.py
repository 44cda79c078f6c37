"""Which notices travel in which message: by channel, at once or in the day's digest.

Inserting a carriage row is the claim, so two schedulers that run at once never put one notice
into two messages of a channel. Everything is read and written in bulk: the number of queries
does not grow with people or notices.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Q

from agencies.models import Agency
from core import clock
from notifications import tasks
from notifications.address_flags import flagged
from notifications.contacts import Contact, contacts_of
from notifications.digests import digest_days
from notifications.enums import Channel, DeliveryStatus
from notifications.models import Carriage, Delivery, Notification, Webhook

# Older notifications are not mailed to somebody who only now got an address.
QUEUE_WITHIN = dt.timedelta(days=1)


@dataclass
class Parcel:
    """Notices that go together to one place, before the message exists."""

    to: dict
    channel: str
    next_try_at: dt.datetime
    notices: list[Notification] = field(default_factory=list)


def queue_deliveries(
    agency: Agency, recipient_ids: Iterable[int], addresses: Iterable[str] = ()
) -> None:
    """Put the unsent notifications of these people and outsiders into messages.

    Each wanted notice goes over each channel that reaches the person: one message a person and
    channel, reminders into the digest of whoever wants one. The sender is woken on commit.
    People who left, and addresses that are flagged, get nothing.
    """
    with transaction.atomic():
        now = clock.now()
        waiting = _waiting(agency, set(recipient_ids), set(addresses), now)
        contacts = contacts_of(agency, {row.recipient_id for row in waiting if row.recipient_id})
        parcels = [
            *_to_people(waiting, contacts, now),
            *_to_outsiders(waiting, now),
            *_to_webhooks(agency, waiting, now),
        ]
        _send_at_once(agency, parcels, now)
        _join_digests(agency, waiting, contacts, now)


def _waiting(
    agency: Agency, people: set[int], addresses: set[str], now: dt.datetime
) -> list[Notification]:
    """Return the fresh notices of these people with what carries them already. Two queries."""
    rows = Notification.objects.filter(agency=agency, created_at__gte=now - QUEUE_WITHIN)
    ours = Q(recipient__in=people) | Q(recipient=None, address__in=addresses)
    return list(rows.filter(ours).prefetch_related("carriages").order_by("pk"))


def _is_carried(notice: Notification, channel: str) -> bool:
    return any(row.channel == channel for row in notice.carriages.all())


def _to_people(
    waiting: list[Notification], contacts: dict[int, Contact], now: dt.datetime
) -> Iterator[Parcel]:
    parcels: dict[tuple[int, str], Parcel] = {}
    for notice, contact, channel in _wanted(waiting, contacts):
        if not contact.waits_for_digest(notice.kind):
            parcel = Parcel({"recipient_id": contact.user_id}, channel, contact.not_before(now))
            parcels.setdefault((contact.user_id, channel), parcel).notices.append(notice)
    yield from parcels.values()


def _wanted(
    waiting: list[Notification], contacts: dict[int, Contact]
) -> Iterator[tuple[Notification, Contact, str]]:
    """Yield each notice with every working channel over which the person wants it."""
    for notice in waiting:
        contact = contacts.get(notice.recipient_id or 0)
        if contact is None:
            continue
        for channel in contact.channels:
            if contact.wants(notice.kind, channel) and not _is_carried(notice, channel):
                yield notice, contact, channel


def _to_outsiders(waiting: list[Notification], now: dt.datetime) -> Iterator[Parcel]:
    rows = [row for row in waiting if row.address and not _is_carried(row, Channel.EMAIL)]
    bad = flagged(row.address for row in rows) if rows else set()
    parcels: dict[str, Parcel] = {}
    for row in rows:
        if (Channel.EMAIL, row.address) not in bad:
            parcel = Parcel({"address": row.address}, Channel.EMAIL, now)
            parcels.setdefault(row.address, parcel).notices.append(row)
    yield from parcels.values()


def _to_webhooks(agency: Agency, waiting: list[Notification], now: dt.datetime) -> Iterator[Parcel]:
    """Tell each webhook of a thing once, whoever of the office is told and when."""
    hooks = list(Webhook.objects.filter(agency=agency, is_active=True)) if waiting else []
    if not hooks:
        return
    first: dict[tuple, Notification] = {}
    for row in waiting:
        first.setdefault((row.rule, row.object_type, row.object_id, row.due_on), row)
    told = set(
        Carriage.objects.filter(
            webhook__in=hooks,
            notification__object_id__in={row.object_id for row in first.values()},
        )
        .order_by()
        .values_list(
            "webhook",
            "notification__rule",
            "notification__object_type",
            "notification__object_id",
            "notification__due_on",
        )
    )
    for hook in hooks:
        notices = [
            row
            for key, row in first.items()
            if (not hook.kinds or row.kind in hook.kinds) and (hook.pk, *key) not in told
        ]
        if notices:
            yield Parcel({"webhook_id": hook.pk}, Channel.WEBHOOK, now, notices)


def _new_delivery(agency: Agency, to: dict, **fields) -> Delivery:
    return Delivery(agency=agency, message_id=f"{uuid.uuid4().hex}@pmqa-portal", **to, **fields)


def _send_at_once(agency: Agency, parcels: list[Parcel], now: dt.datetime) -> None:
    """Write the messages, claim their notices, drop messages that claimed none, wake the sender."""
    if not parcels:
        return
    deliveries = Delivery.objects.bulk_create(
        _new_delivery(agency, row.to, channel=row.channel, next_try_at=row.next_try_at)
        for row in parcels
    )
    _claim(zip(deliveries, parcels, strict=True))
    made = Delivery.objects.filter(pk__in=[row.pk for row in deliveries])
    full = set(made.filter(carriages__isnull=False).values_list("pk", flat=True))
    if len(full) < len(deliveries):
        made.exclude(pk__in=full).delete()
    for delivery in deliveries:
        if delivery.pk in full and delivery.next_try_at <= now:
            tasks.send_delivery.delay_on_commit(delivery.pk)


def _claim(loads: Iterable[tuple[Delivery, Parcel]]) -> None:
    Carriage.objects.bulk_create(
        (
            Carriage(
                notification=notice,
                channel=parcel.channel,
                webhook_id=parcel.to.get("webhook_id"),
                delivery=delivery,
            )
            for delivery, parcel in loads
            for notice in parcel.notices
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


def _join_digests(
    agency: Agency, waiting: list[Notification], contacts: dict[int, Contact], now: dt.datetime
) -> None:
    """Put reminders into each person's digest of the day, or of the next when it has gone."""
    days = None
    parcels: dict[tuple[int, str], Parcel] = {}
    for notice, contact, channel in _wanted(waiting, contacts):
        if contact.waits_for_digest(notice.kind):
            days = days or digest_days(agency, now)
            moment = contact.not_before(max(days.moment(days.of(now)), now))
            parcel = Parcel({"recipient_id": contact.user_id}, channel, moment)
            parcels.setdefault((contact.user_id, channel), parcel).notices.append(notice)
    if days is None:
        return
    day = days.of(now)
    left = _join(agency, day, parcels)
    if left:
        day = days.after(day)
        for key, parcel in left.items():
            parcel.next_try_at = contacts[key[0]].not_before(days.moment(day))
        _join(agency, day, left)


def _join(
    agency: Agency, day: dt.date, parcels: dict[tuple[int, str], Parcel]
) -> dict[tuple[int, str], Parcel]:
    """Let the parcels join the digests of the day; return those whose digest has gone.

    The digests are locked by an update first, so that none is sent between looking and joining.
    """
    Delivery.objects.bulk_create(
        (
            _new_delivery(
                agency, row.to, channel=row.channel, digest_on=day, next_try_at=row.next_try_at
            )
            for row in parcels.values()
        ),
        ignore_conflicts=True,
    )
    rows = Delivery.objects.filter(
        agency=agency,
        recipient__in={user for user, _channel in parcels},
        digest_on=day,
        status=DeliveryStatus.PENDING,
        tries=0,
    )
    rows.update(tries=F("tries"))
    found = {(row.recipient_id or 0, row.channel): row for row in rows}
    _claim((found[key], parcel) for key, parcel in parcels.items() if key in found)
    return {key: parcel for key, parcel in parcels.items() if key not in found}
