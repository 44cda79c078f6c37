"""Fixed choices of the approvals app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestStatus(models.TextChoices):
    PENDING = "pending", _("Waiting for a decision")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned for correction")
    CANCELLED = "cancelled", _("Withdrawn")
