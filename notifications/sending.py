"""Sending: a message is claimed, handed to its channel once, and marked.

An e-mail whose sending was interrupted becomes `unknown`: it is never sent again on its own,
because nobody can know whether the mail server took it. Channels that notice a repetition
(`MAY_REPEAT`) are simply tried again. This module alone decides about tries and waits.
"""

import datetime as dt
import logging
import random

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F

from core import clock
from notifications import address_flags, tasks
from notifications.channels.carriers import carrier_of
from notifications.channels.outcomes import Lasting, NotHandedOver, Passing, Unclear, Unwanted
from notifications.enums import Channel, DeliveryStatus
from notifications.holding import Hold, hold_of
from notifications.models import Delivery

logger = logging.getLogger(__name__)
MAX_TRIES = 6
# A claim older than this belongs to a process that died while sending; longer than any task.
CLAIM_LIFETIME = dt.timedelta(minutes=11)
REPEATABLE = [channel for channel in Channel.values if carrier_of(channel).MAY_REPEAT]


def send(delivery_id: int) -> str:
    """Send one message if it waits and its time has come; return its state afterwards.

    May be called twice: only the call that claims the row sends.
    """
    now = clock.now()
    claimed = Delivery.objects.filter(
        pk=delivery_id, status=DeliveryStatus.PENDING, next_try_at__lte=now
    ).update(status=DeliveryStatus.CLAIMED, claimed_at=now, tries=F("tries") + 1)
    rows = Delivery.objects.select_related("recipient", "agency", "webhook")
    delivery = rows.get(pk=delivery_id)
    if not claimed:
        return delivery.status
    try:
        hold = hold_of(delivery)
        if hold is None:
            carrier_of(delivery.channel).hand_over(delivery)
    except NotHandedOver as fault:
        outcome = _after(delivery, fault)
    except SoftTimeLimitExceeded:
        raise  # it may have gone out: the claim stays, and ends as an interrupted one
    except Exception as error:  # a message that cannot be made must not stop the others
        logger.exception("message %s could not be made", delivery_id)
        outcome = _after(delivery, Passing(f"{type(error).__name__}: {error}"))
    else:
        sent = {"status": DeliveryStatus.SENT, "sent_at": clock.now(), "error": ""}
        outcome = _held_back(hold) if hold else sent
    Delivery.objects.filter(pk=delivery_id, status=DeliveryStatus.CLAIMED, claimed_at=now).update(
        **outcome
    )
    return outcome["status"]


def _held_back(hold: Hold) -> dict:
    """Return the state of a message that did not leave; waiting is not counted as a try."""
    if hold.until is None:
        return {"status": hold.status, "error": hold.error}
    return {"status": hold.status, "next_try_at": hold.until, "tries": F("tries") - 1}


def _after(delivery: Delivery, fault: NotHandedOver) -> dict:
    """Return the row's new state: stop on a lasting refusal, else wait longer each time."""
    text = str(fault)[:300]
    if isinstance(fault, Unwanted):
        return {"status": DeliveryStatus.SKIPPED, "error": text}
    if isinstance(fault, Unclear):
        return {"status": DeliveryStatus.UNKNOWN, "error": text}
    if isinstance(fault, Lasting) and fault.address_is_bad:
        address_flags.flag(delivery, text)
    if not isinstance(fault, Passing) or delivery.tries >= MAX_TRIES:
        return {"status": DeliveryStatus.FAILED, "error": text}
    wait = dt.timedelta(seconds=seconds_to_wait(delivery.tries, fault.retry_after))
    return {
        "status": DeliveryStatus.PENDING,
        "next_try_at": clock.now() + wait,
        "error": text,
    }


def seconds_to_wait(tries: int, asked: int | None = None) -> float:
    """Return the wait after so many tries: doubling, up to a quarter more or less by chance.

    Never less than the other side asked for; then only more by chance.
    """
    own = 60 * 2**tries * random.uniform(0.75, 1.25)
    return max(own, asked * random.uniform(1, 1.25)) if asked else own


def sweep() -> list[int]:
    """Settle interrupted messages and return the ids that wait to be sent.

    Interrupted e-mails become `unknown`; on channels that notice repetitions they wait again.
    """
    now = clock.now()
    interrupted = Delivery.objects.filter(
        status=DeliveryStatus.CLAIMED, claimed_at__lt=now - CLAIM_LIFETIME
    )
    interrupted.filter(channel__in=REPEATABLE, tries__lt=MAX_TRIES).update(
        status=DeliveryStatus.PENDING, next_try_at=now
    )
    interrupted.update(status=DeliveryStatus.UNKNOWN)
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
