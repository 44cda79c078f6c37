"""Background work of the documents app. Tasks take ids and may run twice."""

from celery import shared_task
from celery.signals import task_postrun, worker_process_init, worker_process_shutdown


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
    """Delete kept parts of papers that nobody asked for lately, and what killed workers left."""
    from documents import work_folders
    from documents.composing.cache import sweep

    sweep()
    work_folders.sweep()


@worker_process_init.connect
def keep_a_drawing_process(**_options) -> None:
    """Let each process of a worker have a drawing process waiting: previews are quick."""
    from documents.drawing import ready_child

    ready_child.keep_one()


@task_postrun.connect
def prepare_the_next_drawing_process(**_options) -> None:
    """Let another one wait when a task has used it: approvals freeze papers in their own."""
    from documents.drawing import ready_child

    ready_child.prepare()


@worker_process_shutdown.connect
def end_the_drawing_process(**_options) -> None:
    from documents.drawing import ready_child

    ready_child.keep_none()
