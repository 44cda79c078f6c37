"""Fixed choices of the approvals app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FreezeStatus(models.TextChoices):
    """How far the paper of a decision is: waiting, being drawn, kept, or why it is not."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    FROZEN = "frozen", _("Kept")
    CHANGED = "changed", _("Data changed since")
    FAILED = "failed", _("Failed")


class RequestStatus(models.TextChoices):
    PENDING = "pending", _("Waiting for a decision")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned for correction")
    CANCELLED = "cancelled", _("Withdrawn")
