"""What stands in the calendar beside the steps, and who subscribes to it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User


class AwardStage(models.Model):
    """A stage of an award's own calendar (applying, screening, site visit), set by others."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="award_stages")
    fiscal_year = models.PositiveSmallIntegerField()
    award = models.CharField(_("Award"), max_length=150)
    title = models.CharField(_("Stage"), max_length=200)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"))
    note = models.CharField(_("Note"), max_length=250, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("award stage")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="award_stage_in_order"
            )
        ]

    def __str__(self):
        return f"{self.award}: {self.title}"


class CalendarFeed(models.Model):
    """A person's secret iCalendar address in an office; only the token's hash is kept."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "user"],
                condition=Q(revoked_at=None),
                name="one_live_feed_per_person",
            )
        ]

    def __str__(self):
        return f"{self.user} {self.created_at:%Y-%m-%d}"
