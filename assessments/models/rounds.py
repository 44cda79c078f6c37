"""Monitoring rounds of a year: 6, 9 and 12 months, cumulative from its first day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import RoundStatus
from workflows.models import Cycle


class MonitoringRound(models.Model):
    """One round: what was reached after `months`, entered while open, accepted at the end."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="rounds")
    months = models.PositiveSmallIntegerField(_("Months"))
    name = models.CharField(_("Name of the round"), max_length=120, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    opens_on = models.DateField(_("Opens on"))
    due_on = models.DateField(_("Reports due on"))
    status = models.CharField(max_length=10, choices=RoundStatus, default=RoundStatus.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # What the report proposes to the director; empty = the portal's own proposals.
    proposals = models.TextField(_("Proposals"), blank=True)
    # Every figure of the report as it stood when the round was closed.
    snapshot = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["cycle", "months", "pk"]
        verbose_name = _("monitoring round")
        verbose_name_plural = _("monitoring rounds")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "months"], name="round_once_a_year"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on"), due_on__gte=F("opens_on")),
                name="round_days_in_order",
            ),
            models.CheckConstraint(condition=Q(months__range=(1, 24)), name="round_months"),
        ]

    def __str__(self):
        return f"{self.cycle_id}: {self.months}"
