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
    FIVE_LEVELS = "five-levels", _("Five thresholds (1 to 5)")
    THREE_TARGETS = "three-targets", _("Three targets (50 / 75 / 100)")
    MILESTONES = "milestones", _("Milestones (1 to 5)")


class IndicatorKind(models.TextChoices):
    CATEGORY_7 = "category_7", _("Result of category 7")
    KRS = "krs", _("Performance agreement (KRS)")
    OTHER = "other", _("Other")


class Perspective(models.TextChoices):
    """The four perspectives of the Balanced Scorecard, as Thai government offices name them."""

    EFFECTIVENESS = "effectiveness", _("Effectiveness of the mission")
    SERVICE = "service", _("Quality of service")
    EFFICIENCY = "efficiency", _("Efficiency of work")
    DEVELOPMENT = "development", _("Development of the organisation")


class IndicatorLevel(models.TextChoices):
    OFFICE = "office", _("Office")
    UNIT = "unit", _("Unit")
    PERSON = "person", _("Person")


class ResultStatus(models.TextChoices):
    """How far a figure of a round is: typed by its owner, then checked by a second person."""

    ENTERED = "entered", _("Entered")
    RETURNED = "returned", _("Returned for correction")
    CONFIRMED = "confirmed", _("Confirmed")


class RoundStatus(models.TextChoices):
    PLANNED = "planned", _("Not open yet")
    OPEN = "open", _("Open for entries")
    CLOSED = "closed", _("Waiting for acceptance")
    ACCEPTED = "accepted", _("Accepted")


class Floor(models.TextChoices):
    """What a result below the first of five thresholds scores; sources disagree."""

    ZERO = "zero", _("0")
    ONE = "one", _("1")


class MissingRule(models.TextChoices):
    LEFT_OUT = "left_out", _("Left out of the weighted total")
    ZERO = "zero", _("Counted as 0")


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
