"""Committees of a fiscal year, their members, and the orders that appoint them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from committees.enums import CommitteeKind, CommitteeRole, OrderStatus
from documents.models import StoredFile


class Committee(models.Model):
    """A Steering Committee, a Working Team or another body of one office and fiscal year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="committees")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    kind = models.CharField(_("Kind"), max_length=20, choices=CommitteeKind)
    name = models.CharField(_("Committee name"), max_length=250)
    # Numbered duties as printed in the order, one a line.
    duties = models.TextField(_("Duties, one a line"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year", "kind"],
                condition=~Q(kind="other"),
                name="committee_kind_once_per_year",
            )
        ]

    def __str__(self):
        return self.name


class CommitteeMember(models.Model):
    """A seat: a person of the office or somebody from outside, with role and category."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="committee_seats"
    )
    outside_name = models.CharField(_("Name of an outside person"), max_length=160, blank=True)
    outside_position = models.CharField(_("Position"), max_length=160, blank=True)
    role = models.CharField(
        _("Committee role"), max_length=20, choices=CommitteeRole, default=CommitteeRole.MEMBER
    )
    order = models.PositiveSmallIntegerField(default=0)
    champion_of = models.PositiveSmallIntegerField(_("Champion of category"), null=True, blank=True)
    team_of = models.PositiveSmallIntegerField(_("In the team of category"), null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "champion_of"],
                condition=Q(champion_of__isnull=False),
                name="one_champion_per_category",
            ),
            models.UniqueConstraint(
                fields=["committee", "user"],
                condition=Q(user__isnull=False),
                name="person_once_per_committee",
            ),
            models.CheckConstraint(
                condition=Q(champion_of=None) | Q(champion_of__range=(1, 6)),
                name="champion_of_category_1_to_6",
            ),
            models.CheckConstraint(
                condition=Q(team_of=None) | Q(team_of__range=(1, 6)),
                name="team_of_category_1_to_6",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, outside_name="")
                | (Q(user=None) & ~Q(outside_name="")),
                name="member_is_user_or_outside_person",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.user.get_full_name() if self.user_id else self.outside_name

    @property
    def position(self):
        return self.user.position if self.user_id else self.outside_position


class RuleOverride(models.Model):
    """A composition rule that a named person set aside, with the reason (logged, not printed)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=60)
    reason = models.TextField(_("Reason"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year", "rule"], name="override_once_per_year"
            )
        ]

    def __str__(self):
        return self.rule


class AppointmentOrder(models.Model):
    """คำสั่งแต่งตั้ง: names the committees; numbered by calendar year, typed at signing."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="appointment_orders")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    status = models.CharField(max_length=20, choices=OrderStatus, default=OrderStatus.DRAFT)
    title = models.CharField(_("Subject"), max_length=250)
    reason = models.TextField(_("Reason"), blank=True)
    legal_basis = models.TextField(_("Legal basis"), blank=True)
    committees = models.ManyToManyField(Committee, related_name="orders")
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    supersedes_text = models.CharField(_("Cancels order"), max_length=200, blank=True)
    effective_on = models.DateField(_("In force from"), null=True, blank=True)
    number = models.CharField(_("Order number"), max_length=20, blank=True)
    calendar_year = models.PositiveSmallIntegerField(_("Calendar year"), null=True, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    signer_name = models.CharField(max_length=160, blank=True)
    signer_position = models.CharField(max_length=300, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    # Names and positions as they stood when signed: people may move, the paper stays.
    snapshot = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("appointment order")
        verbose_name_plural = _("appointment orders")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "calendar_year", "number"],
                condition=~Q(number=""),
                name="order_number_once_per_calendar_year",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "superseded"])
                | (Q(signed_on__isnull=False) & ~Q(number="")),
                name="signed_order_has_number_and_day",
            ),
        ]

    def __str__(self):
        return self.title
