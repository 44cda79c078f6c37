"""What people are told: one ledger row per rule, object, person and due day.

Somebody from outside has no account: such a row names a mail address in place of the person.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from notifications.enums import Channel, DeliveryStatus


class Delivery(models.Model):
    """One message to one person over one channel; it may carry many notifications."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    address = models.EmailField(_("E-mail"), blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    status = models.CharField(max_length=10, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    message_id = models.CharField(max_length=120, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        # What the sweeper looks for every minute.
        indexes = [models.Index(fields=["status", "next_try_at"], name="delivery_to_send")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="")
                | (Q(recipient=None) & ~Q(address="")),
                name="delivery_to_person_or_address",
            )
        ]

    def __str__(self):
        return f"{self.channel} {self.message_id} {self.status}"

    @property
    def to_address(self) -> str:
        """Where the message goes: the person's present address, or that of the outsider."""
        return self.recipient.email if self.recipient_id else self.address


class Notification(models.Model):
    """One thing a person should know, shown in the portal and carried by deliveries."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="notifications"
    )
    address = models.EmailField(_("E-mail"), blank=True)
    # d30, d7, d1, overdue for reminders; the transition's name for events.
    rule = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    due_on = models.DateField()
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    # Claimed by a conditional update, so that no notification travels in two messages.
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, null=True, blank=True, related_name="notifications"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "object_type", "object_id", "recipient", "due_on"],
                name="notification_ledger_once",
            ),
            models.UniqueConstraint(
                fields=["rule", "object_type", "object_id", "address", "due_on"],
                condition=Q(recipient=None),
                name="notification_to_address_once",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="")
                | (Q(recipient=None) & ~Q(address="")),
                name="notification_to_person_or_address",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "read_at"], name="notification_unread")]

    def __str__(self):
        return self.title

    @property
    def is_reminder(self) -> bool:
        """Whether `due_on` is a deadline (else it is the day of the event)."""
        return self.rule == "overdue" or self.rule.removeprefix("d").isdecimal()
