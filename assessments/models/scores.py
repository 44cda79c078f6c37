"""Scores that people give beside the office's own answer, and how a score moved."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from assessments.enums import ScoreKind
from assessments.models.answers import ItemAnswer


class ItemScore(models.Model):
    """A score of one item: a member's private one, the team's consensus, an outside assessor's.

    By levels `lines` holds {"line code": "yes" | "no"}; by percentage `percent` and `dimensions`.
    `score` is computed from them on the edition's scale and kept to 5 decimals.
    """

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="scores")
    kind = models.CharField(max_length=10, choices=ScoreKind)
    # The member whose private score this is; for the other kinds who wrote it down.
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    lines = models.JSONField(default=dict)
    percent = models.PositiveSmallIntegerField(_("Percent"), null=True, blank=True)
    dimensions = models.JSONField(default=dict)
    score = models.DecimalField(max_digits=12, decimal_places=5, null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    # A private score is shown to others only when its member has handed it in.
    is_handed_in = models.BooleanField(default=False)
    assessor = models.CharField(_("Assessor"), max_length=200, blank=True)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("score of an item")
        verbose_name_plural = _("scores of items")
        constraints = [
            models.UniqueConstraint(
                fields=["item_answer", "user"],
                condition=Q(kind="member"),
                name="member_scores_item_once",
            ),
            models.UniqueConstraint(
                fields=["item_answer", "kind"],
                condition=~Q(kind="member"),
                name="item_has_one_consensus_and_external",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="score_percent_at_most_100"
            ),
        ]

    def __str__(self):
        return f"{self.item_answer_id} {self.kind} {self.score}"


class ScorePoint(models.Model):
    """The score of an item at the end of a day on which it changed."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="score_points")
    on = models.DateField()
    score = models.DecimalField(max_digits=12, decimal_places=5, null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item_answer", "on"], name="score_once_a_day")
        ]

    def __str__(self):
        return f"{self.item_answer_id} {self.on} {self.score}"
