"""Which official results somebody may see: those of the own offices."""

from django.db.models import QuerySet

from agencies.models import User
from agencies.queries import agencies_visible_to
from assessments.models import OfficialResult


def results_visible_to(user: User) -> QuerySet[OfficialResult]:
    """Return the results with their categories' scores, newest year first."""
    return (
        OfficialResult.objects.filter(agency__in=agencies_visible_to(user))
        .select_related("agency", "file", "entered_by")
        .prefetch_related("scores")
        .order_by("-fiscal_year", "body", "pk")
    )
