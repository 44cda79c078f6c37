"""Results that another body announced: kept as received, beside the office's own figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from assessments.enums import ScoreScale
from documents.models import StoredFile


class OfficialResult(models.Model):
    """What a body (สพฐ., ก.พ.ร. …) announced for an office and fiscal year. Never computed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="official_results")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    body = models.CharField(_("Announced by"), max_length=160)
    edition_code = models.CharField(_("Criteria"), max_length=40, blank=True)
    scale = models.CharField(_("Scale"), max_length=10, choices=ScoreScale)
    total = models.DecimalField(
        _("Total as announced"), max_digits=12, decimal_places=5, null=True, blank=True
    )
    level_name = models.CharField(_("Level as announced"), max_length=160, blank=True)
    rank = models.PositiveIntegerField(_("Rank"), null=True, blank=True)
    rank_of = models.PositiveIntegerField(_("Of how many"), null=True, blank=True)
    announced_on = models.DateField(_("Announced on"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("Note"), blank=True)
    is_locked = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-fiscal_year", "body", "pk"]
        verbose_name = _("official result")
        verbose_name_plural = _("official results")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year", "body"], name="official_result_once"
            )
        ]

    def __str__(self):
        return f"{self.body} {self.fiscal_year}"


class OfficialScore(models.Model):
    """The announced score of one category."""

    result = models.ForeignKey(OfficialResult, models.CASCADE, related_name="scores")
    category_number = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=12, decimal_places=5)

    class Meta:
        ordering = ["category_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "category_number"], name="official_category_once"
            )
        ]

    def __str__(self):
        return f"{self.category_number}: {self.score}"
