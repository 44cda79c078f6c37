"""Background work of the improvement app. Tasks may run twice."""

from celery import shared_task


@shared_task
def open_rounds() -> None:
    """Open the monitoring rounds whose day has come."""
    from improvement.monitoring.opening import open_due_rounds

    open_due_rounds()


@shared_task
def start_plans() -> None:
    """Start the approved plans whose first day has come."""
    from improvement.starting import start_due_plans

    start_due_plans()
