"""Which notifications and messages somebody may see."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agencies.models import Agency, AgencyMembership, User
from agencies.queries import agencies_visible_to
from notifications.models import AddressFlag, Delivery, Notification, Schedule, Webhook


def notifications_visible_to(user: User) -> QuerySet[Notification]:
    """Return the person's own notifications in the person's offices."""
    return Notification.objects.filter(
        recipient=user, agency__in=agencies_visible_to(user)
    ).select_related("agency")


def deliveries_visible_to(user: User) -> QuerySet[Delivery]:
    """Return the messages of the person's offices (operators only; see permissions)."""
    return Delivery.objects.filter(agency__in=agencies_visible_to(user)).select_related(
        "recipient", "webhook"
    )


def flags_visible_to(user: User, agency: Agency) -> QuerySet[AddressFlag]:
    """Return the flagged addresses of an office's people and correspondents (operators only)."""
    people = AgencyMembership.objects.filter(agency=agency, is_active=True).values("user")
    return AddressFlag.objects.filter(
        Q(agency=agency) | Q(user__in=people),
        Exists(agencies_visible_to(user).filter(pk=agency.pk)),
        cleared_at=None,
    ).select_related("user")


def webhooks_visible_to(user: User) -> QuerySet[Webhook]:
    """Return the webhooks of the person's offices (administrators only; see permissions)."""
    return Webhook.objects.filter(agency__in=agencies_visible_to(user))


def schedules_visible_to(user: User) -> QuerySet[Schedule]:
    """Return what runs by itself for all offices, to whoever runs the server."""
    return Schedule.objects.all() if user.is_superuser else Schedule.objects.none()


def unread_of(user: User) -> Coalesce:
    """Return the count of the person's unread notices in the office of a membership's row."""
    counted = (
        Notification.objects.filter(recipient=user, agency=OuterRef("agency"), read_at=None)
        .order_by()
        .values("agency")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
