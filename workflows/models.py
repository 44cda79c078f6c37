"""SOPs (procedure → version → step → window) and the yearly cycles they generate."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from documents.models import StoredFile
from workflows.enums import (
    CycleStatus,
    DurationUnit,
    LayoutCode,
    ResponsibleKind,
    StepStatus,
    Symbol,
    VersionStatus,
    WindowKind,
)


class Procedure(models.Model):
    """An SOP of an office. Addresses and commands use the slug; the code may be blank."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="procedures")
    slug = models.SlugField(_("Short name"), max_length=60)
    name = models.CharField(_("Work name"), max_length=250)
    code = models.CharField(_("Document code"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="procedures")
    # Counts up with every version, so that two imports never take the same number.
    last_number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["name"]
        verbose_name = _("SOP")
        verbose_name_plural = _("SOPs")
        constraints = [
            models.UniqueConstraint(fields=["agency", "slug"], name="procedure_slug_once")
        ]

    def __str__(self):
        return self.name


class ProcedureVersion(models.Model):
    """One edition of an SOP: head, sections and steps. A cycle keeps the version it ran."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    status = models.CharField(max_length=10, choices=VersionStatus, default=VersionStatus.DRAFT)
    layout = models.CharField(_("Layout"), max_length=10, choices=LayoutCode, default=LayoutCode.S7)
    # Printed head: office and unit as the source prints them, objectives, references.
    office_name = models.CharField(max_length=250, blank=True)
    unit_name = models.CharField(max_length=250, blank=True)
    objectives = models.JSONField(default=list)
    # [{"number", "title", "shows", "paragraphs": ["..."], "items": [{"number", "text", "items"}]}];
    # "shows" puts the objectives, the flow chart or the table of steps in the section's place.
    sections = models.JSONField(default=list)
    references = models.JSONField(default=list)
    signatories = models.JSONField(default=list)
    # Layout switches of this SOP: {"digits", "title", "hide": [column], "spans": [{"column",
    # "from", "to"}]}; a span joins a column's cells of the steps from … to.
    print_options = models.JSONField(default=dict)
    written_for_year = models.PositiveSmallIntegerField(
        _("Written for fiscal year"), null=True, blank=True
    )
    source_note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["procedure", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(status="in_use"),
                name="one_version_in_use",
            ),
        ]

    def __str__(self):
        return f"{self.procedure} ({self.number})"


class ProcedureStep(models.Model):
    """One row of the SOP's table. A row may hold several flow-chart nodes and windows."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("No."))
    title = models.CharField(_("Step"), max_length=200)
    detail = models.TextField(_("Work detail"), blank=True)
    control_point = models.TextField(_("Control point"), blank=True)
    standard = models.TextField(_("Quality standard"), blank=True)
    # Printed as the source has it; resolved to people by kind and value.
    responsible_text = models.CharField(_("Responsible"), max_length=250, blank=True)
    responsible_kind = models.CharField(
        max_length=20, choices=ResponsibleKind, default=ResponsibleKind.TEXT
    )
    responsible_value = models.CharField(max_length=100, blank=True)
    accountable_text = models.CharField(_("Accountable"), max_length=250, blank=True)
    documents = models.JSONField(_("Related documents"), default=list)
    remark = models.TextField(_("Remarks"), blank=True)
    time_text = models.CharField(_("Time as printed"), max_length=250, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="step_number_once")
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"


class ProcedureNode(models.Model):
    """A flow-chart symbol of a step. A decision may lead back to an earlier step on "no"."""

    step = models.ForeignKey(ProcedureStep, models.CASCADE, related_name="nodes")
    order = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=10, choices=Symbol, default=Symbol.ACTIVITY)
    label = models.CharField(max_length=200)
    # Words on the edge that goes on ("เห็นชอบ").
    next_label = models.CharField(max_length=40, blank=True)
    # Number of the step an extra edge leads to ("no" of a decision, or a loop to the start).
    edge_to = models.PositiveSmallIntegerField(null=True, blank=True)
    edge_label = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["step", "order"], name="node_order_once")]

    def __str__(self):
        return self.label


class ProcedureWindow(models.Model):
    """When a step runs. Months count from October of the fiscal year: 0 = October before it,
    5 = March, 11 = September, 14 = December after it, -1 = September before it."""

    step = models.ForeignKey(ProcedureStep, models.CASCADE, related_name="windows")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=WindowKind)
    label = models.CharField(max_length=120, blank=True)
    start_month = models.SmallIntegerField(null=True, blank=True)
    end_month = models.SmallIntegerField(null=True, blank=True)
    duration = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_unit = models.CharField(max_length=15, choices=DurationUnit, blank=True)
    is_fixed = models.BooleanField(_("Date set by others, never moved"), default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["step", "order"], name="window_order_once"),
            models.CheckConstraint(
                condition=Q(start_month=None) | Q(end_month__gte=F("start_month")),
                name="window_months_in_order",
            ),
        ]

    def __str__(self):
        return self.label or self.kind


class Cycle(models.Model):
    """An SOP version run by an office in a fiscal year. Its steps may leave the year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cycles")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="cycles")
    status = models.CharField(max_length=10, choices=CycleStatus, default=CycleStatus.OPEN)
    starts_on = models.DateField(_("Durations count from"), null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

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
    """A dated window of a step. `ends_on` never moves; `due_on` moves off holidays."""

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


class StepDocument(models.Model):
    """A document the SOP names for the step, with the file that was put in its place."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="documents")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    uploaded_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name
