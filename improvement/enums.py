"""Fixed choices of the improvement app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the director")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Approved")
    IN_PROGRESS = "running", _("In progress")
    CLOSED = "closed", _("Closed")


# The director decided on the plan: what is in it changes by change requests only.
DECIDED = (PlanStatus.APPROVED, PlanStatus.IN_PROGRESS, PlanStatus.CLOSED)
# Its actions are being carried out.
UNDER_WAY = (PlanStatus.APPROVED, PlanStatus.IN_PROGRESS)


class Quadrant(models.TextChoices):
    """What the place in the matrix advises."""

    NOW = "now", _("Do at once")
    PROJECT = "project", _("Large project")
    SPARE = "spare", _("Do when there is time")
    RETHINK = "rethink", _("Think again")


class PointKind(models.TextChoices):
    """Where a point of the plan comes from."""

    OFI = "ofi", _("Opportunity for improvement")
    STRENGTH = "strength", _("Strength to sustain")
    GAP = "gap", _("Gap in results")
    RESOLUTION = "resolution", _("Resolution of a meeting")
    FEEDBACK = "feedback", _("Feedback of an official assessment")
    OTHER = "other", _("Other")


class ActionStatus(models.TextChoices):
    PLANNED = "planned", _("Not started")
    RUNNING = "running", _("In progress")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class ChangeStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the director")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PhotoLevel(models.TextChoices):
    """Who gave the recognition that a photograph shows, or whose event it was."""

    NATIONAL = "national", _("National or ministry")
    PARENT = "parent", _("Parent office")
    PROVINCE = "province", _("Province or area")
    OFFICE = "office", _("Own office")


class PracticeStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the director")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Approved")


class LessonKind(models.TextChoices):
    LESSON = "lesson", _("Lesson learned")
    KNOWLEDGE = "knowledge", _("Knowledge note")
