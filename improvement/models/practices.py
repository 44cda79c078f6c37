"""Best practice papers, lessons learned and knowledge notes of an office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from documents.models import StoredFile
from improvement.enums import LessonKind, PhotoLevel, PracticeStatus
from workflows.models import ProcedureStep


class BestPractice(models.Model):
    """A best-practice paper under ten headings."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="best_practices")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    title = models.CharField(_("Name of the work"), max_length=250)
    category_number = models.PositiveSmallIntegerField(_("Category"), null=True, blank=True)
    model_name = models.CharField(_("Name of the model"), max_length=80, blank=True)
    flow_chart = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Flow chart"),
    )
    status = models.CharField(max_length=10, choices=PracticeStatus, default=PracticeStatus.DRAFT)
    owner = models.ForeignKey(User, models.PROTECT, related_name="best_practices")
    created_at = models.DateTimeField()
    # Folded words of all sections, so that a search finds them inside unspaced text.
    search_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-fiscal_year", "title", "pk"]
        verbose_name = _("best practice")
        verbose_name_plural = _("best practices")

    def __str__(self):
        return self.title


class PracticeSection(models.Model):
    """The text under one heading (2, 3, 4.1, 5.plan …) of a best-practice paper."""

    practice = models.ForeignKey(BestPractice, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=12)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "code"], name="practice_section_once")
        ]

    def __str__(self):
        return self.code


class ModelLetter(models.Model):
    """One letter of the practice's model: M Management, K Knowledge, …"""

    practice = models.ForeignKey(BestPractice, models.CASCADE, related_name="letters")
    letter = models.CharField(_("Letter"), max_length=4)
    word = models.CharField(_("Word"), max_length=80)
    explanation = models.TextField(_("Explanation"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.letter} {self.word}"


class PracticePhoto(models.Model):
    """A photograph of the paper's tenth heading, grouped by level."""

    practice = models.ForeignKey(BestPractice, models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    level = models.CharField(_("Level of recognition"), max_length=10, choices=PhotoLevel)
    is_award = models.BooleanField(_("Shows an award or recognition"), default=False)
    caption = models.CharField(_("Caption"), max_length=200)
    taken_on = models.DateField(_("Taken on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.caption


class Lesson(models.Model):
    """A lesson learned or a knowledge note, tied to a step of an SOP or a category."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="lessons")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    kind = models.CharField(_("Kind"), max_length=10, choices=LessonKind)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"), blank=True)
    category_number = models.PositiveSmallIntegerField(_("Category"), null=True, blank=True)
    procedure_step = models.ForeignKey(
        ProcedureStep, models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    practice = models.ForeignKey(
        BestPractice, models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    search_text = models.TextField(blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def __str__(self):
        return self.title
