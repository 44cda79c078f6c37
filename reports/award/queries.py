"""The year whose award somebody writes, of the person's own offices, and the office's limits."""

from django.db.models import QuerySet

from agencies.models import Agency, User
from documents.models import PaperLimit
from workflows.models import Cycle
from workflows.queries import cycles_visible_to


def award_cycle(user: User, agency: Agency, year: int) -> Cycle | None:
    """Return the year's main cycle with its assessment and edition, as the person may see it."""
    return (
        cycles_visible_to(user)
        .filter(agency=agency, fiscal_year=year)
        .select_related("agency__parent", "assessment__edition")
        .order_by("pk")
        .first()
    )


def own_limits(agency: Agency, year: int) -> QuerySet[PaperLimit]:
    """Return the limits that the office itself entered for the year."""
    return PaperLimit.objects.filter(agency=agency, fiscal_year=year)
