"""The committees of a fiscal year, their seats, and rules set aside for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from committees.enums import CommitteeKind, CommitteeRole


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
    # Who comes in this member's place when the member cannot.
    substitute = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Substitute")
    )
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
