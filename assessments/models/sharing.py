"""Work shared over the items: who writes what by when, remarks, questions to other units."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit, User
from assessments.enums import QuestionStatus
from assessments.models.answers import CategoryAssessment, ItemAnswer, ProfileAnswer
from core.tokens import new_token
from documents.models import StoredFile


class ItemAssignment(models.Model):
    """An item handed to a member of the team, with a day."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, related_name="item_assignments")
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    note = models.CharField(_("What to do"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["item_answer", "user"], name="item_assigned_once_to_person"
            )
        ]

    def __str__(self):
        return f"{self.item_answer_id} → {self.user_id}"


class Comment(models.Model):
    """A remark on an item, a profile topic or a whole category; answers hang below it."""

    item_answer = models.ForeignKey(
        ItemAnswer, models.CASCADE, null=True, blank=True, related_name="comments"
    )
    profile_answer = models.ForeignKey(
        ProfileAnswer, models.CASCADE, null=True, blank=True, related_name="comments"
    )
    category_assessment = models.ForeignKey(
        CategoryAssessment, models.CASCADE, null=True, blank=True, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers"
    )
    text = models.TextField(_("Comment"))
    # Written with the return of a category: the champion goes through these first.
    is_from_review = models.BooleanField(default=False)
    mentions = models.ManyToManyField(User, related_name="+", blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    item_answer__isnull=False, profile_answer=None, category_assessment=None
                )
                | Q(item_answer=None, profile_answer__isnull=False, category_assessment=None)
                | Q(item_answer=None, profile_answer=None, category_assessment__isnull=False),
                name="comment_is_on_one_thing",
            )
        ]

    def __str__(self):
        return self.text[:60]


class UnitQuestion(models.Model):
    """A question to another unit about an item, answered in the portal or by a link."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="questions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField(_("Question"))
    due_on = models.DateField(_("Answer by"))
    status = models.CharField(max_length=10, choices=QuestionStatus, default=QuestionStatus.ASKED)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(_("Answer"), blank=True)
    answer_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Who answered by the link without signing in.
    answered_name = models.CharField(_("Your name"), max_length=160, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("question to a unit")
        verbose_name_plural = _("questions to units")

    def __str__(self):
        return self.text[:60]
