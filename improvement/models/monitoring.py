"""What was reached of each action at the end of a monitoring round."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from assessments.models import Evidence, MonitoringRound
from improvement.models.plans import MONEY, Action

PERCENT = {"max_digits": 5, "decimal_places": 2, "null": True, "blank": True}


class ActionReport(models.Model):
    """An action in a round: plan and actual so far (percent), money spent (baht), in words."""

    round = models.ForeignKey(MonitoringRound, models.PROTECT, related_name="action_reports")
    action = models.ForeignKey(Action, models.CASCADE, related_name="reports")
    planned_pct = models.DecimalField(_("Planned (%)"), **PERCENT)
    actual_pct = models.DecimalField(_("Actual (%)"), **PERCENT)
    result = models.TextField(_("What was reached"), blank=True)
    spent = models.DecimalField(_("Spent (baht)"), null=True, blank=True, **MONEY)
    problem = models.TextField(_("Problem"), blank=True)
    obstacle = models.TextField(_("Obstacle"), blank=True)
    risk = models.TextField(_("Risk"), blank=True)
    remedy = models.TextField(_("Remedy"), blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["action__order", "pk"]
        verbose_name = _("report of an action")
        verbose_name_plural = _("reports of actions")
        constraints = [
            models.UniqueConstraint(fields=["round", "action"], name="action_reported_once"),
            models.CheckConstraint(
                condition=(Q(planned_pct=None) | Q(planned_pct__range=(0, 100)))
                & (Q(actual_pct=None) | Q(actual_pct__range=(0, 100))),
                name="progress_0_to_100",
            ),
        ]

    def __str__(self):
        return f"{self.action_id}: {self.actual_pct}"


class ReportEvidence(models.Model):
    """Evidence of what was reached in a round."""

    report = models.ForeignKey(ActionReport, models.CASCADE, related_name="evidence")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="action_reports")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "evidence"], name="report_evidence_once")
        ]

    def __str__(self):
        return f"{self.report_id} → {self.evidence_id}"
