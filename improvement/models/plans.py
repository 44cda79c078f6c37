"""The improvement plan of a cycle: points to answer, projects, actions, later changes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from approvals.models import TransitionLog
from assessments.models import Finding, Indicator, OfficialResult
from committees.models import Resolution
from improvement.enums import ActionStatus, ChangeStatus, PlanStatus, PointKind
from workflows.models import Cycle

MONEY = {"max_digits": 14, "decimal_places": 2}


class ImprovementPlan(models.Model):
    """Actions that answer the points of a year; the director approves or returns it."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="improvement_plan")
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    decision_due_on = models.DateField(_("Decision wanted by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-cycle__fiscal_year", "pk"]
        verbose_name = _("improvement plan")
        verbose_name_plural = _("improvement plans")

    def __str__(self):
        return str(self.cycle)

    @property
    def agency(self) -> Agency:
        return self.cycle.agency


class PlanPoint(models.Model):
    """What the plan may answer: an OFI, a strength, a gap, a resolution, official feedback.

    Impact and effort (1 low to 5 high) place it in the matrix; empty = not placed yet.
    """

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=10, choices=PointKind)
    category_number = models.PositiveSmallIntegerField(_("Category"), null=True, blank=True)
    text = models.TextField(_("Point"))
    # A point goes with its OFI unless an action answers it; it outlives its other sources.
    finding = models.ForeignKey(
        Finding, models.CASCADE, null=True, blank=True, related_name="points"
    )
    indicator = models.ForeignKey(
        Indicator, models.SET_NULL, null=True, blank=True, related_name="points"
    )
    resolution = models.ForeignKey(
        Resolution, models.SET_NULL, null=True, blank=True, related_name="points"
    )
    official_result = models.ForeignKey(
        OfficialResult, models.SET_NULL, null=True, blank=True, related_name="points"
    )
    impact = models.PositiveSmallIntegerField(_("Impact"), null=True, blank=True)
    effort = models.PositiveSmallIntegerField(_("Effort"), null=True, blank=True)
    # Left for another year, with the reason.
    is_left_out = models.BooleanField(default=False)
    left_out_reason = models.CharField(_("Reason"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("point of the plan")
        verbose_name_plural = _("points of the plan")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "finding"],
                condition=Q(finding__isnull=False),
                name="finding_once_a_plan",
            ),
            models.UniqueConstraint(
                fields=["plan", "indicator"],
                condition=Q(indicator__isnull=False),
                name="gap_once_a_plan",
            ),
            models.UniqueConstraint(
                fields=["plan", "resolution"],
                condition=Q(resolution__isnull=False),
                name="resolution_once_a_plan",
            ),
            models.CheckConstraint(
                condition=(Q(impact=None) | Q(impact__range=(1, 5)))
                & (Q(effort=None) | Q(effort__range=(1, 5))),
                name="matrix_from_1_to_5",
            ),
        ]

    def __str__(self):
        return self.text[:60]


class Project(models.Model):
    """Actions of a plan that belong together."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="projects")
    name = models.CharField(_("Project"), max_length=200)
    objective = models.TextField(_("Objective"), blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="projects")
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self):
        return self.name


class Action(models.Model):
    """One action: what, who, from when to when, measured how, with how much money (baht)."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="actions")
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    point = models.ForeignKey(
        PlanPoint, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    category_number = models.PositiveSmallIntegerField(_("Category"))
    indicator = models.ForeignKey(
        Indicator,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("Indicator"),
    )
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("Action"), max_length=250)
    owner = models.ForeignKey(User, models.PROTECT, related_name="actions", null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="actions")
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"))
    measure = models.CharField(_("Measure"), max_length=250, blank=True)
    target = models.CharField(_("Target"), max_length=120, blank=True)
    risk = models.TextField(_("Risk"), blank=True)
    budget = models.DecimalField(_("Budget (baht)"), default=0, **MONEY)
    # The money by quarter of the fiscal year; all empty = not shared out.
    budget_q1 = models.DecimalField(_("Quarter 1"), null=True, blank=True, **MONEY)
    budget_q2 = models.DecimalField(_("Quarter 2"), null=True, blank=True, **MONEY)
    budget_q3 = models.DecimalField(_("Quarter 3"), null=True, blank=True, **MONEY)
    budget_q4 = models.DecimalField(_("Quarter 4"), null=True, blank=True, **MONEY)
    status = models.CharField(max_length=10, choices=ActionStatus, default=ActionStatus.PLANNED)
    started_on = models.DateField(_("Started on"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    outcome = models.TextField(_("What came of it"), blank=True)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
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
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_on__isnull=False), name="done_action_has_day"
            ),
        ]

    def __str__(self):
        return self.title


class ActionReturn(models.Model):
    """Why the director returned one action, kept with the return of the whole plan."""

    log = models.ForeignKey(TransitionLog, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.CASCADE, related_name="returns")
    text = models.TextField(_("Reason"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["log", "action"], name="action_returned_once")
        ]

    def __str__(self):
        return self.text[:60]


class ChangeRequest(models.Model):
    """A change of an approved action: which fields, from what to what, and why."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="change_requests")
    status = models.CharField(max_length=10, choices=ChangeStatus, default=ChangeStatus.DRAFT)
    reason = models.TextField(_("Reason"))
    # Field name → [value then, value wanted], both as text that the form reads again.
    changes = models.JSONField(default=dict)
    action_version = models.PositiveIntegerField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(status__in=["draft", "submitted", "returned"]),
                name="one_open_change_an_action",
            )
        ]

    def __str__(self):
        return self.reason[:60]
