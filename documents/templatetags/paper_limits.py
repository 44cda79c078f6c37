"""What a finished paper's page says of the limit that holds for it."""

from django import template

from documents.models import PaperJob
from documents.paper_limits import is_near, is_over, limit_of, limits_of
from documents.papers import PaperKind

register = template.Library()


@register.simple_tag
def paper_limit(job: PaperJob, kind: PaperKind, subject) -> dict | None:
    """Return pages and limit of a job's paper, None where no limit is known; 1 query."""
    if job.section or subject is None:
        return None
    limits = limits_of(job.agency, kind.fiscal_year_of(subject))
    limit, pages = limit_of(limits, job.kind), job.file.pages
    if limit.pages is None or pages is None:
        return None
    return {
        "pages": pages,
        "most": limit.pages,
        "source": limit.source,
        "is_near": is_near(pages, limit.pages),
        "is_over": is_over(pages, limit.pages),
    }
