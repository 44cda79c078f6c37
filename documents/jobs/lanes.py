"""Papers of an office take turns in two lanes: papers, and beside them previews of parts."""

from django.db.models import Q, QuerySet

from documents.enums import PaperJobStatus
from documents.models import PaperJob


def lane_of(job: PaperJob) -> QuerySet[PaperJob]:
    """Return the jobs of the office that take turns with this one: papers or previews."""
    rows = PaperJob.objects.filter(agency=job.agency_id)
    return rows.exclude(section="") if job.section else rows.filter(section="")


def before(job: PaperJob) -> int:
    """Return how many papers come before a waiting one. One query."""
    earlier = Q(requested_at__lt=job.requested_at) | Q(requested_at=job.requested_at, pk__lt=job.pk)
    is_before = Q(status=PaperJobStatus.RUNNING) | (Q(status=PaperJobStatus.QUEUED) & earlier)
    return lane_of(job).filter(is_before).exclude(pk=job.pk).count()
