"""Fixed choices of the improvement app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the director")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Approved")
