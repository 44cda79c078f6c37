"""Which official results somebody may see: those of the own offices."""

from django.db.models import QuerySet

from agencies.models import User
from agencies.queries import agencies_visible_to
from assessments.models import HandedIn, LevelBand, OfficialResult


def results_visible_to(user: User) -> QuerySet[OfficialResult]:
    """Return the results with their categories' scores, newest year first."""
    return (
        OfficialResult.objects.filter(agency__in=agencies_visible_to(user))
        .select_related("agency", "file", "entered_by")
        .prefetch_related("scores", "printed_totals")
        .order_by("-fiscal_year", "body", "pk")
    )


def bands_visible_to(user: User) -> QuerySet[LevelBand]:
    """Return the named levels of the person's own offices."""
    return LevelBand.objects.filter(agency__in=agencies_visible_to(user)).select_related("agency")


def handed_in_visible_to(user: User) -> QuerySet[HandedIn]:
    """Return what the person's own offices typed into systems of others, newest first."""
    return (
        HandedIn.objects.filter(agency__in=agencies_visible_to(user))
        .select_related("agency", "receipt", "recorded_by")
        .order_by("-fiscal_year", "-handed_in_on", "-pk")
    )
