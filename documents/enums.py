"""Fixed choices of the documents app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperJobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PaperStage(models.TextChoices):
    """What is being done to a paper that is made."""

    READING = "reading", _("Reading the record")
    DRAWING = "drawing", _("Drawing")
    JOINING = "joining", _("Putting its parts together")
    PICTURES = "pictures", _("Making pictures of its pages")


class PaperGroup(models.TextChoices):
    """Where a kind of paper stands in the list of a year's papers."""

    SOP = "sop", _("SOPs and manuals")
    COMMITTEES = "committees", _("Committees")
    MEETINGS = "meetings", _("Meetings")
    ASSESSMENT = "assessment", _("Self-assessment")
    RESULTS = "results", _("Indicators and results")
    PLAN = "plan", _("Plan and monitoring")
    AWARD = "award", _("Award application")
    LETTERS = "letters", _("Letters and certificates")
    YEAR = "year", _("The whole year")


class Speed(models.TextChoices):
    """How fast an official letter has to be handled, in the words of the regulation."""

    MOST_URGENT = "most_urgent", _("Most urgent")
    VERY_URGENT = "very_urgent", _("Very urgent")
    URGENT = "urgent", _("Urgent")
