"""Background work of the notifications app. Tasks take ids and may run twice."""

import logging
import time

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 45


@shared_task
def send_reminders() -> None:
    """Write and queue today's reminders of every active office.

    An office whose reminders fail keeps nobody else's back; the failure is raised at the end.
    """
    from agencies.models import Agency
    from notifications.reminders import write_reminders

    faults = []
    for agency in Agency.objects.filter(is_active=True):
        try:
            write_reminders(agency)
        except SoftTimeLimitExceeded:
            raise  # the next run goes on: what is written is not written again
        except Exception as error:
            logger.exception("the reminders of office %s could not be written", agency.code)
            faults.append(error)
    if faults:
        raise faults[0]


@shared_task
def send_delivery(delivery_id: int) -> None:
    """Send one message."""
    from notifications.sending import send

    send(delivery_id)


@shared_task
def sweep_deliveries() -> None:
    """Send what a crash or a broker that was away left waiting, for at most 45 seconds."""
    from notifications.sending import send, sweep

    end = time.monotonic() + SWEEP_SECONDS
    for delivery_id in sweep():
        if time.monotonic() > end:
            return  # the next sweep goes on; other workers may sweep beside this one
        send(delivery_id)


@shared_task(bind=True)
def tick(self) -> None:
    """Queue what is due by the table of schedules."""
    from notifications.schedules import tick

    tick(worker=self.request.hostname or "")


@shared_task(bind=True)
def run_schedule(self, name: str, claimed_at: str) -> None:
    """Run what one schedule asks for and note how it went."""
    from notifications.schedules import run

    run(name, claimed_at, worker=self.request.hostname or "")


@shared_task
def try_webhook(webhook_id: int) -> None:
    """Post a test message to a webhook; its row tells how that went."""
    from notifications.webhooks import try_out

    try_out(webhook_id)
