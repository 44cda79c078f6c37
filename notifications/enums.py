"""Fixed choices of the notifications app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryStatus(models.TextChoices):
    PENDING = "pending", _("Waiting to be sent")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not accepted")
    UNKNOWN = "unknown", _("Unknown: look before sending again")
    # Whom it was for has left, has no address any more, or nothing is left to tell.
    SKIPPED = "skipped", _("Not sent: no longer wanted or possible")


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    LINE = "line", _("LINE")
    WEBHOOK = "webhook", _("Webhook")


class NoticeKind(models.TextChoices):
    """What a notice is about; people choose by kind what reaches them where."""

    ASSIGNED = "assigned", _("You were given a task")
    DECISION = "decision", _("Waits for your decision")
    RETURNED = "returned", _("Returned to you")
    APPROVED = "approved", _("Approved")
    DUE_SOON = "due_soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    ESCALATION = "escalation", _("Overdue in your unit or office")
    COMMENT = "comment", _("Comments and questions")
    MEETING = "meeting", _("Meetings and minutes")
    ROUND = "round", _("Monitoring rounds")
    WINDOW = "window", _("Indicator windows")
    PAPER = "paper", _("A paper is ready")
    OTHER = "other", _("Other changes")
