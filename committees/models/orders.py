"""Orders that appoint committees, and the seats they gave from a day on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from committees.enums import CommitteeRole, OrderStatus
from committees.models.bodies import Committee
from documents.models import StoredFile


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


class Appointment(models.Model):
    """A seat as a signed order gave it: what somebody may write follows from these rows alone.

    It holds from `starts_on` until the day before `ends_on` (set when a later order cancels).
    """

    order = models.ForeignKey(AppointmentOrder, models.PROTECT, related_name="appointments")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="appointments")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    # As printed in the order; people may move, the appointment says what it said.
    name = models.CharField(max_length=250)
    position = models.CharField(max_length=300, blank=True)
    # Where the person worked when the order was signed: who has moved since is seen by it.
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=CommitteeRole)
    place = models.PositiveSmallIntegerField()
    champion_of = models.PositiveSmallIntegerField(null=True, blank=True)
    team_of = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["committee__order", "committee", "place", "pk"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "committee", "place"], name="appointment_place_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="appointment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["committee", "starts_on"], name="appointment_in_force")]

    def __str__(self):
        return f"{self.name} {self.role}"
