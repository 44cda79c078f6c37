"""The process register, and the manuals that bind several SOPs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from workflows.enums import (
    ProcessKind,
)
from workflows.models.sops import Procedure


class Process(models.Model):
    """A line of the process register (ทะเบียนกระบวนงาน); several may share one SOP."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="processes")
    code = models.CharField(_("Code"), max_length=30, blank=True)
    name = models.CharField(_("Process"), max_length=250)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="processes")
    kind = models.CharField(_("Kind of work"), max_length=10, choices=ProcessKind)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="owned_processes"
    )
    procedure = models.ForeignKey(
        Procedure, models.SET_NULL, null=True, blank=True, related_name="processes"
    )
    note = models.TextField(_("Note"), blank=True)
    is_active = models.BooleanField(_("Still done by the office"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="process_once_per_agency")
        ]

    def __str__(self):
        return self.name


class Manual(models.Model):
    """A manual (คู่มือ) that binds several SOPs: cover, foreword, contents, parts, back cover."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="manuals")
    title = models.CharField(_("Title"), max_length=250)
    subtitle = models.CharField(_("Second line of the cover"), max_length=250, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="manuals")
    compiler = models.CharField(_("Compiled by (position)"), max_length=250, blank=True)
    # Lines under the office's name on both covers: the bodies above it.
    bodies_above = models.JSONField(default=list)
    foreword = models.TextField(_("Foreword"), blank=True)
    # The first part, before the SOPs: [{"title", "html"}].
    introduction = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("manual")
        verbose_name_plural = _("manuals")

    def __str__(self):
        return self.title


class ManualSop(models.Model):
    """An SOP in a manual. SOPs of one `part_title` that follow one another form a part."""

    manual = models.ForeignKey(Manual, models.CASCADE, related_name="sops")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    part_title = models.CharField(_("Part"), max_length=250)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["manual", "procedure"], name="sop_once_per_manual")
        ]

    def __str__(self):
        return f"{self.manual}: {self.procedure}"
