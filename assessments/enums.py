"""Fixed choices of the assessments app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScoringKind(models.TextChoices):
    LEVELS = "levels", _("Checklist by level (0–500)")
    PERCENT = "percent", _("ADLI / LeTCI percentages")


class Level(models.TextChoices):
    BASIC = "basic", _("Basic")
    ADVANCE = "advance", _("Advance")
    SIGNIFICANCE = "significance", _("Significance")


class Answer(models.TextChoices):
    YES = "yes", _("Have it")
    NO = "no", _("Not yet")


class AssessmentStatus(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    ACCEPTED = "accepted", _("Accepted by the Steering Committee")


class CategoryStatus(models.TextChoices):
    WRITING = "writing", _("Being written")
    SUBMITTED = "submitted", _("Waiting for review")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted by the Working Team")


class FindingKind(models.TextChoices):
    STRENGTH = "strength", _("Strength")
    OFI = "ofi", _("Opportunity for improvement")


class EvidenceKind(models.TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")
    NOTE = "note", _("Note")


class Direction(models.TextChoices):
    HIGHER = "higher_is_better", _("Higher is better")
    LOWER = "lower_is_better", _("Lower is better")


class ResultRule(models.TextChoices):
    PCT_OF_TARGET = "pct-of-target", _("Percent of target")
    LINEAR = "linear-100-500", _("Linear between two bounds")


class ScoreKind(models.TextChoices):
    MEMBER = "member", _("A member's own score")
    CONSENSUS = "consensus", _("Consensus of the team")
    EXTERNAL = "external", _("Outside assessor")


class ScoreScale(models.TextChoices):
    FIVE = "0-5", _("0 to 5")
    FIVE_HUNDRED = "0-500", _("0 to 500")
    THOUSAND = "0-1000", _("0 to 1,000")
    PERCENT = "percent", _("Percent")


class QuestionStatus(models.TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
