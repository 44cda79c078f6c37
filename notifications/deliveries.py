"""Messages: queued with the notifications they carry, claimed, sent once, marked.

A message whose sending was interrupted becomes `unknown`: it is never sent again on its own,
because nobody can know whether the mail server took it.
"""

import datetime as dt
import random
import smtplib
import uuid
from collections.abc import Iterable
from email.errors import MessageError

from django.db import transaction
from django.db.models import F

from agencies.models import Agency, User
from core import clock
from notifications import tasks
from notifications.emails import notification_email
from notifications.enums import Channel, DeliveryStatus
from notifications.models import Carriage, Delivery, Notification

MAX_TRIES = 6
# A claim older than this belongs to a process that died while sending.
CLAIM_LIFETIME = dt.timedelta(minutes=10)
# Older notifications are not mailed to somebody who only now got an address.
QUEUE_WITHIN = dt.timedelta(days=1)


def queue_deliveries(
    agency: Agency, recipient_ids: Iterable[int], addresses: Iterable[str] = ()
) -> None:
    """Put each person's unsent notifications into one new message; wake the sender on commit.

    Each notification is claimed by a conditional update, so two schedulers that run at once
    make one message of it. People without an address are told in the portal only. `addresses`
    are those of people from outside.
    """
    people = User.objects.filter(pk__in=list(recipient_ids), is_active=True).exclude(email="")
    with transaction.atomic():
        for person in people:
            _queue(agency, recipient=person, address="")
        for address in sorted(set(addresses)):
            _queue(agency, recipient=None, address=address)


def _queue(agency: Agency, **to) -> None:
    now = clock.now()
    delivery = Delivery.objects.create(
        agency=agency, message_id=f"{uuid.uuid4().hex}@pmqa-portal", next_try_at=now, **to
    )
    waiting = Notification.objects.filter(
        agency=agency, created_at__gte=now - QUEUE_WITHIN, **to
    ).exclude(carriages__channel=Channel.EMAIL)
    Carriage.objects.bulk_create(
        [Carriage(notification=notice, delivery=delivery) for notice in waiting],
        ignore_conflicts=True,
    )
    if delivery.carriages.exists():
        tasks.send_delivery.delay_on_commit(delivery.pk)
    else:
        delivery.delete()


def send(delivery_id: int) -> str:
    """Send one message if it waits and its time has come; return its state afterwards.

    May be called twice: only the call that claims the row sends.
    """
    now = clock.now()
    claimed = Delivery.objects.filter(
        pk=delivery_id, status=DeliveryStatus.PENDING, next_try_at__lte=now
    ).update(status=DeliveryStatus.CLAIMED, claimed_at=now, tries=F("tries") + 1)
    delivery = Delivery.objects.select_related("recipient", "agency").get(pk=delivery_id)
    if not claimed:
        return delivery.status
    try:
        _hand_over(delivery)
    except (smtplib.SMTPException, OSError, ValueError, MessageError) as error:
        outcome = _after_failure(delivery, error)
    else:
        outcome = {"status": DeliveryStatus.SENT, "sent_at": clock.now(), "error": ""}
    Delivery.objects.filter(pk=delivery_id, status=DeliveryStatus.CLAIMED, claimed_at=now).update(
        **outcome
    )
    return outcome["status"]


def _hand_over(delivery: Delivery) -> None:
    if not delivery.to_address:
        raise ValueError("the person has no e-mail address")
    notification_email(delivery).send()


def _after_failure(delivery: Delivery, error: Exception) -> dict:
    """Return the row's new state: stop on a lasting refusal, else wait longer each time."""
    text = f"{type(error).__name__}: {error}"[:300]
    if _is_lasting(error) or delivery.tries >= MAX_TRIES:
        return {"status": DeliveryStatus.FAILED, "error": text}
    seconds = 60 * 2**delivery.tries * random.uniform(0.75, 1.25)
    return {
        "status": DeliveryStatus.PENDING,
        "next_try_at": clock.now() + dt.timedelta(seconds=seconds),
        "error": text,
    }


def _is_lasting(error: Exception) -> bool:
    """Tell a refusal of this message (SMTP 5xx, a broken address) from trouble that passes.

    A refused connection or password is the server's trouble, not that of the message.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        return error.smtp_code >= 500
    return isinstance(error, ValueError | MessageError | smtplib.SMTPNotSupportedError)


def sweep() -> list[int]:
    """Mark interrupted messages `unknown` and return the ids that wait to be sent."""
    now = clock.now()
    Delivery.objects.filter(
        status=DeliveryStatus.CLAIMED, claimed_at__lt=now - CLAIM_LIFETIME
    ).update(status=DeliveryStatus.UNKNOWN)
    waiting = Delivery.objects.filter(status=DeliveryStatus.PENDING, next_try_at__lte=now)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def send_again(delivery: Delivery) -> bool:
    """Let an operator send a failed or unknown message once more; False if it was not one."""
    changed = Delivery.objects.filter(
        pk=delivery.pk, status__in=[DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN]
    ).update(status=DeliveryStatus.PENDING, tries=0, next_try_at=clock.now())
    if changed:
        tasks.send_delivery.delay_on_commit(delivery.pk)
    return bool(changed)
