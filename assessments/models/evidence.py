"""Evidence of a year and where it is used."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from assessments.enums import EvidenceKind
from assessments.models.answers import ItemAnswer
from assessments.models.criteria import ChecklistLine
from core import clock
from documents.models import StoredFile
from workflows.models import Cycle, Step


class Evidence(models.Model):
    """A file, link or note, stored once for the year and linked to many items and lines."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="evidence")
    code = models.CharField(_("Code"), max_length=20)
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    title = models.CharField(_("Name of the evidence"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    url = models.URLField(_("Link"), max_length=500, blank=True)
    note = models.TextField(_("Note"), blank=True)
    # The time that the evidence speaks of, and until when it may be used.
    period_from = models.DateField(_("Proves from"), null=True, blank=True)
    period_to = models.DateField(_("Proves until"), null=True, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Owner")
    )
    is_confidential = models.BooleanField(_("Confidential"), default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Whether the reader of this page may know it; set by evidence.permissions.mark_readable().
    # Whoever forgets to ask shows a confidential row without its name.
    may_read = False

    class Meta:
        ordering = ["code", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="evidence_code_once"),
            models.UniqueConstraint(
                fields=["cycle", "file"],
                condition=Q(file__isnull=False),
                name="evidence_file_kept_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False)
                | (Q(kind="link") & ~Q(url=""))
                | (Q(kind="note") & ~Q(note="")),
                name="evidence_has_its_content",
            ),
            models.CheckConstraint(
                condition=Q(period_from=None)
                | Q(period_to=None)
                | Q(period_to__gte=F("period_from")),
                name="evidence_period_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.shown_title}"

    @property
    def is_hidden(self) -> bool:
        return self.is_confidential and not self.may_read

    @property
    def shown_title(self) -> str:
        """The name, or the words that stand for it where the reader may not know it."""
        return gettext("Confidential evidence") if self.is_hidden else self.title

    @property
    def is_expired(self) -> bool:
        return self.valid_until is not None and self.valid_until < clock.today()


class EvidenceVersion(models.Model):
    """What the evidence held before it was replaced: version 1, 2, …; the newest is the row's."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_once")
        ]

    def __str__(self):
        return f"{self.evidence_id} v{self.number}"


class EvidenceUse(models.Model):
    """Where evidence is used besides items: an indicator, a step of the year, an ITA question."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="further_uses")
    indicator = models.ForeignKey(
        "assessments.Indicator", models.CASCADE, null=True, blank=True, related_name="evidence_uses"
    )
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="+")
    # The number of a question of the ITA, such as O12.
    ita_question = models.CharField(_("ITA question"), max_length=20, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "indicator"],
                condition=Q(indicator__isnull=False),
                name="evidence_used_by_indicator_once",
            ),
            models.UniqueConstraint(
                fields=["evidence", "step"],
                condition=Q(step__isnull=False),
                name="evidence_used_by_step_once",
            ),
            models.UniqueConstraint(
                fields=["evidence", "ita_question"],
                condition=~Q(ita_question=""),
                name="evidence_used_by_ita_once",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, step=None, ita_question="")
                | Q(indicator=None, step__isnull=False, ita_question="")
                | (Q(indicator=None, step=None) & ~Q(ita_question="")),
                name="evidence_use_has_one_target",
            ),
        ]

    def __str__(self):
        return f"{self.evidence_id} → {self.indicator_id or self.step_id or self.ita_question}"


class EvidenceCounter(models.Model):
    """The last evidence number given to an item of a cycle; moved by F(), never by max()+1."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="+")
    item_code = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "item_code"], name="evidence_counter_once")
        ]

    def __str__(self):
        return f"{self.cycle_id}:{self.item_code}:{self.last}"


class EvidenceLink(models.Model):
    """Where a piece of evidence is used: an item's answer, and a checklist line of it."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="links")
    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="evidence_links")
    line = models.ForeignKey(ChecklistLine, models.PROTECT, null=True, blank=True, related_name="+")
    page = models.CharField(_("Page"), max_length=40, blank=True)

    class Meta:
        ordering = ["evidence__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "item_answer", "line"], name="evidence_linked_once"
            ),
            models.UniqueConstraint(
                fields=["evidence", "item_answer"],
                condition=Q(line=None),
                name="evidence_linked_to_item_once",
            ),
        ]

    def __str__(self):
        return f"{self.evidence_id} → {self.item_answer_id}"
