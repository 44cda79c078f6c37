"""The newest drawn paper of what a request is about, to be read before deciding."""

from dataclasses import dataclass

from approvals.models import ApprovalRequest
from approvals.registry import workflow_of
from documents.enums import PaperJobStatus
from documents.models import PaperJob
from documents.page_pictures import pictured_pages


@dataclass(frozen=True)
class Preview:
    """A finished paper and the numbers of its pictured pages; `may` without a job: draw one."""

    job: PaperJob | None
    pages: range
    hidden: int


def preview_of(row: ApprovalRequest) -> Preview | None:
    """Return the paper drawn since the request was made; None where the kind has no paper.

    An older paper could show what was changed before the submission, so it does not count. Who
    may have its pages is asked again by their own addresses.
    """
    workflow = workflow_of(row.subject)
    if not workflow.paper_kind:
        return None
    key = workflow.paper_pk_of(row.subject)
    job = (
        PaperJob.objects.filter(
            agency=row.agency,
            kind=workflow.paper_kind,
            object_id=key,
            status=PaperJobStatus.DONE,
            requested_at__gte=row.requested_at,
        )
        .select_related("file")
        .order_by("-requested_at", "-pk")
        .first()
    )
    if job is None or job.file is None:
        return Preview(None, range(0), 0)
    pages = pictured_pages(job.file)
    return Preview(job, range(1, pages + 1), (job.file.pages or 0) - pages)
