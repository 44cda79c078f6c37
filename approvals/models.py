"""The log of every change of state, and the requests that wait for a decision."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.enums import ActingKind
from agencies.models import Agency, User
from approvals.enums import FreezeStatus, RequestStage, RequestStatus, Waiver
from documents.models import IssuedDocument, StoredFile, new_verification_code


class TransitionLog(models.Model):
    """One change of state: from, to, who, when, why, and the hash of what was decided on."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="transitions")
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    transition = models.CharField(max_length=40)
    from_status = models.CharField(max_length=30)
    to_status = models.CharField(max_length=30)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # How the place was taken; "" where nobody's was.
    acting_kind = models.CharField(max_length=20, choices=ActingKind, blank=True)
    # The position of `by` as it is printed, the place taken included.
    position = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()
    comment = models.TextField(blank=True)
    data_hash = models.CharField(max_length=64, blank=True)
    # Signed on paper: the day on the paper and its scan; `by` is who recorded it.
    signed_on = models.DateField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="transition_object")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on=None, scan=None)
                | Q(signed_on__isnull=False, scan__isnull=False),
                name="paper_signature_has_day_and_scan",
            )
        ]

    def __str__(self):
        return f"{self.transition}: {self.from_status} → {self.to_status}"


class PaperFreeze(models.Model):
    """The paper of one decision, to be drawn from what was decided on and kept for good."""

    log = models.OneToOneField(TransitionLog, models.PROTECT, related_name="freeze")
    # The paper's kind and the row it is drawn from, which may be another than the one decided on.
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    # As they stood at the decision; people move on, the paper stays.
    signer_name = models.CharField(max_length=200)
    signer_position = models.CharField(max_length=600, blank=True)
    # Who endorsed and when, as the foot of the paper says it.
    endorsement = models.CharField(max_length=1000, blank=True)
    code = models.CharField(max_length=32, unique=True, default=new_verification_code)
    status = models.CharField(max_length=10, choices=FreezeStatus, default=FreezeStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=FreezeStatus.FROZEN, document__isnull=False)
                | (~Q(status=FreezeStatus.FROZEN) & Q(document=None)),
                name="frozen_paper_has_document",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id} {self.status}"


class ApprovalRequest(models.Model):
    """Something that waits for the director, or for a named person; one open request an object."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="approval_requests")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.PENDING)
    title = models.CharField(max_length=300)
    # Who decides; nobody named means the director, or who acts for the director.
    addressed_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=10, choices=RequestStage, default=RequestStage.DECIDE)
    # Who endorses; nobody named while the stage is "endorse" means the deputies.
    endorser = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    waiver = models.CharField(max_length=10, choices=Waiver, blank=True)
    endorsed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    endorsed_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    endorsed_position = models.CharField(max_length=600, blank=True)
    endorsed_at = models.DateTimeField(null=True, blank=True)
    endorsement_note = models.TextField(blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    # The canonical data the request was made with; the decision must meet the same.
    data_hash = models.CharField(max_length=64)
    summary = models.JSONField(default=list)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        # SQLite and PostgreSQL disagree on where no day stands; it stands last.
        ordering = [models.F("due_on").asc(nulls_last=True), "requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(status="pending"),
                name="one_open_request_per_object",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "cancelled", "void"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decision_has_person_and_time",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_by=None, endorsed_at=None)
                | Q(endorsed_by__isnull=False, endorsed_at__isnull=False),
                name="endorsement_has_person_and_time",
            ),
        ]

    def __str__(self):
        return self.title


class ApprovalChain(models.Model):
    """An office's wish that somebody endorses before the director decides: on one kind, or all."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="approval_chains")
    # The model's label; "" holds for every kind without a row of its own.
    kind = models.CharField(max_length=80, blank=True)
    # False says that this kind needs no endorsement, whatever holds for the others.
    is_endorsed = models.BooleanField(default=True)
    # Nobody named means the deputies.
    endorser = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["agency", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], name="one_chain_per_kind"),
        ]

    def __str__(self):
        return f"{self.kind or '*'}: {self.endorser or '-'}"
