"""What people are told: one ledger row per rule, object, person and due day.

Somebody from outside has no account: such a row names a mail address in place of the person.
"""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from notifications.enums import Channel, DeliveryStatus, NoticeKind


class Delivery(models.Model):
    """One message over one channel; it may carry many notifications.

    It goes to a person, to the address of somebody from outside, or to an office's webhook.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    address = models.EmailField(_("E-mail"), blank=True)
    webhook = models.ForeignKey(
        "Webhook", models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    notifications = models.ManyToManyField(
        "Notification", through="Carriage", related_name="deliveries"
    )
    # The working day of a digest; a person has one digest a day, office and channel.
    digest_on = models.DateField(null=True, blank=True)
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
                condition=Q(recipient__isnull=False, address="", webhook=None)
                | (Q(recipient=None, webhook=None) & ~Q(address=""))
                | Q(recipient=None, address="", webhook__isnull=False),
                name="delivery_to_one_place",
            ),
            models.UniqueConstraint(
                fields=["agency", "recipient", "channel", "digest_on"],
                name="delivery_digest_once_a_day",
            ),
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
    kind = models.CharField(_("Kind"), max_length=20, choices=NoticeKind, default=NoticeKind.OTHER)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    due_on = models.DateField()
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

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
        return self.rule in ("overdue", "escalated") or self.rule.removeprefix("d").isdecimal()


class Carriage(models.Model):
    """A notification travels in a delivery. Inserting the row is the claim.

    Unique by notification and channel (and webhook): none travels in two messages of a channel.
    """

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="carriages")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    webhook = models.ForeignKey(
        "Webhook", models.CASCADE, null=True, blank=True, related_name="carriages"
    )
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="carriages")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("carriage")
        verbose_name_plural = _("carriages")
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "channel"],
                condition=Q(webhook=None),
                name="carriage_once_a_channel",
            ),
            models.UniqueConstraint(
                fields=["notification", "webhook"], name="carriage_once_a_webhook"
            ),
        ]

    def __str__(self):
        return f"{self.notification_id} {self.channel}"


class AddressFlag(models.Model):
    """An address that refused for good: nothing is sent there until the flag is cleared.

    The flag holds for the address itself, so whoever enters another address is free of it.
    """

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="address_flags"
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="address_flags"
    )
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    address = models.CharField(_("Address"), max_length=254)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    flagged_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-flagged_at", "-pk"]
        verbose_name = _("flagged address")
        verbose_name_plural = _("flagged addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"],
                condition=Q(cleared_at=None),
                name="address_flagged_once",
            )
        ]

    def __str__(self):
        return f"{self.channel} {self.address}"


class NoticePreference(models.Model):
    """A person's word on one kind and channel; without a row the kind's default holds."""

    user = models.ForeignKey(User, models.PROTECT, related_name="notice_preferences")
    kind = models.CharField(_("Kind"), max_length=20, choices=NoticeKind)
    channel = models.CharField(max_length=10, choices=Channel)
    is_wanted = models.BooleanField()

    class Meta:
        ordering = ["user", "kind", "channel"]
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "channel"], name="preference_once_a_kind"
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.kind} {self.channel} {self.is_wanted}"


class ContactSettings(models.Model):
    """When and where a person wants messages. Without a row the defaults hold."""

    user = models.OneToOneField(User, models.PROTECT, related_name="contact_settings")
    quiet_from = models.TimeField(_("Quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("Quiet until"), null=True, blank=True)
    wants_digest = models.BooleanField(_("Reminders in one message a day"), default=True)
    line_user_id = models.CharField(max_length=60, blank=True)
    line_link_code = models.CharField(max_length=20, blank=True)
    line_code_at = models.DateTimeField(null=True, blank=True)
    line_linked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("contact settings")
        verbose_name_plural = _("contact settings")
        constraints = [
            models.UniqueConstraint(
                fields=["line_user_id"],
                condition=~Q(line_user_id=""),
                name="line_account_of_one_person",
            ),
            models.UniqueConstraint(
                fields=["line_link_code"],
                condition=~Q(line_link_code=""),
                name="line_code_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_two_ends",
            ),
        ]

    def __str__(self):
        return f"{self.user_id}"


class AgencyNoticeSettings(models.Model):
    """An office's word on the digest and on escalation. Without a row the defaults hold."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="notice_settings")
    digest_at = models.TimeField(_("Time of the daily digest"), default=dt.time(8, 30))
    escalate_after_days = models.PositiveSmallIntegerField(
        _("Days overdue before others are told"), null=True, blank=True, default=3
    )
    escalates_to_head = models.BooleanField(_("Tell the head of the unit"), default=True)
    escalates_to_officers = models.BooleanField(_("Tell the officers"), default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("notice settings of an office")
        verbose_name_plural = _("notice settings of offices")

    def __str__(self):
        return f"{self.agency_id}"


class Webhook(models.Model):
    """An address of another system that an office lets know of notices, signed."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="webhooks")
    name = models.CharField(_("Name"), max_length=100, blank=True)
    url = models.URLField(_("Address"), max_length=500)
    secret = models.CharField(max_length=100)
    # Kinds it is told of; an empty list means all.
    kinds = models.JSONField(_("Kinds"), default=list, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    last_error = models.CharField(max_length=300, blank=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self):
        return self.name or self.url


class Schedule(models.Model):
    """What runs by itself, how often, and when next; a run is claimed by moving next_run_at."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    task = models.CharField(_("Task"), max_length=200)
    every_seconds = models.PositiveIntegerField(_("Every (seconds)"), null=True, blank=True)
    at_time = models.TimeField(_("Time of day"), null=True, blank=True)
    working_days_only = models.BooleanField(_("On working days only"), default=False)
    next_run_at = models.DateTimeField(_("Next run"))
    last_run_at = models.DateTimeField(_("Last run"), null=True, blank=True)
    last_result = models.CharField(_("Last result"), max_length=300, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            models.CheckConstraint(
                condition=Q(every_seconds__isnull=False, at_time=None)
                | Q(every_seconds=None, at_time__isnull=False),
                name="schedule_every_or_at",
            )
        ]

    def __str__(self):
        return self.name


class Worker(models.Model):
    """A background worker, as it was last seen at work."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    seen_at = models.DateTimeField(_("Last seen"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self):
        return self.name
