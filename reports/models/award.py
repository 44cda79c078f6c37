"""What the award forms ask beyond the year's record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models import Item
from workflows.models import Cycle


class AwardText(models.Model):
    """The text under one topic of an award form; the topics are data (reports/award/shipped)."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="award_texts")
    # A paper kind, such as "award-application" or "executive-summary", and a topic of it.
    form = models.CharField(max_length=40)
    topic = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["form", "topic", "pk"]
        verbose_name = _("text of an award form")
        verbose_name_plural = _("texts of award forms")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "form", "topic"], name="award_text_once")
        ]

    def __str__(self):
        return f"{self.form} {self.topic}"


class ReadinessScore(models.Model):
    """How ready the office is in one item, 0–5, with the reason (แบบประเมินความพร้อม)."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="readiness_scores")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("Readiness"), null=True, blank=True)
    text = models.TextField(_("Reason"), blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = _("readiness")
        verbose_name_plural = _("readiness")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "item"], name="readiness_once"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=5),
                name="readiness_0_to_5",
            ),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.score}"
