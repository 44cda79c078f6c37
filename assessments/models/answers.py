"""The self-assessment an office makes with one edition: its texts, answers and findings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from assessments.enums import Answer, AssessmentStatus, CategoryStatus, FindingKind
from assessments.models.criteria import (
    Category,
    ChecklistLine,
    CriteriaEdition,
    Item,
    ProfileTopic,
)
from documents.models import StoredFile
from workflows.models import Cycle


class Assessment(models.Model):
    """An office's self-assessment of a cycle with one frozen edition."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="assessment")
    edition = models.ForeignKey(CriteriaEdition, models.PROTECT, related_name="assessments")
    status = models.CharField(
        max_length=15, choices=AssessmentStatus, default=AssessmentStatus.IN_PROGRESS
    )
    # What the report may hold an item, in characters; blank where there is no limit.
    item_character_limit = models.PositiveIntegerField(
        _("Characters an item may have"), null=True, blank=True
    )
    # What was accepted: scores and answers as they stood.
    snapshot = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")

    def __str__(self):
        return str(self.cycle)

    @property
    def agency(self) -> Agency:
        return self.cycle.agency


class ProfileAnswer(models.Model):
    """The office's text on one profile topic."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="profile_answers")
    topic = models.ForeignKey(ProfileTopic, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    # Rows of the topic's table where one says more than prose: [{"column code": "cell", …}, …].
    rows = models.JSONField(default=list)
    image = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Owner")
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["topic__number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "topic"], name="topic_answered_once")
        ]

    def __str__(self):
        return self.topic.code


class CategoryAssessment(models.Model):
    """The state of one category: written, submitted, returned or accepted."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="categories")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=CategoryStatus, default=CategoryStatus.WRITING)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["category__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "category"], name="category_assessed_once"
            )
        ]

    def __str__(self):
        return f"{self.assessment} {self.category.number}"


class PartDone(models.Model):
    """Category 7 belongs to all: the champion of a category marked its part of 7 as done."""

    category_assessment = models.ForeignKey(
        CategoryAssessment, models.CASCADE, related_name="parts_done"
    )
    category_number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["category_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["category_assessment", "category_number"], name="part_done_once"
            ),
            models.CheckConstraint(
                condition=Q(category_number__range=(1, 6)), name="part_of_category_1_to_6"
            ),
        ]

    def __str__(self):
        return f"{self.category_assessment_id}:{self.category_number}"


class ItemAnswer(models.Model):
    """The office's answer to one item: narrative and, by edition, a percentage."""

    category_assessment = models.ForeignKey(
        CategoryAssessment, models.CASCADE, related_name="answers"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    narrative = models.TextField(_("Narrative"), blank=True)
    percent = models.PositiveSmallIntegerField(_("Percent"), null=True, blank=True)
    # Percentage steps of A, D, L, I (or Le, T, C, I) by code; the weakest caps the item's band.
    dimensions = models.JSONField(default=dict)
    # Points entered by the office where the edition does not know them.
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    is_written = models.BooleanField(_("Marked as written"), default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["item__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["category_assessment", "item"], name="item_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="percent_at_most_100"
            ),
        ]

    def __str__(self):
        return self.item.code


class LineAnswer(models.Model):
    """Yes or no to one checklist line; no row means not answered yet."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="line_answers")
    line = models.ForeignKey(ChecklistLine, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item_answer", "line"], name="line_answered_once")
        ]

    def __str__(self):
        return f"{self.line} {self.answer}"


class LineNote(models.Model):
    """What the office explains about one checklist line: how it is done, what is missing."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="line_notes")
    line = models.ForeignKey(ChecklistLine, models.PROTECT, related_name="+")
    text = models.TextField(_("Explanation"), blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["line__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item_answer", "line"], name="line_noted_once")
        ]

    def __str__(self):
        return self.text[:60]


class ItemLink(models.Model):
    """A process item leans on another item, or is proved by a result of category 7."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="item_links")
    other = models.ForeignKey(
        ItemAnswer, models.CASCADE, null=True, blank=True, related_name="linked_from"
    )
    indicator = models.ForeignKey(
        "assessments.Indicator",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="proves",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item_answer", "other"],
                condition=Q(other__isnull=False),
                name="items_linked_once",
            ),
            models.UniqueConstraint(
                fields=["item_answer", "indicator"],
                condition=Q(indicator__isnull=False),
                name="result_linked_once",
            ),
            models.CheckConstraint(
                condition=Q(other=None, indicator__isnull=False)
                | Q(other__isnull=False, indicator=None),
                name="link_leads_to_item_or_result",
            ),
        ]

    def __str__(self):
        return f"{self.item_answer_id} → {self.other_id or self.indicator_id}"


class Finding(models.Model):
    """A strength or an opportunity for improvement found while answering an item."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10, choices=FindingKind)
    text = models.TextField(_("Text"))
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self):
        return self.text[:60]
