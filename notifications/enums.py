"""Fixed choices of the notifications app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryStatus(models.TextChoices):
    PENDING = "pending", _("Waiting to be sent")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not accepted by the mail server")
    UNKNOWN = "unknown", _("Unknown: look before sending again")


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
