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
    VOID = "void", _("Void: the content changed")


class RequestStage(models.TextChoices):
    """Where an open request lies: with who endorses, or with who decides."""

    ENDORSE = "endorse", _("Waiting for endorsement")
    DECIDE = "decide", _("Waiting for the decision")


class Waiver(models.TextChoices):
    """Why a request that the office wants endorsed went straight to the director."""

    NOBODY = "nobody", _("The office has nobody who endorses")
    OWN = "own", _("Submitted by who endorses")
