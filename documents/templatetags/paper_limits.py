"""What a finished paper's page says of the limit that holds for it."""

from django import template
from django.utils.translation import gettext as _

from documents.models import PaperJob
from documents.paper_limits import is_near, is_over, limit_of, limits_of
from documents.papers import PaperKind

register = template.Library()


@register.simple_tag
def paper_limit(job: PaperJob, kind: PaperKind, subject) -> dict | None:
    """Return pages and limit of a job's paper, and its parts that are too long; 1 query.

    None where no limit of the paper is known and no part is over its own.
    """
    if job.section or subject is None:
        return None
    limits = limits_of(job.agency, kind.fiscal_year_of(subject))
    limit, pages = limit_of(limits, job.kind), job.file.pages
    parts = [
        {"words": _words_of(name), "pages": taken, "most": most}
        for name, taken in job.part_pages.items()
        if is_over(taken, most := limit_of(limits, job.kind, name).pages)
    ]
    if not parts and (limit.pages is None or pages is None):
        return None
    return {
        "parts": parts,
        "pages": pages,
        "most": limit.pages,
        "source": limit.source,
        "is_near": is_near(pages, limit.pages),
        "is_over": is_over(pages, limit.pages),
    }


def _words_of(part: str) -> str:
    """Return the name of a part for people: those with limits are categories."""
    number = part.removeprefix("category-")
    return _("Category %(number)d") % {"number": int(number)} if number.isdigit() else part
