"""Which monitoring rounds somebody may see, and what an office decided about its rounds."""

from django.db.models import QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from assessments.models import MonitoringRound, MonitoringSettings
from workflows.models import Cycle


def rounds_visible_to(user: User) -> QuerySet[MonitoringRound]:
    """Return the rounds of the person's own offices."""
    return MonitoringRound.objects.filter(
        cycle__agency__in=agencies_visible_to(user)
    ).select_related("cycle__agency")


def rounds_of(cycle: Cycle) -> QuerySet[MonitoringRound]:
    """Return the cycle's rounds in the order of their months."""
    return cycle.rounds.order_by("months", "pk")


def rules_of(agency: Agency) -> MonitoringSettings:
    """Return how the office keeps its rounds; the usual rules where it set none (not saved)."""
    found = MonitoringSettings.objects.filter(agency=agency).first()
    return found or MonitoringSettings(agency=agency)
