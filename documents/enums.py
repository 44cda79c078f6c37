"""Fixed choices of the documents app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperJobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
