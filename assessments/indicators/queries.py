"""Which indicators somebody may see: those of the own offices."""

from django.db.models import QuerySet
from django.http import Http404

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from assessments.models import Indicator
from workflows.models import Cycle


def indicators_of_year(user: User, agency: Agency, year: int) -> QuerySet[Indicator]:
    """Return the office's indicators of the fiscal year (B.E.) with their people and unit."""
    return Indicator.objects.filter(
        cycle__agency__in=agencies_visible_to(user),
        cycle__agency=agency,
        cycle__fiscal_year=year,
    ).select_related("cycle__agency", "owner", "checker", "owner_unit", "measure")


def cycle_of(agency: Agency, year: int) -> Cycle | None:
    """Return the cycle that the year's indicators belong to: the first opened; None without one."""
    return (
        Cycle.objects.filter(agency=agency, fiscal_year=year)
        .select_related("agency")
        .order_by("pk")
        .first()
    )


def cycle_or_404(agency: Agency, year: int) -> Cycle:
    """Return the year's cycle; a year that was never opened has no indicators (Http404)."""
    cycle = cycle_of(agency, year)
    if cycle is None:
        raise Http404
    return cycle
