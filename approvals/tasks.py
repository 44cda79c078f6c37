"""Background work of the approvals app. Tasks take ids and may run twice."""

from celery import shared_task


@shared_task
def freeze_paper(freeze_id: int) -> None:
    """Draw and keep the paper of one decision, if nobody else does."""
    from approvals.freezing import freeze

    freeze(freeze_id)


@shared_task
def sweep_freezes() -> None:
    """Queue again the papers whose task was lost or whose worker ended."""
    from approvals.freezing import sweep

    for freeze_id in sweep():
        freeze_paper.delay(freeze_id)
