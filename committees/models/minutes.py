"""Minutes of a meeting, the resolutions taken in it, and how each was followed up."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit, User
from committees.enums import (
    CirculationReply,
    ConfirmedBy,
    MinutesStatus,
    ResolutionKind,
    ResolutionStatus,
)
from committees.models.meetings import AgendaItem, Meeting


class Minutes(models.Model):
    """รายงานการประชุม of one meeting, from typing to confirmation."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    status = models.CharField(max_length=12, choices=MinutesStatus, default=MinutesStatus.WRITING)
    recorder = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.CharField(_("Confirmed"), max_length=15, choices=ConfirmedBy, blank=True)
    confirmed_on = models.DateField(_("Confirmed on"), null=True, blank=True)
    confirmed_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="confirmed_minutes"
    )
    # What was corrected when the minutes were confirmed.
    corrections = models.TextField(_("Corrections"), blank=True)
    circulate_until = models.DateField(_("Answers by"), null=True, blank=True)
    # What the paper says since it was confirmed: people may move, the paper stays.
    snapshot = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self):
        return str(self.meeting)


class CirculationAnswer(models.Model):
    """A member's answer to minutes that are confirmed by circulation."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="answers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reply = models.CharField(max_length=10, choices=CirculationReply)
    text = models.TextField(_("What should be corrected"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "user"], name="circulation_answer_once")
        ]

    def __str__(self):
        return f"{self.minutes_id} {self.reply}"


class Resolution(models.Model):
    """มติที่ประชุม on an agenda item. With an owner and a day it is a task until it is done."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="resolutions")
    kind = models.CharField(
        _("Resolution"), max_length=12, choices=ResolutionKind, default=ResolutionKind.NOTED
    )
    status = models.CharField(
        max_length=10, choices=ResolutionStatus, default=ResolutionStatus.DRAFT
    )
    text = models.TextField(_("Wording"), blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    owner_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["item", "order", "pk"]
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_on__isnull=False),
                name="done_resolution_has_day",
            )
        ]

    def __str__(self):
        return self.text[:60] or self.get_kind_display()


class ResolutionNote(models.Model):
    """A word on how far a resolution is: what its owner reports from meeting to meeting."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="notes")
    text = models.TextField(_("Progress"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text[:60]
