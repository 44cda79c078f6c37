"""Results that another body announced: kept as received, beside the office's own figures."""

from django.db import models
from django.db.models import F, Q
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
    rank_among = models.CharField(_("Among whom"), max_length=120, blank=True)
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


class PrintedTotal(models.Model):
    """The same total as another place of the announcement prints it; prints may disagree."""

    result = models.ForeignKey(OfficialResult, models.CASCADE, related_name="printed_totals")
    place = models.CharField(_("Where it is printed"), max_length=160)
    total = models.DecimalField(_("Total as printed"), max_digits=12, decimal_places=5)
    # How many decimals are printed: 4.7451 is not 4.74510.
    decimals = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.place}: {self.total}"


class OfficialTarget(models.Model):
    """The total that an office wants to be announced in a year, such as 4.50000."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="official_targets")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    scale = models.CharField(_("Scale"), max_length=10, choices=ScoreScale)
    target = models.DecimalField(_("Target"), max_digits=12, decimal_places=5)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-fiscal_year", "scale", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year", "scale"], name="official_target_once"
            )
        ]

    def __str__(self):
        return f"{self.fiscal_year}: {self.target}"


class LevelBand(models.Model):
    """A named level of a body's scale. Its bounds may be unknown, then they stay empty."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="level_bands")
    scale = models.CharField(_("Scale"), max_length=10, choices=ScoreScale)
    name = models.CharField(_("Name of the level"), max_length=160)
    lowest = models.DecimalField(_("From"), max_digits=12, decimal_places=5, null=True, blank=True)
    highest = models.DecimalField(
        _("Up to"), max_digits=12, decimal_places=5, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["scale", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lowest=None) | Q(highest=None) | Q(highest__gte=F("lowest")),
                name="level_band_in_order",
            )
        ]

    def __str__(self):
        return self.name


class HandedIn(models.Model):
    """What the office itself typed into another body's system (KRS, OPDC), and the receipt."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="handed_in")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    system = models.CharField(_("System"), max_length=120)
    months = models.PositiveSmallIntegerField(_("Round (months)"), default=12)
    scale = models.CharField(_("Scale"), max_length=10, choices=ScoreScale, default=ScoreScale.FIVE)
    handed_in_on = models.DateField(_("Handed in on"))
    handed_in_by = models.CharField(_("Handed in by"), max_length=160)
    receipt = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("Note"), blank=True)
    # Label, value and key of every field as it was copied, in order:
    # [["Category 1", "4.50000", "category-1"], …].
    fields = models.JSONField(default=list)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-fiscal_year", "-handed_in_on", "-pk"]
        verbose_name = _("report handed in")
        verbose_name_plural = _("reports handed in")

    def __str__(self):
        return f"{self.system} {self.fiscal_year}"
