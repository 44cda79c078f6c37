"""Background work of the notifications app. Tasks take ids and may run twice."""

from celery import shared_task


@shared_task
def send_reminders() -> None:
    """Write and queue today's reminders of every active office."""
    from agencies.models import Agency
    from notifications.reminders import write_reminders

    for agency in Agency.objects.filter(is_active=True):
        write_reminders(agency)


@shared_task
def send_delivery(delivery_id: int) -> None:
    """Send one message."""
    from notifications.deliveries import send

    send(delivery_id)


@shared_task
def sweep_deliveries() -> None:
    """Send what a crash left waiting; flag what was interrupted while sending."""
    from notifications.deliveries import send, sweep

    for delivery_id in sweep():
        send(delivery_id)
