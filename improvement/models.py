"""The improvement plan of a cycle and its actions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from assessments.models import Finding
from improvement.enums import PlanStatus
from workflows.models import Cycle


class ImprovementPlan(models.Model):
    """Actions that answer the OFI of a year; the director approves or returns it."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="improvement_plan")
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    decision_due_on = models.DateField(_("Decision wanted by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("improvement plan")
        verbose_name_plural = _("improvement plans")

    def __str__(self):
        return str(self.cycle)

    @property
    def agency(self) -> Agency:
        return self.cycle.agency


class Action(models.Model):
    """One action: what, who, from when to when, measured how, with how much money (baht)."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="actions")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    category_number = models.PositiveSmallIntegerField(_("Category"))
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("Action"), max_length=250)
    owner = models.ForeignKey(User, models.PROTECT, related_name="actions", null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="actions")
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"))
    measure = models.CharField(_("Measure"), max_length=250, blank=True)
    target = models.CharField(_("Target"), max_length=120, blank=True)
    budget = models.DecimalField(_("Budget (baht)"), max_digits=14, decimal_places=2, default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="action_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(budget__gte=0), name="budget_not_negative"),
            models.CheckConstraint(
                condition=Q(category_number__range=(1, 7)), name="action_category_1_to_7"
            ),
        ]

    def __str__(self):
        return self.title
