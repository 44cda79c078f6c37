"""Background work of the documents app. Tasks take ids and may run twice."""

from celery import shared_task


@shared_task
def make_paper(job_id: int) -> None:
    """Draw one paper, if nobody else does."""
    from documents import papers
    from documents.issued import issuing_papers
    from documents.jobs import queued_papers

    queued_papers.make(job_id, papers.paper_of_job, issuing_papers.freeze)


@shared_task
def sweep_paper_jobs() -> None:
    """Give up interrupted jobs; queue those again whose task was lost."""
    from documents.jobs.queued_papers import sweep

    for job_id in sweep():
        make_paper.delay(job_id)


@shared_task
def sweep_paper_parts() -> None:
    """Delete kept parts of papers that nobody asked for lately."""
    from documents.composing.cache import sweep

    sweep()
