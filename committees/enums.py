"""Fixed choices of the committees app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitteeKind(models.TextChoices):
    STEERING = "steering", _("Steering Committee")
    WORKING_TEAM = "working_team", _("Working Team")
    SINGLE = "single", _("Single committee")
    OTHER = "other", _("Other committee")


class CommitteeRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Member and secretary")
    ASSISTANT_SECRETARY = "assistant_secretary", _("Member and assistant secretary")


class OrderStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FOR_SIGNATURE = "for_signature", _("Waiting for signature")
    SIGNED = "signed", _("Signed")
    SUPERSEDED = "superseded", _("Superseded")
