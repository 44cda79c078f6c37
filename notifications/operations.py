"""What an administrator must see to trust the machinery: queue, beat, workers, stuck messages.

Figures of the whole portal tell nothing of other offices. Apps above register what can fail with
them (papers) in their `ready()`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from redis import Redis
from redis.exceptions import RedisError

from agencies import audit
from agencies.models import Agency, User
from core import clock
from notifications import address_flags, tasks
from notifications.channels import line
from notifications.enums import Channel, DeliveryStatus
from notifications.models import AddressFlag, Delivery, Schedule, Webhook, Worker
from notifications.schedules import TICK
from notifications.sending import send_again

STUCK = (DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN)
# A worker that has not been seen for so long has ended.
WORKER_GONE = dt.timedelta(minutes=10)
# Celery's one queue, by the name that Redis knows it by.
QUEUE = "celery"
_FAULT_WITHIN = dt.timedelta(days=1)


@dataclass(frozen=True)
class Failure:
    """Something of an office that failed and can be tried again where it lies."""

    label: str | Promise
    count: int


FailureCounter = Callable[[Agency], Failure]
_counters: list[FailureCounter] = []


def register_failures(counter: FailureCounter) -> None:
    """Let the operations page tell how many of the app's jobs of an office have failed."""
    if counter not in _counters:
        _counters.append(counter)


@dataclass(frozen=True)
class Machinery:
    """How the background work of the whole portal does."""

    queued: int | None
    queue_kind: str
    beat: dt.datetime | None
    is_silent: bool
    workers: list[Worker]
    schedules: list[Schedule]


def machinery() -> Machinery:
    """Return queue, beat, workers and schedules. Three queries and one look at the broker."""
    now = clock.now()
    rows = list(Schedule.objects.all())
    beat = next((row.last_run_at for row in rows if row.name == TICK), None)
    longest = dt.timedelta(seconds=settings.SCHEDULER_MAX_AGE or 180)
    return Machinery(
        queued=queue_depth(),
        queue_kind="Redis" if settings.REDIS_URL else "files",
        beat=beat,
        is_silent=beat is None or now - beat > longest,
        workers=list(Worker.objects.filter(seen_at__gt=now - WORKER_GONE)),
        schedules=[row for row in rows if row.name != TICK],
    )


def queue_depth() -> int | None:
    """Return how many tasks wait, or None when the broker does not answer within a second."""
    if not settings.REDIS_URL:
        folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
        return sum(1 for _file in folder.glob("*.msg"))
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
        ) as redis:
            return int(redis.llen(QUEUE))
    except (RedisError, OSError):
        return None


def counts_of(agency: Agency) -> dict[str, int]:
    """Return how many messages of the office stand in each state. One query."""
    rows = Delivery.objects.filter(agency=agency).order_by().values_list("status")
    return dict.fromkeys(DeliveryStatus.values, 0) | dict(rows.annotate(number=Count("pk")))


def failures_of(agency: Agency) -> list[Failure]:
    """Return what else failed in the office; what did not is left out."""
    return [row for row in (counter(agency) for counter in _counters) if row.count]


def line_fault(agency: Agency) -> str:
    """Return what LINE said of the portal's own settings lately (401, 403), or ""."""
    rows = Delivery.objects.filter(
        agency=agency,
        channel=Channel.LINE,
        status__in=[DeliveryStatus.PENDING, DeliveryStatus.FAILED],
        next_try_at__gt=clock.now() - _FAULT_WITHIN,
        error__regex=r"^LINE 40[13] ",
    )
    return rows.values_list("error", flat=True).first() or ""


def line_state(agency: Agency) -> dict:
    return {"is_on": line.is_on(), "fault": line_fault(agency) if line.is_on() else ""}


def webhooks_of(agency: Agency) -> QuerySet[Webhook]:
    return Webhook.objects.filter(agency=agency)


def send_once_more(delivery: Delivery, by: User) -> bool:
    """Send a failed or unknown message again at an operator's word, who also clears its flag."""
    with transaction.atomic():
        address = address_flags.address_of(delivery)
        flags = AddressFlag.objects.filter(
            channel=delivery.channel, address=address, cleared_at=None
        )
        for flag in flags if address else ():
            address_flags.clear(flag, by)
        return send_again(delivery)


def retry_all_failed(agency: Agency, by: User) -> int:
    """Send all failed messages of the office again; flagged addresses and unknown ones stay.

    Nobody knows of an unknown message whether it arrived, so each needs a look of its own.
    """
    now = clock.now()
    failed = Delivery.objects.filter(agency=agency, status=DeliveryStatus.FAILED)
    failed = failed.select_related("recipient__contact_settings")
    bad = address_flags.flagged(address_flags.address_of(row) for row in failed)
    pks = [row.pk for row in failed if (row.channel, address_flags.address_of(row)) not in bad]
    with transaction.atomic():
        changed = Delivery.objects.filter(pk__in=pks, status=DeliveryStatus.FAILED).update(
            status=DeliveryStatus.PENDING, tries=0, next_try_at=now
        )
        if changed:
            audit.record(agency, by, "messages.retry", agency, summary=str(changed))
            for pk in pks:
                tasks.send_delivery.delay_on_commit(pk)
    return changed
