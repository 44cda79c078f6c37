"""The yearly cycle an SOP generates: steps, their windows and documents, what was moved."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from documents.models import StoredFile
from workflows.enums import (
    CycleStatus,
    StepStatus,
)
from workflows.models.sops import ProcedureStep, ProcedureVersion


class Cycle(models.Model):
    """An SOP version run by an office in a fiscal year. Its steps may leave the year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cycles")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="cycles")
    status = models.CharField(max_length=10, choices=CycleStatus, default=CycleStatus.OPEN)
    starts_on = models.DateField(_("Durations count from"), null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-fiscal_year", "pk"]
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year", "version"], name="version_once_per_year"
            )
        ]

    def __str__(self):
        return f"{self.version.procedure.name} {self.fiscal_year}"


class Step(models.Model):
    """A step of a cycle: the SOP's standard beside what really happened."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="steps")
    procedure_step = models.ForeignKey(ProcedureStep, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=15, choices=StepStatus, default=StepStatus.NOT_STARTED)
    # Deadline of the step: the last due day of its windows. Null while undated.
    due_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(_("Started on"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.TextField(_("Remarks"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["cycle", "number"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="cycle_step_once"),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_on__isnull=False), name="done_step_has_day"
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(done_on=None) | Q(done_on__gte=F("started_on")),
                name="step_done_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"


class StepWindow(models.Model):
    """A dated window of a step. Only a StepShift moves `ends_on`; `due_on` moves off holidays."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="windows")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    moved_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["step", "order"], name="step_window_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="step_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(due_on__gte=F("ends_on")),
                name="due_day_not_before_window_end",
            ),
        ]

    def __str__(self):
        return self.label or str(self.ends_on)


class StepShift(models.Model):
    """A window that was moved, by hand or because the step before it was; never changed later."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="shifts")
    window = models.PositiveSmallIntegerField()  # the window's order
    from_starts_on = models.DateField(null=True)
    from_ends_on = models.DateField(null=True)
    to_starts_on = models.DateField(null=True)
    to_ends_on = models.DateField(null=True)
    reason = models.TextField(_("Reason"))
    caused_by = models.ForeignKey("self", models.CASCADE, null=True, related_name="followers")
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self):
        return f"{self.step_id}: {self.from_ends_on} → {self.to_ends_on}"


class StepDocument(models.Model):
    """A document the SOP names for the step, with the file that was put in its place."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="documents")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    uploaded_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name
