"""SOPs: procedure → version → step → node and window, with layouts and files."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from documents.models import StoredFile
from workflows.enums import (
    IN_WORK,
    DurationUnit,
    LayoutCode,
    Phase,
    ResponsibleKind,
    SopFileKind,
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
        ordering = ["name", "pk"]
        verbose_name = _("SOP")
        verbose_name_plural = _("SOPs")
        constraints = [
            models.UniqueConstraint(fields=["agency", "slug"], name="procedure_slug_once")
        ]

    def __str__(self):
        return self.name


class SopLayout(models.Model):
    """An office's own copy of a printed layout. `settings` holds what differs from its base."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="sop_layouts")
    name = models.CharField(_("Layout name"), max_length=100)
    base = models.CharField(_("Copied from"), max_length=10, choices=LayoutCode)
    settings = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]
        verbose_name = _("layout")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="layout_name_once_per_agency")
        ]

    def __str__(self):
        return self.name


class ProcedureVersion(models.Model):
    """One edition of an SOP: head, sections and steps. A cycle keeps the version it ran."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    status = models.CharField(max_length=10, choices=VersionStatus, default=VersionStatus.DRAFT)
    # Counts up with every accepted change of a draft, words and structure alike.
    version = models.PositiveIntegerField(default=1)
    change_note = models.TextField(_("What changed"), blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    layout = models.CharField(_("Layout"), max_length=10, choices=LayoutCode, default=LayoutCode.S7)
    # Name and code as this edition prints them; blank where the SOP's own still hold.
    name = models.CharField(_("Work name"), max_length=250, blank=True)
    code = models.CharField(_("Document code"), max_length=60, blank=True)
    # The office's own layout, where it has one; `layout` then only says what it was copied from.
    own_layout = models.ForeignKey(
        SopLayout, models.PROTECT, null=True, blank=True, related_name="versions"
    )
    # Printed head: office and unit as the source prints them, objectives, references.
    office_name = models.CharField(max_length=250, blank=True)
    unit_name = models.CharField(max_length=250, blank=True)
    objectives = models.JSONField(default=list)
    # [{"number", "title", "shows", "paragraphs": ["..."], "items": [{"number", "text", "items"}],
    # "html"}]; "html" (rich text of the safe list) stands instead of paragraphs and items;
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
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(status__in=IN_WORK),
                name="one_version_in_work",
            ),
        ]

    def __str__(self):
        return f"{self.printed_name} ({self.number})"

    @property
    def printed_name(self):
        """Return the work's name as this edition prints it."""
        return self.name or self.procedure.name

    @property
    def printed_code(self):
        """Return the document code of this edition; a named edition has its own, even none."""
        return self.code if self.name else self.procedure.code


class ProcedureStep(models.Model):
    """One row of the SOP's table. A row may hold several flow-chart nodes and windows."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("No."))
    phase = models.CharField(_("Phase"), max_length=5, choices=Phase, blank=True)
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


class ProcedureFile(models.Model):
    """A form or annex of a version, of one step where `step` is given."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="files")
    step = models.ForeignKey(
        ProcedureStep, models.CASCADE, null=True, blank=True, related_name="files"
    )
    kind = models.CharField(max_length=5, choices=SopFileKind)
    title = models.CharField(_("Title"), max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title
