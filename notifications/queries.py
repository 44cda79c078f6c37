"""Which notifications and messages somebody may see."""

from django.db.models import QuerySet

from agencies.models import User
from agencies.queries import agencies_visible_to
from notifications.models import Delivery, Notification


def notifications_visible_to(user: User) -> QuerySet[Notification]:
    """Return the person's own notifications in the person's offices."""
    return Notification.objects.filter(
        recipient=user, agency__in=agencies_visible_to(user)
    ).select_related("agency")


def deliveries_visible_to(user: User) -> QuerySet[Delivery]:
    """Return the messages of the person's offices (operators only; see permissions)."""
    return Delivery.objects.filter(agency__in=agencies_visible_to(user)).select_related("recipient")
